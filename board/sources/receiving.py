"""Taking in what a server answers, as far as it is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPMessage, HTTPResponse
from typing import IO

from board.sources.answers import MB, Wanted
from board.sources.refusals import FetchRefused
from board.sources.unpacking import PackingBroken, unpacked

PIECE_BYTES = 64 * 1024
OK, UNCHANGED, GONE = 200, 304, 410
LONGEST_WAIT_SECONDS = 24 * 3600
PLAIN = frozenset({"", "identity", "gzip", "x-gzip"})  # gzip is seen by its bytes, whatever the header says


def receive(answer: HTTPResponse, wanted: Wanted, file: IO[bytes]) -> None:
    """Write the body of `answer` into `file`, unpacked. Of an answer without a page, nothing is read.

    Raises FetchRefused, OSError.
    """
    if answer.status != OK:
        return
    _require_kind(answer.headers, wanted)
    try:
        for piece in unpacked(_pieces(answer, wanted.max_bytes)):
            if file.tell() + len(piece) > wanted.max_bytes:
                raise _too_large(wanted.max_bytes)
            file.write(piece)
    except PackingBroken as broken:
        raise FetchRefused("type", str(broken)) from None


def refusal_of(status: int, headers: HTTPMessage, wanted: Wanted) -> FetchRefused | None:
    """Why an answer of that status is none, or None."""
    if status == OK or (status == UNCHANGED and wanted.is_known):
        return None
    if status == GONE:
        return FetchRefused("gone", "its server says that it is gone for good")
    return FetchRefused("status", f"the server answered {status}", wait_seconds=_wait(headers))


def _require_kind(headers: HTTPMessage, wanted: Wanted) -> None:
    kind, packing = headers.get_content_type(), headers.get("Content-Encoding", "").strip().lower()
    if kind not in wanted.types:
        raise FetchRefused("type", f"it is {kind}, not {wanted.words}")
    if packing not in PLAIN:
        raise FetchRefused("type", "it is packed in a way that was not asked for")


def _pieces(answer: HTTPResponse, max_bytes: int) -> Iterator[bytes]:
    if (answer.length or 0) > max_bytes:
        raise _too_large(max_bytes)
    taken = 0
    while piece := answer.read(PIECE_BYTES):
        taken += len(piece)
        if taken > max_bytes:
            raise _too_large(max_bytes)
        yield piece
    if answer.length:  # what was promised and did not come: a post without its end has no closing prompt
        raise FetchRefused("network", "the server stopped in the middle of the page")


def _too_large(max_bytes: int) -> FetchRefused:
    return FetchRefused("size", f"it is larger than {max_bytes // MB} MB")


def _wait(headers: HTTPMessage) -> int:
    """How long to stay away (RFC 9110, 10.2.3), where it is said in seconds."""
    said = headers.get("Retry-After", "").strip()
    return min(int(said), LONGEST_WAIT_SECONDS) if said.isascii() and said.isdecimal() else 0
