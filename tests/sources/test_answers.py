"""What comes of asking: conditions, moves, packed files, limits."""

from __future__ import annotations

import gzip
import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from board.sources.answers import ARCHIVE, FEED, MB, PAGE
from board.sources.fetching import FetchRefused, Web
from tests.support.web import Asked, Reply, WebServer

XML = "application/xml"


def refusal(web: Web, address: str, wanted=PAGE) -> FetchRefused:
    with pytest.raises(FetchRefused) as refused:
        web.fetch(address, wanted)
    return refused.value


def test_what_did_not_change_is_not_sent_again(web: Web, web_server: WebServer) -> None:
    def feed(asked: Asked) -> Reply:
        known = asked.headers.get("If-None-Match") == '"1"'
        return Reply(status=304) if known else Reply("<rss/>", XML, headers={"ETag": '"1"'})

    web_server.replies["/feed"] = feed
    first = web.fetch(f"{web_server.address}/feed", FEED)
    again = web.fetch(f"{web_server.address}/feed", FEED.unless(etag=first.etag, last_modified=""))
    assert (first.body, first.is_unchanged) == (b"<rss/>", False)
    assert (again.body, again.is_unchanged) == (b"", True)


def test_the_date_of_the_last_change_is_told_as_the_server_said_it(web: Web, web_server: WebServer) -> None:
    date = "Mon, 02 Nov 2026 10:00:00 GMT"
    web_server.replies["/feed"] = Reply("<rss/>", XML, headers={"Last-Modified": date})
    first = web.fetch(f"{web_server.address}/feed", FEED)
    web.fetch(f"{web_server.address}/feed", FEED.unless(etag="", last_modified=first.last_modified))
    assert web_server.asked[1].headers["If-Modified-Since"] == date
    assert "If-None-Match" not in web_server.asked[1].headers


def test_nothing_is_unchanged_that_was_not_known(web: Web, web_server: WebServer) -> None:
    web_server.replies["/page"] = Reply(status=304)
    assert refusal(web, f"{web_server.address}/page").reason == "status"


@pytest.mark.parametrize(
    ("statuses", "moved_to"),
    [((301, 308), "/2"), ((302, 301), None), ((301, 302), "/1"), ((307,), None), ((), None)],
)
def test_only_a_move_for_good_is_a_move(
    web: Web, web_server: WebServer, statuses: tuple[int, ...], moved_to: str | None
) -> None:
    for number, status in enumerate(statuses):
        web_server.replies[f"/{number}"] = Reply(status=status, headers={"Location": f"/{number + 1}"})
    web_server.page(f"/{len(statuses)}", "here")
    fetched = web.fetch(f"{web_server.address}/0")
    assert fetched.text == "here"
    assert fetched.moved_to == (moved_to and web_server.address + moved_to)


@pytest.mark.parametrize("headers", [{"Content-Encoding": "gzip"}, {}])
def test_what_is_packed_is_unpacked(web: Web, web_server: WebServer, headers: dict[str, str]) -> None:
    packed = gzip.compress(b"<urlset>") + gzip.compress(b"</urlset>")
    web_server.replies["/sitemap.xml.gz"] = Reply(packed, "application/x-gzip", headers=headers)
    assert web.fetch(f"{web_server.address}/sitemap.xml.gz", ARCHIVE).body == b"<urlset></urlset>"


def test_what_is_packed_to_burst_is_refused(web: Web, web_server: WebServer) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join([packer.compress(bytes(MB)) for _ in range(60)]) + packer.flush()
    web_server.replies["/bomb"] = Reply(bomb, "application/gzip")
    assert len(bomb) < 100_000
    refused = refusal(web, f"{web_server.address}/bomb", ARCHIVE)
    assert (refused.reason, str(refused)) == ("size", "it is larger than 50 MB")


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"\x1f\x8bnonsense", {}),
        (gzip.compress(b"x" * 999, mtime=0)[:-9], {}),
        (b"x", {"Content-Encoding": "br"}),
    ],
)
def test_what_cannot_be_unpacked_is_refused(
    web: Web, web_server: WebServer, body: bytes, headers: dict[str, str]
) -> None:
    web_server.replies["/page"] = Reply(body, headers=headers)
    assert refusal(web, f"{web_server.address}/page").reason == "type"


def test_each_kind_has_its_own_size(web: Web, web_server: WebServer) -> None:
    web_server.replies["/large"] = Reply(b"x" * (3 * MB), XML)
    assert str(refusal(web, f"{web_server.address}/large")) == "it is larger than 2 MB"
    assert len(web.fetch(f"{web_server.address}/large", FEED).body) == 3 * MB
    with web.download(f"{web_server.address}/large", ARCHIVE) as download:
        assert len(download.file.read()) == 3 * MB


def test_a_feed_may_be_called_a_page_but_is_no_picture(web: Web, web_server: WebServer) -> None:
    for kind in ("application/atom+xml", "text/html", "application/octet-stream"):
        web_server.replies["/feed"] = Reply("<feed/>", kind)
        assert web.fetch(f"{web_server.address}/feed", FEED).body == b"<feed/>"
    web_server.replies["/feed"] = Reply(b"\x89PNG", "image/png")
    assert str(refusal(web, f"{web_server.address}/feed", FEED)) == "it is image/png, not a feed"


def test_a_server_may_ask_for_patience_or_say_goodbye(web: Web, web_server: WebServer) -> None:
    web_server.replies["/busy"] = Reply(status=429, headers={"Retry-After": "3600"})
    web_server.replies["/gone"] = Reply(status=410)
    assert refusal(web, f"{web_server.address}/busy").wait_seconds == 3600
    assert refusal(web, f"{web_server.address}/gone").reason == "gone"


def test_the_owner_may_name_a_blog_of_the_house(web_server: WebServer) -> None:
    address = web_server.page("/post", "here")
    assert Web(inside=frozenset({web_server.address})).fetch(address).text == "here"
    web_server.replies["/away"] = Reply(status=302, headers={"Location": "http://127.0.0.1:1/"})
    assert refusal(Web(inside=frozenset({web_server.address})), f"{web_server.address}/away").reason == "port"


@pytest.fixture
def silent_resolver(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The system's resolver, when its servers do not answer."""
    ended = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", waiting_for(ended))
    yield
    ended.set()


def waiting_for(ended: threading.Event) -> Callable[..., list[Any]]:
    def resolve(*_: object, **__: object) -> list[Any]:
        ended.wait()
        raise OSError

    return resolve


def test_a_name_that_nobody_can_look_up_is_left_in_time(silent_resolver: None) -> None:
    refused = refusal(Web(), "https://blog.example/", replace(PAGE, seconds=0.2))
    assert (refused.reason, str(refused)) == ("time", "it took longer than 0.2 seconds")


def test_a_handshake_that_never_ends_is_left_in_time(web_server: WebServer) -> None:
    """A listener that takes the connection and says nothing: TLS waits for its part."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"https://127.0.0.1:{listener.getsockname()[1]}/"
        web = Web(allow=lambda _: True, any_port=True)
        assert refusal(web, address, replace(PAGE, seconds=0.3)).reason == "time"
