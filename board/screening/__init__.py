"""Blocks, trusted readers, and trying a text: what admission is told, and how one sees what it says."""
