"""Where the posts of a blog stand, as a pattern: https://blog.example/{year}/{month}/{slug}/. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

PARTS = ("year", "month", "day", "slug", "name", "section", "path")
PLACE = re.compile(r"\{([^{}]*)\}")


class PatternRefused(ValueError):
    """The pattern, or what it is to be filled with, makes no address. The message is a plain sentence."""


@dataclass(frozen=True)
class Pattern:
    """Raises PatternRefused for what can never make an address."""

    text: str

    def __post_init__(self) -> None:
        if not self.text.startswith(("https://", "http://")):
            raise PatternRefused(
                "An address pattern begins with https://, such as https://blog.example/{slug}/"
            )
        unknown = [name for name in PLACE.findall(self.text) if name not in PARTS]
        if unknown or not PLACE.search(self.text):
            known = ", ".join(f"{{{name}}}" for name in PARTS)
            raise PatternRefused(f"An address pattern is made with {known}.")

    def fill(self, parts: Mapping[str, str]) -> str:
        """The address of a post of which `parts` are known. Raises PatternRefused when one is missing."""
        missing = [name for name in PLACE.findall(self.text) if not parts.get(name) and name != "section"]
        if missing:
            raise PatternRefused(f"its {missing[0]} is not known, which the address needs")
        filled = PLACE.sub(lambda found: parts.get(found[1], ""), self.text)
        scheme, separator, rest = filled.partition("://")
        return scheme + separator + re.sub("/{2,}", "/", rest)  # a post in no section
