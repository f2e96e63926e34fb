"""From rows to what a page shows: a thread in reading order. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

SHOWN_LEVELS = 3  # deeper replies stay at this level and say whom they answer: narrow screens stay readable


class Order(StrEnum):
    """The order of a thread's roots. Replies always stand oldest first, as a conversation reads."""

    OLDEST = "oldest"
    NEWEST = "newest"


class Row(Protocol):
    """What the tree needs of a comment."""

    @property
    def id(self) -> int: ...
    @property
    def parent_id(self) -> int | None: ...
    @property
    def depth(self) -> int: ...
    @property
    def author_name(self) -> str: ...
    @property
    def is_published(self) -> bool: ...


@dataclass(frozen=True)
class Node:
    """A comment at its place. `level` 0 to SHOWN_LEVELS; `parent` is whom it answers, None for a root.

    `is_gone`: it was taken down, and only its place is kept for the replies below.
    """

    comment: Row
    parent: Row | None
    level: int
    is_gone: bool

    @property
    def is_flattened(self) -> bool:
        """It stands deeper than it is shown, so that only words can say whom it answers."""
        return self.comment.depth > SHOWN_LEVELS


def arrange(roots: Sequence[Row], replies: Sequence[Row]) -> list[Node]:
    """Every root followed by its replies, depth first; places without any published comment are left out.

    `replies` stand oldest first. Linear in the number of rows and without recursion, so that no
    depth of a conversation can break a page.
    """
    children: defaultdict[int, list[Row]] = defaultdict(list)
    by_id = {row.id: row for row in (*roots, *replies)}
    for row in replies:
        if row.parent_id is not None:
            children[row.parent_id].append(row)
    alive = _alive(by_id, children)
    return [_node(row, by_id) for row in _in_reading_order(roots, children) if row.id in alive]


def _alive(by_id: dict[int, Row], children: dict[int, list[Row]]) -> set[int]:
    """Ids of published comments and of everything they hang on."""
    alive: set[int] = set()
    for row in by_id.values():
        step: Row | None = row if row.is_published else None
        while step is not None and step.id not in alive:
            alive.add(step.id)
            step = by_id.get(step.parent_id) if step.parent_id is not None else None
    return alive


def _in_reading_order(roots: Sequence[Row], children: dict[int, list[Row]]) -> Iterator[Row]:
    waiting = list(reversed(roots))
    while waiting:
        row = waiting.pop()
        yield row
        waiting.extend(reversed(children.get(row.id, ())))


def _node(row: Row, by_id: dict[int, Row]) -> Node:
    parent = by_id.get(row.parent_id) if row.parent_id is not None else None
    return Node(row, parent, min(row.depth, SHOWN_LEVELS), not row.is_published)
