"""A site's key to Akismet: set by an owner, tried by the worker, never shown again in full.

What became of a key stands in the log of deeds, where the owner reads it as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from board.accounts.deeds import THE_BOARD, Deed, note_deed
from board.extensions import db
from board.foundation.permissions import Actor
from board.moderation.akismet import Alert, KeyRefused, Silent, present_akismet
from board.sites.models import Site

SHAPE = re.compile(
    r"[A-Za-z0-9]{6,100}"
)  # Akismet's have twelve; a service that speaks its language may differ
SHOWN_CHARS = 3  # of a key, at its end: enough to tell two apart


class KeyDeed(StrEnum):
    """What the log says about keys. alert: Akismet wants the owner to know something."""

    SET = "akismet_key_set"
    REMOVED = "akismet_key_removed"
    TAKEN = "akismet_key_taken"
    REFUSED = "akismet_key_refused"
    ALERT = "akismet_alert"


@dataclass(frozen=True)
class KeyState:
    """`last`: what became of the key; `said`: why it was refused; `alert`: Akismet's own last word since."""

    last: KeyDeed
    said: str = ""
    alert: str = ""


def set_key(site: Site, key: str, actor: Actor, now: datetime) -> None:
    """Use that key from now on; none where it is empty. The worker tries it within a minute."""
    if not key and not site.akismet_key:
        return
    site.akismet_key = key
    act = KeyDeed.SET if key else KeyDeed.REMOVED
    note_deed(actor, act.value, site.name, site_id=site.id, now=now, key=masked(key))


def masked(key: str) -> str:
    """The end of a key, where so much of it may be told."""
    return f"…{key[-SHOWN_CHARS:]}" if len(key) > 2 * SHOWN_CHARS else "…"


def key_state(site: Site) -> KeyState | None:
    """What became of the site's key; None where it has none or nothing is known of it. One statement."""
    if not site.akismet_key:
        return None
    acts = [act.value for act in KeyDeed]
    query = select(Deed).where(Deed.site_id == site.id, Deed.act.in_(acts)).order_by(Deed.id.desc()).limit(20)
    alert = ""
    for deed in db.session.scalars(query):
        if deed.act != KeyDeed.ALERT:
            return KeyState(KeyDeed(deed.act), str(deed.detail.get("said", "")), alert)
        alert = alert or _in_words(deed)
    return None


def try_keys(now: datetime) -> None:
    """Ask Akismet about keys that nobody tried yet. Each is tried with no transaction open."""
    akismet = present_akismet()
    for site_id, key, blog in _untried():
        try:
            is_taken, said = akismet.takes_key(key, blog), ""
        except KeyRefused as refusal:
            is_taken, said = False, str(refusal)
        except Silent:
            return  # it is tried again in the next round
        site = db.session.get_one(Site, site_id)
        if site.akismet_key == key:
            deed = KeyDeed.TAKEN if is_taken else KeyDeed.REFUSED
            note_deed(THE_BOARD, deed.value, site.name, site_id=site_id, now=now, key=masked(key), said=said)
        db.session.commit()


def note_key_refused(site: Site, said: str, now: datetime) -> None:
    """Write into the log that the key is not taken any more: once, until there is another."""
    state = key_state(site)
    if state is None or state.last is not KeyDeed.REFUSED:
        key = masked(site.akismet_key)
        note_deed(THE_BOARD, KeyDeed.REFUSED.value, site.name, site_id=site.id, now=now, key=key, said=said)


def note_alert(site: Site, alert: Alert, now: datetime) -> None:
    """Write down what Akismet wants the owner to know: once, until it is something else."""
    state = key_state(site)
    detail = {"code": alert.code, "said": alert.words}
    if state is None or state.alert != _told(detail):
        note_deed(THE_BOARD, KeyDeed.ALERT.value, site.name, site_id=site.id, now=now, **detail)


def _untried() -> list[tuple[int, str, str]]:
    """Sites whose key was set and not tried since: id, key, address of the blog. Ends its transaction."""
    sites = db.session.scalars(select(Site).where(Site.akismet_key != "").order_by(Site.id)).all()
    states = [(site, key_state(site)) for site in sites]
    found = [
        (site.id, site.akismet_key, site.base_url)
        for site, state in states
        if state is None or state.last in {KeyDeed.SET, KeyDeed.REMOVED}
    ]
    db.session.commit()
    return found


def _in_words(deed: Deed) -> str:
    return _told(deed.detail)


def _told(detail: dict[str, str]) -> str:
    return " ".join(part for part in (detail.get("said", ""), detail.get("code", "")) if part)
