"""Several who do something at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run all at the same moment, each in a thread with a session of its own."""
    barrier = threading.Barrier(len(acts), timeout=10)

    def run(act: Callable[[], object]) -> object:
        barrier.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=30) for future in [pool.submit(run, act) for act in acts]]
