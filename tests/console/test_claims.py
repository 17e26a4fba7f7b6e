from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from irtysh.vocabulary.places import CASES, data_folder
from irtysh.vocabulary.text import LANGUAGES
from tests.release import published

CASE = "omsk-kazakhstan"
SENTENCE = "В 2021 г. экспорт зерна превысил 380 млн долл. Затем он сократился вдвое."


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    return path


@pytest.mark.parametrize("language", LANGUAGES)
def test_proposals_are_shown_in_the_readers_language(irtysh, document: Path, language: str) -> None:
    code, out, _ = irtysh("claims", "extract", document, "--lang", language)
    assert code == 0
    assert "L.1" in out and "380" in out and "2021" in out
    data = json.loads(irtysh("claims", "extract", document, "--json", "--lang", language)[1])
    assert [one["printed"] for one in data["proposals"]] == ["380", "вдвое"]
    assert data["proposals"][0]["quote"] in SENTENCE


def test_a_file_of_proposals_is_a_file_of_claims_to_be_reviewed(
    irtysh, document: Path, tmp_path: Path
) -> None:
    path = tmp_path / "proposals.yaml"
    code, _, _ = irtysh("claims", "extract", document, "--source", "the-report", "--out", path)
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert code == 0
    assert [row["id"] for row in rows] == ["the-report-001", "the-report-002"]
    first, second = rows
    assert (first["source"], first["locator"], first["kind"]) == ("the-report", "L.1", "level")
    assert (first["value"], first["unit"], first["unit_mult"]) == ("380", "USD", 6)
    assert (first["operator"], first["hedge"], first["period"]) == ("gt", "over", "2021")
    assert (second["value"], second["unit"]) == ("-50", "PC")
    assert first["text"] == {"ru": "", "kk": "", "en": ""}
    assert first["review"]["quote"] in SENTENCE


def test_a_reviewers_work_is_not_written_over(irtysh, document: Path, tmp_path: Path) -> None:
    path = tmp_path / "proposals.yaml"
    path.write_text("mine", encoding="utf-8")
    code, out, err = irtysh("claims", "extract", document, "--out", path)
    assert (code, out) == (3, "")
    assert "proposals.yaml" in err
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_guessed_encoding_is_told(irtysh, tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes((SENTENCE + " Оборот вырос на 5 процентов.").encode("cp1251"))
    code, _, err = irtysh("claims", "extract", path, "--lang", "en")
    assert code == 0
    assert "cp1251" in err


def test_a_bad_document_is_refused_with_its_name(irtysh, tmp_path: Path) -> None:
    code, _, err = irtysh("claims", "extract", tmp_path / "none.pdf", "--lang", "kk")
    assert code == 3
    assert "none.pdf" in err


def test_expressions_of_the_cases_can_be_read(irtysh) -> None:
    for case in ("omsk-kazakhstan", "sandbox"):
        assert irtysh("claims", "check", case)[0] == 0


def test_a_faulty_expression_is_named_with_its_line(irtysh, tmp_path: Path) -> None:
    shutil.copytree(CASES / "sandbox", tmp_path / "case")
    path = tmp_path / "case" / "claims-more.yaml"
    path.write_text(
        '- id: broken\n  bindings:\n    - expression: "turnover[2021]"\n'
        '    - expression: "turnover[2021"\n',
        encoding="utf-8",
    )
    code, out, _ = irtysh("claims", "check", tmp_path / "case", "--json")
    (fault,) = json.loads(out)["faults"]
    assert code == 1
    assert (fault["file"], fault["line"], fault["column"]) == ("claims-more.yaml", 4, "broken")


@pytest.fixture
def release() -> None:
    shutil.copytree(published(CASE), data_folder() / "releases", symlinks=True)


def test_an_expression_is_evaluated(irtysh, release: None) -> None:
    code, out, _ = irtysh("claims", "eval", "turnover[2021]", "--json")
    found = json.loads(out)
    assert code == 0
    assert (found["unit"], Decimal(found["point"])) == ("USD", 402_100_000)
    assert found["evidence"]
    assert "402" in irtysh("claims", "eval", "turnover[2021]", "--lang", "kk")[1]
    code, _, err = irtysh("claims", "eval", "turnover[", "--lang", "ru")
    assert code == 3
    assert err.startswith("irtysh: ")


def test_verdicts_of_a_release_are_listed(irtysh, release: None) -> None:
    code, out, _ = irtysh("claims", "judge", "--json")
    data = json.loads(out)
    assert code == 1
    rows = yaml.safe_load((CASES / CASE / "claims.yaml").read_text(encoding="utf-8"))
    assert {one["claim"] for one in data["judgements"]} == {row["id"] for row in rows}
    shown = irtysh("claims", "judge", "--lang", "ru")[1]
    assert all(one["claim"] in shown for one in data["judgements"])
