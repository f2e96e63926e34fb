"""What every template knows: language and direction, moments, initials, the present address."""

from __future__ import annotations

import unicodedata
import zlib
from datetime import datetime
from typing import Any

from babel import Locale, UnknownLocaleError
from flask import Flask, current_app, g
from flask_babel import format_datetime, get_locale
from flask_babel import lazy_gettext as _l
from werkzeug.local import LocalProxy

from board.foundation.permissions import Action, Actor, current_actor

DESK_TABS = (  # blueprint or endpoint, or several, its first page, its name, who sees it
    (("moderation.queue", "audience."), "moderation.queue", _l("Queue"), Action.SEE_QUEUE),
    ("screening.", "screening.index", _l("Blocks"), Action.SEE_QUEUE),
    ("moderation.log", "moderation.log", _l("Log"), Action.SEE_LOG),
    ("prompts_found.", "prompts_found.found", _l("Prompts"), Action.SEE_PROMPTS),
    (("posts.", "moves."), "posts.index", _l("Posts"), Action.SEE_POSTS),
    ("site_settings.", "site_settings.sites", _l("Sites"), Action.MANAGE_SITE),
    ("figures.", "figures.figures", _l("Figures"), Action.SEE_FIGURES),
    ("people.", "people.people", _l("People"), Action.MANAGE_STAFF),
    (("mail.", "inbound.", "samples."), "mail.messages", _l("Mail"), Action.SEE_MAIL),
    (("accounts.", "desk_mail."), "accounts.account", _l("Account"), Action.MANAGE_OWN_ACCOUNT),
)
OWN_PAGE = "accounts.account"
TINTS = 8  # as many soft colours as the style sheet has for initials


def init_app(app: Flask) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(initials=initials, tint=tint, moment=moment, iso=iso)
    app.jinja_env.globals["desk_tabs"] = DESK_TABS
    app.context_processor(_context)


def first_page(actor: Actor) -> str:
    """The endpoint of the desk's first tab that `actor` may see."""
    tabs = (endpoint for _, endpoint, _, action in DESK_TABS if actor.may_somewhere(action))
    return next(tabs, OWN_PAGE)


def choose_language() -> str:
    """The language of the present page: its site's, else the installation's. Never the reader's
    own setting, because one cached page serves everybody."""
    wanted = g.get("page_language") or current_app.config["BOARD"].language
    return wanted if is_language(wanted) else "en"


def is_language(code: str) -> bool:
    """Whether `code` (such as de, pt-BR or pt_BR) names a language whose dates and directions are known."""
    try:
        Locale.parse(code.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return False
    return True


def speak(language: str) -> None:
    """Show the present page in `language` (a code such as `de`); unknown codes fall back to English."""
    g.page_language = language.replace("-", "_")


def initials(name: str) -> str:
    """One or two letters that stand for a name beside a comment."""
    parts = [part for part in name.split() if unicodedata.category(part[0])[0] in "LN"]
    chosen = [parts[0], parts[-1]] if len(parts) > 1 else parts
    return "".join(part[0] for part in chosen).upper() or "·"


def tint(name: str) -> int:
    """Which of the soft colours a name has: always the same one."""
    return zlib.crc32(name.casefold().encode("utf-8", "replace")) % TINTS


def moment(at: datetime) -> str:
    """Date and time in UTC, in the words of the page's language. Script shows the reader's own zone."""
    return str(format_datetime(at, "d MMMM y, HH:mm")) + " UTC"


def iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _context() -> dict[str, Any]:
    locale = get_locale()
    return {
        "page_language": str(locale).replace("_", "-"),
        "page_direction": locale.text_direction,
        "desk_actor": LocalProxy(current_actor),  # asked only where a template names it
        "first_page": first_page,
        "public_url": current_app.config["BOARD"].public_url,
    }
