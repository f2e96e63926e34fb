"""The shape of what owners send about people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length

from board.accounts.forms import MAX_EMAIL_CHARS, checked_address
from board.accounts.wording import ROLE_LABELS
from board.foundation.forms import without_nul
from board.foundation.permissions import Action, Actor, Role
from board.sites.models import Site

ALL_BLOGS = "all"


def role_field() -> SelectField:
    return SelectField(_l("Role"), choices=[SelectChoice(role.value, ROLE_LABELS[role]) for role in Role])


class ChangeForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Another role on the same site."""

    role = role_field()


class RoleForm(FlaskForm):  # type: ignore[misc]
    """A role and where: on one of `sites`, or on all blogs for `actor` who owns them all."""

    role = role_field()
    site = SelectField(_l("Blog"))

    def __init__(self, *, actor: Actor, sites: Iterable[Site], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        everywhere = [SelectChoice(ALL_BLOGS, _l("All blogs"))] if actor.may(Action.MANAGE_STAFF) else []
        self._by_value = {str(site.id): site for site in sites}
        each = [SelectChoice(value, site.name) for value, site in self._by_value.items()]
        self.site.choices = [*everywhere, *each]

    @property
    def chosen_role(self) -> Role:
        return Role(self.role.data)

    @property
    def chosen_site(self) -> Site | None:
        """None for all of them. Only for a form that was found valid."""
        return None if self.site.data == ALL_BLOGS else self._by_value[self.site.data]


class InviteForm(RoleForm):
    """Somebody new, or a further role for somebody who has an account."""

    email = EmailField(
        _l("Email"),
        [InputRequired(_l("Where should the invitation go?")), Length(max=MAX_EMAIL_CHARS)],
        filters=[without_nul],
        render_kw={"autocomplete": "off", "dir": "ltr"},
    )

    def validate_email(self, field: EmailField) -> None:
        self.address = checked_address(field)
