"""How well, and how fast, prompts are found in posts that people have labelled.

    python benchmarks/prompts.py labelled.jsonl
    python benchmarks/prompts.py labelled.jsonl --worst 10

A line of the file is a JSON object {"id", "format", "title", "body", "lang", "label"}; the label holds
{"has_prompt", "prompt_text", "kind"} as a reader would say it.

A text is right when its words and the label's agree by a token F1 of 0.8 or more. End to end, a post with a
prompt counts as found when its text is right; a wrong text is both a false alarm and a miss.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# In place of this folder, or whoever imports Python's own `queue` would get the file of that name here.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from board.prompts import examine

RIGHT = 0.8
WORDS = re.compile(r"[^\W_]+|[\u3041-\u9fff]")  # where words are not set apart, each character is one


@dataclass(frozen=True)
class Case:
    """One post: what the label says, what was found, and how long that took."""

    id: str
    format: str
    language: str
    wanted: str | None
    wanted_kind: str
    found: str | None
    found_kind: str
    confidence: float
    seconds: float

    @property
    def likeness(self) -> float:
        """Token F1 of the texts; 1 where none is wanted and none was found."""
        if self.wanted is None or self.found is None:
            return float(self.wanted == self.found)
        return token_f1(self.wanted, self.found)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, help="labelled posts, JSON lines")
    parser.add_argument("--worst", type=int, default=5, help="how many of the worst to list")
    chosen = parser.parse_args()
    with chosen.file.open(encoding="utf-8") as lines:
        cases = [case_of(json.loads(line)) for line in lines if line.strip()]
    print(
        f"{'':<16}{'posts':>6}{'P':>7}{'R':>7}{'F1':>7}{'text':>7}{'e2e F1':>8}{'kind':>7}{'ms':>8}{'max':>8}"
    )
    print(row("all", cases))
    for name, group in grouped(cases):
        print(row(name, group))
    print("\nThe worst:")
    for case in sorted(cases, key=lambda one: one.likeness)[: chosen.worst]:
        print(f"  {case.id} ({case.format}, {case.language}), likeness {case.likeness:.2f}")
        print(f"    wanted: {shown(case.wanted)}")
        print(f"    found:  {shown(case.found)} ({case.confidence:.2f})")


def case_of(post: dict[str, Any]) -> Case:
    began = time.perf_counter()
    closing = examine(post["body"], post["format"]).closing
    seconds = time.perf_counter() - began
    label = post["label"]
    return Case(
        id=str(post["id"]),
        format=post["format"],
        language=post.get("lang", ""),
        wanted=label["prompt_text"] if label["has_prompt"] else None,
        wanted_kind=label["kind"],
        found=closing.text if closing else None,
        found_kind=closing.kind if closing else "none",
        confidence=closing.confidence if closing else 0.0,
        seconds=seconds,
    )


def grouped(cases: Sequence[Case]) -> Iterable[tuple[str, list[Case]]]:
    groups: defaultdict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[f"  {case.format}"].append(case)
        groups[f"  {case.language}"].append(case)
    return sorted(groups.items())


def row(name: str, cases: Sequence[Case]) -> str:
    both = [case for case in cases if case.wanted is not None and case.found is not None]
    wanted = sum(case.wanted is not None for case in cases)
    found = sum(case.found is not None for case in cases)
    right = sum(case.likeness >= RIGHT for case in both)
    kinds = sum(case.wanted_kind == case.found_kind for case in both)
    times = sorted(case.seconds * 1000 for case in cases)
    figures = (
        f"{share(len(both), found):>7}{share(len(both), wanted):>7}{share(2 * len(both), found + wanted):>7}"
        f"{share(right, len(both)):>7}{share(2 * right, found + wanted):>8}{share(kinds, len(both)):>7}"
    )
    return f"{name:<16}{len(cases):>6}{figures}{statistics.median(times):>8.1f}{times[-1]:>8.1f}"


def share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"


def token_f1(one: str, other: str) -> float:
    words, others = (Counter(WORDS.findall(text.lower())) for text in (one, other))
    common = sum((words & others).values())
    return 2 * common / (sum(words.values()) + sum(others.values())) if common else 0.0


def shown(text: str | None) -> str:
    return "none" if text is None else f"{text[:110]}{'…' if len(text) > 110 else ''}"


if __name__ == "__main__":
    main()
