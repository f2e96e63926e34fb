"""Every message that the board sends, with made-up words: for staff to look at, and for tests."""
