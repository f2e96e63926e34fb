"""Subscriptions: who asked to hear of what, the proof of it, and what they are told."""
