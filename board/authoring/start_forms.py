"""The shape of what the first steps send."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, ValidationError

from board.authoring.forms import one_line
from board.authoring.site_wording import REFUSALS
from board.authoring.start_acts import Chosen
from board.moderation.forms import LARGEST_KEY
from board.sites.models import OPENS_FROM
from board.sites.rules import SiteRefused, normal_base, normal_name
from board.threads.addresses import AddressRefused, canonical

BY_ITSELF, ASK = "sure", "ask"
OPENING = [
    SelectChoice(BY_ITSELF, _l("Open discussions by themselves when the board is sure")),
    SelectChoice(ASK, _l("Always ask me first")),
]
AS_TYPED = {"dir": "ltr", "inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}


def with_scheme(value: str | None) -> str | None:
    """An address as people say it, completed: nobody says https."""
    said = value.replace("\x00", "").strip() if value else ""
    return said if not said or "://" in said else f"https://{said.removeprefix('//')}"


class BlogForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Where a blog lives."""

    address = StringField(
        _l("Address of your blog"),
        [InputRequired(_l("Where is your blog? Copy its address from your browser."))],
        filters=[with_scheme],
        render_kw={**AS_TYPED, "placeholder": "blog.example", "autocomplete": "url"},
    )

    def validate_address(self, field: StringField) -> None:
        try:
            normal_base(field.data or "")
        except SiteRefused as refusal:
            raise ValidationError(REFUSALS[refusal.part]) from None


class PageForm(FlaskForm):  # type: ignore[misc]
    """Where a feed or a post is."""

    place = StringField(
        _l("Address of the feed, or of one of your posts"),
        [InputRequired(_l("Copy the address from your browser."))],
        filters=[with_scheme],
        render_kw={**AS_TYPED, "placeholder": "blog.example/feed"},
    )

    def validate_place(self, field: StringField) -> None:
        try:
            canonical(field.data or "")
        except AddressRefused:
            raise ValidationError(_l("Write the address as in https://blog.example/feed.")) from None


class OpeningForm(FlaskForm):  # type: ignore[misc]
    """What to open now, and when to open discussions from now on."""

    name = StringField(
        _l("Name of the blog"), filters=[one_line], render_kw={"dir": "auto", "maxlength": 120}
    )
    drafts = SelectMultipleField(coerce=int, validate_choice=False)
    opening = RadioField(_l("With every new post"), choices=OPENING, default=BY_ITSELF)

    def validate_name(self, field: StringField) -> None:
        try:
            normal_name(field.data or "")
        except SiteRefused as refusal:
            raise ValidationError(REFUSALS[refusal.part]) from None

    def validate_drafts(self, field: SelectMultipleField) -> None:
        field.data = [one for one in field.data or [] if 0 < one <= LARGEST_KEY]

    def chosen(self) -> Chosen:
        opens_from = OPENS_FROM if self.opening.data == BY_ITSELF else None
        return Chosen(self.name.data or "", opens_from, self.drafts.data or [])
