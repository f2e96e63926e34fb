"""Addresses of our own that carry who may answer what."""

from __future__ import annotations


def reply_address(reader_id: int, born: int, comment_id: int) -> str:
    """Where that reader's answer to that comment goes by mail; empty where no mailbox is read."""
    return ""
