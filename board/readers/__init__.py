"""Readers: people known by an address they confirmed. A guest is a reader we do not know."""
