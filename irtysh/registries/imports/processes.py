"""The child processes that open, read and publish: started here, watched through a lock.

A child holds the lock of its folder as long as it lives, whatever kills it; so its end is seen
without asking for process numbers, which are given out again.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import threading
import time

from irtysh.publication.import_job import Folder
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.places import ROOT

OPENING_SECONDS = 180
_LOCK = "lock"
_SAID = "said.txt"
_LOOK = 0.05


class ImportAtWork(IrtyshError):
    """A process is at this import already."""


def run(step: str, folder: Folder) -> bool:
    """Take a step and wait for its end; return False if it was killed for its time."""
    process = _start(step, folder)
    try:
        process.wait(timeout=OPENING_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False
    return True


def start(step: str, folder: Folder) -> None:
    """Start a step that goes on by itself; raises ImportAtWork where one is running."""
    process = _start(step, folder)
    # Somebody has to wait for a child, or it stays in the table of processes.
    threading.Thread(target=process.wait, daemon=True).start()


def is_alive(folder: Folder) -> bool:
    """Return True while a child is at the folder."""
    path = folder.path / _LOCK
    if not path.exists():
        return False
    with path.open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def wait(folder: Folder, seconds: float) -> None:
    """Wait for the end of a child, but no longer: short readings end before the page is shown."""
    until = time.monotonic() + seconds
    while is_alive(folder) and time.monotonic() < until:
        time.sleep(_LOOK)


def last_words(folder: Folder) -> str:
    """Return the last line that a child wrote before it was killed; a dash where it wrote none."""
    path = folder.path / _SAID
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n") if path.exists() else []
    return next((line for line in reversed(lines) if line.strip()), "–")[:200]


def _start(step: str, folder: Folder) -> subprocess.Popen[bytes]:
    folder.forget("error")
    with (folder.path / _LOCK).open("w") as lock, (folder.path / _SAID).open("ab") as said:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ImportAtWork() from None
        # Our own interpreter and our own module; of the person nothing but the folder's name.
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "irtysh.publication.import_job", step, str(folder.path)],
            stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd=ROOT,
            pass_fds=(lock.fileno(),), start_new_session=True, env=_environment(),
        )  # fmt: skip


def _environment() -> dict[str, str]:
    """Return what a child needs to find the project, and none of its secrets."""
    wanted = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "PYTHONPATH", "VIRTUAL_ENV")
    kept = {name: os.environ[name] for name in wanted if name in os.environ}
    ours = {n: v for n, v in os.environ.items() if n in ("IRTYSH_DEFINITIONS", "IRTYSH_CASES")}
    return {**kept, **ours}
