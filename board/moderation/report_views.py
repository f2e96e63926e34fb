"""Reporting a comment: without an account, a cookie or script, and without a trace for other readers."""

from __future__ import annotations

from flask import Blueprint, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from board.comments.models import Comment
from board.comments.places import Place, present, wants_fragment
from board.comments.sending import TRIES
from board.extensions import csrf, db, limiter
from board.foundation import clock
from board.foundation.errors import NotFound
from board.foundation.networks import request_network
from board.foundation.permissions import Action, guarded
from board.moderation.report_forms import ReportForm
from board.moderation.reporting import report, reportable
from board.threads.queries import thread_for

bp = Blueprint("reports", __name__)
csrf.exempt(bp)  # the form carries a token of our own: readers have no session
REPORTS = "10 per hour"  # from one network: more than anybody finds who reads, fewer than a campaign needs


def report_form(comment_id: int) -> ReportForm:
    return ReportForm(context=["report", comment_id])


def sent_report() -> tuple[ReportForm, bool]:
    """The form of the present request, and whether it is in order. Looked at once, before any statement."""
    if "sent_report" not in g:
        form = report_form((request.view_args or {})["comment_id"])
        g.sent_report = form, form.validate_on_submit()
    sent: tuple[ReportForm, bool] = g.sent_report
    return sent


def needs_another_look() -> bool:
    """A mistake in the form is no report and uses none up."""
    return not sent_report()[1]


@bp.get("/c/<int:comment_id>/report")
@guarded(Action.READ)
def write(comment_id: int) -> ResponseReturnValue:
    comment = reportable(comment_id)
    if not comment.is_published:
        raise NotFound
    place = present(comment.thread.site, request.args, personal=True)
    return _form_page(place, comment, report_form(comment_id))


@bp.post("/c/<int:comment_id>/report")
@guarded(Action.REPORT)
@limiter.limit(TRIES, scope="report tries")  # type: ignore[untyped-decorator, unused-ignore]
@limiter.limit(REPORTS, scope="reports", exempt_when=needs_another_look)  # type: ignore[untyped-decorator, unused-ignore]
def send(comment_id: int) -> ResponseReturnValue:
    form, is_valid = sent_report()
    comment = reportable(comment_id)
    place = present(comment.thread.site, request.args, personal=True)
    if not is_valid:
        return _form_page(place, comment, form), 422
    if not form.is_from_a_robot:
        report(comment_id, form.complaint(), network=request_network(), now=clock.now())
    address = place.url("reports.thanks", thread_id=comment.thread_id)
    db.session.commit()
    return make_response("", 201, {"Location": address}) if wants_fragment() else redirect(address, code=303)


@bp.get("/t/<int:thread_id>/reported")
@guarded(Action.READ)
def thanks(thread_id: int) -> ResponseReturnValue:
    """What happens now. The same page for everybody, whatever they reported."""
    thread = thread_for(thread_id)
    place = present(thread.site, request.args, personal=True)
    template = "moderation/_reported.html" if wants_fragment() else "moderation/reported.html"
    return render_template(template, place=place, thread=thread, site=thread.site)


def _form_page(place: Place, comment: Comment, form: ReportForm) -> str:
    template = "moderation/_report.html" if wants_fragment() else "moderation/report.html"
    thread = comment.thread
    return render_template(template, place=place, comment=comment, thread=thread, site=thread.site, form=form)
