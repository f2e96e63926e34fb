"""How many mails one receiving domain gets from this process at a time: large ones count, and frown.

Source of the idea: the generic cell rate algorithm (ITU-T I.371), by which each mail has its own slot in
time, some of them at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

AT_ONCE = 100  # mails before the pace is felt
A_REST = timedelta(minutes=5)


class Pace:
    """per_minute: mails to one domain; 0: as many as there are."""

    def __init__(self, per_minute: int) -> None:
        self._between = timedelta(minutes=1) / per_minute if per_minute else timedelta()
        self._next: dict[str, datetime] = {}
        self._slots: dict[int, datetime] = {}

    def slot(self, mail_id: int, recipient: str, now: datetime) -> datetime:
        """When that mail may go: at once if that is not after `now`; else it has that slot, and keeps it."""
        if mail_id in self._slots:
            return self._slots.pop(mail_id) if self._slots[mail_id] <= now else self._slots[mail_id]
        domain = _domain(recipient)
        begun = max(self._next.get(domain, now), now)
        slot = begun - AT_ONCE * self._between
        self._next[domain] = begun + self._between
        if slot > now:
            self._slots[mail_id] = slot
        return slot

    def rest(self, recipient: str, now: datetime) -> None:
        """Its server asked us to slow down: nothing more goes to that domain for a while."""
        wanted = now + A_REST + AT_ONCE * self._between
        self._next[_domain(recipient)] = max(self._next.get(_domain(recipient), now), wanted)


def _domain(recipient: str) -> str:
    return recipient.rpartition("@")[2].lower()
