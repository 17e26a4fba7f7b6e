from __future__ import annotations

import json
from pathlib import Path

import pytest


@pytest.fixture
def folder(irtysh, tmp_path: Path) -> Path:
    """A new case as the command makes it."""
    code, out, err = irtysh("case", "new", tmp_path / "border", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {"case": "border", "folder": str(tmp_path / "border")}
    return tmp_path / "border"


def test_a_new_case_has_no_fault(irtysh, folder: Path) -> None:
    code, out, _ = irtysh("case", "check", folder)
    assert code == 0, out
    assert "Traceback" not in out


def test_a_new_case_does_not_overwrite(irtysh, folder: Path) -> None:
    before = (folder / "case.yaml").read_bytes()
    code, _, err = irtysh("case", "new", folder)
    assert code == 3
    assert err.startswith("irtysh: ")
    assert (folder / "case.yaml").read_bytes() == before


def test_check_names_file_line_and_remedy_of_a_fault(irtysh, folder: Path) -> None:
    lines = (folder / "sources.yaml").read_text(encoding="utf-8").splitlines()
    number = next(i for i, line in enumerate(lines) if "kind:" in line)
    lines[number] = lines[number].split("kind:")[0] + "kind: gossip"
    (folder / "sources.yaml").write_text("\n".join(lines), encoding="utf-8")

    code, out, _ = irtysh("case", "check", folder, "--lang", "ru")
    assert code == 1
    assert f"sources.yaml:{number + 1}" in out
    assert "ошибка" in out

    code, out, _ = irtysh("case", "check", folder, "--json")
    found = json.loads(out)
    assert (code, found["errors"]) == (1, 1)
    assert found["faults"][0]["line"] == number + 1
    assert "gossip" in found["faults"][0]["message"]


def test_a_folder_that_is_no_case_is_refused(irtysh, tmp_path: Path) -> None:
    code, out, err = irtysh("case", "check", tmp_path / "nowhere", "--lang", "kk")
    assert (code, out) == (3, "")
    assert "case.yaml" in err


def test_load_refuses_a_case_with_errors_and_publishes_nothing(irtysh, folder: Path) -> None:
    (folder / "sources.yaml").write_text("- id: [", encoding="utf-8")
    code, _, err = irtysh("case", "load", "--without-pages", folder)
    assert code in (1, 3)
    assert "Traceback" not in err
    assert json.loads(irtysh("release", "list", "--json")[1]) == []


def test_a_case_goes_through_a_release_and_back(irtysh, folder: Path, tmp_path: Path) -> None:
    code, _, err = irtysh("case", "load", "--without-pages", folder)
    assert code == 0
    assert "was published" in err
    assert "has not changed" in irtysh("case", "load", "--without-pages", folder)[2]
    assert len(json.loads(irtysh("release", "list", "--json")[1])) == 1

    assert irtysh("case", "export", "--without-pages", tmp_path / "again")[0] == 0
    assert irtysh("case", "check", tmp_path / "again")[0] == 0
    assert (tmp_path / "again" / "case.yaml").read_bytes() == (folder / "case.yaml").read_bytes()
