"""Nothing is lost and nothing doubled, whatever happens to the workers and to their mail server."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[2] / "benchmarks" / "mail_faults.py"


def test_killed_workers_and_an_unkind_server_lose_no_mail() -> None:
    """A small run of the programme; its exit status says whether every promise was kept."""
    trial = ["--events", "30", "--kills", "3", "--database", "sqlite", "--lease", "2"]
    run = subprocess.run([sys.executable, PROGRAM, *trial], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    database, events, arrived, failed, lost, *_ = run.stdout.splitlines()[1].split()
    assert (database, events, lost) == ("sqlite", "30", "0")
    assert int(arrived) + int(failed) == 30
