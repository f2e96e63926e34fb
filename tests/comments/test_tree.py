"""The order in which a thread is read."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from board.comments.tree import SHOWN_LEVELS, arrange


@dataclass(frozen=True)
class Said:
    id: int
    parent_id: int | None = None
    depth: int = 0
    author_name: str = "Ada"
    is_published: bool = True


def ids(roots: list[Said], replies: list[Said]) -> list[int]:
    return [node.comment.id for node in arrange(roots, replies)]


def test_each_root_is_followed_by_its_replies_depth_first() -> None:
    replies = [Said(3, 1, 1), Said(4, 2, 1), Said(5, 3, 2), Said(6, 1, 1)]
    assert ids([Said(1), Said(2)], replies) == [1, 3, 5, 6, 2, 4]


def test_a_comment_that_was_taken_down_keeps_its_place_for_the_replies_below() -> None:
    gone = Said(3, 1, 1, is_published=False)
    nodes = arrange([Said(1)], [gone, Said(4, 3, 2)])
    assert [(node.comment.id, node.is_gone) for node in nodes] == [(1, False), (3, True), (4, False)]


def test_a_place_without_anything_published_below_is_left_out() -> None:
    gone = [Said(3, 1, 1, is_published=False), Said(4, 3, 2, is_published=False)]
    assert ids([Said(1)], gone) == [1]


def test_deep_replies_stay_at_the_last_shown_level_and_say_whom_they_answer() -> None:
    replies = [Said(n, n - 1, n - 1) for n in range(2, 7)]
    nodes = arrange([Said(1)], replies)
    assert [node.level for node in nodes] == [0, 1, 2, 3, 3, 3]
    assert [node.is_flattened for node in nodes] == [False, False, False, False, True, True]
    assert nodes[-1].parent is replies[-2]


def test_a_chain_of_ten_thousand_replies_breaks_nothing() -> None:
    replies = [Said(n, n - 1, n - 1) for n in range(2, 10_001)]
    assert ids([Said(1)], replies) == list(range(1, 10_001))


@st.composite
def conversations(draw: st.DrawFn) -> tuple[list[Said], list[Said]]:
    rows: list[Said] = []
    for number in range(1, draw(st.integers(1, 30)) + 1):
        parent = draw(st.sampled_from([None, *rows]))
        depth = parent.depth + 1 if parent else 0
        rows.append(Said(number, parent.id if parent else None, depth, is_published=draw(st.booleans())))
    return [row for row in rows if row.depth == 0], [row for row in rows if row.depth > 0]


@given(conversations())
def test_every_published_comment_is_shown_once_below_its_parent(talk: tuple[list[Said], list[Said]]) -> None:
    nodes = arrange(*talk)
    order = [node.comment.id for node in nodes]
    published = {row.id for row in (*talk[0], *talk[1]) if row.is_published}
    assert len(order) == len(set(order))
    assert published <= set(order)
    for place, node in enumerate(nodes):
        assert node.level <= SHOWN_LEVELS
        if node.comment.parent_id is not None:
            assert order.index(node.comment.parent_id) < place
