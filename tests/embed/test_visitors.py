"""Who opens a frame, judged by headers alone."""

from __future__ import annotations

import pytest

from board.embed.visitors import is_reader_in_a_frame

BLOG = "https://blog.test"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CUBOT = "Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36"
BOTS = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0) Chrome/116.0 Safari/537.36",
    "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
    "Mozilla/5.0 (compatible; Yahoo! Slurp)",
    "facebookexternalhit/1.1",
    "Mozilla/5.0 (Linux; Android 11) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36 Chrome-Lighthouse",
    "Mozilla/5.0 (compatible; archive.org_bot)",
    "curl/8.5.0",
    "python-requests/2.32",
    "",
]


@pytest.mark.parametrize("agent", [FIREFOX, CUBOT])
@pytest.mark.parametrize(
    "signs",
    [
        {"Sec-Fetch-Dest": "iframe"},  # the blog's pages name themselves to nobody
        {"Sec-Fetch-Dest": "frame", "Referer": "https://blog.test/"},
        {"Sec-Fetch-Dest": "iframe", "Referer": "https://BLOG.test:443/on-silence"},
        {"Referer": "https://blog.test/"},
    ],
)
def test_a_browser_that_fills_a_frame_of_the_blog_is_a_reader(agent: str, signs: dict[str, str]) -> None:
    assert is_reader_in_a_frame({"User-Agent": agent, **signs}, [BLOG])


@pytest.mark.parametrize(
    "signs",
    [
        {},
        {"Sec-Fetch-Dest": "document", "Referer": "https://blog.test/"},
        {"Sec-Fetch-Dest": "empty", "Referer": "https://blog.test/"},
        {"Sec-Fetch-Dest": "iframe", "Referer": "https://elsewhere.test/"},
        {"Referer": "https://elsewhere.test/"},
        {"Referer": "https://blog.test.elsewhere.test/"},
        {"Referer": "http://blog.test/"},
        {"Referer": "nonsense"},
        {"Referer": "http://["},
    ],
)
def test_others_are_not(signs: dict[str, str]) -> None:
    assert not is_reader_in_a_frame({"User-Agent": FIREFOX, **signs}, [BLOG])


@pytest.mark.parametrize("agent", BOTS)
def test_a_crawler_is_none_whatever_it_sends(agent: str) -> None:
    assert not is_reader_in_a_frame(
        {"User-Agent": agent, "Sec-Fetch-Dest": "iframe", "Referer": BLOG}, [BLOG]
    )
