"""The process of an import is bounded in memory, and by the system itself."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from irtysh.publication.import_job import UPLOAD, Folder, Job
from irtysh.vocabulary.places import ROOT
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import say

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the limit is the kernel's")

_STEP = (
    "import sys; from irtysh.publication.import_job import main; "
    "sys.exit(main(sys.argv[2:], memory=int(sys.argv[1])))"
)
_LIMIT = 384 * 2**20
"""Twice what opening a small file needs, a third of what the hostile one would."""
_SMALL = b"Year,Reporter,Partner,Flow,Trade value\n" + b"2021,Kazakhstan,China,Export,1\n" * 50


def hostile() -> bytes:
    """Fifty megabytes of JSON that are more than a gigabyte of Python: empty lists in a list."""
    return b'{"data": {"dataSets": [' + b"[]," * 16_000_000 + b"[]]}}"


def step(name: str, folder: Folder, memory: int = _LIMIT) -> tuple[int, str]:
    """Take a step in a process of its own; return how it ended and what it wrote."""
    ended = subprocess.run(
        [sys.executable, "-c", _STEP, str(memory), name, str(folder.path)],
        cwd=ROOT, capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    return ended.returncode, ended.stdout + ended.stderr


def folder_of(place: Path, data: bytes, name: str, **job: object) -> Folder:
    """Return the folder of an import as the assistant lays it out."""
    place.mkdir()
    (place / UPLOAD).write_bytes(data)
    folder = Folder(place)
    folder.write("job", asdict(Job(name, datasets=str(place / "datasets"), **job)))  # type: ignore[arg-type]
    return folder


@pytest.mark.parametrize("name", ["open", "read"])
def test_a_file_that_grows_beyond_the_limit_ends_with_a_named_error(
    name: str, tmp_path: Path
) -> None:
    folder = folder_of(
        tmp_path / "job", hostile(), "message.json", layout="sdmx-flows", dataset_id="HOSTILE"
    )
    code, said = step(name, folder)
    assert code == 5, said
    error = folder.read("error")
    assert error == {"code": "MemoryExhausted", "params": {"limit": str(_LIMIT // 2**20)}}
    for language in LANGUAGES:
        assert "384" in say("faults", error["code"], language, **error["params"])
    assert "Traceback" not in said + json.dumps(error)
    assert folder.read("head") is None and folder.read("sheet") is None
    assert folder.read("published") is None and not (folder.path / "datasets").exists()


def test_an_honest_file_passes_under_the_same_limit(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "job", _SMALL, "trade.csv")
    code, said = step("open", folder)
    assert (code, folder.read("error")) == (0, None), said
    assert folder.read("head")["recognised"]
