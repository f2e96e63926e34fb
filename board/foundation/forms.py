"""Forms for the public: protected by a signed token instead of a session.

The token names what it is for and when it was issued, cut to a coarse step, and no person:
one cached page serves everybody. Together with `provenance` it does for a page without
cookies what a session token does for one with them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.csrf.core import CSRF, CSRFTokenField
from wtforms.validators import ValidationError

from board.foundation import clock, tokens

TOKEN_STEP = timedelta(minutes=10)
TOKEN_LIFE = timedelta(hours=6)


class PageToken(CSRF):
    """WTForms' own protection interface over a signed, personless token."""

    context: Any

    def setup_form(self, form: Any) -> list[tuple[str, Any]]:
        self.context = form.meta.csrf_context
        return super().setup_form(form)

    def generate_csrf_token(self, csrf_token_field: CSRFTokenField) -> str:
        return tokens.sign("form", self.context, issued_at=token_moment(clock.now()))

    def validate_csrf_token(self, form: Any, field: CSRFTokenField) -> None:
        try:
            payload = tokens.read("form", field.data or "", max_age=TOKEN_LIFE + TOKEN_STEP, now=clock.now())
        except tokens.TokenInvalid:
            raise ValidationError(
                _l("This page had been open for a while. Your words are kept: please send them once more.")
            ) from None
        if payload != self.context:
            raise ValidationError(_l("This form belongs to another discussion. Please send it once more."))


class PublicForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A form anyone may fill. `context` says what it is about; a token for one thing fits no other."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        csrf = True
        csrf_class = PageToken
        csrf_field_name = "form_token"

    def __init__(self, *, context: list[Any], **kwargs: Any) -> None:
        super().__init__(meta={"csrf_context": context}, **kwargs)


def token_moment(now: datetime) -> datetime:
    """`now` cut down to the step in which all pages carry the same token."""
    step = int(TOKEN_STEP.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // step * step, tz=now.tzinfo)


def without_nul(value: str | None) -> str | None:
    """A filter for text fields: no database stores NUL, and no person types it."""
    return value.replace("\x00", "") if value else value


def first_error(field: Field) -> str:
    return str(field.errors[0]) if field.errors else ""
