"""What of a comment a block can be about: its words in all their readings, hosts, address, networks. Pure.

A word is met where it stands by itself, whatever its case and accents, and also with digits for letters
(v1agra), with signs or spaces between the letters (v.i.a.g.r.a), or drawn out (viaaagra). Linear in the text.
"""

from __future__ import annotations

import html as markup
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from board.comments.letters import TRICKS, fold, tokens
from board.text.addresses import claimed_hosts, host_of

DRAWN_OUT = re.compile(r"(.)\1{2,}")  # no language of ours has a letter three times in a row
TRICK = re.compile(r"[0134578@$€!|]")
HREF = re.compile(r'href="([^"]*)"')
AROUND = "!|.,;:?()[]{}<>\"'“”‘’«»…*_-"
MIN_SPELT = 3  # letters with spaces between them: "v i a", not "I a"
MAX_JOINED_CHARS = 60  # of signs between letters; longer is a path or a rule, no word


@dataclass(frozen=True)
class Words:
    """All readings of a text. `running`: word after word; `single`: whatever may be a word of its own."""

    running: tuple[tuple[str, ...], ...] = ()
    single: frozenset[str] = frozenset()

    def met(self, values: Iterable[str]) -> list[str]:
        """Those of the normal `values` that the text says; several words must follow each other."""
        values = list(values)
        several = {value for value in values if " " in value}
        said = set(_phrases(self.running, several)) if several else set()
        return [value for value in values if value in self.single or value in said]


@dataclass(frozen=True)
class Traces:
    """`hosts` and `addresses` in their normal form, each host with all that it is a part of."""

    words: Words = Words()
    hosts: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    networks: frozenset[str] = frozenset()


def words_of(text: str) -> Words:
    folded = fold(text)
    chunks = folded.split()
    plain = tokens(folded)
    running = (tuple(plain), *(_without_tricks(chunks, trick) for trick in TRICKS))
    single = {word for reading in running for word in reading}
    single.update(variant for word in _joined(chunks, plain) for variant in _variants(word))
    single.update(shorter for word in list(single) for shorter in _drawn_in(word))
    return Words(running, frozenset(single))


def hosts_of(html: str, text: str, address: str = "") -> frozenset[str]:
    """Hosts that a comment links to or names, and its writer's own, each with all that it is a part of."""
    linked = (host_of(markup.unescape(href)) for href in HREF.findall(html))
    named = claimed_hosts(text)
    own = [host_of(f"mailto:{address}")] if address else []
    return frozenset(part for host in (*linked, *named, *own) for part in _with_parents(host))


def addresses_of(address: str) -> frozenset[str]:
    """The address, and the mailbox it goes to: mail to ada+x arrives at ada."""
    local, at, domain = address.partition("@")
    return frozenset({address, local.partition("+")[0] + at + domain} if address else ())


def normal_words(value: str) -> str:
    """The normal form of a blocked word or phrase; empty when it holds no letter or digit."""
    return " ".join(tokens(fold(value)))


def _without_tricks(chunks: Sequence[str], trick: dict[int, str]) -> tuple[str, ...]:
    """The words with letters for digits, but for those that are numbers."""
    read = {chunk: chunk.strip(AROUND) for chunk in set(chunks) if TRICK.search(chunk)}
    read = {chunk: inner.translate(trick) for chunk, inner in read.items() if any(map(str.isalpha, inner))}
    return tuple(tokens(" ".join(read.get(chunk, chunk) for chunk in chunks)))


def _joined(chunks: Sequence[str], plain: Sequence[str]) -> Iterator[str]:
    """Words taken apart by signs, or by spaces between their letters."""
    for chunk in set(chunks):
        inner = chunk.strip(AROUND)
        if len(inner) <= MAX_JOINED_CHARS and not inner.isalnum():
            yield "".join(c for c in inner if c.isalnum() or c in "@$€!|")
    for is_letter, letters in groupby(plain, lambda word: len(word) == 1):
        spelt = "".join(letters) if is_letter else ""
        if len(spelt) >= MIN_SPELT:
            yield spelt[:MAX_JOINED_CHARS]


def _variants(word: str) -> set[str]:
    readings = (word, *(word.translate(trick) for trick in TRICKS))
    return {only for reading in readings if len(only := "".join(tokens(reading))) > 1}


def _drawn_in(word: str) -> set[str]:
    """viaaagra: viagra, viaagra."""
    if not DRAWN_OUT.search(word):
        return set()
    return {DRAWN_OUT.sub(r"\1", word), DRAWN_OUT.sub(r"\1\1", word)}


def _phrases(running: Iterable[Sequence[str]], phrases: set[str]) -> Iterator[str]:
    """Those phrases whose words follow each other: one look-up per place and length that may begin there."""
    lengths: dict[str, set[int]] = {}
    for phrase in phrases:
        first, *others = phrase.split(" ")
        lengths.setdefault(first, set()).add(len(others) + 1)
    for reading in running:
        for start, word in enumerate(reading):
            for length in lengths.get(word, ()):
                if (said := " ".join(reading[start : start + length])) in phrases:
                    yield said


def _with_parents(host: str) -> Iterator[str]:
    """a.b.example: itself, b.example, example."""
    labels = host.strip(".").split(".")
    return (".".join(labels[start:]) for start in range(len(labels)))
