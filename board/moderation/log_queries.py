"""Reading the log: what was decided and done on the sites of whoever asks, the latest first.

Decisions about comments and other deeds are two tables and one log. Both only ever grow at their ends, so
the log is read down both at once, by id, whatever its length.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, select, true
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from board.accounts.deeds import Deed
from board.comments.models import Comment
from board.extensions import db
from board.foundation.permissions import Action, Actor
from board.moderation.models import Decision
from board.sites.models import Site
from board.threads.models import Thread

ENTRIES_PER_PAGE = 50
EXPORTED_AT_ONCE = 500
PLACE = re.compile(r"([0-9]{1,10})-([0-9]{1,10})")
LARGEST_KEY = 2**31 - 1
Entry = TypeVar("Entry", Decision, Deed)


class What(StrEnum):
    """Which part of the log."""

    ALL = "all"
    COMMENTS = "comments"
    OTHER = "other"


@dataclass(frozen=True)
class Place:
    """Where reading goes on: the first decision and the first deed that were not shown yet."""

    decision_id: int = LARGEST_KEY
    deed_id: int = LARGEST_KEY

    @classmethod
    def read(cls, raw: str | None) -> Place:
        """As an address says it. Anything else is the top of the log."""
        found = PLACE.fullmatch(raw or "")
        return cls(*(min(int(number), LARGEST_KEY) for number in found.groups())) if found else cls()

    def __str__(self) -> str:
        return f"{self.decision_id}-{self.deed_id}"


@dataclass(frozen=True)
class LogFilter:
    """`site_id`, `who`: the account's id; None: all. From `since` to before `until`."""

    site_id: int | None = None
    who: int | None = None
    what: What = What.ALL
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class LogPage:
    """`sites`: names by id, of those that deeds on this page are about. `next_place`: None at the end."""

    items: Sequence[Decision | Deed]
    sites: dict[int, str]
    next_place: Place | None


def log_page(
    actor: Actor, wanted: LogFilter, place: Place | None = None, *, limit: int = ENTRIES_PER_PAGE
) -> LogPage:
    """One page. Decisions come with their comments, threads and sites. Three statements at most."""
    place = place or Place()
    decisions = _decisions(actor, wanted, place, limit + 1)
    deeds = _deeds(actor, wanted, place, limit + 1)
    merged = list(_merged(decisions, deeds))
    shown, rest = merged[:limit], merged[limit:]
    next_place = None
    if rest:
        next_place = Place(
            max((one.id for one in rest if isinstance(one, Decision)), default=0),
            max((one.id for one in rest if isinstance(one, Deed)), default=0),
        )
    return LogPage(shown, _names(shown), next_place)


def _merged(decisions: Sequence[Decision], deeds: Sequence[Deed]) -> Iterator[Decision | Deed]:
    """Both, the later first, each in its own order: what was read last is never read again."""
    return heapq.merge(decisions, deeds, key=lambda one: one.created_at, reverse=True)


def whole_log(actor: Actor, wanted: LogFilter) -> Iterator[tuple[Decision | Deed, dict[int, str]]]:
    """Every entry with the names of the sites, read in pieces: memory does not grow with the log."""
    place: Place | None = Place()
    while place is not None:
        page = log_page(actor, wanted, place, limit=EXPORTED_AT_ONCE)
        for entry in page.items:
            yield entry, page.sites
        place = page.next_place
        db.session.expunge_all()


def people_in_log(actor: Actor) -> list[tuple[int, str]]:
    """Everybody who ever decided on these sites and still has an account: id and name, by name."""
    found = {}
    for table in (Decision, Deed):
        query = select(table.account_id, table.actor_name).where(_allowed(actor, table.site_id)).distinct()
        found.update({number: name for number, name in db.session.execute(query) if number is not None})
    return sorted(found.items(), key=lambda one: one[1].casefold())


def _decisions(actor: Actor, wanted: LogFilter, place: Place, limit: int) -> Sequence[Decision]:
    if wanted.what is What.OTHER or not place.decision_id:
        return []
    thread = joinedload(Decision.comment, innerjoin=True).joinedload(Comment.thread, innerjoin=True)
    query = select(Decision).where(Decision.id <= place.decision_id)
    query = query.options(thread.joinedload(Thread.site, innerjoin=True))
    query = _filtered(query, Decision, actor, wanted).order_by(Decision.id.desc())
    return db.session.scalars(query.limit(limit)).all()


def _deeds(actor: Actor, wanted: LogFilter, place: Place, limit: int) -> Sequence[Deed]:
    if wanted.what is What.COMMENTS or not place.deed_id:
        return []
    query = _filtered(select(Deed).where(Deed.id <= place.deed_id), Deed, actor, wanted)
    return db.session.scalars(query.order_by(Deed.id.desc()).limit(limit)).all()


def _filtered(query: Select[Entry], table: type[Entry], actor: Actor, wanted: LogFilter) -> Select[Entry]:
    query = query.where(_allowed(actor, table.site_id))
    if wanted.site_id is not None:
        query = query.where(table.site_id == wanted.site_id)
    if wanted.who is not None:
        query = query.where(table.account_id == wanted.who)
    if wanted.since is not None:
        query = query.where(table.created_at >= wanted.since)
    if wanted.until is not None:
        query = query.where(table.created_at < wanted.until)
    return query


def _allowed(actor: Actor, site_id: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """What concerns the whole installation is seen by those who may see the log of all of it."""
    allowed = actor.sites_for(Action.SEE_LOG)
    return true() if allowed is None else site_id.in_(allowed)


def _names(entries: Sequence[Decision | Deed]) -> dict[int, str]:
    ids = {one.site_id for one in entries if isinstance(one, Deed)} - {None}
    if not ids:
        return {}
    query = select(Site.id, Site.name).where(Site.id.in_(ids))
    return {row[0]: row[1] for row in db.session.execute(query)}
