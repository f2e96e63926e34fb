"""The posts of a WordPress export (WXR), one after the other, whatever its size. Pure.

Source: wp-admin/includes/export.php of WordPress, which writes such files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from board.sources.dates import moment
from board.sources.entries import Entry, plain_title
from board.sources.records import Record, Shape, records

WXR = Shape(
    names=frozenset({"item"}),
    keep=frozenset({
        "title", "link", "guid", "pubDate", "content:encoded", "wp:post_id", "wp:post_date_gmt",
        "wp:post_modified_gmt", "wp:status", "wp:post_type", "wp:post_password",
    }),
    roots=frozenset({"rss"}),
)  # fmt: skip
EDITED_IN_BLOCKS = "<!-- wp:"
EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*")
BLOCK = re.compile(r"</?(p|div|[uo]l|li|dl|h[1-6]|blockquote|table|pre|figure|section|hr)\b", re.IGNORECASE)
SHORTCODE = re.compile(r"\[/?(?:wp_)?(?:caption|gallery|embed|audio|video|playlist)\b[^\]]{0,1000}\]")
OWN_NAME = re.compile(r"https?://[^/]+/(?:[^?]*/)?\?(?:p|page_id)=(\d+)")


def read_export(text: Iterable[str], *, pages: bool = False) -> Iterator[Entry]:
    """The published posts of an export, in its order; the pages of the blog too where they are wanted.

    An entry without `html` was larger than is read, one without `address` has none.
    Raises XmlRefused, perhaps after some entries.
    """
    wanted = {"post", "page"} if pages else {"post"}
    for record in records(text, WXR):
        is_public = record.text("wp:status") == "publish" and not record.text("wp:post_password")
        if is_public and record.text("wp:post_type") in wanted:
            yield _entry(record)


def with_paragraphs(source: str) -> str:
    """A post as WordPress serves it: without blocks, its paragraphs were written between empty lines."""
    source = SHORTCODE.sub("", source.replace("\r\n", "\n"))
    if EDITED_IN_BLOCKS in source:
        return source
    parts = EMPTY_LINES.split(source.strip())
    return "\n".join(part if BLOCK.match(part) else f"<p>{part}</p>" for part in parts)


def _entry(record: Record) -> Entry:
    published = moment(record.text("wp:post_date_gmt")) or moment(record.text("pubDate"))
    return Entry(
        address=record.text("link"),
        title=plain_title(record.text("title")),
        html=None if record.is_cut else with_paragraphs(record.text("content:encoded")),
        is_whole=not record.is_cut,
        published_at=published,
        key=_key(record),
        updated_at=moment(record.text("wp:post_modified_gmt")) or published,
    )


def _key(record: Record) -> str | None:
    """The address with the post's number, which leads to it whatever permalinks the blog has."""
    guid = record.text("guid")
    found = OWN_NAME.fullmatch(guid)
    return guid if found and found[1] == record.text("wp:post_id") else None
