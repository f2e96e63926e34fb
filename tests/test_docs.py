"""What the documentation names exists, and what exists is named there."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import Result

from board.cli import cli
from board.config import setting_fields
from tests.support.processes import ROOT

DOCS = ROOT / "docs"
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:)([^)#\s]+)")


def commands(group: click.Group, *above: str) -> Iterator[tuple[str, ...]]:
    """The words of every command that does something, below `group`."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands(command, *above, name)
        else:
            yield (*above, name)


COMMANDS = [" ".join(words) for words in commands(cli)]


def targets() -> set[str]:
    rules = re.findall(r"^([a-z]+):[^=]", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    return set(rules)


def written_in(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def test_every_setting_is_described_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(BOARD_\w+)` \|(.*)$", written_in("docs/settings.md"), re.MULTILINE))
    assert set(rows) == {one.metadata["variable"] for one in setting_fields()}
    for one in setting_fields():
        row = rows[one.metadata["variable"]]
        assert one.metadata["meaning"] in row
        if "{" not in one.metadata["default"]:
            assert one.metadata["default"] in row


def test_every_command_is_described_and_no_other() -> None:
    described = re.findall(
        r"^(?:#+|\|) `board ([a-z-]+(?: [a-z-]+)*)", written_in("docs/commands.md"), re.MULTILINE
    )
    assert sorted(described) == sorted(COMMANDS)


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(
    run_command: Callable[..., Result], command: str
) -> None:
    result = run_command(*command.split(), "--help")
    assert result.exit_code == 0
    example = re.search(r"^ *Example:?\s+(?:BOARD_\w+=\S+ )*(.*)$", result.output, re.MULTILINE)
    assert example, result.output
    assert example[1].startswith(f"board {command}")


def test_every_make_command_in_the_documentation_exists() -> None:
    for page in (ROOT / "README.md", *DOCS.rglob("*.md")):
        named = re.findall(r"(?:^ {4}|`)(?:PORT=\d+ )?make ([a-z]+)", page.read_text("utf-8"), re.MULTILINE)
        assert set(named) <= targets(), page.name


def test_every_board_command_in_the_documentation_exists() -> None:
    words = {command.split()[0] for command in COMMANDS}
    for page in (ROOT / "README.md", *DOCS.rglob("*.md")):
        named = re.findall(r"(?:^ +|`)(?:\.venv/bin/)?board ([a-z-]+)", page.read_text("utf-8"), re.MULTILINE)
        assert set(named) <= words, page.name


def test_make_help_lists_every_target_in_a_sentence() -> None:
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    lines = dict(re.findall(r"^  make ([a-z]+) +(\S.*)$", told, re.MULTILINE))
    assert set(lines) == targets()
    assert all(sentence.endswith(".") for sentence in lines.values())


def test_every_link_inside_the_documentation_leads_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")):
        for target in LINK.findall(page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize("program", sorted((ROOT / "benchmarks").glob("*.py")), ids=lambda path: path.name)
def test_every_benchmark_starts_from_anywhere_and_explains_itself(program: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(program), "--help"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert f"python benchmarks/{program.name}" in told.stdout
