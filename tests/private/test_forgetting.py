"""After erasing, nothing of the person is left in any column of any table: their words, their name, their
address were put everywhere by the program itself, and are looked for afterwards."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from board.accounts.models import Account
from board.comments.models import Comment, Status
from board.comments.ownership import link_token
from board.extensions import db
from board.foundation import clock
from board.foundation.permissions import Role
from board.mail.duties import prepare
from board.mail.models import Attempt, IncomingMail, OutboxMessage, Suppression
from board.moderation.acts import Act
from board.moderation.desk_mail import tell_staff
from board.moderation.doing import Said
from board.moderation.models import DeskMail
from board.readers.models import Reader
from board.sites.models import Site
from board.threads.models import Thread
from tests.mail.letters import let_time_pass, work
from tests.moderation.desk import actor_of, decide_now, signed_in
from tests.moderation.reports import reader_at, tell
from tests.private.owners import erase_all, everywhere, private_path
from tests.subscriptions.journeys import link_in
from tests.support.applications import client_of, commit_so_far
from tests.support.makers import Makers, ago
from tests.support.pages import fill_and_send, form_values, words
from tests.support.smtp import SmtpServer

WORD = "quagga"
ADDRESS = "quagga@example.com"
EVERYWHERE = {
    "attempt.detail",
    "block.value",
    "comment.author_name",
    "comment.html",
    "comment.note",
    "comment.reasons",
    "comment.source",
    "comment_version.author_name",
    "comment_version.source",
    "decision.detail",
    "deed.subject",
    "incoming_mail.detail",
    "outbox_message.html",
    "outbox_message.recipient",
    "outbox_message.sender_name",
    "outbox_message.subject",
    "outbox_message.text",
    "reader.email",
    "reader.name",
    "report.words",
    "spam_check.user_agent",
}
BEN, MOD = "ben@example.com", "mod@example.com"


@pytest.fixture
def app(make_app: Callable[..., Flask], smtp: SmtpServer) -> Flask:
    return make_app(
        **smtp.environ,
        BOARD_NOTICE_DELAY_SECONDS="0",
        BOARD_QUIET_SECONDS="0",
        BOARD_COMMENT_RATE="1000 per minute",
    )


@pytest.fixture
def site(session: Session, makers: Makers) -> Site:
    return makers.site(name="The Quiet Desk", report_threshold=1, akismet_key="a key")


@pytest.fixture
def moderator(session: Session, makers: Makers, site: Site) -> Account:
    account = makers.account(Role.OWNER, email=MOD, name="Mod")
    session.add(DeskMail(account_id=account.id, rate="at_once", told_until=ago(days=1)))
    session.commit()
    return account


def write(client: FlaskClient, page: str, said: str, **typed: str) -> None:
    typed = {"name": "Quagga Ada", "source": f"{said} quagga.", "email": ADDRESS, "notify": "y", **typed}
    assert fill_and_send(client, page, "/comments", **typed).status_code == 303


def last(session: Session) -> Comment:
    session.rollback()
    return session.scalars(select(Comment).order_by(Comment.id.desc()).limit(1)).one()


def decide(app: Flask, moderator: Account, act: Act, comment: Comment, said: str = "") -> None:
    number, actor = comment.id, actor_of(moderator)
    commit_so_far()
    options = {"said": Said(said)} if said else {}
    assert decide_now(app, actor, act, [number], knowingly=True, **options).decided


def round_of_mail(app: Flask, *, sending: bool = True) -> None:
    """What the worker does: tell staff, make notices of news, make mail of notices, and send it."""
    commit_so_far()
    with app.app_context():
        tell_staff(clock.now())
        db.session.commit()
        prepare(clock.now())
        db.session.commit()
    if sending:
        work(app)


def live(
    app: Flask,
    client: FlaskClient,
    smtp: SmtpServer,
    session: Session,
    site: Site,
    thread: Thread,
    moderator: Account,
) -> None:
    """Everything that somebody can do here, and that can be done about them."""
    page = f"/t/{thread.id}/write"
    write(client, page, "I have seen a")
    root = last(session)
    round_of_mail(app)
    mails = [mail for mail in smtp.messages_to(ADDRESS) if "/confirm/" in mail.text]
    fill_and_send(client, link_in(mails[0].text, "/confirm/"), "/confirm/")
    with app.app_context():
        own = f"/own/{link_token(root)}"
    commit_so_far()
    fill_and_send(client, own, "/edit", source="I have met a quagga, and another quagga.")
    decide(app, moderator, Act.PUBLISH, root)
    ben = client_of(app)
    write(ben, f"/t/{thread.id}/reply/{root.id}", "Which", name="Ben", email=BEN, source="Which one?")
    answer = last(session)
    decide(app, moderator, Act.PUBLISH, answer)
    fill_and_send(ben, f"/t/{thread.id}", "/follow", email=BEN)
    round_of_mail(app)
    for mail in smtp.messages_to(BEN):
        if "/confirm/" in mail.text:
            fill_and_send(ben, link_in(mail.text, "/confirm/"), "/confirm/")
    write(client, f"/t/{thread.id}/reply/{answer.id}", "This")
    reply = last(session)
    round_of_mail(app)
    decide(app, moderator, Act.PUBLISH, reply)
    round_of_mail(app)
    write(client, page, "A returned")
    returned = last(session)
    decide(app, moderator, Act.RETURN, returned, "Do you mean the quagga?")
    decide(app, moderator, Act.PUBLISH, returned)
    decide(app, moderator, Act.RETURN, returned, "That quagga again?")
    round_of_mail(app)
    tell(reader_at(app, "198.51.100.9"), root, words="She says quagga.")
    session.rollback()
    assert session.get_one(Comment, root.id).status == Status.PENDING
    decide(app, moderator, Act.PUBLISH, root)
    decide(app, moderator, Act.EDIT, reply, "A quagga, as the moderator says.")
    decide(app, moderator, Act.HIGHLIGHT, root)
    about_the_person(app, session, moderator)
    fill_and_send(client, "/me", "/me", email=ADDRESS)
    fill_and_send(client, "/s/" + site.slug, "/follow", email=ADDRESS)
    round_of_mail(app)
    write(client, page, "One more, nobody has read it:")
    write(client, page, "And one that is told to others, but not sent:")
    decide(app, moderator, Act.PUBLISH, last(session))
    round_of_mail(app, sending=False)


def about_the_person(app: Flask, session: Session, moderator: Account) -> None:
    """What staff do about an address: trust it and block it, from the desk."""
    session.rollback()
    reader = session.scalars(select(Reader).where(Reader.email == ADDRESS)).one()
    desk, reader_id = signed_in(app, moderator), reader.id
    token = form_values(desk.get("/desk/blocks"), "/desk/blocks")[1]
    assert desk.post(f"/desk/readers/{reader_id}/trust", data=token).status_code == 303
    assert desk.post(f"/desk/readers/{reader_id}/distrust", data=token).status_code == 303
    answer = fill_and_send(desk, "/desk/blocks", "/desk/blocks", kind="address", said=ADDRESS, verdict="hold")
    assert answer.status_code == 303, words(answer)


def test_nothing_is_left_in_any_column_of_any_table(
    app: Flask,
    client: FlaskClient,
    smtp: SmtpServer,
    session: Session,
    makers: Makers,
    site: Site,
    moderator: Account,
) -> None:
    thread = makers.thread(site)
    client.environ_base["HTTP_USER_AGENT"] = "The Quagga browser"
    live(app, client, smtp, session, site, thread, moderator)
    session.add_all(said_by_a_server(session))
    session.add(Suppression(digest="d" * 64, reason="hard_bounce", created_at=clock.now()))
    session.commit()
    assert set(everywhere(session, WORD)) >= EVERYWHERE
    reader = session.scalars(select(Reader).where(Reader.email == ADDRESS)).one()
    path = private_path(app, reader)
    assert erase_all(client, path).location == "/me/erased"
    assert everywhere(session, WORD) == []
    others = session.scalars(select(Comment).where(Comment.author_name == "Ben")).all()
    assert [one.source for one in others] == ["Which one?"], "what others wrote stays"
    assert len(session.scalars(select(Suppression)).all()) == 1, "a hash keeps mail away from a dead address"
    work_goes_on(app, client, smtp, session, thread, moderator)


def said_by_a_server(session: Session) -> list[Attempt | IncomingMail | OutboxMessage]:
    """What a mail server answered, what a mailbox held, and what staff were told of it."""
    now, said = clock.now(), f"550 <{ADDRESS.upper()}> unknown"
    [message] = session.scalars(select(OutboxMessage).where(OutboxMessage.recipient == BEN).limit(1))
    told = {"recipient": MOD, "sender_name": "", "message_id": "<m@board.test>", "context": {"account_id": 1}}
    return [
        Attempt(message_id=message.id, at=now, outcome="retry", detail=said),
        IncomingMail(digest="d" * 64, outcome="bounce", detail=said, created_at=now),
        OutboxMessage(
            dedupe_key="told",
            kind="desk_failed",
            subject="Mail failed",
            text=said,
            html=said,
            state="sent",
            due_at=now,
            created_at=now,
            **told,
        ),
    ]


def work_goes_on(
    app: Flask, client: FlaskClient, smtp: SmtpServer, session: Session, thread: Thread, moderator: Account
) -> None:
    """What is told to others is told, without the words; and the board's pages open."""
    smtp.forget()
    let_time_pass(app)
    round_of_mail(app)
    assert all(WORD not in f"{mail.text} {mail.html} {mail['Subject']}".casefold() for mail in smtp.messages)
    desk = signed_in(app, moderator)
    pages = ["/desk", "/desk/all", "/desk/log", "/desk/blocks", "/desk/mail?view=sent", "/desk/figures"]
    for path in [*pages, f"/t/{thread.id}", f"/t/{thread.id}/feed.atom"]:
        answer = (desk if "/desk" in path else client).get(path)
        assert answer.status_code == 200, path
        assert WORD not in answer.get_data(as_text=True).casefold(), path
    assert "A reader had everything erased that they had written here." in words(desk.get("/desk/log"))
    write(client, f"/t/{thread.id}/write", "Sent again from the same address")
    assert "blocked_address" in str(last(session).reasons), "a block on the address holds on, as a hash"
