"""The shape of what the pages about blocks send."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length, ValidationError

from board import text
from board.comments.drafting import Draft
from board.comments.forms import MAX_NAME_CHARS
from board.comments.forms import REFUSALS as TEXT_REFUSALS
from board.comments.models import BlockKind, BlockVerdict
from board.foundation.forms import without_nul
from board.readers.registration import AddressUnusable, normalise
from board.screening.blocks import MAX_REASON_CHARS, NewBlock
from board.screening.values import ValueRefused, normal
from board.screening.wording import KIND_LABELS, REFUSALS, VERDICT_LABELS
from board.sites.models import Site

ALL_SITES = "all"
SPANS = {  # how long a block holds
    "": (None, _l("For good")),
    "1": (timedelta(days=1), _l("For a day")),
    "7": (timedelta(days=7), _l("For a week")),
    "30": (timedelta(days=30), _l("For a month")),
    "365": (timedelta(days=365), _l("For a year")),
}
TYPED = [kind for kind in BlockKind if kind is not BlockKind.NETWORK]
MAX_SAID_CHARS = 300


class ReasonedForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """What becomes of what meets a block, why, and until when."""

    verdict = RadioField(
        _l("What becomes of such a comment"),
        choices=[SelectChoice(verdict.value, VERDICT_LABELS[verdict]) for verdict in BlockVerdict],
        default=BlockVerdict.HOLD.value,
    )
    span = SelectField(
        _l("How long"), choices=[SelectChoice(key, label) for key, (_, label) in SPANS.items()], default=""
    )
    reason = StringField(
        _l("Why (for the team)"),
        [Length(max=MAX_REASON_CHARS, message=_l("At most 300 characters, please."))],
        filters=[without_nul, lambda value: (value or "").strip()],
        render_kw={"dir": "auto", "maxlength": MAX_REASON_CHARS},
    )

    def ends_at(self, now: datetime) -> datetime | None:
        span, _label = SPANS[self.span.data or ""]
        return now + span if span else None


class BlockForm(ReasonedForm):
    """Something to block, on a site of the actor's or on all."""

    kind = SelectField(_l("What"), choices=[SelectChoice(kind.value, KIND_LABELS[kind]) for kind in TYPED])
    said = StringField(
        _l("Which"),
        [
            InputRequired(_l("What is to be blocked?")),
            Length(max=MAX_SAID_CHARS, message=_l("At most 300 characters, please.")),
        ],
        filters=[without_nul],
        render_kw={"dir": "auto", "autocapitalize": "none", "spellcheck": "false"},
    )
    site = SelectField(_l("Where"))

    def __init__(self, *, sites: Iterable[Site], may_everywhere: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        everywhere = [SelectChoice(ALL_SITES, _l("All sites"))] if may_everywhere else []
        self.site.choices = [*(SelectChoice(str(site.id), site.name) for site in sites), *everywhere]

    def validate_said(self, field: StringField) -> None:
        if self.kind.data not in set(TYPED):
            return  # said beside its own field
        kind = BlockKind(self.kind.data)
        try:
            normal(kind, field.data or "")
        except ValueRefused:
            raise ValidationError(REFUSALS[kind]) from None

    def wish(self, now: datetime) -> NewBlock:
        """Only after the form was found valid."""
        return NewBlock(
            BlockKind(self.kind.data),
            self.said.data or "",
            None if self.site.data == ALL_SITES else int(self.site.data),
            BlockVerdict(self.verdict.data),
            self.reason.data or "",
            self.ends_at(now),
        )


class TraceForm(ReasonedForm):
    """What of one comment is to be blocked. `what`: kind and value, as one of the comment's own traces."""

    what = RadioField(_l("What of it"))
    as_spam = BooleanField(_l("Mark this comment as spam, too"))


class TrialForm(FlaskForm):  # type: ignore[misc]
    """A comment that nobody sends."""

    site = SelectField(_l("On which site"))
    name = StringField(
        _l("Name"),
        [
            InputRequired(_l("A name, please.")),
            Length(max=MAX_NAME_CHARS, message=_l("At most 60 characters, please.")),
        ],
        filters=[lambda value: text.clean_name(value or "")],
        default="Ada",
        render_kw={"dir": "auto", "maxlength": MAX_NAME_CHARS},
    )
    email = StringField(
        _l("Email address (optional)"),
        filters=[without_nul],
        render_kw={"dir": "ltr", "inputmode": "email", "autocapitalize": "none", "spellcheck": "false"},
    )
    source = TextAreaField(
        _l("Text"),
        [InputRequired(TEXT_REFUSALS["empty"])],
        render_kw={"rows": 6, "dir": "auto", "maxlength": text.MAX_SOURCE_CHARS},
    )

    def __init__(self, *, sites: Iterable[Site], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.site.choices = [SelectChoice(str(site.id), site.name) for site in sites]

    def validate_email(self, field: StringField) -> None:
        try:
            self.address = normalise(field.data or "") if (field.data or "").strip() else ""
        except AddressUnusable:
            raise ValidationError(_l("This does not look like an email address.")) from None

    def validate_source(self, field: TextAreaField) -> None:
        try:
            self.rendered = text.render(field.data or "")
        except text.TextRefused as refusal:
            raise ValidationError(TEXT_REFUSALS.get(refusal.code, TEXT_REFUSALS["empty"])) from None

    def draft(self) -> Draft:
        """Only after the form was found valid."""
        return Draft(
            name=self.name.data or "",
            source=text.normalise(self.source.data or ""),
            rendered=self.rendered,
            address=self.address,
        ).looked_through()
