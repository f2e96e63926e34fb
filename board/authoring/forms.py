"""The shape of what the author's pages send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField, URLField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from board.authoring.acts import View
from board.authoring.queries import STEPS
from board.authoring.selection import Selection
from board.foundation.forms import without_nul
from board.moderation.forms import LARGEST_KEY, WishUnclear, number_from
from board.sites.models import Site
from board.threads.addresses import MAX_CHARS as MAX_ADDRESS_CHARS
from board.threads.drafts import MAX_HEADING_CHARS, Words
from board.threads.models import PromptKind

MAX_PROMPT_CHARS = 5000  # ten times the longest prompt that was ever seen
KINDS = [
    SelectChoice(PromptKind.REACTION.value, _l("for their own view")),
    SelectChoice(PromptKind.QUESTION_CALL.value, _l("for their questions")),
]


def one_line(value: str | None) -> str | None:
    return " ".join(value.replace("\x00", "").split()) if value else value


def plain_lines(value: str | None) -> str | None:
    """Line breaks as one character, nothing around the text."""
    return value.replace("\x00", "").replace("\r\n", "\n").strip() if value else value


class WordsForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A prompt as the author wants it. `draft_id`: ends the fields' ids, for a page may hold several."""

    heading = StringField(
        _l("Heading (optional)"),
        [Length(max=MAX_HEADING_CHARS, message=_l("At most 300 characters, please."))],
        filters=[one_line],
        render_kw={"dir": "auto"},
    )
    text = TextAreaField(
        _l("What you ask"),
        [
            InputRequired(_l("What do you ask your readers?")),
            Length(max=MAX_PROMPT_CHARS, message=_l("At most 5,000 characters, please.")),
        ],
        filters=[plain_lines],
        render_kw={"dir": "auto", "rows": 4},
    )
    kind = RadioField(_l("It asks readers"), choices=KINDS, default=PromptKind.REACTION.value)

    def __init__(self, *, draft_id: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if draft_id is not None:
            for field in (self.heading, self.text, self.kind):
                field.id = f"{field.name}-{draft_id}"

    def validate_text(self, field: TextAreaField) -> None:
        if not field.data:
            raise ValidationError(_l("What do you ask your readers?"))

    def words(self) -> Words:
        return Words(self.heading.data or "", self.text.data or "", self.kind.data)


class AddForm(WordsForm):
    """A prompt for a post that is named by its address. `sites`: those one may write for."""

    address = URLField(
        _l("Address of the post"),
        [
            InputRequired(_l("Which post asks this? Copy its address from your browser.")),
            Length(max=MAX_ADDRESS_CHARS, message=_l("This address is too long.")),
        ],
        filters=[without_nul],
        render_kw={"dir": "ltr", "placeholder": "https://"},
    )
    site = SelectField(_l("Site"), coerce=int)

    def __init__(self, *, sites: Sequence[Site], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.site.choices = [SelectChoice(str(site.id), site.name) for site in sites]


class UndoForm(FlaskForm):  # type: ignore[misc]
    """Which decisions to take back: those of one moment."""

    at = HiddenField()

    def moment(self) -> datetime:
        """Raises WishUnclear."""
        try:
            at = datetime.fromisoformat(self.at.data or "")
        except ValueError:
            raise WishUnclear from None
        if at.tzinfo is None:
            raise WishUnclear
        return at


class AllForm(FlaskForm):  # type: ignore[misc]
    """Accept what is sure enough. `newest`: the last draft that was counted on the page."""

    confidence = SelectField(coerce=float, choices=[SelectChoice(str(step)) for step in STEPS])
    newest = IntegerField(validators=[NumberRange(0, LARGEST_KEY)])
    site = IntegerField(validators=[Optional(), NumberRange(1, LARGEST_KEY)])


class OrderForm(FlaskForm):  # type: ignore[misc]
    """Which thread changes places with its neighbour."""

    up = IntegerField(validators=[Optional(), NumberRange(1, LARGEST_KEY)])
    down = IntegerField(validators=[Optional(), NumberRange(1, LARGEST_KEY)])


def selection_from(args: Mapping[str, str]) -> Selection:
    """The part of the page that an address names; nonsense counts as nothing."""
    raw = args.get("view")
    view = View(raw) if raw in set(View) else View.WAITING
    return Selection(view, *(number_from(args.get(name)) for name in ("site", "from", "post")))
