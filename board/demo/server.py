"""The demo blog: a few static pages on another origin, as any blog would serve them.

Started by `board run --demo`; BOARD_DEMO_PORT and BOARD_PUBLIC_URL say where things are.
"""

from __future__ import annotations

import os
import signal
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType
from typing import Any

BLOG = Path(__file__).resolve().parent / "blog"
TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8"}


def pages(board: str, blog: str) -> dict[str, tuple[str, bytes]]:
    """Every page of the blog by its path: its content type, and its bytes with both addresses filled in."""
    filled = {
        f"/{file.name}": (TYPES[file.suffix], fill(file.read_text("utf-8"), board, blog).encode())
        for file in sorted(BLOG.iterdir())
        if file.suffix in TYPES
    }
    return {"/": filled["/index.html"], **filled}


def fill(html: str, board: str, blog: str) -> str:
    return html.replace("{{ board }}", board).replace("{{ blog }}", blog)


def make_server(port: int, board: str) -> ThreadingHTTPServer:
    """A server on 127.0.0.1 that is not running yet. Port 0 takes any free one."""

    class Handler(BaseHTTPRequestHandler):
        served: dict[str, tuple[str, bytes]]

        def do_GET(self) -> None:
            kind, body = self.served.get(self.path.partition("?")[0], ("", b""))
            self.send_response(HTTPStatus.OK if kind else HTTPStatus.NOT_FOUND)
            self.send_header("Content-Type", kind or "text/plain; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            """Say nothing: the terminal belongs to the board."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    Handler.served = pages(board, f"http://127.0.0.1:{server.server_port}")
    return server


def main() -> None:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        sys.exit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    make_server(int(os.environ["BOARD_DEMO_PORT"]), os.environ["BOARD_PUBLIC_URL"]).serve_forever()


if __name__ == "__main__":
    main()
