"""Moderation: the queue, decisions and their log."""
