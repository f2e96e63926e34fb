"""The process in which posts are examined: a strange page may cost it its life, and nobody else's.

Run as `python -m board.sources.child` by `detecting.Detector`, which speaks to it in JSON lines:
`{"form", "body"}` in, what `Examined.as_dict` says out; and an empty line out first, when it is ready.
"""

from __future__ import annotations

import json
import select
import sys
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from board.prompts import examine

WAITS_SECONDS = 60.0
MEMORY_BYTES = 512 * 1024 * 1024  # beyond what the program itself takes; a page of 512 KB needs some 30 MB


def main() -> None:
    limit_memory()
    sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()
    answer(asked(sys.stdin.buffer), sys.stdout.buffer)


def asked(questions: BinaryIO) -> Iterator[bytes]:
    """One line after the other, until none comes for WAITS_SECONDS: nobody needs this process then."""
    while select.select([questions], [], [], WAITS_SECONDS)[0]:
        line = questions.readline()
        if not line:
            return
        yield line


def answer(questions: Iterable[bytes], answers: BinaryIO) -> None:
    """One line for each line. Out of memory is answered with an empty object; then the process ends."""
    for line in questions:
        try:
            question = json.loads(line)
            said = examine(question["body"], question["form"]).as_dict()
        except MemoryError:
            said = {}
        answers.write(json.dumps(said).encode() + b"\n")
        answers.flush()
        if not said:
            return


def limit_memory() -> None:
    """Let this process have at most MEMORY_BYTES more than it has now, where the system can tell."""
    try:
        import resource  # noqa: PLC0415  # other systems have no such module

        pages = int(open("/proc/self/statm", "rb").read().split()[0])  # noqa: SIM115
    except (ImportError, OSError):
        return
    most = pages * resource.getpagesize() + MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    main()
