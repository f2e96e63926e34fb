"""The wheel holds everything: built, installed beside no checkout, started, looked at."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support import processes
from tests.support.processes import ROOT


def run(*command: str, folder: Path, environ: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(
        *(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)),
        folder=folder,
    )
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel in it and nothing else; its dependencies are those of the tests."""
    folder = tmp_path_factory.mktemp("installed")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-index")
    run(*pip, "--no-deps", "--target", str(folder), str(wheel), folder=folder)
    return folder


def test_the_wheel_has_the_name_people_install_and_nothing_beside_the_package(wheel: Path) -> None:
    assert wheel.name.startswith("reflection_board-")
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}
        names = set(archive.namelist())
    assert [top for top in tops if not top.endswith(".dist-info")] == ["board"]
    for folder in ("templates", "static"):
        for file in (path for path in (ROOT / folder).rglob("*") if path.is_file()):
            assert f"board/{file.relative_to(ROOT).as_posix()}" in names


def test_an_installed_board_starts_and_serves_its_pages_and_files(installed: Path, tmp_path: Path) -> None:
    port = processes.free_port()
    environ = processes.environment(BOARD_DATA=str(tmp_path / "data"), BOARD_PORT=str(port))
    environ["PYTHONPATH"] = str(installed)  # before the checkout, which may be on the path as well
    program = str(installed / "bin" / "board")
    where = run(
        sys.executable, "-P", "-c", "import board; print(board.__file__)", folder=tmp_path, environ=environ
    )
    assert where.strip() == str(installed / "board" / "__init__.py")
    with processes.started([sys.executable, "-P", program, "run"], environ, folder=tmp_path) as server:

        def ask(path: str) -> tuple[int, bytes] | None:
            assert server.poll() is None, (tmp_path / "output").read_text("utf-8")
            return processes.answers(f"http://127.0.0.1:{port}{path}")

        status, home = processes.until(lambda: ask("/"), "the home page")
        assert status == 200
        sheet = re.search(rb'href="(/static/[^"]+[.]css)"', home)
        assert sheet, "the home page links a style sheet"
        assert processes.until(lambda: ask(sheet[1].decode()), "its style sheet")[0] == 200
