"""The words of the log."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from board.accounts.deeds import Deed
from board.accounts.wording import ROLE_LABELS
from board.comments.models import BlockKind
from board.foundation.permissions import Role
from board.moderation.log_queries import What
from board.moderation.models import Decision
from board.moderation.wording import decision_in_words

WHAT_LABELS = {
    What.ALL: _l("Everything"),
    What.COMMENTS: _l("Comments"),
    What.OTHER: _l("Settings and people"),
}
DEEDS = {
    "block_added": _l("%(who)s blocked %(subject)s."),
    "block_lifted": _l("%(who)s lifted the block on %(subject)s."),
    "block_restored": _l("%(who)s blocked %(subject)s again."),
    "reader_trusted": _l("%(who)s trusts %(subject)s from now on."),
    "reader_distrusted": _l("%(who)s trusts %(subject)s no more."),
    "comment_held_for_reports": _l(
        "Readers reported the comment by %(subject)s; it waits until somebody looks."
    ),
    "reports_answered": _l("%(who)s answered the reports about the comment by %(subject)s."),
    "comments_erased": _l("A reader had everything erased that they had written here."),
    "thread_open": _l("%(who)s opened the discussion %(subject)s again."),
    "thread_read_only": _l("%(who)s paused the discussion %(subject)s."),
    "thread_closed": _l("%(who)s closed the discussion %(subject)s."),
    "thread_hidden": _l("%(who)s hid the discussion %(subject)s."),
    "thread_closed_by_age": _l("The discussion %(subject)s closed by itself."),
    "site_changed": _l("%(who)s changed the settings of %(subject)s."),
    "akismet_key_set": _l("%(who)s gave %(subject)s a key to Akismet."),
    "akismet_key_removed": _l("%(who)s took the key to Akismet from %(subject)s."),
    "akismet_key_taken": _l("Akismet knows the key of %(subject)s."),
    "akismet_key_refused": _l("Akismet does not take the key of %(subject)s."),
    "akismet_alert": _l("Akismet has something to say to the owner of %(subject)s."),
    "person_invited": _l("%(who)s invited %(subject)s. Role: %(role)s."),
    "invitation_withdrawn": _l("%(who)s withdrew the invitation of %(subject)s."),
    "invitation_accepted": _l("%(who)s accepted an invitation. Role: %(role)s."),
    "role_changed": _l("%(who)s changed the role of %(subject)s. It is now: %(role)s."),
    "role_removed": _l("%(who)s took the role of %(subject)s away. It was: %(role)s."),
    "account_disabled": _l("%(who)s disabled the account of %(subject)s."),
    "account_enabled": _l("%(who)s enabled the account of %(subject)s."),
    "password_reset": _l("%(who)s made a link with which %(subject)s chooses a new password."),
    "second_factor_removed": _l("%(who)s removed the second factor of %(subject)s."),
}


def entry_in_words(entry: Decision | Deed) -> str:
    """One sentence. A deed that this version has no words for is named by its code. entry: a decision with
    its comment."""
    if isinstance(entry, Decision):
        return decision_in_words(entry)
    is_network = entry.detail.get("kind") == BlockKind.NETWORK  # of which nothing is kept that could be read
    people = {"who": entry.actor_name, "subject": _("a network") if is_network else entry.subject}
    if entry.act in DEEDS:
        return str(DEEDS[entry.act]) % {**people, "role": _role(entry)}
    return str(_("%(who)s: %(act)s, %(subject)s", act=entry.act.replace("_", " "), **people))


def _role(deed: Deed) -> str:
    """The role that a deed is about; nothing for most."""
    role = deed.detail.get("role", "")
    return str(ROLE_LABELS[Role(role)]) if role in set(Role) else ""
