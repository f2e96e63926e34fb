"""Servers on this machine: the board itself, and blogs on other origins."""

from __future__ import annotations

import contextlib
import mimetypes
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server


class QuietRequestHandler(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: what went wrong stands in the answer."""


@contextlib.contextmanager
def running_board(make_app: Callable[[str], Flask], host: str = "127.0.0.1") -> Iterator[Flask]:
    """Serve the application that `make_app` makes for its own public address, on a free port.

    host: another name of this machine, such as localhost; passkeys are made for names only.
    """
    server = make_server("127.0.0.1", 0, Flask("unready"), threaded=True, request_handler=QuietRequestHandler)
    server.app = app = make_app(f"http://{host}:{server.port}")
    with _in_a_thread(server):
        yield app


@contextlib.contextmanager
def running_blog(pages: Path | Mapping[str, str], host: str = "localhost") -> Iterator[str]:
    """Serve a folder, or HTML by path, and yield the address.

    `localhost` and `127.0.0.1` are different sites to a browser, and so are different ports origins.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = _page(pages, self.path.partition("?")[0])
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", _content_type(self.path))
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with _in_a_thread(server):
        yield f"http://{host}:{server.server_port}"


@contextlib.contextmanager
def _in_a_thread(server: BaseWSGIServer | ThreadingHTTPServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _page(pages: Path | Mapping[str, str], path: str) -> bytes | None:
    if path == "/favicon.ico":  # a browser asks by itself, and a blog without one is not the matter here
        return b""
    if isinstance(pages, Mapping):
        html = pages.get(path)
        return None if html is None else html.encode()
    file = (pages / path.lstrip("/")).resolve()
    if file.is_dir():
        file /= "index.html"
    return file.read_bytes() if file.is_file() and file.is_relative_to(pages.resolve()) else None


def _content_type(path: str) -> str:
    kind = mimetypes.guess_type(path.partition("?")[0])[0] or "text/html"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
