"""The posts in a folder of files, as Hugo, Jekyll and Pelican keep them.

Sources: gohugo.io "Front matter" and "URL management"; jekyllrb.com "Front Matter" and "Posts";
docs.getpelican.com "Writing content".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from board.prompts.document import Format
from board.prompts.reading import front_matter
from board.sources.charsets import charset_of
from board.sources.dates import moment
from board.sources.patterns import Pattern
from board.threads.addresses import host_of, is_page

MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})
PAGES = frozenset({".html", ".htm"})
MAX_BYTES = 2 * 1024 * 1024
NO_POSTS = frozenset({"readme", "license", "changelog", "contributing", "404", "search"})
POSTS_OF_JEKYLL = "_posts"  # other folders and files with such names are for the generator
DATED = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})-(.+)")  # Jekyll: 2014-01-02-title.md
META_LINE = re.compile(r"([A-Za-z][\w-]{0,40}):[ \t]*(.*)")  # Pelican: Title: On kettles
PLACES = ("permalink", "url")  # of Jekyll, of Hugo and Pelican
MADE_UP = re.compile(r"[:{]")  # a pattern: /:year/:title/
UNPUBLISHED = frozenset({"draft", "hidden", "private", "skip"})


class LeftOut(Exception):
    """A file is no published post; the message says why."""


@dataclass(frozen=True)
class FilePost:
    """A post in a file: its words with their front matter. `address`: where it is published, if known."""

    source: str
    form: Format
    title: str
    address: str | None
    published_at: datetime | None


@dataclass(frozen=True)
class Folder:
    """A folder of posts. `base`: the blog's address. `pattern`: where posts stand that do not say it."""

    path: Path
    base: str
    pattern: Pattern | None

    def files(self) -> Sequence[Path]:
        """Every file in it that may be a post, in the order of their names."""
        return sorted(
            file
            for file in self.path.rglob("*")
            if file.suffix.lower() in MARKDOWN | PAGES and self._may_be_post(file) and file.is_file()
        )

    def read(self, file: Path, now: datetime) -> FilePost:
        """The post in `file`. Raises LeftOut, PatternRefused, OSError."""
        if file.stat().st_size > MAX_BYTES:
            raise LeftOut(f"it is larger than {MAX_BYTES // 1024 // 1024} MB")
        body = file.read_bytes()
        source = with_fences(body.decode(charset_of(body, None), "replace").lstrip("\ufeff"))
        matter = {str(key).lower(): value for key, value in front_matter(source)[0].items()}
        published_at = self._published_at(file, matter)
        if _is_draft(matter):
            raise LeftOut("it is a draft")
        if published_at and published_at > now:
            raise LeftOut("it is dated in the future")
        form: Format = "markdown" if file.suffix.lower() in MARKDOWN else "html"
        if form == "html":
            source = front_matter(source)[1]
        title = " ".join(str(matter.get("title") or "").split())
        return FilePost(source, form, title, self._address(file, matter, published_at), published_at)

    def _may_be_post(self, file: Path) -> bool:
        inner = file.relative_to(self.path)
        hidden = [part for part in inner.parts if part.startswith((".", "_")) and part != POSTS_OF_JEKYLL]
        return not hidden and "node_modules" not in inner.parts and file.stem.lower() not in NO_POSTS

    def _published_at(self, file: Path, matter: Mapping[str, Any]) -> datetime | None:
        dated = DATED.fullmatch(file.stem)
        said = matter.get("publishdate") or matter.get("date") or (dated and dated[1])
        return moment(said)

    def _address(self, file: Path, matter: Mapping[str, Any], at: datetime | None) -> str | None:
        """Where the post says that it stands, if that is on the blog; else where the pattern puts it; else
        wherever it says, for it may have appeared elsewhere first."""
        said = [str(matter.get(key) or "").strip() for key in ("canonical_url", "canonicalurl", *PLACES)]
        absolute = [one for one in said if one.startswith(("https://", "http://"))]
        own = [one for one in absolute if is_page(one) and host_of(one) == host_of(self.base)]
        relative = [one for one in said[2:] if one and one not in absolute and not MADE_UP.search(one)]
        if own:
            return own[0]
        if relative:
            return f"{self.base.rstrip('/')}/{relative[0].lstrip('/')}"
        if self.pattern:
            return self.pattern.fill(self._parts(file, matter, at))
        return absolute[0] if absolute else None

    def _parts(self, file: Path, matter: Mapping[str, Any], at: datetime | None) -> dict[str, str]:
        """What a pattern may name; what is not known is missing."""
        place = file.parent if file.stem.lower() == "index" else file.with_suffix("")
        inner = place.relative_to(self.path)
        dated = DATED.fullmatch(place.name)
        name = dated[2] if dated else place.name
        section = "/".join(part for part in inner.parent.parts if part != POSTS_OF_JEKYLL)
        parts = {"name": name, "slug": str(matter.get("slug") or name), "section": section}
        parts["path"] = "/".join(filter(None, (section, name)))
        if at:
            parts |= {"year": f"{at:%Y}", "month": f"{at:%m}", "day": f"{at:%d}"}
        return parts


def with_fences(source: str) -> str:
    """`source` with the lines that Pelican begins a post with put between fences, as others have them."""
    source = source.replace("\r\n", "\n")
    head, _, rest = source.partition("\n\n")
    lines = [META_LINE.fullmatch(line) for line in head.split("\n")]
    matter = {found[1].lower(): found[2].strip() for found in lines if found}
    if "title" not in matter or not all(lines):
        return source
    return f"---\n{yaml.safe_dump(matter, allow_unicode=True)}---\n{rest}"


def _is_draft(matter: Mapping[str, Any]) -> bool:
    if str(matter.get("draft", "")).lower() == "true" or str(matter.get("published", "")).lower() == "false":
        return True
    return str(matter.get("status", "")).strip().lower() in UNPUBLISHED
