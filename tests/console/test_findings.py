from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from irtysh.vocabulary.places import data_folder
from irtysh.vocabulary.text import LANGUAGES
from tests.release import published

CASE = "omsk-kazakhstan"


@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_of_a_folder_are_said_in_the_language(irtysh, language: str) -> None:
    code, out, _ = irtysh("check", CASE, "--json", "--lang", language)
    findings = json.loads(out)
    assert code == 1
    assert Counter(finding["severity"] for finding in findings)["contradiction"] > 0
    assert all(finding["said"][language]["title"].strip() for finding in findings)


def test_arithmetic_is_shown_on_request(irtysh) -> None:
    short = irtysh("check", CASE)[1].splitlines()
    long = irtysh("check", CASE, "--arithmetic")[1].splitlines()
    assert short[-1] == long[-1] == f"Findings: {len(short) - 1}."
    assert len(long) > 2 * len(short)


def test_a_release_tells_the_findings_it_was_published_with(irtysh) -> None:
    shutil.copytree(published(CASE), data_folder() / "releases", symlinks=True)
    of_folder = json.loads(irtysh("check", CASE, "--json")[1])
    code, out, _ = irtysh("check", "--json")
    assert code == 1
    assert {finding["id"] for finding in json.loads(out)} == {
        finding["id"] for finding in of_folder
    }


def test_without_a_release_the_command_says_how_to_make_one(irtysh) -> None:
    code, out, err = irtysh("check", "--lang", "ru")
    assert (code, out) == (3, "")
    assert "irtysh" in err


def test_a_folder_with_errors_is_not_judged(irtysh, tmp_path: Path) -> None:
    irtysh("case", "new", tmp_path / "border")
    (tmp_path / "border" / "sources.yaml").write_text("- id: [", encoding="utf-8")
    code, out, _ = irtysh("check", tmp_path / "border")
    assert code == 1
    assert "sources.yaml" in out
