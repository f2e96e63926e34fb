"""A process that sends comments to a board, and prints the statuses: python -m tests.foundation.posting THREAD COUNT."""

from __future__ import annotations

import os
import sys

from board import create_app
from board.config import Settings
from tests.support.applications import BoardClient, client_of
from tests.support.pages import fill_and_send


def send(thread: str, count: int) -> list[int]:
    """The status of each answer."""
    app = create_app(Settings.from_environ(os.environ))
    app.test_client_class = BoardClient
    client, place = client_of(app), f"/t/{thread}"
    words = f"A thought of process {os.getpid()}, number"
    return [
        fill_and_send(client, place, "/comments", name="Ada", source=f"{words} {number}").status_code
        for number in range(count)
    ]


if __name__ == "__main__":
    sys.stdout.write(" ".join(map(str, send(sys.argv[1], int(sys.argv[2])))))
