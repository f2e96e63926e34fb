"""The picture that an app reads."""

from __future__ import annotations

import re

import segno

from board.accounts.qr import QUIET, draw

WORDS = "otpauth://totp/Reflection%20Board:ada@blog.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def test_the_path_is_dark_where_the_code_is_dark() -> None:
    drawing = draw(WORDS)
    bars = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", drawing.path)
    dark = {
        (int(x) + step - QUIET, int(y) - QUIET) for x, y, length, _ in bars for step in range(int(length))
    }
    rows = segno.make(WORDS, error="m", micro=False).matrix
    assert dark == {(x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark}
    assert drawing.size == len(rows) + 2 * QUIET


def test_the_path_holds_nothing_but_a_path() -> None:
    assert re.fullmatch(r"[Mhvz0-9 -]+", draw(WORDS + '"><script>').path)
