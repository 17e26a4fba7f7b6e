"""Web workers read while vintages are published: no error, and never two versions in an answer."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from tests.flows import NOON, flow_row, published_flows

READERS, VERSIONS, ROWS = 3, 5, 300

READER = """
import json, sys
from pathlib import Path
from irtysh.store.questions import partners
from irtysh.store.selection import Selection
from irtysh.store.vintages import Vintages

vintages = Vintages(Path(sys.argv[1]))
stop, last = Path(sys.argv[2]), int(sys.argv[3])
versions, answers = set(), 0
print("ready", flush=True)
is_last = False
while not is_last:
    is_last = stop.exists()
    dataset = vintages.current("SET").dataset
    stated = {row["value"] for row in dataset.stream(Selection.of({"measure": "VALUE"}))}
    totals = dataset.totals(Selection.of({"measure": "VALUE", "ref_area": "KZ"}), ["flow"])
    summed = partners(dataset, "KZ", flow="X", period="2021")
    count = dataset.count(Selection.of({"measure": "VALUE"}))
    assert len(stated) == 1, stated
    value = stated.pop()
    assert count == 300, count
    assert totals[0].value == value * 300, (totals, value)
    assert summed.figures[0].value == value * 300
    versions.add(int(value))
    answers += 1
print(json.dumps([sorted(versions), answers]), flush=True)
"""


def publish(folder: Path, version: int) -> None:
    rows = [
        flow_row(commodity=f"{n:06d}", value=str(version), line=n + 2) for n in range(1, ROWS + 1)
    ]
    published_flows(folder, rows, "SET", created_at=NOON + timedelta(hours=version))


def test_readers_see_whole_versions(tmp_path: Path):
    folder, stop = tmp_path / "datasets", tmp_path / "stop"
    publish(folder, 1)
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(folder), str(stop), str(VERSIONS)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        for _ in range(READERS)
    ]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
    for version in range(2, VERSIONS + 1):
        publish(folder, version)
    stop.touch()
    seen: set[int] = set()
    for reader in readers:
        output, errors = reader.communicate(timeout=120)
        assert reader.returncode == 0, errors
        versions, answers = json.loads(output)
        assert answers > 1
        assert versions[-1] == VERSIONS, "the reader stayed on an old version"
        seen |= set(versions)
    assert len(seen) > 1, "nothing was published while they read"
