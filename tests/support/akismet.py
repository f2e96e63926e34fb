"""A server on this machine that keeps Akismet's documented contract, and remembers what it was told.

As the real one does, it takes for spam whatever `viagra-test-123` writes, and answers calls that leave out
what is required, or come with a key that it does not know, with a word and a header that says why.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

KEY = "abcdef012345"
SPAMMER = "viagra-test-123"
SURE_SPAMMER = "viagra-test-discard"
THANKS = "Thanks for making the web a better place."
REQUIRED = {
    "verify-key": ("key", "blog"),
    "comment-check": ("api_key", "blog", "user_ip"),
    "submit-ham": ("api_key", "blog", "user_ip"),
    "submit-spam": ("api_key", "blog", "user_ip"),
}


@dataclass(frozen=True)
class Said:
    """One answer. `dribbles`: its headers never end. `hangs_up`: there is none at all."""

    body: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    dribbles: bool = False
    hangs_up: bool = False


@dataclass(frozen=True)
class Call:
    name: str
    fields: Mapping[str, str]
    headers: Mapping[str, str]


class AkismetServer:
    """`calls` in order. `mood`: answers instead of the contract, as on a bad day; None for no opinion."""

    def __init__(self, port: int) -> None:
        self.origin = f"http://127.0.0.1:{port}"
        self.keys = {KEY}
        self.calls: list[Call] = []
        self.mood: Callable[[Call], Said | None] = lambda _call: None
        self.is_closing = threading.Event()

    @property
    def environ(self) -> dict[str, str]:
        return {"BOARD_AKISMET_ORIGIN": self.origin}

    def called(self, name: str) -> list[Mapping[str, str]]:
        return [call.fields for call in self.calls if call.name == name]

    def answer(self, call: Call) -> Said:
        self.calls.append(call)
        return self.mood(call) or self.by_contract(call)

    def by_contract(self, call: Call) -> Said:
        if call.name not in REQUIRED:
            return Said("", 404)
        missing = [name for name in REQUIRED[call.name] if not call.fields.get(name)]
        if missing:
            return Said("invalid", headers={"X-akismet-debug-help": f'Empty "{missing[0]}" value'})
        if call.fields[REQUIRED[call.name][0]] not in self.keys:
            return Said("invalid", headers={"X-akismet-debug-help": "The API key was not recognized"})
        if call.name == "verify-key":
            return Said("valid")
        if call.name != "comment-check":
            return Said(THANKS)
        author = call.fields.get("comment_author")
        sure = {"X-akismet-pro-tip": "discard"} if author == SURE_SPAMMER else {}
        return Said("true" if author in {SPAMMER, SURE_SPAMMER} else "false", headers=sure)


@contextlib.contextmanager
def running_akismet() -> Iterator[AkismetServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    akismet = AkismetServer(server.server_port)
    server.akismet = akismet  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield akismet
    finally:
        akismet.is_closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        akismet: AkismetServer = self.server.akismet  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        is_form = self.headers["Content-Type"].startswith("application/x-www-form-urlencoded")
        fields = dict(parse_qsl(body, strict_parsing=True)) if is_form else {}
        said = akismet.answer(Call(self.path.removeprefix("/1.1/"), fields, dict(self.headers)))
        with contextlib.suppress(OSError):  # whoever asked may have waited long enough
            if said.hangs_up:
                self.close_connection = True
            elif said.dribbles:
                self._dribble(akismet)
            else:
                self._send(said)

    def _send(self, said: Said) -> None:
        self.send_response(said.status)
        for name, value in {"Content-Length": str(len(said.body.encode())), **said.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(said.body.encode())

    def _dribble(self, akismet: AkismetServer) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not akismet.is_closing.wait(0.02):
            self.wfile.write(b"X-Slow: yes\r\n")
            self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Say nothing."""
