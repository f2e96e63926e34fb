"""A web server on this machine that answers as a test wants it to, and remembers what it was asked."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOST = "127.0.0.1"
DRIBBLE_SECONDS = 0.02


@dataclass(frozen=True)
class Reply:
    """What the server answers. `dribbles`: its headers never end."""

    body: bytes | str = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    dribbles: bool = False

    @property
    def bytes(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


@dataclass(frozen=True)
class Asked:
    path: str
    headers: Mapping[str, str]


Answer = Reply | Callable[[Asked], Reply]


class WebServer:
    """`replies` by path, with or without query; `asked` in order. `{address}` in a text is filled in."""

    def __init__(self, port: int) -> None:
        self.address = f"http://{HOST}:{port}"
        self.replies: dict[str, Answer] = {}
        self.asked: list[Asked] = []
        self.is_closing = threading.Event()

    def page(self, path: str, html: str) -> str:
        """Serve `html` at `path`; its address."""
        self.replies[path] = Reply(html)
        return self.address + path

    def paths_asked(self) -> list[str]:
        return [one.path for one in self.asked]

    def reply(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        found = self.replies.get(asked.path) or self.replies.get(asked.path.partition("?")[0])
        if found is None:
            return Reply("nothing here", status=404)
        return found if isinstance(found, Reply) else found(asked)


@contextlib.contextmanager
def running_web() -> Iterator[WebServer]:
    server = ThreadingHTTPServer((HOST, 0), _Handler)
    server.daemon_threads = True
    web = WebServer(server.server_port)
    server.web = web  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield web
    finally:
        web.is_closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        web: WebServer = self.server.web  # type: ignore[attr-defined]
        reply = web.reply(Asked(self.path, dict(self.headers)))
        with contextlib.suppress(OSError):  # whoever asked may have heard enough
            self._dribble(web) if reply.dribbles else self._send(web, reply)

    def _send(self, web: WebServer, reply: Reply) -> None:
        body = reply.bytes
        if isinstance(reply.body, str):
            body = reply.body.replace("{address}", web.address).encode()
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.kind)
        for name, value in {"Content-Length": str(len(body)), **reply.headers}.items():
            self.send_header(name, value.replace("{address}", web.address))
        self.end_headers()
        self.wfile.write(body)

    def _dribble(self, web: WebServer) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not web.is_closing.wait(DRIBBLE_SECONDS):
            self.wfile.write(b"X-Slow: yes\r\n")
            self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Say nothing."""
