"""Made-up words for every kind of mail. Nobody in here exists, and no link leads anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from board import text
from board.mail import rendering
from board.subscriptions.models import Occasion
from board.subscriptions.telling import Told

BLOG = "https://blog.example"
BOARD = "https://board.example"
NOW = datetime(2026, 3, 4, 17, 20, tzinfo=UTC)
SITE: Mapping[str, Any] = {"site_name": "The Quiet Desk", "site_url": BLOG}
POST, PROMPT = "On listening", "When did a silence last change what you were about to say?"
DESK: Mapping[str, Any] = {
    "site_name": "Reflection Board",
    "site_url": f"{BOARD}/desk",
    "settings_url": f"{BOARD}/desk/mail-to-me",
    "off_url": f"{BOARD}/desk-mail-off/sample",
    "queue_url": f"{BOARD}/desk",
}
ACCOUNT: Mapping[str, Any] = {
    "site_name": "Reflection Board",
    "site_url": BOARD,
    "host": "board.example",
    "name": "Mia",
    "at": NOW,
    "account_url": f"{BOARD}/account",
}
ANSWER = """That is how my grandmother did it, too: **first the kettle, then the answer**.

> I count to ten

She only ever got to six."""
SECOND = "I tried it this morning. It works, but *only* when the other one counts as well."
OWN = "I count to ten, and then to ten again. By then most of what I was about to say is gone."


def names() -> list[str]:
    return sorted(_samples())


def sample(kind: str, language: str) -> rendering.Words | None:
    """The message of that kind in that language, with made-up words; None for a kind that is none."""
    values = _samples().get(kind)
    return rendering.write(kind, language, **values) if values is not None else None


def _samples() -> dict[str, Mapping[str, Any]]:
    return {**_to_readers(), **_to_staff(), **_about_accounts()}


def _to_readers() -> dict[str, Mapping[str, Any]]:
    asked = {"of_replies": True, "of_prompts": True, "threads": [PROMPT]}
    confirm = {"confirm_url": f"{BOARD}/confirm/sample", "days": 7, **asked}
    return {
        "confirm_address": {**SITE, **confirm},
        "private_link": {**SITE, "private_url": f"{BOARD}/me/sample", "hours": 24},
        "reply_not_taken": {
            **SITE,
            "reason": _l("The discussion is closed and takes no new comments."),
            "words": OWN,
            "post_title": POST,
            "thread_url": f"{BOARD}/t/1",
        },
        "reply": _news(_answer(ANSWER, is_answer=True)),
        "thread": _news(_answer(ANSWER), _answer(SECOND, "Noor", is_staff=True)),
        "prompts": _news(_prompt()),
        "digest": _news(_answer(ANSWER, is_answer=True), _prompt(), _own(Occasion.APPROVED), more=4),
        **{
            occasion.value: _news(_own(occasion))
            for occasion in (Occasion.APPROVED, Occasion.REMOVED, Occasion.RETURNED, Occasion.HIGHLIGHTED)
        },
    }


def _to_staff() -> dict[str, Mapping[str, Any]]:
    html = text.render(ANSWER).html
    item: dict[str, Any] = {
        "author": "Ben",
        "html": html,
        "text": text.plain(html),
        "prompt": PROMPT,
        "post": POST,
    }
    item |= {"site": "The Quiet Desk", "parent": OWN, "reasons": [_l("The site holds every comment.")]}
    item |= {"links": dict.fromkeys(("publish", "reject", "spam"), f"{BOARD}/decide/sample")}
    item |= {
        "is_held": True,
        "reports": [(_l("It hurts or insults somebody"), "She is my grandmother, too.")],
    }
    acts = {act: act for act in ("publish", "reject", "spam")}
    week = {"start": NOW, "arrived": 23, "arrived_before": 17, "published": 19, "hours": 3.5}
    talk = {"title": PROMPT, "post": POST, "comments": 12, "url": f"{BOARD}/t/1"}
    return {
        "desk_waiting": {**DESK, "items": [item, {**item, "author": "Noor"}], "more": True, **acts},
        "desk_reported": {**DESK, "items": [item], "more": False},
        "desk_failed": {
            **DESK,
            "count": 4,
            "reasons": [("550 5.1.1 No such user here", 3), ("552 5.2.2 Mailbox full", 1)],
            "mail_url": f"{BOARD}/desk/mail?view=failed",
        },
        "desk_summary": {
            **DESK,
            **week,
            "waiting": 3,
            "reported": 1,
            "talks": [talk],
            "figures_url": f"{BOARD}/desk/figures",
        },
    }


def _about_accounts() -> dict[str, Mapping[str, Any]]:
    browser = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"
    return {
        "invitation": {
            **SITE,
            "host": "board.example",
            "inviter": "Mia",
            "blog": "The Quiet Desk",
            "role": "moderator",
            "accept_url": f"{BOARD}/invitations/sample",
            "days": 3,
        },
        "new_sign_in": {**ACCOUNT, "browser": browser},
        "password_changed": ACCOUNT,
        "second_factor": {**ACCOUNT, "change": _l("A passkey was removed.")},
    }


def _news(*items: Told, more: int = 0) -> Mapping[str, Any]:
    return {
        **SITE,
        "items": items,
        "more": more,
        "count": len(items) + more,
        "can_answer": len(items) == 1,
        "unsubscribe_url": f"{BOARD}/unsubscribe/sample",
    }


def _answer(source: str, author: str = "Ben", *, is_answer: bool = False, is_staff: bool = False) -> Told:
    html = text.render(source).html
    return Told(
        Occasion.COMMENT.value,
        is_answer,
        POST,
        PROMPT,
        "",
        read_url=f"{BOARD}/c/12",
        author=author,
        is_staff=is_staff,
        html=html,
        text=text.plain(html),
        parent=OWN,
    )


def _prompt() -> Told:
    heading = "What is your reaction?"
    return Told(Occasion.PROMPT.value, False, POST, PROMPT, heading, read_url=f"{BOARD}/t/1")


def _own(occasion: Occasion) -> Told:
    return Told(
        occasion.value,
        False,
        POST,
        PROMPT,
        "",
        read_url=f"{BOARD}/c/12",
        own=OWN,
        note="Which silence do you mean?\nThe one before her answer?",
        own_url=f"{BOARD}/own/sample",
        ends_at=NOW,
    )
