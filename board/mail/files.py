"""Without a mail server: every mail becomes a file that mail programs open."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from board.config import Settings
from board.mail.composing import Parcel
from board.mail.delivery import Deferred


def mail_folder(settings: Settings) -> Path:
    return settings.data / "mail"


class FileTransport:
    """Writes `000012-reply.eml` into a folder; the same message again replaces its file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, parcel: Parcel) -> str:
        """Raises Deferred when the disk refuses."""
        name = f"{parcel.id:06d}-{parcel.kind}.eml"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_whole(self._folder / name, parcel.raw)
        except OSError as refusal:
            raise Deferred(f"the file could not be written: {refusal.strerror}") from refusal
        return f"written to {name}"

    def close(self) -> None:
        """Nothing is kept open."""


def _write_whole(target: Path, content: bytes) -> None:
    """The file is there as a whole or not at all, and only the board's own user reads it."""
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(draft).replace(target)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise
