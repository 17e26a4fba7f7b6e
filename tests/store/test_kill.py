"""A publisher killed at any moment leaves the old or the new release whole, never a mixture.

Two ways to die: at every file operation in turn (counted through the interpreter's audit
events, so no point between two operations is missed), and after random times, which also hits
DuckDB's own writing.
"""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from irtysh.store import Publication, Releases
from tests.observations import observe

PUBLISHER = """
import os, signal, sys
from pathlib import Path
from irtysh.store import Publication, Releases
from tests.observations import observe

folder, fatal = Path(sys.argv[1]), int(sys.argv[2])
rows = [observe(str(n), str(1900 + n % 100), locator=f"new {n}") for n in range(300)]
publication = Publication(rows, {"mark": "new"}, {"chart.svg": b"new" * 1000})
seen = 0

def die(event, args):
    global seen
    if event in {"open", "os.mkdir", "os.rename", "os.symlink", "os.remove", "shutil.rmtree"}:
        seen += 1
        if seen == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

print("ready", flush=True)
sys.addaudithook(die)
Releases(folder).publish(publication)
print("published", seen, flush=True)
"""


def publisher(folder: Path, fatal: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PUBLISHER, str(folder), str(fatal)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "releases"
    rows = [observe(str(n), str(1900 + n % 100), locator=f"old {n}") for n in range(200)]
    Releases(folder).publish(Publication(rows, {"mark": "old"}, {"chart.svg": b"old" * 1000}))
    return folder


def state(folder: Path) -> str:
    """Open the shelf as a new reader; everything must belong to one release."""
    releases = Releases(folder)
    release = releases.current()
    release.verify()
    mark = release.document("mark")
    rows = release.observations()
    assert {row.locator.split()[0] for row in rows} == {mark}
    assert len(rows) == {"old": 200, "new": 300}[mark]
    assert release.file("chart.svg") == mark.encode() * 1000
    for listed in releases.list():
        listed.verify()
    return mark


def test_killed_at_every_file_operation(shelf: Path):
    old = Releases(shelf).current().id
    marks = []
    for fatal in range(1, 200):
        process = publisher(shelf, fatal)
        output, _ = process.communicate(timeout=60)
        marks.append(state(shelf))
        if process.returncode == 0:
            assert "published" in output
            break
        assert process.returncode == -9
        (shelf / "current").unlink()
        (shelf / "current").symlink_to(old)
    else:
        pytest.fail("the publisher never got to its end")
    assert marks[0] == "old"
    assert marks[-1] == "new"
    assert len(marks) > 15, "too few points to call it every moment"
    assert not list(shelf.glob(".building-*"))


def test_killed_at_random_times(shelf: Path):
    clock = random.Random(20241)
    for _ in range(12):
        process = publisher(shelf, 0)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            process.wait(timeout=clock.uniform(0.0, 0.25))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
        state(shelf)
    publisher(shelf, 0).communicate(timeout=60)
    assert state(shelf) == "new"
