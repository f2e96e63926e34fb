"""What the page of prompts says about a draft, and after an act."""

from __future__ import annotations

from typing import NamedTuple

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from board.authoring.acts import ACTS, SHOWN_IN, Act, View, acts_on
from board.authoring.adding import BY_HAND
from board.authoring.deciding import Outcome
from board.authoring.queries import Step
from board.prompts import Sign
from board.threads.models import Draft, DraftState, PromptKind
from board.threads.wording import STATUS_ACTS, STATUS_LABELS  # noqa: F401  # for the templates

VIEW_LABELS = {
    View.WAITING: _l("Waiting"),
    View.OPENED: _l("Opened"),
    View.DISMISSED: _l("Not prompts"),
}
KIND_LABELS = {
    PromptKind.REACTION: _l("Asks for a reaction"),
    PromptKind.QUESTION_CALL: _l("Asks for questions"),
}
SIGNS: dict[str, object] = {  # what spoke for it, then what spoke against it
    Sign.INVITES: _l("It invites readers to answer."),
    Sign.ASKS_READER: _l("It asks the reader."),
    Sign.IN_PUBLIC: _l("It says that answers go where all can read them."),
    Sign.ASKS_AND_INVITES: _l("It asks and invites in one breath."),
    Sign.HEADING: _l("A heading announces it."),
    Sign.OWN_PARAGRAPH: _l("It is a paragraph of its own."),
    Sign.AT_THE_END: _l("It stands at the end of the post."),
    Sign.NEAR_THE_END: _l("It stands near the end of the post."),
    BY_HAND: _l("It was written here, by hand."),
    Sign.WITHIN_A_PARAGRAPH: _l("But it stands within a paragraph."),
    Sign.MANY_QUESTIONS: _l("But it is one of many questions in a row."),
    Sign.ANSWERED: _l("But the post seems to answer it itself."),
    Sign.BESIDE_AN_APPEAL: _l("But it stands beside an appeal, such as to subscribe."),
    Sign.IN_A_POSTSCRIPT: _l("But it stands in a postscript."),
    Sign.FAR_FROM_THE_END: _l("But much of the post follows it."),
}
SURENESS = (  # from which confidence on which words fit
    (0.9, _l("very sure")),
    (0.8, _l("sure")),
    (0.7, _l("fairly sure")),
    (0.0, _l("not so sure")),
)


class Choice(NamedTuple):
    """A button of the page: the act, what it is called, and the key that presses it."""

    act: str
    label: str
    key: str


def choices_in(view: View) -> list[Choice]:
    """The buttons for all ticked drafts of a view."""
    return choices_on(SHOWN_IN[view])


def choices_on(state: str, *, is_renewal: bool = False) -> list[Choice]:
    """The buttons of a draft in that state, the usual one first."""
    return [Choice(act.value, _label(act, state, is_renewal), ACTS[act].key) for act in acts_on(state)]


def sure_in_words(confidence: float) -> str:
    return str(next(words for least, words in SURENESS if confidence >= least))


def number(confidence: float) -> str:
    """As the page's language writes it."""
    return str(format_decimal(confidence, "0.0#"))


def step_in_words(step: Step, most_at_once: int) -> str:
    """What the button says that accepts all drafts of a step."""
    about = {"num": step.count, "most": most_at_once, "sure": number(step.confidence)}
    is_too_many = step.count > most_at_once
    if step.confidence and is_too_many:
        return str(_("Accept %(most)d of the %(num)d from %(sure)s on", **about))
    if step.confidence:
        return str(_("Accept %(num)d from %(sure)s on", **about))
    if is_too_many:
        return str(_("Accept %(most)d of all %(num)d", **about))
    return str(_("Accept all %(num)d", **about))


def decided_in_words(draft: Draft) -> str:
    """Who decided, without a name: the board itself, or somebody."""
    if draft.state == DraftState.DISMISSED:
        return str(_("Put aside"))
    return str(_("Accepted") if draft.decided_by else _("Opened by itself, because it was sure enough"))


def put_aside_in_words(is_renewal: bool) -> str:
    return str(_("The old words were kept") if is_renewal else _("Not a prompt"))


def sign_in_words(code: str) -> str:
    """One sentence for a sign; a general one for a code that this version does not know."""
    return str(SIGNS.get(code) or _("It bears a sign this page has no words for (%(code)s).", code=code))


def place_in_words(draft: Draft) -> str:
    """Where it stands in its post; empty where nobody knows."""
    if not draft.block or not draft.blocks:
        return ""
    return str(_("Paragraph %(here)d of %(all)d", here=draft.block, all=draft.blocks))


def outcome_in_words(outcome: Outcome, *, missing: int = 0) -> list[str]:
    """Sentences for the notice after an act. missing: how many drafts were not found."""
    renewed = len(outcome.renewed)
    sentences = _done(outcome.act, len(outcome.decided) - renewed, renewed)
    sentences += dict.fromkeys(str(reason.words) for _draft, reason in outcome.kept)
    if passed_over := len(outcome.passed_over):
        sentences.append(
            ngettext(
                "%(num)d prompt had been decided before.",
                "%(num)d prompts had been decided before.",
                passed_over,
            )
        )
    if missing:
        sentences.append(
            ngettext("%(num)d prompt was not found.", "%(num)d prompts were not found.", missing)
        )
    return sentences


def undone_in_words(outcome: Outcome) -> list[str]:
    return outcome_in_words(outcome) or [_("That was undone before.")]


def _label(act: Act, state: str, is_renewal: bool) -> str:
    labels: dict[Act, tuple[str, str]] = {
        Act.ACCEPT: (_("Accept"), _("Use the new words")),
        Act.DISMISS: (_("Not a prompt"), _("Keep the old")),
        Act.TAKE_BACK: (_("Take back"), _("Take back"))
        if state == DraftState.ACCEPTED
        else (_("Let it wait again"), _("Let it wait again")),
    }
    return labels[act][is_renewal]


def _done(act: Act, plain: int, renewed: int) -> list[str]:
    """plain: how many drafts were a prompt of their own; renewed: how many were words for a discussion."""
    match act:
        case Act.ACCEPT:
            first = ngettext("Opened %(num)d discussion.", "Opened %(num)d discussions.", plain)
            second = ngettext(
                "%(num)d discussion has its new words.", "%(num)d discussions have their new words.", renewed
            )
        case Act.DISMISS:
            first = ngettext("Put aside %(num)d: not a prompt.", "Put aside %(num)d: not prompts.", plain)
            second = ngettext(
                "%(num)d discussion keeps its old words.",
                "%(num)d discussions keep their old words.",
                renewed,
            )
        case Act.TAKE_BACK:
            first = ngettext("%(num)d prompt waits again.", "%(num)d prompts wait again.", plain)
            second = ngettext(
                "%(num)d discussion has its old words again.",
                "%(num)d discussions have their old words again.",
                renewed,
            )
    return [words for words, count in ((first, plain), (second, renewed)) if count]
