"""The desk's figures: as pictures that the server draws, and the same as a table."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from board.foundation import clock
from board.foundation.errors import NotFound
from board.foundation.permissions import Action, current_actor, guarded
from board.moderation import queries
from board.moderation.charts import bars
from board.moderation.figures import figures_of
from board.moderation.forms import number_from
from board.moderation.spans import Span, Step, steps_of
from board.sites.queries import sites_for

bp = Blueprint("figures", __name__, url_prefix="/desk/figures")
SPAN_LABELS = {Span.MONTH: _l("30 days"), Span.QUARTER: _l("13 weeks"), Span.YEAR: _l("12 months")}
PATTERNS = {Span.MONTH: "d MMM", Span.QUARTER: "d MMM", Span.YEAR: "MMM y"}
MINUTE, HOUR, DAY = 60, 3600, 86_400


@bp.get("")
@guarded(Action.SEE_FIGURES)
def figures() -> ResponseReturnValue:
    actor, site_id = current_actor(), number_from(request.args.get("site"))
    sites = sites_for(Action.SEE_FIGURES, actor)
    if site_id is not None and site_id not in {site.id for site in sites}:
        raise NotFound
    raw = request.args.get("span", "")
    span = Span(raw) if raw in set(Span) else Span.QUARTER
    return render_template(
        "moderation/figures.html",
        figures=figures_of(actor, steps_of(span, clock.now()), site_id),
        waiting=queries.waiting_count(actor, site_id) if actor.may_somewhere(Action.SEE_QUEUE) else None,
        sites=sites,
        site_id=site_id,
        span=span,
        span_labels=SPAN_LABELS,
        bars=bars,
        in_words=in_words,
        named=lambda step: named(step, span),
    )


def named(step: Step, span: Span) -> str:
    """A step as people call it: by its first day, or by its month."""
    return str(format_date(step.start, PATTERNS[span]))


def in_words(seconds: int | None) -> str:
    """A time that somebody waited, in the largest unit that tells something."""
    if seconds is None:
        return "–"
    if seconds < MINUTE:
        return str(_("under a minute"))
    if seconds < 2 * HOUR:
        return str(ngettext("%(num)d minute", "%(num)d minutes", round(seconds / MINUTE)))
    if seconds < 2 * DAY:
        return str(ngettext("%(num)d hour", "%(num)d hours", round(seconds / HOUR)))
    return str(ngettext("%(num)d day", "%(num)d days", round(seconds / DAY)))
