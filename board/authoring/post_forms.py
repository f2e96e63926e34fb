"""The shape of what the pages of posts and moves send."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, RadioField, SelectField, URLField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from board.authoring.move_wording import REFUSALS
from board.authoring.prefixes import MAX_PREFIX_CHARS, Prefixes, RuleRefused, prefixes
from board.foundation.forms import without_nul
from board.moderation.forms import LARGEST_KEY
from board.sites.models import Site
from board.threads.addresses import MAX_CHARS, AddressRefused, canonical

LEFT, MERGED = "left", "merged"
ADDRESS = {"dir": "ltr", "placeholder": "https://"}


class AddressForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Another address for a post."""

    address = URLField(
        _l("Another address"),
        [
            InputRequired(_l("Copy the address from your browser.")),
            Length(max=MAX_CHARS, message=_l("This address is too long.")),
        ],
        filters=[without_nul],
        render_kw=ADDRESS,
    )
    stands = BooleanField(_l("The post stands there now; the others lead to it"))

    def validate_address(self, field: URLField) -> None:
        field.data = (field.data or "").strip()
        try:
            canonical(field.data)
        except AddressRefused:
            raise ValidationError(_l("This is no address such as https://blog.example/a-post")) from None


class IntoForm(FlaskForm):  # type: ignore[misc]
    """What is to become one with what. join: discussions that ask the same, too."""

    into = IntegerField(validators=[InputRequired(), NumberRange(1, LARGEST_KEY)])
    join = BooleanField(_l("Merge discussions that ask the same, too"), default=True)


class UndoForm(FlaskForm):  # type: ignore[misc]
    """Undo a move; `rest`: even if some of it has to stay."""

    rest = BooleanField()


class RuleForm(FlaskForm):  # type: ignore[misc]
    """From which prefix to which. Looked at first: then it is no more than an address, and needs no token."""

    site = SelectField(_l("Site"), coerce=int)
    old = URLField(
        _l("Where the posts stood"),
        [InputRequired(_l("Where did the posts stand?")), Length(max=MAX_PREFIX_CHARS)],
        filters=[without_nul],
        render_kw=ADDRESS,
    )
    new = URLField(
        _l("Where they stand now"),
        [InputRequired(_l("Where do they stand now?")), Length(max=MAX_PREFIX_CHARS)],
        filters=[without_nul],
        render_kw=ADDRESS,
    )
    taken = RadioField(
        _l("Where another post has the new address already"),
        choices=[
            SelectChoice(LEFT, _l("leave the post where it is")),
            SelectChoice(MERGED, _l("merge it into the post that is there")),
        ],
        default=LEFT,
    )
    rule: Prefixes

    def __init__(self, *, sites: Sequence[Site], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.site.choices = [SelectChoice(str(site.id), site.name) for site in sites]

    def validate_new(self, field: URLField) -> None:
        try:
            self.rule = prefixes(self.old.data or "", field.data or "")
        except RuleRefused as refusal:
            if refusal.field == "new":
                raise ValidationError(REFUSALS[refusal.code]) from None

    def validate_old(self, field: URLField) -> None:
        try:
            prefixes(field.data or "", self.new.data or "")
        except RuleRefused as refusal:
            if refusal.field == "old":
                raise ValidationError(REFUSALS[refusal.code]) from None
