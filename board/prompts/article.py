"""Where on a web page the article is, and what is only around it."""

from __future__ import annotations

import re
from collections import defaultdict

from lxml.html import HtmlElement

DROPPED_TAGS = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "form", "nav",
    "aside", "footer", "button", "select", "textarea", "figcaption", "audio", "video", "dialog",
})  # fmt: skip
# Words in a class or id that mark what surrounds an article, as the common themes write them.
SURROUNDINGS = re.compile(
    r"(^|[-_\s])(comments?|comment-?list|respond|reply|replies|share|sharing|sharedaddy|addtoany|addthis|shariff|"
    r"heateor|essb|ssba|social|socials|related|jp-relatedposts|yarpp|crp|sidebar|widget|widgets|newsletter|"
    r"subscribe|subscription|signup|sign-up|optin|opt-in|mailchimp|mc4wp|convertkit|popup|modal|cookies?|consent|"
    r"breadcrumbs?|(author|about)-?(box|bio|info|card)|abh|saboxplugin|post-author|bio|menu|navigation|nav|navbar|"
    r"pagination|pager|paging|prev|next|tags?-links|tagcloud|post-?tags|entry-?tags|entry-?(footer|meta|utility)|"
    r"post-?(meta|footer|nav|navigation|info|links)|article-?(meta|footer)|byline|promo|advert|advertisement|ads|adsbygoogle|"
    r"banner|disqus|wp-caption-text|likes?|rating|ratings|print-only|screen-reader-text|visually-hidden|sr-only|toc|"
    r"table-of-contents|webmentions?|trackbacks?|pingbacks?|copyright|footer|masthead|skip-link)([-_\s]|$)",
    re.IGNORECASE,
)
# What page builders and themes write on everything: nothing about the element, all about the layout.
OF_LAYOUT = (
    "has-",
    "no-",
    "with-",
    "without-",
    "elementor-",
    "tag-",
    "category-",
    "js-",
    "is-",
    "wp-block-group",
)
# Names that blog systems and themes give to the element with the post's own words.
BODY_NAMES = frozenset(
    """
    entry-content post-content post-body entry-body article-content article-body articlebody
    article__body article__content post__content post__body entry__content e-content gh-content
    post-full-content post-text article-text story-body story-content td-post-content blog-post-content
    blog-content blog-item-content single-content single-post-content post-single-content content-body
    body-text itemfulltext available-content field--name-body field-name-body node-content rich-text
    richtext post-entry entry-text post_content entry_content article_content article_body
    blog-entry-content theme-content markdown-body post-container blog-post__content c-article-body
    section-content sqs-html-content
    """.split()  # noqa: SIM905  # sixty names read better as words
)
PARAGRAPHS = frozenset({"p", "pre", "blockquote", "ul", "ol"})
FEWEST_CHARS = 200  # an article has more; less is a teaser, or a theme's odd use of a name
SMALLEST_SHARE = 0.3  # of what the wider element holds; less is a widget with the name of an article


def find_article(root: HtmlElement) -> HtmlElement:
    """The element that holds the post: by its name, by its tag, by where the paragraphs are, or the body."""
    named = _longest([one for one in root.iter() if isinstance(one.tag, str) and _is_named(one)])
    articles, mains = root.xpath("//article")[:50], root.xpath("//main | //*[@role='main']")[:10]
    tagged = _longest(articles or mains)
    if _length(named) >= max(FEWEST_CHARS, SMALLEST_SHARE * _length(tagged)) and named is not None:
        return named
    bodies = root.xpath("//body")
    body: HtmlElement = bodies[0] if bodies else root
    for found in (tagged, _densest(body)):
        if found is not None and _length(found) >= SMALLEST_SHARE * _length(body):
            return found
    return tagged if tagged is not None and _length(tagged) >= FEWEST_CHARS else body


def is_around(element: HtmlElement) -> bool:
    """Whether it is not part of the article but of what a theme puts around and into it."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300].lower().split()
    return (
        element.tag in DROPPED_TAGS
        or element.get("aria-hidden") == "true"
        or element.get("hidden") is not None
        or any(SURROUNDINGS.search(name) for name in names if not name.startswith(OF_LAYOUT))
    )


def _is_named(element: HtmlElement) -> bool:
    if element.get("itemprop") and "articleBody" in element.get("itemprop"):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300].lower().split()
    return not BODY_NAMES.isdisjoint(names)


def _longest(elements: list[HtmlElement]) -> HtmlElement | None:
    """The one with most text; of several with the same, the innermost."""
    return max(reversed(elements), key=_length, default=None)


def _length(element: HtmlElement | None) -> int:
    return 0 if element is None else len(element.text_content())


def _densest(body: HtmlElement) -> HtmlElement | None:
    """The element whose own paragraphs hold most text; those of its parts count half."""
    scores: defaultdict[HtmlElement, float] = defaultdict(float)
    waiting = [body]
    while waiting:
        element = waiting.pop()
        for child in element:
            if not isinstance(child.tag, str) or is_around(child):
                continue
            if child.tag not in PARAGRAPHS:
                waiting.append(child)
                continue
            scores[element] += len(child.text_content())
            if element.getparent() is not None:
                scores[element.getparent()] += len(child.text_content()) / 2
    return max(scores, key=lambda one: scores[one], default=None)
