"""The page on which a moderator tries a text."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from board.comments import admission
from board.comments.admission import Verdict
from board.foundation import clock
from board.foundation.permissions import Action, current_actor, guarded
from board.moderation.queries import sites_of
from board.moderation.reasons import reason_in_words
from board.screening.forms import TrialForm
from board.screening.trial import Said, Trial, trial_of
from board.screening.views import bp

CHECK_LABELS = {
    admission.closed: _l("Whether the discussion is open"),
    admission.length: _l("Its length"),
    admission.blocked_network: _l("Blocked networks"),
    admission.blocked_address: _l("Blocked addresses"),
    admission.blocked_host: _l("Blocked hosts"),
    admission.blocked_word: _l("Blocked words"),
    admission.honeypot: _l("The field that people do not see"),
    admission.too_fast: _l("How fast it was sent"),
    admission.repeated: _l("The same words before"),
    admission.too_many_links: _l("The number of links"),
    admission.hardly_more_than_links: _l("Words beside the links"),
    admission.lookalike: _l("A name like somebody else's"),
    admission.policy: _l("What the site does with comments"),
    admission.unproven_address: _l("Whose address it is"),
    admission.edited_after_publication: _l("Changes after publication"),
    admission.akismet: _l("Akismet"),
}
VERDICTS = {
    Verdict.PUBLISH: _l("It would be published at once."),
    Verdict.HOLD: _l("It would wait for a moderator."),
    Verdict.SPAM: _l("It would be put with the spam."),
    Verdict.REFUSE: _l("It would be refused, and its writer told."),
}


@bp.get("/try")
@guarded(Action.SEE_QUEUE)
def try_page() -> ResponseReturnValue:
    return _page(TrialForm(sites=sites_of(current_actor()), formdata=None))


@bp.post("/try")
@guarded(Action.DECIDE)
def try_text() -> ResponseReturnValue:
    """Changes nothing; it is a form of its own because a text is too long for an address."""
    sites = {str(site.id): site for site in sites_of(current_actor())}
    form = TrialForm(sites=sites.values())
    if not form.validate_on_submit():
        return _page(form), 422
    return _page(form, trial_of(sites[form.site.data], form.draft(), clock.now()))


def _page(form: TrialForm, trial: Trial | None = None) -> str:
    return render_template(
        "screening/try.html",
        form=form,
        trial=trial,
        labels=CHECK_LABELS,
        verdicts=VERDICTS,
        silent=Said.NOTHING,
        untried=Said.NOT_TRIED,
        in_words=reason_in_words,
    )
