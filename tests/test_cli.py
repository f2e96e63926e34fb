"""The command line: sentences instead of traces, and `board run` as a person starts it."""

from __future__ import annotations

import os
import re
import signal
import socket
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import psutil
import pytest
from click.testing import CliRunner, Result

from board.cli import cli
from board.config import Settings
from board.setup import make_secret
from tests.support.processes import answers, board_command, environment, free_port, started, stop, until


def board(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `board ARGUMENTS` in a process of its own, its data in `folder`/data."""
    environ = environment(BOARD_DATA=str(folder / "data"), **variables)
    return subprocess.run(
        board_command(*arguments),
        env=environ,
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )


def commands(
    group: click.Group = cli, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


@pytest.mark.parametrize("path", [path for path, _ in commands()], ids=" ".join)
def test_every_command_shows_an_example(path: tuple[str, ...]) -> None:

    result = CliRunner().invoke(cli, [*path, "--help"], prog_name="board")
    assert result.exit_code == 0
    assert re.search(rf"Example:\s+(BOARD_\S+ )?board {' '.join(path)}", result.output), result.output


def test_the_version_is_told(run_command: Callable[..., Result]) -> None:
    assert run_command("--version").output.startswith("Reflection Board ")


def test_setup_makes_a_private_folder_and_a_secret_once(tmp_path: Path) -> None:
    first, second = board(tmp_path, "setup"), board(tmp_path, "setup")
    data = tmp_path / "data"
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert stat.S_IMODE((data / "secret").stat().st_mode) == 0o600
    assert re.fullmatch(r"[0-9a-f]{64}\n", (data / "secret").read_text("ascii"))
    assert board(tmp_path, "migrate").stdout == "The database was up to date.\n"


def test_several_may_set_up_at_once(tmp_path: Path) -> None:
    environ = environment(BOARD_DATA=str(tmp_path / "data"))
    running = [
        subprocess.Popen(
            board_command("setup"),
            env=environ,
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(4)
    ]
    said = [process.communicate(timeout=60)[0] for process in running]
    assert [process.returncode for process in running] == [0] * 4, said
    assert sorted(file.name for file in (tmp_path / "data").glob("secret*")) == ["secret"]


def test_a_secret_is_never_replaced(tmp_path: Path) -> None:
    assert make_secret(tmp_path / "secret")
    kept = (tmp_path / "secret").read_text("ascii")
    assert not make_secret(tmp_path / "secret")
    assert (tmp_path / "secret").read_text("ascii") == kept


def test_mistaken_settings_are_all_named_without_a_trace(tmp_path: Path) -> None:
    result = board(
        tmp_path,
        "site",
        "list",
        BOARD_PORT="http",
        BOARD_PROXIES="-1",
        BOARD_NONSENSE="1",
        BOARD_SECRET="s" * 64,
    )
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 3
    assert "Traceback" not in result.stderr


def test_a_database_that_is_not_there_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    result = board(tmp_path, "site", "list", BOARD_SECRET="s" * 64)
    assert result.returncode == 1
    assert "`board setup` makes it ready" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_settings_say_where_they_come_from_and_hide_secrets(tmp_path: Path) -> None:
    secret, password = "s" * 64, "mail password"
    said = board(
        tmp_path, "settings", BOARD_SECRET=secret, BOARD_PORT="9000", BOARD_SMTP_PASSWORD=password
    ).stdout
    assert "BOARD_PORT = 9000   [environment]" in said
    assert "BOARD_HOST = 127.0.0.1   [default]" in said
    assert "BOARD_SECRET = (hidden)   [environment]" in said
    assert secret not in said
    assert password not in said
    for field in Settings.__dataclass_fields__.values():
        assert field.metadata.get("meaning", "") in said


class Running:
    """A `board run` on free ports, with its data in `folder`/data."""

    def __init__(self, folder: Path, *arguments: str, **variables: str) -> None:
        self.folder = folder
        self.port = free_port()
        environ = environment(BOARD_DATA=str(folder / "data"), PORT=str(self.port), **variables)
        self.started = started(board_command("run", *arguments), environ, folder=folder)

    def __enter__(self) -> Running:
        self.process = self.started.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.started.__exit__(*error)  # type: ignore[arg-type]

    @property
    def output(self) -> str:
        return (self.folder / "output").read_text("utf-8")

    def wait_until_told(self) -> str:
        until(
            lambda: "Ctrl-C" in self.output or self.process.poll() is not None,
            "`board run` to say what to open",
        )
        return self.output

    def children(self) -> list[int]:
        """The processes it started, and theirs."""
        return [one.pid for one in psutil.Process(self.process.pid).children(recursive=True)]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_run_serves_until_it_is_asked_to_stop_and_leaves_nothing_behind(
    tmp_path: Path, by: signal.Signals
) -> None:
    with Running(tmp_path) as run:
        said = run.wait_until_told()
        address = f"http://127.0.0.1:{run.port}"
        assert f"{address}/\n" in said
        status, _ = answers(f"{address}/") or (0, b"")
        assert status == 200
        [link] = re.findall(rf"{address}/invitation/\S+", said)
        status, page = answers(link) or (0, b"")
        assert (status, b"Set up your account" in page) == (200, True)
        children = run.children()
        assert len(children) >= 3
        assert stop(run.process, by) == 0
        assert not [pid for pid in children if alive(pid)]
        assert "Traceback" not in run.output
        assert answers(f"{address}/") is None


def test_a_port_in_use_is_said_before_anything_starts(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = board(tmp_path, "run", BOARD_PORT=str(port))
    assert result.returncode == 1
    assert result.stderr.startswith(f"Error: Port {port} on 127.0.0.1 cannot be used")
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""
    assert not (tmp_path / "data" / "board.sqlite3").exists()


def test_when_the_web_server_dies_everything_stops(tmp_path: Path) -> None:
    with Running(tmp_path) as run:
        run.wait_until_told()
        children = run.children()
        os.kill(children[0], signal.SIGKILL)
        assert run.process.wait(30) == 1
        assert "The web server stopped by itself" in run.output
        until(lambda: not [pid for pid in children if alive(pid)], "every child to end")


def test_when_run_itself_is_killed_its_children_end(tmp_path: Path) -> None:
    with Running(tmp_path) as run:
        run.wait_until_told()
        children = run.children()
        run.process.kill()
        until(lambda: not [pid for pid in children if alive(pid)], "every child to end")


def test_a_worker_that_dies_is_started_again(tmp_path: Path) -> None:
    with Running(tmp_path) as run:
        run.wait_until_told()
        before = set(run.children())
        worker = next(pid for pid in before if b"worker" in Path(f"/proc/{pid}/cmdline").read_bytes())
        os.kill(worker, signal.SIGKILL)
        until(lambda: set(run.children()) - before, "a new worker")
        assert "The mail worker stopped; it is started again" in run.output
        assert stop(run.process) == 0


def test_no_owner_link_is_told_once_there_is_an_owner(tmp_path: Path) -> None:
    assert board(tmp_path, "setup").returncode == 0
    make_owner = (
        "from board import create_app; from board.accounts import invitations as i; from board.extensions import db;"
        "from board.foundation.clock import now\n"
        "with create_app().app_context():\n"
        "    i.accept(i.first_owner(now=now()), email='a@b', name='a', password_hash='x', now=now()); db.session.commit()"
    )
    environ = environment(BOARD_DATA=str(tmp_path / "data"))
    subprocess.run([*board_command()[:1], "-c", make_owner], env=environ, check=True, timeout=60)
    with Running(tmp_path) as run:
        said = run.wait_until_told()
        assert "/invitation/" not in said
        assert "/desk" in said
