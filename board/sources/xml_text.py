"""The letters of an XML file, decoded as they are meant and without what no XML may hold. Pure.

Feeds and exports are often not what they say: a byte of another charset, a stray control character. A reader
of the blog sees a small blemish there, so we do not refuse the whole file for it.
"""

from __future__ import annotations

import codecs
import html.entities
import re
from collections.abc import Iterable, Iterator

from board.sources.charsets import usable_charset

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})[\"']")
DECLARED_WITHIN_BYTES = 512
LOOKED_AT_BYTES = 64 * 1024
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, 2.2
REFERENCE = re.compile(r"&(?:#(\d{1,8}|x[0-9a-fA-F]{1,7});|([A-Za-z][A-Za-z0-9]{0,31});)?")
LONGEST_REFERENCE = 40
OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
LAX = "windows-1252 for what is not utf-8"


def xml_text(pieces: Iterable[bytes], said: str | None = None) -> Iterator[str]:
    """The text of an XML file that comes in pieces. said: the charset that its sender names.

    Bytes that are no UTF-8 where UTF-8 was promised are read as windows-1252.
    """
    rest = iter(pieces)
    first = b""
    while len(first) < LOOKED_AT_BYTES and (piece := next(rest, b"")):
        first += piece
    charset = charset_of_xml(first, said)
    decode = codecs.getincrementaldecoder(charset)(LAX if charset.startswith("utf-8") else "replace").decode
    yield FORBIDDEN.sub("", decode(first))
    for piece in rest:
        yield FORBIDDEN.sub("", decode(piece))
    yield FORBIDDEN.sub("", decode(b"", final=True))


def charset_of_xml(first: bytes, said: str | None) -> str:
    """The codec that reads a file beginning with `first`.

    Told by its first bytes, else UTF-8 where it is unmistakable, else as its sender says (RFC 7303, 3),
    else as it says itself.
    """
    marked = next((name for mark, name in BYTE_ORDER_MARKS.items() if first.startswith(mark)), None)
    if marked:
        return marked
    declared = DECLARED.search(first[:DECLARED_WITHIN_BYTES])
    for name in (said, declared and declared[1].decode("ascii")):
        if name and (charset := usable_charset(name)) and not _is_utf8(first):
            return charset
    return "utf-8"


def mended(text: Iterable[str]) -> Iterator[str]:
    """`text` with the names of HTML's letters spelled out, and with lone ampersands escaped: what breaks
    feeds most often. In a CDATA section this means the same, as HTML."""
    held = ""
    for piece in text:
        whole = held + piece
        cut = whole.rfind("&", max(0, len(whole) - LONGEST_REFERENCE))
        held = whole[cut:] if cut >= 0 else ""
        yield REFERENCE.sub(_reference, whole[:cut] if cut >= 0 else whole)
    yield REFERENCE.sub(_reference, held)


def _reference(found: re.Match[str]) -> str:
    number, name = found.groups()
    if name:
        letters = html.entities.html5.get(f"{name};")
        return found[0] if name in OF_XML else "".join(f"&#{ord(one)};" for one in letters or f"&{name};")
    if number:
        code = int(number[1:], 16) if number.startswith("x") else int(number)
        return "" if code > 0x10FFFF or FORBIDDEN.match(chr(code)) else found[0]
    return "&amp;"


def _is_utf8(first: bytes) -> bool:
    """Whether it holds letters beyond ASCII, all of them as UTF-8 writes them: chance hardly does that."""
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(first)
    except UnicodeDecodeError:
        return False
    return not first.isascii()


def _as_windows(mistake: UnicodeError) -> tuple[str, int]:
    assert isinstance(mistake, UnicodeDecodeError)  # noqa: S101  # nobody else asks
    stray = mistake.object[mistake.start : mistake.end]
    return stray.decode("cp1252", "replace"), mistake.end


codecs.register_error(LAX, _as_windows)
