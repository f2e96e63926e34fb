"""Reading a post, from a file's text or from the web, into what can be registered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Literal, Protocol

from board.prompts import Examined, Prompt, examine, source_hash
from board.sources.answers import Fetched
from board.sources.detecting import Detector, Unreadable
from board.sources.entries import Entry
from board.threads.registration import PostRead

Format = Literal["html", "markdown", "text"]
__all__ = ["AddressMissing", "ReadPost", "Unreadable", "read_post", "reader"]


class AddressMissing(Exception):
    """A file does not say where it is published, and nobody else did."""


class ReadPost(Protocol):
    """What turns the words of a post into a post with its prompts; see read_post. Raises Unreadable too."""

    def __call__(self, body: str | bytes, form: Format, *, address: str | None = None) -> PostRead: ...


@contextmanager
def reader() -> Iterator[ReadPost]:
    """One that reads any number of posts, one after the other, in a process of its own with limits."""
    with Detector() as detector:

        def read(body: str | bytes, form: Format, *, address: str | None = None) -> PostRead:
            return post_from(detector.examine(body, form), address)

        yield read


def read_post(body: str | bytes, form: Format, *, address: str | None = None) -> PostRead:
    """A post with its prompts; the closing one, if any, stands last.

    address: where it is published; without one the page's own canonical link counts.
    Raises AddressMissing.
    """
    return post_from(examine(body, form), address)


def post_from(examined: Examined, address: str | None) -> PostRead:
    where = examined.address or address
    if not where:
        raise AddressMissing
    return PostRead(
        where,
        examined.title,
        closing_last(examined.prompts),
        names=[address] if address else [],
        content_hash=examined.content_hash,
    )


def read_page(read: ReadPost, page: Fetched, *, asked: str) -> PostRead:
    """A post from a page that was fetched. `asked`: the address that led to it stays one of its names."""
    form: Format = "markdown" if "markdown" in page.content_type else "html"
    found = read(page.text, form, address=page.final_address)
    return named(found, [asked])


def read_entry(read: ReadPost, entry: Entry) -> PostRead:
    """A post as a feed or an export carries it; `entry.html` must be there.

    It is the same post to us while its words there are the same, to the letter.
    """
    found = read(entry.html or "", "html", address=entry.address)
    return replace(
        found,
        address=entry.address,
        title=entry.title or found.title,
        content_hash=source_hash(entry.html or ""),
        published_at=entry.published_at,
    )


def named(post: PostRead, names: Sequence[str]) -> PostRead:
    """The same post with further addresses under which it is known."""
    return replace(post, names=list(dict.fromkeys([*post.names, *names])))


def closing_last(prompts: Sequence[Prompt]) -> list[Prompt]:
    return sorted(prompts, key=lambda prompt: prompt.closes)
