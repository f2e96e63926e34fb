"""docs/people.md tells who may open what, and the board agrees."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from board.foundation.permissions import Role
from tests.moderation.desk import signed_in
from tests.support.makers import Makers

PAGE = Path(__file__).parents[2] / "docs" / "people.md"
ROW = re.compile(r"^\| .*`(/[a-z/-]+)` \| (yes|no) \| (yes|no) \| (yes|no) \|$", re.MULTILINE)


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("everywhere", [True, False])
def test_the_table_of_roles_is_true(app: Flask, makers: Makers, everywhere: bool) -> None:
    site = makers.site()
    told = ROW.findall(PAGE.read_text("utf-8"))
    assert len(told) == 11
    for column, role in enumerate((Role.OWNER, Role.MODERATOR, Role.AUTHOR), 1):
        client = signed_in(app, makers.account(role, None if everywhere else site))
        for row in told:
            opens = client.get(row[0]).status_code == 200
            assert opens == (row[column] == "yes"), (role, row[0])
