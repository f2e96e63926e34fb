"""What roles mean, and whose they are."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from board.accounts.wording import ROLE_LABELS
from board.foundation.permissions import Role

ROLE_MEANINGS = {
    Role.OWNER: _l("Owners may do everything, with people and settings too."),
    Role.MODERATOR: _l("Moderators decide which comments appear."),
    Role.AUTHOR: _l("Authors look after the prompts of the posts."),
}


def where(site_id: int | None, names: Mapping[int, str]) -> str:
    """The site that a role is on, by its name."""
    return str(_("all blogs")) if site_id is None else names.get(site_id, "")


def role_in_words(role: str, site_id: int | None, names: Mapping[int, str]) -> str:
    """Such as "Moderator of My blog"."""
    return str(_("%(role)s of %(site)s", role=ROLE_LABELS[Role(role)], site=where(site_id, names)))
