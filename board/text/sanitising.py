"""HTML to safe HTML: bleach, then nh3 with the same list, then one rule for every link.

bleach was chosen by the project's user and gets no more fixes, so it never stands alone: nh3, with
another parser, has the last word on tags and attributes. Both mistake some addresses (bleach keeps
`javascript:123`, neither refuses `//host`), hence the rule for links after them.
"""

from __future__ import annotations

import re

import bleach
import nh3

from board.text.addresses import may_be_linked
from board.text.source import drop_unwanted

BLOCKS = {"p", "br", "hr", "pre", "blockquote", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"}
INLINE = {"em", "strong", "b", "i", "del", "s", "code", "a"}
TAGS = frozenset(BLOCKS | INLINE)
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "code": {"class"}}
SCHEMES = frozenset({"http", "https", "mailto"})
LANGUAGE = re.compile(r"language-[a-z0-9+#-]{1,30}", re.IGNORECASE | re.ASCII)
NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
REL = "nofollow ugc noopener"

# A link as nh3 writes it: attributes in double quotes, `<`, `>` and `"` in them escaped, never nested.
LINK = re.compile(r'<a((?: [a-z]+="[^"]*")*)>(.*?)</a>', re.DOTALL)
HREF = re.compile(r' href="([^"]*)"')


def sanitise(html: str) -> str:
    """`html` with only the tags, attributes and addresses of our list; the words of the rest are kept.

    Idempotent; never raises for a string without lone surrogates. Links get `rel` and open in a new tab,
    for in a frame they would replace the discussion.
    """
    cleaned = drop_unwanted(_by_nh3(_by_bleach(html)))  # only here are all entities resolved
    return LINK.sub(_only_if_linkable, cleaned)


def _by_bleach(html: str) -> str:
    cleaner = bleach.Cleaner(  # one per call: its parser is not safe to share between threads
        tags=TAGS, attributes=is_allowed, protocols=SCHEMES, strip=True, strip_comments=True
    )
    return cleaner.clean(html)


def _by_nh3(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes={"*": set(), **ATTRIBUTES},  # without "*" nh3 keeps lang and title everywhere
        attribute_filter=_kept,
        link_rel=REL,
        set_tag_attribute_values={"a": {"target": "_blank"}},
        url_schemes=set(SCHEMES),
        url_relative="deny",
    )


def _kept(tag: str, name: str, value: str) -> str | None:
    """nh3 asks about the attributes it sets itself, too; the reader's own of that name are gone by then."""
    ours = (tag, name) in {("a", "rel"), ("a", "target")}
    return value if ours or is_allowed(tag, name, value) else None


def is_allowed(tag: str, name: str, value: str) -> bool:
    """Whether this attribute of this element may stay."""
    if name not in ATTRIBUTES.get(tag, ()):
        return False
    if name == "class":
        return LANGUAGE.fullmatch(value) is not None
    return name != "start" or NUMBER.fullmatch(value) is not None


def _only_if_linkable(link: re.Match[str]) -> str:
    href = HREF.search(link[1])
    return link[0] if href and may_be_linked(href[1]) else link[2]
