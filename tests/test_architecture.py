"""The order of the house, read from its own source: who may import whom, and what stays small."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
STOREYS: tuple[frozenset[str], ...] = (
    tuple(  # from the ground up: a package imports itself and what lies below
        frozenset(names.split())
        for names in (
            "config database extensions foundation",
            "migrations",
            "prompts text",
            "mail",
            "accounts",
            "sites",
            "people",
            "threads",
            "sources",
            "readers",
            "comments",
            "moderation",
            "screening",
            "authoring",
            "subscriptions",
            "inbound",
            "private",
            "samples",
            "conversation",
            "embed",
            "board wiring setup supervision running demo cli __main__",
        )
    )
)
ONE_ROOM = {0, len(STOREYS) - 1}  # on the ground and under the roof, neighbours may know each other
PURE = ("prompts", "text")
MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 60
LONG_FILES: dict[str, str] = {}  # path: why it is longer
LONG_FUNCTIONS: dict[str, str] = {}  # path:function: why it is longer

SOURCES = {path: ast.parse(path.read_text("utf-8")) for path in sorted((ROOT / "board").rglob("*.py"))}


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> str:
    """board/text/names.py -> board.text.names; a package is named by its folder."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for path in SOURCES}


def imports(tree: ast.AST, path: Path) -> Iterator[tuple[str, str]]:
    """Every module imported anywhere below `tree`, with the name taken from it ("" for the module itself)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = path.parent.relative_to(ROOT).parts
            above = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            source = ".".join(part for part in (above, node.module) if part)
            yield from ((source, alias.name) for alias in node.names)


def own_imports(tree: ast.AST, path: Path) -> set[str]:
    """The modules of the board imported below `tree`: `from board import text` is board.text."""
    found = set()
    for source, name in imports(tree, path):
        if source == "board" or source.startswith("board."):
            found.add(f"{source}.{name}" if f"{source}.{name}" in MODULES else source)
    return found


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else module


def storey_of(module: str) -> int:
    floors = [floor for floor, names in enumerate(STOREYS) if room_of(module) in names]
    assert floors, f"{module} has no place in the house: give `{room_of(module)}` a storey in STOREYS"
    return floors[0]


def test_a_package_imports_its_own_modules_and_lower_ones_only() -> None:
    def is_allowed(module: str, imported: str) -> bool:
        floor, other = storey_of(module), storey_of(imported)
        is_neighbour = other == floor and floor in ONE_ROOM
        return room_of(imported) == room_of(module) or other < floor or is_neighbour

    assert not [
        f"{module} imports {imported}"
        for module, path in MODULES.items()
        for imported in own_imports(SOURCES[path], path)
        if not is_allowed(module, imported)
    ]


def test_no_modules_import_each_other_in_a_circle() -> None:
    waiting = {module: own_imports(SOURCES[path], path) & set(MODULES) for module, path in MODULES.items()}
    while ready := {module for module, needs in waiting.items() if not needs & set(waiting) - {module}}:
        for module in ready:
            del waiting[module]
    assert not waiting, "each of these waits for another"


def test_no_function_imports_from_the_board() -> None:
    """An import inside a function is a circle in hiding."""
    assert not [
        f"{place(path)}:{node.lineno}"
        for path, tree in SOURCES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and own_imports(node, path)
    ]


def test_pure_packages_know_neither_the_web_nor_the_database_nor_other_rooms() -> None:
    for module, path in MODULES.items():
        if room_of(module) in PURE:
            tops = {source.partition(".")[0] for source, _ in imports(SOURCES[path], path)}
            assert not [top for top in tops if top.startswith(("flask", "sqlalchemy", "werkzeug"))], module
            assert {room_of(one) for one in own_imports(SOURCES[path], path)} <= {room_of(module)}, module


def test_only_the_text_package_cleans_text_and_makes_safe_markup() -> None:
    assert not [
        f"{module} imports {source} {name}"
        for module, path in MODULES.items()
        for source, name in imports(SOURCES[path], path)
        if room_of(module) != "text"
        and (source.partition(".")[0] in {"bleach", "nh3", "markupsafe"} or name == "Markup")
    ]


def test_no_template_trusts_text_by_itself() -> None:
    for path in (ROOT / "templates").rglob("*.*"):
        words = path.read_text("utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape\s+false", words), place(path)


def test_files_stay_short_or_say_why() -> None:
    long = {
        place(path)
        for folder in ("board", "templates", "static", "tests")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html", ".css", ".js"}
        and len(path.read_text("utf-8").splitlines()) > MAX_FILE_LINES
        and path.parent.name != "versions"  # a migration is written once and read once
    }
    assert long == set(LONG_FILES)


def test_functions_stay_short_or_say_why() -> None:
    long = {
        f"{place(path)}:{node.name}"
        for path, tree in SOURCES.items()
        if path.parent.name != "versions"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > MAX_FUNCTION_LINES
    }
    assert long == set(LONG_FUNCTIONS)


@pytest.mark.parametrize("name", ["run.txt", "test.txt"])
def test_the_lock_files_name_no_package_index(name: str) -> None:
    """Where packages come from is the business of whoever installs them, and hashes say what they are."""
    lock = (ROOT / "requirements" / name).read_text("utf-8")
    for leak in ("://", "--index-url", "--extra-index-url", "--find-links", "--trusted-host"):
        assert leak not in lock
    pins = re.findall(r"^[A-Za-z0-9._-]+==\S+", lock, re.MULTILINE)
    assert len(pins) > 10
    assert len(re.findall(r"^[A-Za-z0-9._-]+==[^\n]*\\\n +--hash=sha256:", lock, re.MULTILINE)) == len(pins)
