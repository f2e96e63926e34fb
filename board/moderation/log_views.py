"""The log: everything that was decided and done, the latest first, to read and to take along."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from flask import Response, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue

from board.accounts.deeds import Deed
from board.foundation import clock
from board.foundation.errors import NotFound
from board.foundation.permissions import Action, Actor, current_actor, guarded
from board.foundation.templating import iso
from board.moderation.decisions import may_undo
from board.moderation.forms import number_from
from board.moderation.log_queries import LogFilter, Place, What, log_page, people_in_log, whole_log
from board.moderation.log_wording import WHAT_LABELS, entry_in_words
from board.moderation.models import Decision
from board.moderation.views import bp
from board.moderation.wording import STATUS_LABELS
from board.sites.queries import sites_for

COLUMNS = ("at", "who", "what", "act", "site", "comment", "from", "to", "undone at", "undone by")
FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


@bp.get("/log")
@guarded(Action.SEE_LOG)
def log() -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    wanted, place = _wanted(actor), Place.read(request.args.get("from"))
    page = log_page(actor, wanted, place)
    decisions = [entry for entry in page.items if isinstance(entry, Decision)]
    return render_template(
        "moderation/log.html",
        page=page,
        wanted=wanted,
        sites=sites_for(Action.SEE_LOG, actor),
        people=people_in_log(actor),
        what_labels=WHAT_LABELS,
        query={name: value for name, value in request.args.items() if name != "from" and value},
        undoable={decision.id for decision in decisions if may_undo(decision, now)},
        in_words=entry_in_words,
        status_labels=STATUS_LABELS,
    )


@bp.get("/log.csv")
@guarded(Action.SEE_LOG)
def log_file() -> ResponseReturnValue:
    """The same, all of it, as a table for a spreadsheet. Sent while it is read."""
    actor = current_actor()
    answer = Response(stream_with_context(_rows(actor, _wanted(actor))), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"log-{clock.now():%Y-%m-%d}.csv")
    return answer


def _wanted(actor: Actor) -> LogFilter:
    """What the address asks for. Nonsense counts as nothing; a site that is not theirs is not found."""
    site_id = number_from(request.args.get("site"))
    if site_id is not None and site_id not in {site.id for site in sites_for(Action.SEE_LOG, actor)}:
        raise NotFound
    what = request.args.get("what", "")
    until = _midnight(request.args.get("until"))
    return LogFilter(
        site_id=site_id,
        who=number_from(request.args.get("who")),
        what=What(what) if what in set(What) else What.ALL,
        since=_midnight(request.args.get("since")),
        until=until + timedelta(days=1) if until else None,
    )


def _midnight(raw: str | None) -> datetime | None:
    try:
        day = date.fromisoformat(raw or "")
    except ValueError:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day.year < 9999 else None


def _rows(actor: Actor, wanted: LogFilter) -> Iterator[str]:
    yield _line(COLUMNS)
    for entry, sites in whole_log(actor, wanted):
        yield _line(_cells(entry, sites))


def _cells(entry: Decision | Deed, sites: dict[int, str]) -> tuple[str, ...]:
    at, words = iso(entry.created_at), entry_in_words(entry)
    if isinstance(entry, Deed):
        site = sites.get(entry.site_id, "") if entry.site_id else ""
        return (at, entry.actor_name, words, entry.act, site, "", "", "", "", "")
    undone = iso(entry.undone_at) if entry.undone_at else ""
    return (
        at,
        entry.actor_name,
        words,
        entry.act,
        entry.comment.thread.site.name,
        str(entry.comment_id),
        entry.old_status,
        entry.new_status,
        undone,
        entry.undone_by or "",
    )


def _line(cells: tuple[str, ...]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow([f"'{cell}" if cell.startswith(FORMULAS) else cell for cell in cells])
    return text.getvalue()
