"""Why something from elsewhere was not taken: a code for the program, a sentence's end for people."""

from __future__ import annotations


class FetchRefused(Exception):
    """Nothing was fetched. `reason` is a code; the message says it in plain words.

    `wait_seconds`: how long the server asks to be left alone, where it does.
    """

    def __init__(self, reason: str, words: str, *, wait_seconds: int = 0) -> None:
        super().__init__(words)
        self.reason = reason
        self.wait_seconds = wait_seconds
