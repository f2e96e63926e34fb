"""One post, one address: the normal form under which a post is found, and which address to believe. Pure.

The form is a key, not a link: http and https, with and without `www.`, a trailing slash, `index.html`,
tracking parameters and the fragment all name the same page, so it always begins with `https://`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode, urlsplit

from board.foundation.origins import OriginRefused, normal_origin

MAX_CHARS = 1000
TRACKING = re.compile(  # what mail programs, advertisements and "share" buttons add, never a blog
    r"utm_.+|(?:mtm|matomo|piwik|pk)_.+|hsa_.+|_?hs(?:enc|mi|ctatracking)|__hs\w\w|_ga|_gl|gclid|gclsrc|gbraid|wbraid"
    r"|dclid|fbclid|fb_action_\w+|msclkid|mc_cid|mc_eid|mkt_tok|ig_?shid|igsh|twclid|ttclid|li_fat_id|yclid|ysclid"
    r"|_openstat|epik|srsltid|ref_src|ref_url|vero_(?:id|conv)|oly_(?:anon|enc)_id|wt\.?mc(?:_id)?|__twitter_impression"
    r"|replytocom",  # WordPress: the same post with its form below another comment
    re.IGNORECASE,
)
SAME_PAGE = {
    ("amp", ""),
    ("amp", "1"),
    ("amp", "true"),
}  # a post's AMP form; `/amp` may be a post about guitars
FOLDED_ENDING = re.compile(
    r"(?:/(?:index\.(?:[sx]?html?|php[3-8]?|aspx?|jsp)|default\.(?:html?|aspx?))?)+\Z", re.IGNORECASE
)
FOLDED_HOST = re.compile(r"\A(?:www\.)+")
FOLDED_PORT = re.compile(r":(?:80|443)\Z")  # with both schemes folded, each other's port is no port either
SURROGATE = re.compile("[\ud800-\udfff]")  # it has no bytes, so no escape either
SEGMENT_SAFE = ":@!$&'()*+,;=-._~"  # RFC 3986, 3.3: what a part of a path may hold unescaped
PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))
VIEW_OF_A_POST = re.compile(  # what systems add to a post's path for another look at the same post
    r"/(?:amp|print|embed|feed|trackback|(?:page/|comment-page-)?[0-9]{1,4})", re.IGNORECASE
)
NAMES_A_POST = re.compile(r"\?(?:.*&)?(?:p|page_id|id|post|article|entry)=")


class AddressRefused(Exception):
    """The text does not name a page on the web; the message says why."""


def canonical(address: str) -> str:
    """The key of the page at `address`: the same for every way of writing it, stable when applied twice.

    `.` and `..` are walked, as a browser does before it asks; doubled slashes are one, as for most servers
    and for every blog; `%2F` is no slash. Parameters keep their order. At most MAX_CHARS long, as its column
    is. Raises AddressRefused for anything but an http or https address of a host, without user name.
    """
    host = host_of(address)
    parts = urlsplit(address.strip())
    path = FOLDED_ENDING.sub("", _path(parts.path)) or "/"
    query = _query(parts.query)
    return _short_enough(f"https://{host}{path}{'?' + query if query else ''}")


def is_page(address: str) -> bool:
    """Whether `address` names a page on the web."""
    try:
        canonical(address)
    except AddressRefused:
        return False
    return True


def origin_of(address: str) -> str:
    """Scheme, host and port of `address`, in their normal form. Raises AddressRefused."""
    if SURROGATE.search(address):
        raise AddressRefused("it holds half a character")
    try:
        return normal_origin(_short_enough(address))
    except OriginRefused as refusal:
        raise AddressRefused(str(refusal)) from None


def host_of(address: str) -> str:
    """Host and port as keys have them: without `www.` and the usual ports. Raises AddressRefused."""
    host = origin_of(address).partition("://")[2]
    return FOLDED_PORT.sub("", FOLDED_HOST.sub("", host))


def believable(claim: str, address: str, own: Collection[str]) -> bool:
    """Whether the page at `address` may say that it stands at `claim`, its canonical link.

    own: addresses of the blog: where it lives, and its other origins. Themes say much that is not so, and
    a claim that is believed brings posts together. Not believed is one that leads to another host than the
    page's and the blog's, or away from the blog; the front page, unless it is that page; and what is only
    the beginning of where the page stands (a section), unless the rest is a known view of the same post.
    """
    try:
        claimed, found = canonical(claim), canonical(address)
    except AddressRefused:
        return False
    if claimed == found:
        return True
    here, there, ours = host_of(address), host_of(claim), {host_of(one) for one in own}
    if there not in ours and (here in ours or there != here):
        return False
    if is_front(claim, own):
        return False
    return not (found.startswith(claimed) and _leaves_out_a_post(found.removeprefix(claimed)))


def is_front(address: str, own: Collection[str]) -> bool:
    """Whether `address` is a front page: of its host, or of the blog. Raises AddressRefused."""
    return canonical(address) in {f"https://{host_of(address)}/", *map(canonical, own)}


def standing(claim: str, found: Sequence[str], own: Collection[str]) -> str:
    """Where a post stands that was found under the addresses `found` and claims `claim`.

    The claim, if nobody can check it or it is believable from one of them; else where it was found first.
    """
    names = [one for one in found if is_page(one)]
    if not names or any(believable(claim, one, own) for one in names):
        return claim
    return names[0]


def _leaves_out_a_post(rest: str) -> bool:
    """Whether an address without its ending `rest` names something larger than the post."""
    if rest.startswith("/"):
        return VIEW_OF_A_POST.fullmatch(rest) is None
    return NAMES_A_POST.match(rest) is not None


def _short_enough(address: str) -> str:
    if len(address) > MAX_CHARS:
        raise AddressRefused("it is longer than a thousand characters, or would be when written out")
    return address


def _path(path: str) -> str:
    """`path` with each part decoded and escaped alike, without parts that mean nothing."""
    walked: list[str] = []
    for raw in path.split("/")[1:]:
        part = quote(unquote_to_bytes(raw.encode("utf-8", "replace")), safe=SEGMENT_SAFE)
        if part == "..":
            del walked[-1:]
        elif part != ".":
            walked.append(part)
    return "".join(f"/{part}" for part in walked if part)


def _query(query: str) -> str:
    """Its parameters in their order, byte for byte: not every old blog escaped in UTF-8."""
    fields = parse_qsl(quote(query, safe=PRINTABLE), keep_blank_values=True, encoding="latin-1")
    kept = [
        (name, value)
        for name, value in fields
        if not TRACKING.fullmatch(name) and (name.lower(), value.lower()) not in SAME_PAGE
    ]
    return urlencode(kept, encoding="latin-1")
