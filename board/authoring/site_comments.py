"""The part of a site's settings that is about comments."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from board.authoring.forms import one_line
from board.authoring.site_wording import POLICIES
from board.moderation.akismet_keys import SHAPE
from board.sites.models import Site
from board.sites.registration import Changes
from board.sites.rules import MAX_APPROVALS, MAX_CLOSING_DAYS, MAX_REPORTS


class CommentsForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """`akismet_key`: a new one; empty leaves the present one, unless `no_akismet` is ticked."""

    policy = RadioField(
        _l("New comments"), choices=[SelectChoice(str(one), label) for one, label in POLICIES.items()]
    )
    approvals_needed = IntegerField(
        _l("A writer is known after so many approved comments"),
        [
            InputRequired(_l("A number, please.")),
            NumberRange(1, MAX_APPROVALS, _l("A number from 1 to 10, please.")),
        ],
        render_kw={"min": 1, "max": MAX_APPROVALS},
    )
    report_threshold = IntegerField(
        _l("A comment waits again after so many reports"),
        [
            InputRequired(_l("A number, please; 0 for never.")),
            NumberRange(0, MAX_REPORTS, _l("A number from 0 to 100, please.")),
        ],
        render_kw={"min": 0, "max": MAX_REPORTS},
    )
    closes_after_days = IntegerField(
        _l("A discussion closes after so many days"),
        [Optional(), NumberRange(1, MAX_CLOSING_DAYS, _l("A number from 1 to 3650, please, or nothing."))],
        render_kw={"min": 1, "max": MAX_CLOSING_DAYS},
    )
    akismet_key = StringField(
        _l("Key to Akismet"),
        filters=[one_line],
        render_kw={"dir": "ltr", "autocomplete": "off", "spellcheck": "false", "maxlength": 100},
    )
    no_akismet = BooleanField(_l("Ask Akismet no more"))

    def validate_akismet_key(self, field: StringField) -> None:
        if field.data and not SHAPE.fullmatch(field.data):
            raise ValidationError(_l("A key is made of letters and digits."))

    def comment_changes(self) -> Changes:
        """What is to be different. Only after the form was found valid."""
        return Changes(
            policy=self.policy.data,
            approvals_needed=self.approvals_needed.data or 1,
            report_threshold=self.report_threshold.data or 0,
            closes_after_days=self.closes_after_days.data,
        )

    def wanted_key(self, site: Site) -> str:
        if self.no_akismet.data:
            return ""
        return self.akismet_key.data or site.akismet_key


def present_comments(site: Site) -> dict[str, Any]:
    """What the fields hold. A key is never shown again."""
    return {
        "policy": site.policy,
        "approvals_needed": site.approvals_needed,
        "report_threshold": site.report_threshold,
        "closes_after_days": site.closes_after_days,
    }
