"""What roles are called."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from board.foundation.permissions import Role

ROLE_LABELS = {
    Role.OWNER: _l("Owner"),
    Role.MODERATOR: _l("Moderator"),
    Role.AUTHOR: _l("Author"),
}
