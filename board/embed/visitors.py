"""Who opens a frame: a reader's browser inside the blog, or a program that goes through addresses. Pure.

Nobody is refused by it. A page that is unknown is only put on the list of pages to read when a reader opened
it, and no crawler can be used to fill that list.
Source: Fetch Metadata Request Headers (W3C), Sec-Fetch-Dest; RFC 9110, 10.1.3, Referer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from board.foundation.origins import OriginRefused, normal_origin

CRAWLER = re.compile(  # how programs call themselves that go through the web; browsers never do
    r"(?<!cu)bot(?![a-z])|crawl|spider|slurp|archive|fetcher|monitor|preview|scrap|lighthouse|inspection"
    r"|externalhit|mediapartners|apis-google|googleother|whatsapp|embedly|validator|curl/|wget|python|java/"
    r"|okhttp|go-http|libwww|axios|node-fetch",
    re.IGNORECASE,
)
FRAMES = frozenset({"iframe", "frame"})


def is_reader_in_a_frame(headers: Mapping[str, str], origins: Collection[str]) -> bool:
    """Whether a browser asks for a frame inside a page of `origins`.

    A browser says itself that it fills a frame; an old one, or one on a board without TLS, only which page
    it is on. Whoever names another page is none of this blog's readers.
    """
    agent = headers.get("User-Agent", "")
    if not agent or CRAWLER.search(agent):
        return False
    page = headers.get("Referer")
    is_here = page is not None and _origin(page) in origins
    if "Sec-Fetch-Dest" in headers:
        return headers["Sec-Fetch-Dest"] in FRAMES and (is_here or page is None)
    return is_here


def _origin(address: str) -> str | None:
    try:
        return normal_origin(address)
    except OriginRefused:
        return None
