"""The shape of what a reader sends who reports a comment."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import AnyOf, ValidationError

from board.foundation.forms import PublicForm, without_nul
from board.moderation.models import ReportReason
from board.moderation.reporting import Complaint

MAX_WORDS_CHARS = 500
REASON_LABELS = {
    ReportReason.SPAM: _l("It is advertising or spam"),
    ReportReason.HURTFUL: _l("It hurts or insults somebody"),
    ReportReason.OFF_TOPIC: _l("It has nothing to do with the question"),
    ReportReason.PRIVATE: _l("It tells something private about somebody"),
    ReportReason.OTHER: _l("Something else"),
}


def _with_plain_line_ends(value: str | None) -> str | None:
    """A browser counts one character where it sends two."""
    return value.replace("\r\n", "\n").strip() if value else value


class ReportForm(PublicForm):
    """A reason and a word. `website` is a trap that people do not see."""

    reason = RadioField(
        _l("What is wrong with it?"),
        [AnyOf([reason.value for reason in ReportReason], message=_l("Please choose what comes closest."))],
        choices=[SelectChoice(reason.value, label) for reason, label in REASON_LABELS.items()],
        validate_choice=False,  # the sentence above says it better
    )
    words = TextAreaField(
        _l("In your own words (optional)"),
        filters=[without_nul, _with_plain_line_ends],
        render_kw={"rows": 3, "dir": "auto", "maxlength": MAX_WORDS_CHARS},
    )
    website = StringField(
        _l("Website"), render_kw={"tabindex": "-1", "autocomplete": "off"}, filters=[without_nul]
    )

    def validate_words(self, field: TextAreaField) -> None:
        typed = field.data or ""
        if len(typed) > MAX_WORDS_CHARS:
            raise ValidationError(
                ngettext(
                    "At most %(num)d character, please.",
                    "At most %(num)d characters, please.",
                    MAX_WORDS_CHARS,
                )
            )
        if not typed and self.reason.data == ReportReason.OTHER:
            raise ValidationError(_l("Please say in a few words what it is."))

    @property
    def is_from_a_robot(self) -> bool:
        return bool(self.website.data)

    def complaint(self) -> Complaint:
        """What was said, in shape. Only after the form was found valid."""
        return Complaint(ReportReason(self.reason.data), self.words.data or "")
