"""What a thread's page shows, gathered once for the board and for the frame."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template

from board.comments import queries
from board.comments.places import Place
from board.comments.tree import Order, arrange
from board.comments.views import comment_form
from board.foundation import clock
from board.private.following import thread_form
from board.threads.closing import announced_end
from board.threads.models import Thread
from board.threads.queries import threads_of


def thread_page(place: Place, thread: Thread, args: Mapping[str, str]) -> str:
    """The whole page as HTML. args: `order` and `from`, as the address says them; nonsense counts as nothing.

    Five statements at most, for any number of comments.
    """
    order = order_of(args.get("order"))
    page = queries.roots_page(thread.id, order, number_of(args.get("from")))
    replies = queries.replies_to([root.id for root in page.items])
    context: dict[str, Any] = {
        "place": place,
        "site": thread.site,
        "thread": thread,
        "others": [other for other in threads_of(thread.post_id) if other.id != thread.id],
        "nodes": arrange(page.items, replies),
        "page": page,
        "order": order,
        "form": comment_form(thread.id),
        "follow_form": thread_form(thread.id),
        "ends_at": announced_end(thread, clock.now()),
    }
    return render_template("conversation/thread.html", **context)


def order_of(raw: str | None) -> Order:
    return Order(raw) if raw in set(Order) else Order.OLDEST


def number_of(raw: str | None) -> int | None:
    """A positive number that a key can be, or None."""
    if raw is None or not raw.isascii() or not raw.isdigit() or len(raw) > len("2147483647"):
        return None
    number = int(raw)
    return number if 0 < number < 2**31 else None
