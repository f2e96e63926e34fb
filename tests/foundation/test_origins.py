"""Origins are written in one way only, or not at all."""

from __future__ import annotations

import pytest

from board.foundation.origins import OriginRefused, normal_origin


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://Blog.Example/", "https://blog.example"),
        ("https://blog.example:443/a?b#c", "https://blog.example"),
        ("http://blog.example:8080", "http://blog.example:8080"),
        ("http://127.0.0.1:8001", "http://127.0.0.1:8001"),
        ("http://[::1]:4000/", "http://[::1]:4000"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("https://blog.example.", "https://blog.example"),
    ],
)
def test_an_address_has_one_origin(address: str, origin: str) -> None:
    assert normal_origin(address) == origin
    assert normal_origin(origin) == origin


@pytest.mark.parametrize(
    "address",
    [
        "",
        "blog.example",
        "//blog.example",
        "https://",
        "https:blog.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://*.example",
        "https://a.example https://b.example",
        "https://a.example;script-src",
        "https://a.example,b.example",
        "https://user:pass@blog.example",
        "https://blog.example:0",
        "https://blog.example:99999",
        "https://blog.example:x",
        "https://[::1",
        "https://[zz]",
        "https://blog..example",
        "https://-.example",
        "https://" + "a" * 64 + ".example",
        "https://" + "a." * 200 + "example",
        "https://blog.example\\@evil.test",
        "https://blog\t.example",
        "'self'",
    ],
)
def test_what_is_no_origin_never_enters_a_header(address: str) -> None:
    with pytest.raises(OriginRefused):
        normal_origin(address)
