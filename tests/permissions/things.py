"""Two sites with one of everything, and the people who look after them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from board.accounts.deeds import note_deed
from board.accounts.models import Invitation, Membership
from board.comments.models import BlockKind, Comment, Status
from board.foundation import clock
from board.foundation.permissions import Actor, Role
from board.mail.models import OutboxMessage
from board.moderation.acts import Act
from board.moderation.models import Decision, Report, ReportReason
from board.sites.models import Site
from board.threads.models import PostAddress
from tests.authoring.remapping import Owner
from tests.moderation.desk import decide_now, signed_in
from tests.support.applications import client_of
from tests.support.makers import Makers

ROLES = {
    "author": Role.AUTHOR,
    "moderator": Role.MODERATOR,
    "owner": Role.OWNER,
    "owner of another site": Role.OWNER,
    "owner of all": Role.OWNER,
}
MISSING = 2**30  # an id that nothing has


@dataclass(frozen=True)
class Things:
    """What one site has: `ids` by the name that routes give it, `word` in all that was written there."""

    site: Site
    word: str
    ids: Mapping[str, str]
    batch: str  # of a decision that can still be undone

    def address(self, rule: Rule, **instead: str) -> str:
        """Of one of these things, or of what no site has."""
        values = {name: {**self.ids, **instead}[name] for name in rule.arguments}
        built = rule.build(values, append_unknown=False)
        assert built is not None, rule
        return str(built[1])

    @property
    def query(self) -> dict[str, str]:
        """What narrows a page of the desk to them."""
        names = {
            "site": "site_id",
            "thread": "thread_id",
            "reader": "reader_id",
            "near": "comment_id",
            "post": "post_id",
            "into": "thread_id",
            "who": "account_id",
            "before": "message_id",
        }
        return {word: self.ids[name] for word, name in names.items()}


def things_of(app: Flask, session: Session, makers: Makers, slug: str) -> Things:
    """One of everything, on a site of its own, each with a word that nothing else has."""
    word, now = f"quagga{slug}", clock.now()
    host = f"https://{word}.test"
    site = makers.site(slug=slug, name=f"The {word} blog", base_url=host, origin=host)
    post = makers.post(site, title=f"On {word}", address=f"{host}/one")
    other = makers.post(site, title=f"Also on {word}", address=f"{host}/two")
    thread = makers.thread(post=post, prompt=f"Which {word} do you mean?", heading="")
    makers.thread(post=other, prompt=f"And what {word} would you keep?", heading="")
    draft = makers.draft(post, prompt=f"What would {word} say?")
    reader = makers.reader(site, email=f"{word}@example.test", name=f"Reader {word}")
    written = {"source": f"I have seen a {word}.", "reader_id": reader.id, "author_name": f"Ada {word}"}
    comment = makers.comment(thread, status=Status.PENDING, **written)
    published = makers.comment(thread, open_reports=1, **written)
    subscription = makers.subscription(reader, thread)
    batch = _decide(app, session, site, makers.comment(thread, status=Status.PENDING, **written), word)
    block = makers.block(BlockKind.WORD, f"bad {word}", site)
    staff = makers.account(Role.AUTHOR, site, name=f"Author {word}", email=f"staff-{word}@example.test")
    session.add(
        Report(comment_id=published.id, reason=ReportReason.SPAM.value, network="n" * 32, created_at=now)
    )
    invitation = _invitation(session, site, word)
    message = _message(session, site, word)
    move = Owner(app).give(other, f"{host}/three")
    address = session.scalars(select(PostAddress.id).where(PostAddress.post_id == post.id)).first()
    membership = session.scalars(select(Membership.id).where(Membership.account_id == staff.id)).one()
    ids = {
        "slug": slug,
        "site_id": site.id,
        "post_id": post.id,
        "address_id": address,
        "thread_id": thread.id,
        "draft_id": draft.id,
        "comment_id": comment.id,
        "parent_id": published.id,
        "reader_id": reader.id,
        "subscription_id": subscription.id,
        "block_id": block.id,
        "account_id": staff.id,
        "membership_id": membership,
        "invitation_id": invitation.id,
        "message_id": message.id,
        "move_id": move,
        "session_id": MISSING,  # one's own alone, tested with the account
        "passkey_id": MISSING,
        "act": "return",
        "token": "x",
        "digest": "x",
        "filename": "css/base.css",
    }
    return Things(site, word, {name: str(value) for name, value in ids.items()}, batch)


def signed_in_as(app: Flask, makers: Makers, person: str, mine: Site, other: Site) -> FlaskClient:
    """The browser of somebody of that kind; a stranger's knows nobody."""
    if person == "stranger":
        return client_of(app)
    sites = {"owner of all": None, "owner of another site": other}
    return signed_in(app, makers.account(ROLES[person], sites.get(person, mine)))


def _decide(app: Flask, session: Session, site: Site, comment: Comment, word: str) -> str:
    """Decide about the comment, and do something else that the log tells. The batch of the decision."""
    actor, site_id, comment_id = Actor(None, f"Mod {word}", {site.id: Role.MODERATOR}), site.id, comment.id
    note_deed(actor, "site_changed", f"{word} deed", site_id=site_id, now=clock.now())
    session.commit()
    decide_now(app, actor, Act.REJECT, [comment_id])
    found = select(Decision.batch).where(Decision.comment_id == comment_id)
    return str(session.scalars(found).one())


def _invitation(session: Session, site: Site, word: str) -> Invitation:
    now = clock.now()
    invitation = Invitation(
        token_digest=f"{word:x<64}"[:64],
        role=Role.AUTHOR.value,
        site_id=site.id,
        created_at=now,
        expires_at=now.replace(year=now.year + 1),
        email=f"invited-{word}@example.test",
    )
    session.add(invitation)
    session.commit()
    return invitation


def _message(session: Session, site: Site, word: str) -> OutboxMessage:
    now = clock.now()
    message = OutboxMessage(
        dedupe_key=f"test {word}",
        kind="reply",
        site_id=site.id,
        recipient=f"{word}@example.test",
        sender_name="Ada",
        subject=f"A {word} answered",
        text=f"{word}",
        html="",
        message_id=f"<{word}@board.test>",
        state="failed",
        due_at=now,
        created_at=now,
    )
    session.add(message)
    session.commit()
    return message
