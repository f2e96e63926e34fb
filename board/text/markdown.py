"""Markdown to HTML: CommonMark without raw HTML, with tables, strikethrough and bare links."""

from __future__ import annotations

import re
from itertools import takewhile

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import table
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType
from markupsafe import escape

from board.text.addresses import host_to_tell, may_be_linked
from board.text.source import is_blank

MAX_NESTING = 20  # deeper is never thought, only attack; each quote is one level, each list two
MAX_TABLE_ROWS = 100  # in one comment, headers included; 2,000 rows kept the sanitiser busy for 1 s
MAX_TABLE_COLUMNS = 20  # a wide header pads every short row with empty cells
CONTAINERS = frozenset({"blockquote_open", "list_item_open"})


def to_html(source: str) -> str:
    """HTML of normalised Markdown: not yet sanitised, but without any tag the reader typed."""
    parser = CommentParser()
    env: EnvType = {}
    tokens = parser.parse(source, env)
    if any(token.type in CONTAINERS and token.level >= MAX_NESTING - 1 for token in tokens):
        return as_paragraphs(source)  # the parser drops what is nested deeper than it may go
    return str(parser.renderer.render(tokens, parser.options, env))


def as_paragraphs(source: str) -> str:
    """The source as it was typed, escaped, with its lines and paragraphs."""
    paragraphs = re.split(r"\n[ \t]*\n\s*", source.strip("\n"))
    return "\n".join("<p>" + str(escape(one)).replace("\n", "<br>\n") + "</p>" for one in paragraphs)


class CommentParser(MarkdownIt):
    """Our dialect. One per call (0.4 ms), for its link finder keeps state and threads are many.

    A line break typed is a line break shown, as readers expect of a text field. Reference definitions are
    off: they hide text, and one long address used a thousand times would make megabytes.
    """

    def __init__(self) -> None:
        super().__init__(
            "commonmark", {"html": False, "linkify": True, "breaks": True, "maxNesting": MAX_NESTING}
        )
        self.enable(["table", "strikethrough", "linkify"])
        self.disable(["reference", "html_block", "html_inline"])
        self.set_linkify()
        self.block.ruler.at("table", bounded_table, {"alt": ["paragraph", "reference"]})
        self.core.ruler.push("addresses", show_addresses)
        self.add_render_rule("heading_open", open_heading)
        self.add_render_rule("heading_close", close_heading)

    def set_linkify(self) -> None:
        """Link what is written with its scheme, and nothing that only looks like an address."""
        finder = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
        finder.add("//", None).add("ftp:", None)
        self.linkify = finder

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the parser's own name
        return may_be_linked(url)


def bounded_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The table rule, for tables of a size people write; what goes beyond stays lines of text."""
    delimiter = state.getLines(start + 1, start + 2, 0, False) if start + 1 < end else ""
    if "-" not in delimiter or delimiter.count("|") > MAX_TABLE_COLUMNS + 1:
        return False
    left = MAX_TABLE_ROWS - state.env.get("table_rows", 0)
    rows = list(takewhile(lambda line: not state.isEmpty(line), range(start + 1, min(end, start + left + 2))))
    if len(rows) > left or not table(state, start, end, silent):
        return False
    if not silent:
        state.env["table_rows"] = MAX_TABLE_ROWS - left + len(rows)  # the delimiter counts for the header
    return True


def show_addresses(state: StateCore) -> None:
    """Turn images into links to them, and let every link show where it leads when its words do not."""
    for token in state.tokens:
        if token.type == "inline" and token.children:
            token.children = _told(_without_images(token.children))


def _without_images(tokens: list[Token]) -> list[Token]:
    """Pictures are never loaded from elsewhere: they would tell their host who reads."""
    shown: list[Token] = []
    in_link = 0
    for token in tokens:
        in_link += (token.type == "link_open") - (token.type == "link_close")
        if token.type != "image":
            shown.append(token)
            continue
        words = [_text(token.content)]
        if not in_link:
            opening = Token("link_open", "a", 1, attrs={"href": str(token.attrGet("src"))})
            words = [opening, *words, Token("link_close", "a", -1)]
        shown.extend(words)
    return shown


def _told(tokens: list[Token]) -> list[Token]:
    shown: list[Token] = []
    words, address = "", ""
    for token in tokens:
        if token.type == "link_open":
            words, address = "", str(token.attrGet("href"))
        elif token.type in {"text", "code_inline", "text_special"}:
            words += token.content
        elif token.type == "link_close":
            if is_blank(words):
                shown.append(_text(address))
            elif host := host_to_tell(words, address):
                shown.append(_text(f" ({host})"))
        shown.append(token)
    return shown


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def open_heading(*_: object) -> str:
    """A heading of a comment is a strong paragraph.

    The headings of the page are its outline: prompt, discussion, form. A comment does not know where in
    it it stands, and a stranger's line should not pass for a part of the page.
    """
    return "<p><strong>"


def close_heading(*_: object) -> str:
    return "</strong></p>\n"
