"""Feeds, exports and sitemaps of any size, as blogs make them. For tests and for measuring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

BLOG = "https://blog.test"
FIRST_POST_AT = datetime(2010, 1, 1, 8, tzinfo=UTC)
SENTENCE = "The kettle was mended in the year {year}, and nobody remembers which part of it was bought. "

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Desk</title><link>{blog}/</link>
{items}</channel></rss>
"""
ITEM = """<item><title>{title}</title><link>{address}</link><pubDate>{date}</pubDate>
<guid isPermaLink="false">{blog}/?p={number}</guid>
<description>{summary}</description>{content}</item>
"""
WXR_HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>The Desk</title><link>{blog}</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_login><![CDATA[ada]]></wp:author_login></wp:author>
"""
WXR_ITEM = """<item><title><![CDATA[{title}]]></title><link>{address}</link><pubDate>{date}</pubDate>
<guid isPermaLink="false">{blog}/?p={number}</guid><description></description>
<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date_gmt><![CDATA[{gmt}]]></wp:post_date_gmt>
<wp:status><![CDATA[{status}]]></wp:status><wp:post_type><![CDATA[{kind}]]></wp:post_type>
<wp:post_password><![CDATA[]]></wp:post_password>
<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_content><![CDATA[Lovely.]]></wp:comment_content></wp:comment>
</item>
"""
WXR_END = "</channel></rss>\n"
SITEMAP = '<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{places}</{root}>\n'


def post_html(number: int, *, paragraphs: int = 8) -> str:
    """A post's own HTML; it closes with a question that no other post asks."""
    body = "".join(f"<p>{SENTENCE.format(year=1900 + number % 100) * 3}</p>\n" for _ in range(paragraphs))
    return f"{body}<h2>Your turn</h2>\n<p>What have you mended {number} times? Tell me in the comments below.</p>"


def address_of(number: int, blog: str = BLOG) -> str:
    return f"{blog}/post-{number}/"


def page_html(number: int, blog: str = BLOG) -> str:
    """The page of a post, as a blog serves it."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Kettle {number} | The Desk</title>'
        f'<link rel="canonical" href="{address_of(number, blog)}"></head>'
        f"<body><article><h1>Kettle {number}</h1>{post_html(number)}</article></body></html>"
    )


def rss(numbers: Iterable[int], *, blog: str = BLOG, whole: bool = True, extra: str = "") -> str:
    """A feed of these posts. whole: with all their words; otherwise with a summary. extra: further items."""
    items = "".join(_item(number, blog, whole) for number in numbers)
    return RSS.format(blog=blog, items=items + extra)


def wxr(numbers: Iterable[int], *, blog: str = BLOG, extra: str = "") -> Iterator[str]:
    """An export of these posts in pieces, with a draft and a page after each hundredth. extra: as in `rss`."""
    yield WXR_HEAD.format(blog=blog)
    for number in numbers:
        yield wxr_item(number, blog=blog)
        if number % 100 == 0:
            yield wxr_item(number + 1_000_000, blog=blog, status="draft")
            yield wxr_item(number + 2_000_000, blog=blog, kind="page")
    yield extra + WXR_END


def wxr_item(
    number: int,
    *,
    blog: str = BLOG,
    status: str = "publish",
    kind: str = "post",
    content: str | None = None,
    address: str | None = None,
) -> str:
    at = FIRST_POST_AT + timedelta(days=number % 4000)
    return WXR_ITEM.format(
        number=number,
        blog=blog,
        title=f"Kettle {number}",
        address=address_of(number, blog) if address is None else address,
        date=format_datetime(at),
        gmt=f"{at:%Y-%m-%d %H:%M:%S}",
        status=status,
        kind=kind,
        content=post_html(number) if content is None else content,
    )


def write_wxr(file: Path, count: int, *, blog: str = BLOG) -> Path:
    """An export of `count` posts, some 3 kB each."""
    with file.open("w", encoding="utf-8") as out:
        out.writelines(wxr(range(1, count + 1), blog=blog))
    return file


def sitemap(addresses: Iterable[str]) -> str:
    places = "".join(f"<url><loc>{one}</loc><lastmod>2026-01-02</lastmod></url>\n" for one in addresses)
    return SITEMAP.format(root="urlset", places=places)


def sitemap_index(addresses: Iterable[str]) -> str:
    places = "".join(f"<sitemap><loc>{one}</loc></sitemap>\n" for one in addresses)
    return SITEMAP.format(root="sitemapindex", places=places)


def _item(number: int, blog: str, whole: bool) -> str:
    return ITEM.format(
        number=number,
        blog=blog,
        title=f"Kettle {number}",
        address=address_of(number, blog),
        date=format_datetime(FIRST_POST_AT + timedelta(days=number)),
        summary="A kettle, and what became of it.",
        content=f"<content:encoded><![CDATA[{post_html(number)}]]></content:encoded>" if whole else "",
    )
