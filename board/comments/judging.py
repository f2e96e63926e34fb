"""What admission needs to know of a draft, gathered from the database, and what it says then.

A fixed number of statements, whatever the number of blocks, readers and comments.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from board.accounts.models import Account, Membership
from board.comments.admission import Arrival, Reason, Verdict, judge
from board.comments.blocking import blocks_met, hashed
from board.comments.drafting import Draft
from board.comments.lookalikes import imitated
from board.comments.models import Comment
from board.comments.recognising import (
    STRANGER,
    Standing,
    recognised,
    standing_of_mailbox,
    standing_of_writer,
)
from board.comments.traces import Traces, addresses_of
from board.extensions import db
from board.foundation.errors import BoardError
from board.sites.models import Policy, Site

REPEAT_WINDOW = timedelta(hours=24)
MOST_COUNTED = 10


class CommentRefused(BoardError):
    """The site does not take this comment, and stores nothing of it. What exactly it minds, staff know."""

    status = 422
    title = _l("This comment was not accepted")
    words = _l(
        "This site does not accept this comment as it stands. Nothing of it was kept; "
        "you may say it in other words."
    )

    def __init__(self, reasons: list[Reason]) -> None:
        super().__init__(", ".join(reason.code for reason in reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Judgement:
    """What becomes of a draft, why, and who wrote it, as far as they showed it."""

    verdict: Verdict
    reasons: list[Reason]
    standing: Standing = STRANGER

    @property
    def reasons_as_json(self) -> list[dict[str, Any]]:
        return [reason.as_json() for reason in self.reasons]


def judgement_of(
    site: Site, draft: Draft, now: datetime, *, edited: Comment | None = None, by_staff: bool = False
) -> Judgement:
    """Judge what arrives on `site`, or what is to take the place of the words of `edited`.

    Raises CommentRefused.
    """
    standing = _standing(site, draft, edited)
    arrival = arrival_of(site, draft, standing, now, edited=edited, by_staff=by_staff)
    verdict, reasons = judge(arrival)
    if verdict is Verdict.REFUSE:
        raise CommentRefused(reasons)
    return Judgement(verdict, reasons, standing)


def arrival_of(  # noqa: PLR0913  # site and draft, who, when, and the two ways that are not a new comment
    site: Site,
    draft: Draft,
    standing: Standing,
    now: datetime,
    *,
    edited: Comment | None = None,
    by_staff: bool = False,
    accepts_comments: bool = True,
) -> Arrival:
    """Everything that the checks look at."""
    return Arrival(
        policy=Policy(site.policy),
        approvals_needed=site.approvals_needed,
        accepts_comments=accepts_comments,
        by_staff=by_staff,
        char_count=len(draft.source),
        link_count=draft.link_count,
        letters_beside_links=draft.letters_beside_links,
        blocks=() if by_staff else blocks_met(site.id, _traces(draft, standing), now),
        honeypot_filled=draft.honeypot_filled,
        seconds_open=draft.seconds_open,
        times_sent=_times_sent(draft, now, edited),
        imitates="" if by_staff else imitated(draft.name, _protected_names(site)),
        approved=standing.approved,
        trusted=standing.trusted,
        address_unproven=standing.address_unproven,
        was_published=edited is not None and edited.is_published,
        was_admitted=edited is not None and edited.is_published and not edited.reasons,
        asks_akismet=bool(site.akismet_key) and draft.sender is not None,
    )


def _standing(site: Site, draft: Draft, edited: Comment | None) -> Standing:
    if edited is not None:
        return standing_of_writer(edited)
    if draft.reader_id is not None:
        return standing_of_mailbox(draft.reader_id)
    return recognised(site.id, draft.address, draft.keepsakes)


def _traces(draft: Draft, standing: Standing) -> Traces:
    shown = addresses_of(draft.address) | addresses_of(standing.email)
    addresses = shown | {spelling for address in shown for spelling in hashed(address)}
    networks = draft.sender.networks if draft.sender else ()
    return Traces(draft.words, draft.hosts, addresses, frozenset(networks))


def _times_sent(draft: Draft, now: datetime, edited: Comment | None) -> int:
    """How often the same words arrived anywhere on the board within a day, up to MOST_COUNTED."""
    query = select(Comment.id).where(
        Comment.text_digest == draft.text_digest, Comment.created_at > now - REPEAT_WINDOW
    )
    if edited is not None:
        query = query.where(Comment.id != edited.id)
    return len(db.session.scalars(query.limit(MOST_COUNTED)).all())


def _protected_names(site: Site) -> list[str]:
    """Those of the people who decide on the site, and its own."""
    query = (
        select(Account.name)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            or_(Membership.site_id == site.id, Membership.site_id.is_(None)), Account.disabled_at.is_(None)
        )
        .distinct()
    )
    return [*db.session.scalars(query), site.name]
