"""What a reader sees: the board, a thread, its feeds."""
