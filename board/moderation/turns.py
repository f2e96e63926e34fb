"""Large acts are done in steps, a transaction each, so that readers who send something get their turn."""

from __future__ import annotations

import time

AT_ONCE = 100  # comments held in one transaction: readers who send something wait for it
PAUSE_SECONDS = 0.12  # SQLite's waiting writers look every tenth of a second whether it is their turn


def let_others_in() -> None:
    """Call it between two transactions: within one it would keep them waiting."""
    time.sleep(PAUSE_SECONDS)
