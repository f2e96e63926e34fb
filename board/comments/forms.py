"""The shape of what a reader sends."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import BooleanField, EmailField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, StopValidation, ValidationError

from board import text
from board.comments.drafting import Draft
from board.comments.recognising import MOST_KEPT
from board.foundation.errors import BoardError
from board.foundation.forms import PublicForm, without_nul
from board.foundation.networks import request_sender
from board.foundation.tokens import MAX_TOKEN_CHARS
from board.readers.registration import MAX_EMAIL_CHARS, AddressUnusable, normalise

MAX_NAME_CHARS = 60
MAX_KEEPSAKES_CHARS = MAX_TOKEN_CHARS * MOST_KEPT
REFUSALS = {
    "empty": _l("Please write something first."),
    "too_long": _l("This is longer than a comment can be. Please shorten it a little."),
    "surrogates": _l(
        "There is a character in here that cannot be stored. Please remove emoji that show as boxes."
    ),
}


class WordsForm(PublicForm):
    """A name and a text: what can be written and later changed."""

    name = StringField(
        _l("Your name"),
        [InputRequired(_l("Please tell us what to call you. Any name will do."))],
        filters=[without_nul],
        render_kw={"autocomplete": "nickname", "maxlength": MAX_NAME_CHARS, "dir": "auto"},
    )
    source = TextAreaField(
        _l("Your thoughts"),
        [InputRequired(REFUSALS["empty"])],
        render_kw={"rows": 6, "dir": "auto", "maxlength": text.MAX_SOURCE_CHARS},
    )
    rendered: text.Rendered

    def validate_name(self, field: StringField) -> None:
        try:
            cleaned = text.clean_name(field.data or "")
        except text.TextRefused as refusal:
            raise ValidationError(REFUSALS[refusal.code]) from None
        if not cleaned:
            raise ValidationError(_l("Please tell us what to call you. Any name will do."))
        if len(cleaned) > MAX_NAME_CHARS:
            raise ValidationError(
                ngettext(
                    "At most %(num)d character, please.",
                    "At most %(num)d characters, please.",
                    MAX_NAME_CHARS,
                )
            )
        self.cleaned_name = cleaned

    def validate_source(self, field: TextAreaField) -> None:
        try:
            self.rendered = text.render(field.data or "")
        except text.TextRefused as refusal:
            raise ValidationError(REFUSALS.get(refusal.code, REFUSALS["empty"])) from None
        if not text.plain(self.rendered.html).strip():
            raise ValidationError(REFUSALS["empty"])

    def refuse(self, refusal: BoardError) -> None:
        """Say beside the text why it was not taken."""
        self.source.errors = [str(refusal.words)]

    def draft(self) -> Draft:
        """What was typed, in shape. Only after the form was found valid."""
        return self._typed().looked_through()

    def _typed(self) -> Draft:
        source = text.normalise(self.source.data or "")
        return Draft(name=self.cleaned_name, source=source, rendered=self.rendered, sender=request_sender())


class AddressWanted(Optional):
    """No address is needed, unless mail is asked for."""

    def __call__(self, form: Any, field: Any) -> None:
        if form.notify.data and not (field.data or "").strip():
            raise StopValidation(str(_l("To write to you we need an address. Or untick the box below.")))
        super().__call__(form, field)


class CommentForm(WordsForm):
    """A new comment. `website` is a trap that people do not see. Script alone fills `seconds_open`, and
    `keepsakes`: by these a browser shows which earlier comments were written in it."""

    email = EmailField(
        _l("Email (optional)"),
        [AddressWanted(), Length(max=MAX_EMAIL_CHARS)],
        filters=[without_nul],
        render_kw={"autocomplete": "email"},
    )
    notify = BooleanField(_l("Email me about replies"))
    website = StringField(
        _l("Website"), render_kw={"tabindex": "-1", "autocomplete": "off"}, filters=[without_nul]
    )
    seconds_open = HiddenField(render_kw={"data-seconds-open": ""})
    keepsakes = HiddenField(
        render_kw={"data-keepsakes": ""}, filters=[without_nul], validators=[Length(max=MAX_KEEPSAKES_CHARS)]
    )

    address = ""

    def validate_email(self, field: EmailField) -> None:
        try:
            self.address = normalise(field.data or "")
        except AddressUnusable:
            raise ValidationError(_l("This does not look like an email address.")) from None

    def _typed(self) -> Draft:
        wants = bool(self.notify.data)
        return replace(
            super()._typed(),
            email=self.address if wants else "",
            wants_reply_notices=wants,
            honeypot_filled=bool(self.website.data),
            seconds_open=_seconds(self.seconds_open.data),
            address=self.address,
            keepsakes=tuple((self.keepsakes.data or "").split()),
        )


def _seconds(raw: str | None) -> float | None:
    """What script reported; anything else says nothing."""
    try:
        seconds = float(raw or "")
    except ValueError:
        return None
    return seconds if 0 <= seconds < 1e6 else None
