"""From a folder to a release and back: what is published is what was checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from irtysh.publication import case_of, publish_case
from irtysh.sources.case import read_case, write_case
from irtysh.store import Releases
from irtysh.vocabulary.errors import CaseHasFaults, ImportHasId, ReleaseNotFound
from irtysh.vocabulary.places import CASES
from irtysh.vocabulary.text import LANGUAGES
from tests.release import published
from tests.sources.case.small import write_small_case


@pytest.fixture(scope="module")
def shelf() -> Releases:
    """The real case, published once for all tests."""
    return Releases(published("omsk-kazakhstan"))


def test_nothing_changed_makes_no_new_release(shelf):
    first = shelf.current()
    again = publish_case(CASES / "omsk-kazakhstan", shelf)
    assert not again.is_new
    assert again.release.id == first.id
    assert len(shelf.list()) == 1


def test_a_case_with_faults_is_refused_and_nothing_changes(tmp_path):
    folder = write_small_case(tmp_path / "small")
    releases = Releases(tmp_path / "releases")
    table = folder / "observations" / "trade.csv"
    table.write_text(table.read_text("utf-8").replace("paper,L.257", "nobody,L.257"))
    with pytest.raises(CaseHasFaults) as caught:
        publish_case(folder, releases)
    assert [fault.code for fault in caught.value.params["faults"]] == ["SourceUnknown"]
    with pytest.raises(ReleaseNotFound):
        releases.current()


def test_a_dataset_of_the_case_may_not_take_the_id_of_an_imported_one(tmp_path):
    folder = write_small_case(tmp_path / "small")
    releases = Releases(tmp_path / "releases")
    dataset = read_case(folder)[0].documents["datasets"][0]["id"]
    with pytest.raises(ImportHasId) as refused:
        publish_case(folder, releases, imported=["OTHER", dataset])
    assert refused.value.params == {"dataset": dataset}
    with pytest.raises(ReleaseNotFound):
        releases.current()


def test_export_and_load_again_give_the_same_case(shelf, tmp_path):
    release = shelf.current()
    write_case(case_of(release), tmp_path / "omsk-kazakhstan")
    original, _ = read_case(CASES / "omsk-kazakhstan")
    again, faults = read_case(tmp_path / "omsk-kazakhstan")
    assert [fault for fault in faults if fault.severity == "error"] == []
    assert set(again.observations) == set(original.observations)
    assert again.documents == original.documents
    assert again.about == original.about
    assert again.pages == original.pages
    assert [{**row, "line": ""} for row in again.inventory] == [
        {**row, "line": ""} for row in original.inventory
    ]


def test_export_and_publish_again_give_the_same_release(tmp_path):
    release = Releases(published("sandbox")).current()
    write_case(case_of(release), tmp_path / "sandbox")
    outcome = publish_case(tmp_path / "sandbox", Releases(tmp_path / "releases"))
    for name in ("results", "findings", "preferred", "codes"):
        assert outcome.release.document(name) == release.document(name), name


def test_every_code_in_use_has_a_name_in_the_release(shelf):
    release = shelf.current()
    codes = release.document("codes")
    for row in release.observations():
        assert set(LANGUAGES) <= set(codes["areas"][row.ref_area]["name"])
        assert row.unit in codes["units"]
        assert row.flow in codes["flows"]


def test_charts_are_drawn_in_every_language_with_words_table_and_downloads(shelf):
    release = shelf.current()
    charts = release.document("charts")
    assert {"turnover", "partners", "goods", "goods-change", "goods-contribution"} <= {
        chart["id"] for chart in charts
    }
    known = {row.id for row in release.observations()}
    for chart in charts:
        assert set(chart["evidence"]) <= known
        for language in LANGUAGES:
            assert chart["title"][language].strip()
            assert chart["description"][language].strip()
            table = json.loads(release.file(f"charts/{language}/{chart['id']}.json"))
            assert table["rows"]
            drawing = release.file(f"drawings/{language}/{chart['id']}.svg").decode()
            assert "<title" in drawing
            assert " style=" not in drawing


def test_every_use_of_a_figure_leads_somewhere(shelf):
    release = shelf.current()
    known = {
        "indicator": {row["indicator"] for row in release.document("results")},
        "finding": {row["id"] for row in release.document("findings")},
        "chart": {row["id"] for row in release.document("charts")},
    }
    figures = {row.id for row in release.observations()}
    usage = release.document("usage")
    assert set(usage) <= figures
    for uses in usage.values():
        for use in uses:
            assert use["id"] in known[use["kind"]]


def test_findings_are_said_in_every_language(shelf):
    findings = shelf.current().document("findings")
    assert findings
    for finding in findings:
        assert set(finding["said"]) == set(LANGUAGES)
        for said in finding["said"].values():
            assert said["title"].strip()
            assert said["text"].strip()
            assert not any("{" in line for line in (*said["arithmetic"], said["text"]))


def test_the_invented_case_is_consistent_and_says_that_it_is_invented(tmp_path):
    release = publish_case(CASES / "sandbox", Releases(tmp_path)).release
    assert release.document("case")["invented"] is True
    assert release.document("findings") == []


def test_a_case_that_is_no_folder(tmp_path):
    from irtysh.vocabulary.errors import CaseNotFound

    with pytest.raises(CaseNotFound):
        publish_case(Path(tmp_path / "none"), Releases(tmp_path))
