"""What may be told about a site, and how the board writes it down. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError

from board.foundation.origins import OriginRefused, normal_origin
from board.sites.models import Policy

MAX_NAME_CHARS = 120
MAX_ADDRESS_CHARS = 500
MAX_SLUG_CHARS = 40
MAX_DEFAULT_PROMPT_CHARS = 1000
MAX_APPROVALS = 10  # as many tokens of earlier comments as a browser keeps
MAX_REPORTS = 100
MAX_CLOSING_DAYS = 3650
HUES = 360
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Part(StrEnum):
    """What somebody tells about a site."""

    NAME = "name"
    ADDRESS = "address"
    SLUG = "slug"
    ORIGIN = "origin"
    OWN_ORIGIN = "own_origin"
    LANGUAGE = "language"
    POLICY = "policy"
    DEFAULT_PROMPT = "default_prompt"
    OPENS_FROM = "opens_from"
    ACCENT_HUE = "accent_hue"
    APPROVALS = "approvals_needed"
    REPORTS = "report_threshold"
    CLOSING = "closes_after_days"


class SiteRefused(ValueError):
    """What was told about a site cannot be right: this `part` of it. The message is a plain sentence."""

    def __init__(self, part: Part, message: str) -> None:
        super().__init__(message)
        self.part = part


def slug_from(name: str) -> str:
    """A slug for a name: its Latin letters and digits. May be empty for other scripts."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain)[:MAX_SLUG_CHARS].strip("-")


def normal_slug(slug: str) -> str:
    """Raises SiteRefused."""
    if len(slug) > MAX_SLUG_CHARS or not SLUG.fullmatch(slug):
        raise SiteRefused(
            Part.SLUG,
            f"{slug!r} cannot be a slug: up to {MAX_SLUG_CHARS} small letters, digits and single hyphens. "
            "Say one with --slug.",
        )
    return slug


def normal_name(name: str) -> str:
    """A name with single spaces. Raises SiteRefused."""
    normal = " ".join(name.split())
    if not normal or len(normal) > MAX_NAME_CHARS:
        raise SiteRefused(Part.NAME, f"A site needs a name of at most {MAX_NAME_CHARS} characters.")
    return normal


def normal_base(address: str) -> str:
    """Where a blog lives: its origin and path, without a slash at the end. Raises SiteRefused."""
    base = _origin(address, Part.ADDRESS) + urlsplit(address.strip()).path.rstrip("/")
    if urlsplit(address.strip()).query or "#" in address:
        raise SiteRefused(
            Part.ADDRESS, f"{address} should be the address of the blog itself, without ? and #."
        )
    if len(base) > MAX_ADDRESS_CHARS:
        raise SiteRefused(Part.ADDRESS, f"The address of a site has at most {MAX_ADDRESS_CHARS} characters.")
    return base


def known_origin(address: str) -> str:
    """The origin of an address. Raises SiteRefused."""
    return _origin(address, Part.ORIGIN)


def normal_language(code: str) -> str:
    """A language as the board writes it, such as de or pt_BR. Raises SiteRefused."""
    try:
        return str(Locale.parse(code.strip().replace("-", "_")))
    except (ValueError, UnknownLocaleError, TypeError):
        raise SiteRefused(
            Part.LANGUAGE, f"{code!r} is not the code of a language, such as en, de or pt-BR."
        ) from None


def known_policy(policy: str) -> str:
    """Raises SiteRefused."""
    if policy not in set(Policy):
        raise SiteRefused(Part.POLICY, f"{policy!r} is not a policy; choose hold or publish.")
    return str(policy)


def normal_prompt(prompt: str) -> str:
    """A default prompt without space around it; empty for none. Raises SiteRefused."""
    normal = prompt.replace("\r\n", "\n").strip()
    if len(normal) > MAX_DEFAULT_PROMPT_CHARS:
        raise SiteRefused(
            Part.DEFAULT_PROMPT, f"A default prompt has at most {MAX_DEFAULT_PROMPT_CHARS} characters."
        )
    return normal


def possible_confidence(confidence: float | None) -> float | None:
    """A confidence from 0 to 1, or None. Raises SiteRefused."""
    if confidence is not None and not 0 <= confidence <= 1:
        raise SiteRefused(Part.OPENS_FROM, "A confidence lies between 0 and 1.")
    return confidence


def possible_hue(hue: int) -> int:
    """Raises SiteRefused."""
    if not 0 <= hue < HUES:
        raise SiteRefused(Part.ACCENT_HUE, f"A hue lies between 0 and {HUES - 1}.")
    return hue


def possible_approvals(number: int) -> int:
    """Raises SiteRefused."""
    if not 1 <= number <= MAX_APPROVALS:
        raise SiteRefused(Part.APPROVALS, f"Approved comments: a number from 1 to {MAX_APPROVALS}.")
    return number


def possible_reports(number: int) -> int:
    """0: no number of reports holds a comment. Raises SiteRefused."""
    if not 0 <= number <= MAX_REPORTS:
        raise SiteRefused(Part.REPORTS, f"Reports: a number from 0 to {MAX_REPORTS}.")
    return number


def possible_days(days: int | None) -> int | None:
    """None, and 0: never. Raises SiteRefused."""
    if days is not None and not 0 <= days <= MAX_CLOSING_DAYS:
        raise SiteRefused(Part.CLOSING, f"Days: a number from 0 to {MAX_CLOSING_DAYS}.")
    return days or None


RULES: dict[str, Callable[[Any], Any]] = {
    "name": normal_name,
    "address": normal_base,
    "language": normal_language,
    "policy": known_policy,
    "default_prompt": normal_prompt,
    "opens_from": possible_confidence,
    "accent_hue": possible_hue,
    "approvals_needed": possible_approvals,
    "report_threshold": possible_reports,
    "closes_after_days": possible_days,
}


def _origin(address: str, part: Part) -> str:
    try:
        return normal_origin(address)
    except OriginRefused as refusal:
        raise SiteRefused(part, f"{address!r} cannot be used as an address: {refusal}.") from None
