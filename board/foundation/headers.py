"""Headers of every answer. Strict unless a view says that its page is public or embeddable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from flask import Flask, Response, g, request

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types board; "
    "frame-ancestors {ancestors}"
)
# of a mail with made-up words: its styles stand in it, and it can do nothing at all
MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
FEATURES = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
YEAR_SECONDS = 31_536_000  # OWASP ASVS 5.0, 3.4.1


@dataclass(frozen=True)
class PagePolicy:
    """Who may frame a page, who may keep it, and what its links tell others."""

    ancestors: tuple[str, ...] = ()
    framed_anywhere: bool = False
    cache: str = "no-store"
    referrer: str = "same-origin"
    robots: str = "noindex"
    content_policy: str = CONTENT_POLICY


SELF = ("'self'",)
FRAME = "frame"  # what `in` says in the address of a page that is shown inside a blog's post
PRIVATE = PagePolicy()
EARLY_REFUSAL = PagePolicy(ancestors=("*",), framed_anywhere=True)
PUBLIC = PagePolicy(cache="public, no-cache", referrer="strict-origin-when-cross-origin", robots="")


def public_page() -> None:
    """The present answer holds nothing personal and may be kept by anyone who asks again each time."""
    g.page_policy = PUBLIC


def embeddable_page(origins: Iterable[str], *, personal: bool = False) -> None:
    """The present answer may be shown in a frame by pages of `origins`, and by no others.

    personal: it shows a reader's own words and must not be kept by anyone on the way.
    """
    page = PagePolicy(referrer="strict-origin-when-cross-origin", robots="noindex, indexifembedded")
    g.page_policy = replace(
        page,
        ancestors=tuple(origins),
        framed_anywhere=True,
        cache="no-store" if personal else "public, no-cache",
        referrer="same-origin" if personal else page.referrer,
    )


def shows_own_frames() -> None:
    """The present answer, a page of the desk, shows other pages of ours in frames."""
    g.page_policy = replace(PRIVATE, content_policy=f"{CONTENT_POLICY}; frame-src 'self'")


def shown_in_own_frame() -> None:
    """The present answer is a mail's HTML with its own styles, to be looked at in a frame of ours.

    It may neither run nor load anything, and counts as from nowhere.
    """
    g.page_policy = replace(PRIVATE, content_policy=MAIL_POLICY, ancestors=SELF)


def readable_in_a_frame() -> None:
    """An early refusal of the present request may be shown in any frame, if it was sent from one.

    Before it is known whose frame that is: too many tries, a form from elsewhere, too large a body. Such a
    page holds what was just typed and nothing to press.
    """
    g.is_read_in_a_frame = request.args.get("in") == FRAME


def init_app(app: Flask) -> None:
    app.after_request(_apply)


def _apply(response: Response) -> Response:
    policy: PagePolicy = g.get("page_policy", PRIVATE) if response.status_code < 400 else _refusal_policy()
    headers = response.headers
    ancestors = " ".join(policy.ancestors) or "'none'"
    headers.setdefault("Content-Security-Policy", policy.content_policy.format(ancestors=ancestors))
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", policy.referrer)
    headers.setdefault("Permissions-Policy", FEATURES)
    headers.setdefault("Cache-Control", policy.cache)
    if policy.robots:
        headers.setdefault("X-Robots-Tag", policy.robots)
    if policy.framed_anywhere:
        headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
    else:
        headers.setdefault("X-Frame-Options", "SAMEORIGIN" if policy.ancestors == SELF else "DENY")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", f"max-age={YEAR_SECONDS}")
    return response


def _refusal_policy() -> PagePolicy:
    """An error inside a frame must still be readable there; it is kept by nobody."""
    usual = EARLY_REFUSAL if g.get("is_read_in_a_frame") else PRIVATE
    policy: PagePolicy = g.get("page_policy", usual)
    return replace(policy, cache="no-store")
