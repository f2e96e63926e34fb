"""A comment that was answered with success is there after kill -9."""

from __future__ import annotations

import re
import sqlite3
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import psutil
from lxml import html

from tests.support.processes import answers, board_command, environment, free_port, started, until

COMMENTS = 5


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def send(board: str, thread: int, words: str) -> int:
    """Send a comment as a browser without script does; the status of the answer."""
    found = answers(f"{board}/t/{thread}")
    assert found
    form = html.fromstring(found[1]).forms[0]
    body = {**dict(form.form_values()), "name": "Ada", "source": words}
    headers = {"Sec-Fetch-Site": "same-origin"}
    request = urllib.request.Request(board + form.action, urlencode(body).encode(), headers)
    try:
        with urllib.request.build_opener(NoRedirect).open(request) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as answer:
        answer.close()
        return answer.code


def test_every_comment_that_was_answered_with_success_survives_kill_9(tmp_path: Path) -> None:
    port, blog_port = free_port(), free_port()
    board = f"http://127.0.0.1:{port}"
    environ = environment(
        BOARD_DATA=str(tmp_path / "data"),
        BOARD_PORT=str(port),
        BOARD_DEMO_PORT=str(blog_port),
        BOARD_COMMENT_RATE="100 per minute",
    )
    with started(board_command("run", "--demo"), environ, folder=tmp_path) as process:
        until(lambda: answers(f"{board}/t/1"), "the board answers")
        statuses = [send(board, 1, f"Words number {number}.") for number in range(COMMENTS)]
        board_run = psutil.Process(process.pid)
        for one in [*board_run.children(recursive=True), board_run]:
            one.kill()
        until(lambda: process.poll() is not None, "the board is gone")
    assert statuses == [303] * COMMENTS
    store = sqlite3.connect(tmp_path / "data" / "board.sqlite3")
    kept = {row[0] for row in store.execute("select source from comment")}
    waiting = store.execute("select pending_count from thread where id = 1").fetchone()[0]
    store.close()
    assert {f"Words number {number}." for number in range(COMMENTS)} <= kept
    assert waiting >= COMMENTS
    assert re.fullmatch(r"[0-9a-f]{64}", (tmp_path / "data" / "secret").read_text("utf-8").strip())
