"""Requirement files name versions and hashes, and no host."""

from __future__ import annotations

import re
import subprocess
import tomllib

import pytest

from irtysh.vocabulary.places import ROOT

_REQUIREMENTS = ROOT / "requirements"
_PIN = re.compile(r"^([A-Za-z0-9_.\[\],-]+)==(\S+)((?: ;[^\\\n]*)?)", re.MULTILINE)
_DIRECT = re.compile(r"^([A-Za-z0-9_.-]+)", re.MULTILINE)


def _pins(name: str) -> dict[tuple[str, str], str]:
    text = (_REQUIREMENTS / name).read_text(encoding="utf-8")
    return {(pin[0], pin[2].strip()): pin[1] for pin in _PIN.findall(text)}


def _direct(name: str) -> set[str]:
    lines = (_REQUIREMENTS / name).read_text(encoding="utf-8").splitlines()
    return {_DIRECT.match(line)[1].lower() for line in lines if line[:1].isalpha()}  # type: ignore[index]


@pytest.mark.parametrize(
    "name", ["base.in", "base.txt", "test.in", "test.txt", "scale.in", "scale.txt"]
)
def test_no_address_stands_in_a_requirement_file(name: str) -> None:
    text = (_REQUIREMENTS / name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|//|--(extra-)?index|--find-links|\bfile:", text)


@pytest.mark.parametrize("name", ["base.txt", "test.txt", "scale.txt"])
def test_every_pin_has_a_hash(name: str) -> None:
    text = (_REQUIREMENTS / name).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert len(blocks) == len(_pins(name)) > 15
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_tests_run_on_the_versions_that_readers_get() -> None:
    base, test, scale = _pins("base.txt"), _pins("test.txt"), _pins("scale.txt")
    assert {key: version for key, version in base.items() if test.get(key) != version} == {}
    shared = scale.keys() & test.keys()
    assert {key: scale[key] for key in shared if scale[key] != test[key]} == {}


def test_every_direct_dependency_has_its_reason_and_version_written_down() -> None:
    reasons = (ROOT / "docs" / "adr" / "0002-dependencies.md").read_text(encoding="utf-8")
    rows = {
        cells[1].strip().lower(): cells[2].strip()
        for line in reasons.splitlines()
        if (cells := line.split("|"))[0] == "" and len(cells) > 4
    }
    every = _pins("scale.txt") | _pins("test.txt")
    pins = {name.split("[")[0].lower(): version for (name, _), version in every.items()}
    direct = _direct("base.in") | _direct("test.in") | _direct("scale.in")
    assert direct - rows.keys() == set()
    stale = {name: rows[name] for name in direct if not pins[name].startswith(rows[name])}
    assert stale == {}


def test_the_lock_of_uv_stays_out_of_the_repository() -> None:
    # It names the index host in every entry.
    tracked = subprocess.run(
        ["git", "ls-files", "uv.lock"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert tracked.stdout == ""


def test_the_project_says_its_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "Apache-2.0"
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in licence
    assert "Version 2.0, January 2004" in licence
