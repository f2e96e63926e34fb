"""What gzip packed, unpacked piece by piece, so that whoever reads can stop in time. Pure.

A file of a megabyte may unpack to a thousand: nothing here holds more than a piece of it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import IO

MAGIC = b"\x1f\x8b"  # RFC 1952, 2.3.1
PIECE_BYTES = 64 * 1024
GZIP_WINDOW = 31  # zlib manual, inflateInit2: 15 bits and a gzip header


class PackingBroken(ValueError):
    """It says that it is packed, and cannot be unpacked."""


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """What is left of a file, piece by piece, unpacked where it is packed. Raises PackingBroken, OSError."""
    return unpacked(iter(lambda: file.read(PIECE_BYTES), b""))


def unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes of `pieces`, unpacked where they begin as gzip does. Raises PackingBroken."""
    rest = iter(pieces)
    first = b""
    for piece in rest:
        first += piece
        if len(first) >= len(MAGIC):
            break
    whole = _chained(first, rest)
    return _inflated(whole) if first.startswith(MAGIC) else whole


def _chained(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(GZIP_WINDOW)
    try:
        for packed in pieces:
            left = packed
            while left:
                if piece := unpacker.decompress(left, PIECE_BYTES):
                    yield piece
                left = unpacker.unconsumed_tail
                if unpacker.eof and unpacker.unused_data.startswith(MAGIC):  # several files in one
                    left, unpacker = unpacker.unused_data, zlib.decompressobj(GZIP_WINDOW)
    except zlib.error:
        raise PackingBroken("it cannot be unpacked") from None
    if not unpacker.eof:
        raise PackingBroken("its end is missing")
