"""The same conversation inside a blog."""
