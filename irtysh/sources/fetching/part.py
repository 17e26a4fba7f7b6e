"""The part of a file that has come so far, and what the server said about the whole of it."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from irtysh.vocabulary.errors import IrtyshError


class FetchAtWork(IrtyshError):
    """Another process is fetching the same file."""


@dataclass(slots=True)
class Part:
    """The part on the disk, and what the server said about the file it is a part of."""

    path: Path
    tag: str = ""
    modified: str = ""
    total: int = -1

    @property
    def _record(self) -> Path:
        return self.path.with_suffix(self.path.suffix + ".json")

    @property
    def size(self) -> int:
        """Bytes that have come."""
        return self.path.stat().st_size if self.path.exists() else 0

    @property
    def validator(self) -> str:
        """What If-Range may hold: a strong tag, else the date."""
        return self.tag if self.tag and not self.tag.startswith("W/") else self.modified

    def recall(self) -> None:
        """Take up what an earlier call left; start anew where it left no record."""
        try:
            said = json.loads(self._record.read_text(encoding="utf-8"))
            self.tag, self.modified, self.total = said["tag"], said["modified"], said["total"]
        except (OSError, ValueError, KeyError, TypeError):
            self.restart()

    def begin(self, tag: str, modified: str, total: int) -> None:
        """Write down which file the bytes to come are of."""
        self.tag, self.modified, self.total = tag, modified, total
        said = {"tag": tag, "modified": modified, "total": total}
        self._record.write_text(json.dumps(said), encoding="utf-8")

    def restart(self) -> None:
        """Forget what has come."""
        self.tag = self.modified = ""
        self.total = -1
        self.path.write_bytes(b"")

    def done(self) -> None:
        """Forget what the server said: the file is whole, or not wanted."""
        self._record.unlink(missing_ok=True)


@contextmanager
def alone(part: Path) -> Iterator[None]:
    """Hold the part against other processes; raises FetchAtWork."""
    lock = part.with_suffix(part.suffix + ".lock")
    with lock.open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise FetchAtWork(file=part.name) from None
        yield
