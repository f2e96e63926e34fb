"""Fetching pages from a real server on this machine, and refusing what must not be fetched."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from board.sources.fetching import FetchRefused, fetch, is_public


class Pages(BaseHTTPRequestHandler):
    stop = threading.Event()

    def do_GET(self) -> None:
        getattr(self, f"page_{re.split('[/?]', self.path)[1]}")()

    def answer(self, body: bytes, kind: str = "text/html", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def page_good(self) -> None:
        self.answer(f"<title>{self.headers['User-Agent']}</title>".encode())

    def page_echo(self) -> None:
        self.answer(self.path.encode())

    def page_moved(self) -> None:
        self.answer(b"", status=301, Location="/good")

    def page_loop(self) -> None:
        self.answer(b"", status=302, Location="/loop")

    def page_inside(self) -> None:
        self.answer(b"", status=302, Location="http://169.254.169.254/latest/")

    def page_file(self) -> None:
        self.answer(b"", status=302, Location="file:///etc/passwd")

    def page_picture(self) -> None:
        self.answer(b"\x89PNG", kind="image/png")

    def page_latin(self) -> None:
        self.answer("<p>Grüße</p>".encode("latin-1"), kind="text/html; charset=iso-8859-1")

    def page_meta(self) -> None:
        self.answer('<meta charset="iso-8859-1"><p>Grüße</p>'.encode("latin-1"))

    def page_said(self) -> None:
        """Answers in the charset that the query names."""
        self.answer(b"<p>x\xff</p>", kind=f"text/html; charset={self.path.partition('?')[2]}")

    def page_windows(self) -> None:
        self.answer("<p>“Grüße”</p>".encode("cp1252"), kind="text/html; charset=iso-8859-1")

    def page_bom(self) -> None:
        self.answer("\ufeff<p>Grüße</p>".encode(), kind="text/html; charset=iso-8859-1")

    def page_accents(self) -> None:
        self.send_response(301)
        self.wfile.write(b"")
        self._headers_buffer.append("Location: /echo/über uns?ä=1\r\n".encode())
        self.end_headers()

    def page_cut(self) -> None:
        self.answer(b"<p>Half of", **{"Content-Length": "4000"})

    def page_huge(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            for _ in range(40):
                self.wfile.write(b"x" * 1024 * 1024)
        except OSError:
            return

    def page_slow(self) -> None:
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while not self.stop.wait(0.05):
                self.wfile.write(b"X-Slow: yes\r\n")
                self.wfile.flush()
        except OSError:
            return

    def page_missing(self) -> None:
        self.answer(b"gone", status=404)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    pages = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=pages.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{pages.server_port}"
    Pages.stop.set()
    pages.shutdown()
    thread.join()
    pages.server_close()


def loopback(address: str) -> bool:
    return address == "127.0.0.1"


def get(address: str, **options: Any):
    return fetch(address, allow=loopback, any_port=True, **options)


def test_a_page_comes_with_its_text_and_is_told_who_asks(server: str) -> None:
    page = get(f"{server}/good")
    assert page.content_type == "text/html"
    assert "ReflectionBoard/" in page.text


def test_a_redirect_is_followed_and_remembered(server: str) -> None:
    assert get(f"{server}/moved").final_address == f"{server}/good"


@pytest.mark.parametrize("path", ["latin", "meta"])
def test_the_charset_is_believed_from_header_or_page(server: str, path: str) -> None:
    assert "Grüße" in get(f"{server}/{path}").text


@pytest.mark.parametrize(
    "charset",
    ["klingon", "hex", "idna", "punycode", "undefined", "unicode_escape", "utf-7", "x" * 500, '"', "utf-8"],
)
def test_a_charset_that_is_none_does_no_harm(server: str, charset: str) -> None:
    """Codecs of Python: "undefined" and "idna" raise, "punycode" takes minutes over a long page."""
    page = get(f"{server}/said?{charset}")
    assert page.charset == "utf-8"
    assert page.text == "<p>x\N{REPLACEMENT CHARACTER}</p>"


def test_a_page_is_read_as_browsers_read_it(server: str) -> None:
    assert get(f"{server}/windows").text == "<p>“Grüße”</p>"
    assert get(f"{server}/bom").text == "<p>Grüße</p>"


def test_addresses_may_hold_letters_of_any_language(server: str) -> None:
    assert get(f"{server}/echo/é?q=é").text == "/echo/%C3%A9?q=%C3%A9"
    assert get(f"{server}/accents").text == "/echo/%C3%BCber%20uns?%C3%A4=1"


def test_a_second_address_of_the_host_is_tried(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host with IPv6 and IPv4 addresses was not reached from a machine without IPv6."""
    port = int(server.rpartition(":")[2])
    answers = [(0, 0, 0, "", (address, port)) for address in ("127.0.0.2", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", two_addresses(answers))
    page = fetch(f"http://two.example:{port}/good", allow=lambda address: True, any_port=True)
    assert page.final_address == f"http://two.example:{port}/good"


def two_addresses(answers: list[Any]) -> Callable[..., list[Any]]:
    """A resolver, for a name that has two addresses; numbers are resolved as ever."""
    real = socket.getaddrinfo

    def resolve(host: str, *rest: Any, **more: Any) -> list[Any]:
        return answers if host == "two.example" else real(host, *rest, **more)

    return resolve


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("loop", "redirects"),
        ("inside", "private"),
        ("file", "address"),
        ("picture", "type"),
        ("huge", "size"),
        ("missing", "status"),
        ("cut", "network"),
    ],
)
def test_what_is_no_post_is_refused(server: str, path: str, reason: str) -> None:
    with pytest.raises(FetchRefused) as refused:
        get(f"{server}/{path}")
    assert refused.value.reason == reason


def test_a_server_that_dribbles_is_left_in_time(server: str) -> None:
    with pytest.raises(FetchRefused) as refused:
        get(f"{server}/slow", deadline_seconds=0.5)
    assert refused.value.reason == "time"


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://localhost/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/", "http://2130706433/",
     "http://0x7f.1/", "http://0177.0.0.1/", "http://10.0.0.1/", "http://169.254.169.254/", "http://100.64.0.1/",
     "http://[::1]/", "http://[fe80::1]/", "http://[fc00::1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/"],
)  # fmt: skip
def test_nothing_inside_is_ever_asked(address: str) -> None:
    with pytest.raises(FetchRefused) as refused:
        fetch(address)
    assert refused.value.reason in {"private", "name"}


@pytest.mark.parametrize(
    ("address", "reason"),
    [("ftp://blog.example/", "address"), ("http://a@blog.example/", "address"), ("http://[", "address"),
     ("http://blog.example:22/", "port"), ("http://b.example:x/", "address"), ("http://b .example/", "address"),
     ("", "address")],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(address: str, reason: str) -> None:
    with pytest.raises(FetchRefused) as refused:
        fetch(address)
    assert refused.value.reason == reason


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)
