"""What a selection is narrowed to, by name, and whether whoever asks may know of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from board.foundation.errors import NotFound
from board.foundation.permissions import Action, Actor
from board.moderation.queries import comment_for, reader_named, thread_named
from board.moderation.selection import Selection
from board.moderation.wording import STATUS_LABELS
from board.sites.models import Site

REASON_LABELS = {  # short names of what board/moderation/reasons.py says in a sentence
    "policy_holds": _l("read before it appears"),
    "first_comments": _l("first comments"),
    "links": _l("links"),
    "only_links": _l("hardly more than a link"),
    "repeated": _l("sent before"),
    "repeated_often": _l("sent many times"),
    "too_fast": _l("sent too fast"),
    "honeypot": _l("hidden field filled"),
    "lookalike": _l("name like somebody else's"),
    "unproven_address": _l("address not shown to be theirs"),
    "blocked_word": _l("blocked word"),
    "blocked_host": _l("blocked host"),
    "blocked_address": _l("blocked address"),
    "blocked_network": _l("blocked network"),
    "edited_after_publication": _l("edited after publication"),
    "revised": _l("revised"),
    "reported": _l("reported"),
    "akismet_pending": _l("Akismet was asked"),
    "akismet_silent": _l("Akismet was silent"),
    "akismet_failed": _l("Akismet failed"),
    "akismet_spam": _l("spam to Akismet"),
    "akismet_discard": _l("surely spam to Akismet"),
}


class Filter(NamedTuple):
    """One thing that a selection is narrowed to: what kind, which, and the selection without it.

    `own_words`: `value` is what somebody wrote, and not ours to translate.
    """

    label: str
    value: str
    without: Selection
    own_words: bool = True


def filters_of(actor: Actor, selection: Selection, sites: Sequence[Site]) -> list[Filter]:
    """sites: those of the actor. Raises NotFound where one of the things is none of the actor's."""
    return list(_filters(actor, selection, {site.id: site for site in sites}))


def _filters(actor: Actor, selection: Selection, sites: dict[int, Site]) -> Iterator[Filter]:
    if selection.site_id is not None:
        if selection.site_id not in sites:
            raise NotFound
        yield Filter(_("Site"), sites[selection.site_id].name, selection.but(site_id=None))
    if selection.thread_id is not None:
        thread = thread_named(actor, selection.thread_id)
        yield Filter(_("Discussion"), thread.title, selection.but(thread_id=None))
    if selection.reader_id is not None:
        reader = reader_named(actor, selection.reader_id)
        yield Filter(_("Written by"), reader.name or reader.email, selection.but(reader_id=None))
    if selection.name is not None:
        yield Filter(_("Under the name"), selection.name, selection.but(name=None))
    if selection.near_id is not None:
        near = comment_for(Action.DECIDE, actor, selection.near_id)
        yield Filter(_("From the network of"), near.author_name, selection.but(near_id=None))
    if selection.status is not None:
        label = str(STATUS_LABELS[selection.status])
        yield Filter(_("Status"), label, selection.but(status=None), own_words=False)
    if selection.reason is not None:
        yield Filter(_("Reason"), reason_label(selection.reason), selection.but(reason=None), own_words=False)
    if selection.words is not None:
        yield Filter(_("Says"), selection.words, selection.but(words=None))


def reason_label(code: str) -> str:
    return str(REASON_LABELS.get(code, code))
