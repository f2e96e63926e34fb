"""Who may do what: one table, read by route guards, object checks and templates alike."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import ParamSpec

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from board.database import READING_METHODS
from board.foundation import headers
from board.foundation.errors import NotFound
from board.foundation.provenance import require_own_page

P = ParamSpec("P")


class Role(StrEnum):
    """What a staff account is on a site."""

    OWNER = "owner"
    MODERATOR = "moderator"
    AUTHOR = "author"


class Proof(Enum):
    """How a request that changes something shows that it is meant."""

    PAGE = "our own page sent it, with a signed form token"
    LINK = "our own page sent it, and its address carries a signed token"
    MAIL_PROGRAM = "its address carries a signed token (RFC 8058: no cookie, no origin)"
    SESSION = "a signed-in person's session and Flask-WTF's token"


class Action(StrEnum):
    """Everything that can be done. Each route names one."""

    READ = "read"
    COMMENT = "comment"
    REPORT = "report"
    FOLLOW = "follow"
    ASK_FOR_PRIVATE_LINK = "ask for private link"
    MANAGE_OWN_THINGS = "manage own things"
    MANAGE_OWN_COMMENT = "manage own comment"
    CONFIRM_SUBSCRIPTION = "confirm subscription"
    UNSUBSCRIBE = "unsubscribe"
    UNSUBSCRIBE_BY_MAIL_PROGRAM = "unsubscribe by mail program"
    SIGN_IN = "sign in"
    ACCEPT_INVITATION = "accept invitation"
    MANAGE_OWN_ACCOUNT = "manage own account"
    SEE_QUEUE = "see queue"
    DECIDE = "decide"
    SEE_LOG = "see log"
    SEE_FIGURES = "see figures"
    CHOOSE_DESK_MAIL = "choose desk mail"
    DECIDE_BY_MAIL = "decide by mail"
    STOP_DESK_MAIL = "stop desk mail"
    SEE_PROMPTS = "see prompts"
    DECIDE_PROMPTS = "decide about prompts"
    SEE_POSTS = "see posts"
    REMAP = "remap"
    MANAGE_SITE = "manage site"
    MANAGE_STAFF = "manage staff"
    SEE_MAIL = "see mail"
    RETRY_MAIL = "retry mail"


@dataclass(frozen=True)
class Rule:
    """`roles` empty: nobody needs to be signed in. `proof`: what a changing request must show."""

    proof: Proof
    roles: frozenset[Role] = frozenset()


EVERYONE: frozenset[Role] = frozenset()
STAFF = frozenset(Role)
MODERATORS = frozenset({Role.OWNER, Role.MODERATOR})
AUTHORS = frozenset({Role.OWNER, Role.AUTHOR})
OWNERS = frozenset({Role.OWNER})

PERMISSIONS: dict[Action, Rule] = {
    Action.READ: Rule(Proof.PAGE, EVERYONE),
    Action.COMMENT: Rule(Proof.PAGE, EVERYONE),
    Action.REPORT: Rule(Proof.PAGE, EVERYONE),
    Action.FOLLOW: Rule(Proof.PAGE, EVERYONE),
    Action.ASK_FOR_PRIVATE_LINK: Rule(Proof.PAGE, EVERYONE),
    Action.MANAGE_OWN_THINGS: Rule(Proof.LINK, EVERYONE),
    Action.MANAGE_OWN_COMMENT: Rule(Proof.LINK, EVERYONE),
    Action.CONFIRM_SUBSCRIPTION: Rule(Proof.LINK, EVERYONE),
    Action.UNSUBSCRIBE: Rule(Proof.LINK, EVERYONE),
    Action.UNSUBSCRIBE_BY_MAIL_PROGRAM: Rule(Proof.MAIL_PROGRAM, EVERYONE),
    Action.SIGN_IN: Rule(Proof.SESSION, EVERYONE),
    Action.ACCEPT_INVITATION: Rule(Proof.SESSION, EVERYONE),
    Action.MANAGE_OWN_ACCOUNT: Rule(Proof.SESSION, STAFF),
    Action.SEE_QUEUE: Rule(Proof.SESSION, MODERATORS),
    Action.DECIDE: Rule(Proof.SESSION, MODERATORS),
    Action.SEE_LOG: Rule(Proof.SESSION, MODERATORS),
    Action.SEE_FIGURES: Rule(Proof.SESSION, STAFF),
    Action.CHOOSE_DESK_MAIL: Rule(Proof.SESSION, STAFF),
    Action.DECIDE_BY_MAIL: Rule(Proof.LINK, EVERYONE),
    Action.STOP_DESK_MAIL: Rule(Proof.MAIL_PROGRAM, EVERYONE),
    Action.SEE_PROMPTS: Rule(Proof.SESSION, AUTHORS),
    Action.DECIDE_PROMPTS: Rule(Proof.SESSION, AUTHORS),
    Action.SEE_POSTS: Rule(Proof.SESSION, AUTHORS),
    Action.REMAP: Rule(Proof.SESSION, OWNERS),
    Action.MANAGE_SITE: Rule(Proof.SESSION, OWNERS),
    Action.MANAGE_STAFF: Rule(Proof.SESSION, OWNERS),
    Action.SEE_MAIL: Rule(Proof.SESSION, OWNERS),
    Action.RETRY_MAIL: Rule(Proof.SESSION, OWNERS),
}

IN_FRAMES = frozenset(  # inside a blog's post
    {Action.COMMENT, Action.REPORT, Action.FOLLOW, Action.MANAGE_OWN_COMMENT}
)
ALL_SITES = None  # the key under which a role on the whole installation stands


@dataclass(frozen=True)
class Actor:
    """Who asks: a signed-in person with roles by site id (None: on every site), or a stranger."""

    account_id: int | None = None
    name: str = ""
    roles: Mapping[int | None, Role] = field(default_factory=dict)

    @property
    def is_signed_in(self) -> bool:
        return self.account_id is not None

    def may(self, action: Action, site_id: int | None = ALL_SITES) -> bool:
        """Whether the table allows `action` on that site. Without a site: on the whole installation."""
        allowed = PERMISSIONS[action].roles
        if not allowed:
            return True
        return self.roles.get(ALL_SITES) in allowed or self.roles.get(site_id) in allowed

    def may_somewhere(self, action: Action) -> bool:
        allowed = PERMISSIONS[action].roles
        return not allowed or any(role in allowed for role in self.roles.values())

    def sites_for(self, action: Action) -> frozenset[int] | None:
        """The ids of the sites where `action` is allowed; None means every site."""
        if self.may(action):
            return None
        allowed = PERMISSIONS[action].roles
        return frozenset(site for site, role in self.roles.items() if site is not None and role in allowed)


STRANGER = Actor()
ActorLoader = Callable[[], Actor]


def current_actor() -> Actor:
    """Whoever sends the present request. Never asked on pages for the public: they know no session."""
    loader: ActorLoader = current_app.extensions["board_actor"]
    return loader()


def guarded(
    action: Action,
) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """Let a view run only for those whom the table allows `action`, and only when it is meant.

    A stranger who opens a staff page is led to sign in; every other refusal looks like a page
    that does not exist. Views that touch one site's things check that site as well, by loading
    through an access function.
    """

    def wrap(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @functools.wraps(view)
        def checked(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            rule = PERMISSIONS[action]
            if action in IN_FRAMES:
                headers.readable_in_a_frame()
            if request.method not in READING_METHODS and rule.proof is not Proof.MAIL_PROGRAM:
                require_own_page()
            if rule.roles:
                actor = current_actor()
                if not actor.is_signed_in and request.method in READING_METHODS:
                    return redirect(url_for("accounts.sign_in", then=request.path), code=303)
                if not actor.may_somewhere(action):
                    raise NotFound
            return view(*args, **kwargs)

        checked.action = action  # type: ignore[attr-defined]  # read by tests/test_routes.py
        return checked

    return wrap
