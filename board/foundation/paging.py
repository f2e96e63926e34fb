"""Pages cut by key, never by offset: page 500 costs what page 1 costs, and nothing is shown twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """A stretch of a longer list. `next_from`/`previous_from`: ids that begin the neighbours, or None."""

    items: Sequence[T]
    next_from: int | None = None
    previous_from: int | None = None
