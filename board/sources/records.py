"""Records of an XML file, one after the other: items of a feed, posts of an export, places of a sitemap.

Pure. Nothing is kept but the record at hand, and of that little more than MAX_RECORD_CHARS, so a file of any
size takes the same memory. Entities and document types are refused before they do anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from urllib.parse import urljoin
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

MAX_RECORD_CHARS = 2 * 1024 * 1024  # a page of a blog may not be larger either
SHORT_CHARS = 2000  # what is no longer is read also after a giant: the status of a post, say
MAX_FIELDS = 200
MAX_DEPTH = 200
A_PAGE = "it is a web page"
PREFIXES = {  # how namespaces are written here; what is not named is "other"
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "",
    "http://www.google.com/schemas/sitemap/0.84": "",
    "http://www.w3.org/1999/xhtml": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
    "http://www.w3.org/2005/Atom": "atom:",
    "http://purl.org/atom/ns#": "atom:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
}
WORDPRESS = "http://wordpress.org/export/"  # then a version, and for excerpts one more word


class XmlRefused(Exception):
    """It is no XML that is read here; the message says why, in plain words."""


@dataclass(frozen=True)
class Field:
    """A child of a record. `text`: what it holds; elements in it are written out as HTML.

    `base`: what relative addresses in it are relative to.
    """

    name: str
    base: str
    attributes: dict[str, str]
    text: str


@dataclass
class Record:
    """An element with its children. `base`: what relative addresses in it are relative to.

    `is_cut`: it was longer than is read.
    """

    name: str
    base: str
    attributes: dict[str, str]
    fields: list[Field] = field(default_factory=list)
    is_cut: bool = False

    def text(self, *names: str) -> str:
        """What the first of these children holds that holds anything, the names in order of preference."""
        return next(filter(None, (one.text.strip() for one in self.all(*names))), "")

    def all(self, *names: str) -> Iterator[Field]:
        """Its children of these names, the names in order of preference."""
        return (one for name in names for one in self.fields if one.name == name)


@dataclass(frozen=True)
class Shape:
    """What is looked for: `names` of records, `keep` of their children, `roots` that may be around them."""

    names: frozenset[str]
    keep: frozenset[str]
    roots: frozenset[str]


def records(text: Iterable[str], shape: Shape, *, base: str = "") -> Iterator[Record]:
    """The elements of that shape, in their order. text: the file in pieces. base: where it came from.

    Raises XmlRefused, perhaps after some records.
    """
    target = _Target(shape, base)
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    for piece in text:
        problem = _problem(lambda: parser.feed(piece))  # noqa: B023  # called at once
        yield from target.taken()
        if problem:
            raise problem
    if problem := _problem(parser.close):
        raise problem


def _problem(parse: Callable[[], object]) -> XmlRefused | None:
    try:
        parse()
    except DefusedXmlException as forbidden:
        return XmlRefused(_of_its_own(forbidden))
    except ParseError as mistake:
        return XmlRefused(f"it is not well-formed XML (line {mistake.position[0]})")
    except XmlRefused as refusal:
        return refusal
    return None


class _Target:
    """What the parser calls: start, data, end, close."""

    def __init__(self, shape: Shape, base: str) -> None:
        self._shape = shape
        self._bases = [base]
        self._done: list[Record] = []
        self._record: Record | None = None
        self._depth = 0  # of the present element inside the record: 1 for a child
        self._open: tuple[str, str, dict[str, str]] = (
            "",
            "",
            {},
        )  # the present child; without a name: not kept
        self._parts: list[str] = []
        self._left = 0  # how much more of the record is read
        self._length = 0  # of the present child

    def taken(self) -> list[Record]:
        done, self._done = self._done, []
        return done

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name, said = _name(tag), {_name(key): value for key, value in attributes.items()}
        if len(self._bases) == 1 and name not in self._shape.roots:
            raise XmlRefused(_wrong_root(name))
        if len(self._bases) > MAX_DEPTH:
            raise XmlRefused("its elements stand in each other too deeply")
        self._bases.append(_joined(self._bases[-1], said.get("xml:base")))
        if self._record is not None:
            self._begin(name, said)
        elif name in self._shape.names:
            self._record, self._depth, self._left = Record(name, self._bases[-1], said), 0, MAX_RECORD_CHARS

    def data(self, text: str) -> None:
        if self._record is not None and self._depth and self._open[0]:
            self._write(text if self._depth == 1 else escape(text, quote=False))

    def end(self, tag: str) -> None:
        self._bases.pop()
        if self._record is None:
            return
        if self._depth == 0:
            self._done.append(self._record)
            self._record = None
            return
        if self._depth == 1:
            self._keep()
        elif self._open[0]:
            self._write(f"</{_name(tag)}>")
        self._depth -= 1

    def close(self) -> None:
        """Nothing is left to do; the parser wants to call it."""

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1:
            kept = name if name in self._shape.keep else ""
            self._open, self._parts, self._length = (kept, self._bases[-1], attributes), [], 0
        elif self._open[0]:
            said = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items() if ":" not in key)
            self._write(f"<{name}{said}>")

    def _write(self, text: str) -> None:
        assert self._record is not None  # noqa: S101  # for the type checker: callers looked
        self._left -= len(text)
        self._length += len(text)
        if self._left >= 0 or self._length <= SHORT_CHARS:
            self._parts.append(text)
        else:
            self._record.is_cut = True

    def _keep(self) -> None:
        assert self._record is not None  # noqa: S101  # as above
        if not self._open[0]:
            return
        if len(self._record.fields) < MAX_FIELDS:
            self._record.fields.append(Field(*self._open, "".join(self._parts)))
        else:
            self._record.is_cut = True
        self._parts = []


def _name(tag: str) -> str:
    """{http://www.w3.org/2005/Atom}title -> atom:title"""
    space, brace, local = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    if not brace:
        return local
    if space.startswith(WORDPRESS):
        return f"{'excerpt' if 'excerpt' in space else 'wp'}:{local}"
    return f"{PREFIXES.get(space, 'other:')}{local}"


def _joined(base: str, said: str | None) -> str:
    try:
        return urljoin(base, said) if said else base
    except ValueError:
        return base


def _of_its_own(forbidden: DefusedXmlException) -> str:
    if str(getattr(forbidden, "name", "")).lower() == "html":
        return A_PAGE
    return "it brings a document type or entities of its own, which are never read"


def _wrong_root(name: str) -> str:
    if name.lower() == "html":
        return A_PAGE
    return f"it begins with <{name[:40]}>, which is something else"
