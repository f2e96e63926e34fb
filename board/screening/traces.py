"""What of one comment may be blocked: the address and network of its writer, the hosts it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from board.comments.models import BlockKind, Comment
from board.comments.traces import hosts_of

NETWORK_DAYS = 2  # a digest of a network is another one each day, and yesterday's is known today


@dataclass(frozen=True)
class Trace:
    """`value` in the normal form of its kind."""

    kind: BlockKind
    value: str

    @property
    def sent(self) -> str:
        """As a form names it."""
        return f"{self.kind.value}:{self.value}"


def traces_of(comment: Comment, now: datetime) -> list[Trace]:
    """The likeliest first. comment: with its reader. Of staff nothing is to be blocked."""
    if comment.is_staff:
        return []
    traces = [Trace(BlockKind.ADDRESS, comment.reader.email)] if comment.reader else []
    hosts = hosts_of(comment.html, f"{comment.author_name} {comment.source}")
    traces += [Trace(BlockKind.HOST, host) for host in sorted(hosts, key=_readably) if "." in host]
    if comment.network and (now - comment.created_at).days < NETWORK_DAYS:
        traces.append(Trace(BlockKind.NETWORK, comment.network))
    return traces


def _readably(host: str) -> tuple[str, int]:
    """shop.example before www.shop.example, and all of one owner beside each other."""
    labels = host.split(".")
    return ".".join(labels[-2:]), len(labels)
