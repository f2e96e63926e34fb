"""Where a form comes from."""

import pytest

from board.foundation.provenance import comes_from

OWN = "https://board.test"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        (
            {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
            True,
        ),  # a strict referrer policy on our own page
        ({"Sec-Fetch-Site": "cross-site", "Origin": OWN}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Origin": OWN}, True),
        ({"Origin": "null"}, False),
        ({"Origin": "https://board.test.evil.test"}, False),
        ({"Origin": "http://board.test"}, False),
        ({"Referer": f"{OWN}/t/1"}, True),
        ({"Referer": "https://evil.test/?https://board.test"}, False),
        ({"Referer": "http://["}, False),
        ({}, False),
    ],
)
def test_the_first_telling_header_decides(headers: dict[str, str], expected: bool) -> None:
    assert comes_from(OWN, headers) is expected


def test_bare_clients_are_let_in_only_where_the_operator_says_so() -> None:
    assert comes_from(OWN, {}, bare_allowed=True)
    assert not comes_from(OWN, {"Origin": "https://evil.test"}, bare_allowed=True)
