"""Rows of public suites, where a file of them is at hand; our own rows in the same shape otherwise."""

import json
import os
from pathlib import Path

import pytest

from board import text
from tests.text.checks import dangers_in
from tests.text.hostile_rows import ROWS


def payloads() -> list[str]:
    """One "payload" in each line of JSON of the file that BOARD_HOSTILE_ROWS names."""
    if not (named := os.environ.get("BOARD_HOSTILE_ROWS")):
        return [source for _, source in ROWS]
    with Path(named).open(encoding="utf-8") as rows:
        return [json.loads(row)["payload"] for row in rows]


@pytest.mark.parametrize(
    "around", ["{}", "> {}", "[{}](https://a.example)", "[a]({})", "![{}]({})", "```{}\nx\n```"]
)
def test_no_row_leaves_anything_dangerous_wherever_it_stands(around):
    found = {}
    for payload in payloads():
        try:
            html = text.render(around.replace("{}", payload)).html
        except text.TextRefused:
            continue
        if dangers := dangers_in(html):
            found[payload] = dangers
    assert found == {}
