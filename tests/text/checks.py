"""What may be found in rendered text, judged by a parser that the pipeline does not use."""

from __future__ import annotations

from urllib.parse import urlsplit

import lxml.html

TAGS = {"p", "br", "hr", "em", "strong", "b", "i", "del", "s", "code", "pre", "blockquote"} | {
    *("ul", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td")
}
ATTRIBUTES = {"a": {"href", "title", "target", "rel"}, "ol": {"start"}, "code": {"class"}}
SCHEMES = {"http", "https", "mailto"}


def dangers_in(html: str) -> list[str]:
    """Everything outside the allow-list in `html`, in words; [] when it is safe."""
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    return [danger for element in root.iterdescendants() for danger in _dangers_of(element)]


def _dangers_of(element: lxml.html.HtmlElement) -> list[str]:
    if element.tag not in TAGS:
        return [f"tag {element.tag!r}"]
    strange = set(element.attrib) - ATTRIBUTES.get(element.tag, set())
    found = [f"attribute {element.tag}.{name}" for name in sorted(strange)]
    return found + (_dangers_of_link(element) if element.tag == "a" else [])


def _dangers_of_link(element: lxml.html.HtmlElement) -> list[str]:
    address = element.get("href", "")
    found = [] if urlsplit(address).scheme in SCHEMES else [f"address {address!r}"]
    if urlsplit(address).scheme != "mailto" and not urlsplit(address).hostname:
        found.append(f"address without a host {address!r}")
    if element.get("rel") != "nofollow ugc noopener" or element.get("target") != "_blank":
        found.append(f"a link that counts as ours: {dict(element.attrib)}")
    return found
