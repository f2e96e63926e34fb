"""One post, one address: the normal form under which a post is found. Pure.

The form is a key, not a link: http and https, with and without `www.`, a trailing slash, `index.html`,
tracking parameters and the fragment all name the same page, so it always begins with `https://`.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode, urlsplit

from board.foundation.origins import OriginRefused, normal_origin

MAX_CHARS = 1000
TRACKING = re.compile(
    r"utm_.+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|ref_src|yclid|_hsenc|_hsmi", re.IGNORECASE
)
FOLDED_ENDING = re.compile(r"(?:/(?:index\.(?:html?|php))?)+\Z", re.IGNORECASE)
FOLDED_HOST = re.compile(r"\A(?:www\.)+")
SURROGATE = re.compile("[\ud800-\udfff]")  # it has no bytes, so no escape either
PATH_SAFE = "/:@!$&'()*+,;=-._~"  # RFC 3986, 3.3: what a path may hold unescaped


class AddressRefused(Exception):
    """The text does not name a page on the web; the message says why."""


def canonical(address: str) -> str:
    """The key of the page at `address`: the same for every way of writing it, stable when applied twice.

    At most MAX_CHARS long, as its column is. Raises AddressRefused for anything but an http or https
    address of a host, without user name.
    """
    host = FOLDED_HOST.sub("", origin_of(address).partition("://")[2])
    parts = urlsplit(address.strip())
    path = FOLDED_ENDING.sub("", _path(parts.path)) or "/"
    fields = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode([(name, value) for name, value in fields if not TRACKING.fullmatch(name)])
    return _short_enough(f"https://{host}{path}{'?' + query if query else ''}")


def origin_of(address: str) -> str:
    """Scheme, host and port of `address`, in their normal form. Raises AddressRefused."""
    if SURROGATE.search(address):
        raise AddressRefused("it holds half a character")
    try:
        return normal_origin(_short_enough(address))
    except OriginRefused as refusal:
        raise AddressRefused(str(refusal)) from None


def _short_enough(address: str) -> str:
    if len(address) > MAX_CHARS:
        raise AddressRefused("it is longer than a thousand characters, or would be when written out")
    return address


def _path(path: str) -> str:
    return quote(unquote_to_bytes(path.encode("utf-8", "replace")), safe=PATH_SAFE)
