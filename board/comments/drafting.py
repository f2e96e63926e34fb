"""What a reader typed, in shape and rendered, before the database is asked for anything."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property

from board import text
from board.comments.traces import Words, hosts_of, words_of
from board.foundation.networks import Sender

LINK = re.compile(r"<a\s")
WHOLE_LINK = re.compile(r"<a\s[^>]*>.*?</a>", re.DOTALL)


@dataclass(frozen=True)
class Draft:
    """email: where replies are to be told, kept with the comment. address: what was typed for one, whether
    mail is wanted or not; it is judged and not kept. keepsakes: tokens of the writer's earlier comments,
    as their browser kept them. sender: None where nobody sends it, as in the demo. reader_id: whose mailbox
    it came from, where it came by mail.
    """

    name: str
    source: str
    rendered: text.Rendered
    email: str = ""
    wants_reply_notices: bool = False
    honeypot_filled: bool = False
    seconds_open: float | None = None
    address: str = ""
    keepsakes: tuple[str, ...] = ()
    sender: Sender | None = None
    reader_id: int | None = None

    @property
    def link_count(self) -> int:
        return len(LINK.findall(self.rendered.html))

    @property
    def letters_beside_links(self) -> int:
        return sum(c.isalnum() for c in text.plain(WHOLE_LINK.sub(" ", self.rendered.html)))

    @property
    def text_digest(self) -> str:
        """The same for the same words, whatever their case and spacing."""
        return hashlib.sha256(" ".join(self.source.casefold().split()).encode()).hexdigest()

    @cached_property
    def words(self) -> Words:
        """Everything that name and text can be read as. Takes its time with a long text."""
        return words_of(f"{self.name}\n{text.plain(self.rendered.html)}")

    @cached_property
    def hosts(self) -> frozenset[str]:
        return hosts_of(self.rendered.html, f"{self.name} {self.source}", self.address)

    def looked_through(self) -> Draft:
        """The same, with everything done that takes time: SQLite's one writer waits for nobody's words."""
        _ = self.words, self.hosts
        return self
