"""An importer killed at any moment leaves whole parts and the old or the new vintage."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from irtysh.store.staging import Staging
from irtysh.store.vintages import Vintages
from tests.flows import NOON, flow_row, published_flows

PUBLISHER = """
import os, signal, sys
from itertools import islice
from pathlib import Path
import irtysh.store.staging
from irtysh.store.staging import Staging
from irtysh.store.vintages import Vintages
from tests.flows import ABOUT, CONSTANTS, flow_row

irtysh.store.staging.PART_ROWS = 50
folder, fatal = Path(sys.argv[1]), int(sys.argv[2])
rows = [flow_row(period=str(1900 + n % 100), flow="XM"[n // 100], value="2", line=n + 2)
        for n in range(200)]
seen = 0

def die(event, args):
    global seen
    if event in {"open", "os.mkdir", "os.rename", "os.symlink", "os.remove", "os.link",
                 "shutil.rmtree"}:
        seen += 1
        if seen == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

print("ready", flush=True)
sys.addaudithook(die)
staging = Staging(folder / ".staging")
taken_up = staging.rows
staging.add(islice(rows, taken_up, None))
Vintages(folder).publish("SET", staging, ABOUT, structure="trade", constants=CONSTANTS)
staging.discard()
print("published", taken_up, flush=True)
"""


def publisher(folder: Path, fatal: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PUBLISHER, str(folder), str(fatal)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


@pytest.fixture
def datasets(tmp_path: Path) -> Path:
    folder = tmp_path / "datasets"
    rows = [flow_row(period=str(1900 + n), value="1", line=n + 2) for n in range(100)]
    published_flows(folder, rows, "SET", created_at=NOON)
    return folder


def state(folder: Path) -> str:
    """Open the shelf as a new reader; everything must belong to one vintage."""
    vintage = Vintages(folder).current("SET")
    vintage.verify()
    values = {row["value"] for row in vintage.dataset.stream() if row["measure"] == "VALUE"}
    assert len(values) == 1
    value = int(values.pop())
    assert vintage.manifest["rows"] == value * 100 == vintage.dataset.count() / 2
    for listed in Vintages(folder).list("SET"):
        listed.verify()
    staged = Staging(folder / ".staging")
    assert staged.rows % 50 == 0
    assert not list(staged.folder.glob("*building*"))
    return {1: "old", 2: "new"}[value]


def go_back(folder: Path, old: str) -> None:
    (folder / "SET" / "current").unlink()
    (folder / "SET" / "current").symlink_to(old)


def test_killed_at_file_operations(datasets: Path):
    """Every one near the switch, every fourth elsewhere: each takes half a second to come to."""
    old = Vintages(datasets).current("SET").id
    marks, resumed, fatal = [], set(), 1
    while fatal < 400:
        process = publisher(datasets, fatal)
        output, _ = process.communicate(timeout=60)
        marks.append(state(datasets))
        if process.returncode == 0:
            assert "published" in output
            break
        assert process.returncode == -9
        resumed.add(Staging(datasets / ".staging").rows)
        go_back(datasets, old)
        fatal += 3 if resumed < {0, 50, 100, 150, 200} else 1
    else:
        pytest.fail("the publisher never got to its end")
    assert marks[0] == "old"
    assert marks[-1] == "new"
    assert len(marks) > 8, "too few points to call it any moment"
    assert len(resumed) > 1, "no import was taken up where it stopped"
    assert not list((datasets / "SET").glob(".building-*"))


def test_killed_at_random_times(datasets: Path):
    clock = random.Random(20242)
    old = Vintages(datasets).current("SET").id
    for _ in range(6):
        process = publisher(datasets, 0)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            process.wait(timeout=clock.uniform(0.0, 0.5))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
        state(datasets)
        go_back(datasets, old)
    publisher(datasets, 0).communicate(timeout=60)
    assert state(datasets) == "new"
