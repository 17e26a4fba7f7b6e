from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from irtysh.store import Publication, Release, Releases
from tests.observations import observe


@pytest.fixture
def shelf(tmp_path: Path) -> tuple[Release, Release]:
    """Two releases: the second changes 2021, drops 2020 and brings 2022."""
    releases = Releases(tmp_path / "data" / "releases")
    first = releases.publish(
        Publication([observe("402,1", "2021"), observe("300", "2020")], {}),
        datetime(2024, 1, 1, tzinfo=UTC),
    )
    second = releases.publish(
        Publication([observe("402,2", "2021"), observe("500", "2022")], {}),
        datetime(2024, 2, 1, tzinfo=UTC),
    )
    return first, second


def test_list_names_the_current_release_first(irtysh, shelf) -> None:
    code, out, _ = irtysh("release", "list", "--json")
    first, second = shelf
    listed = json.loads(out)
    assert code == 0
    assert [(row["id"], row["current"], row["rows"]) for row in listed] == [
        (second.id, True, 2),
        (first.id, False, 2),
    ]


def test_list_of_nothing_says_how_to_begin(irtysh) -> None:
    code, out, _ = irtysh("release", "list", "--lang", "ru")
    assert code == 0
    assert "irtysh case load" in out


def test_show_is_of_the_current_release_unless_named(irtysh, shelf) -> None:
    first, second = shelf
    assert json.loads(irtysh("release", "show", "--json")[1])["id"] == second.id
    assert first.id in irtysh("release", "show", first.id)[1]


def test_show_finds_a_damaged_file(irtysh, shelf) -> None:
    _, second = shelf
    assert irtysh("release", "show", "--verify")[0] == 0
    (second.folder / "observations.parquet").write_bytes(b"broken")
    code, out, err = irtysh("release", "show", "--verify", "--lang", "en")
    assert (code, out) == (3, "")
    assert "observations.parquet" in err


def test_diff_names_what_was_added_changed_and_withdrawn(irtysh, shelf) -> None:
    first, second = shelf
    code, out, _ = irtysh("release", "diff", first.id, second.id, "--json")
    changes = {
        (change["kind"], (change["after"] or change["before"])["period"]): change
        for change in json.loads(out)
    }
    assert code == 0
    assert changes.keys() == {("changed", "2021"), ("withdrawn", "2020"), ("added", "2022")}
    assert changes["changed", "2021"]["before"]["printed"] == "402,1"
    assert changes["changed", "2021"]["after"]["printed"] == "402,2"

    lines = irtysh("release", "diff", first.id)[1].splitlines()
    assert any(line.startswith("~") and "402,1 → 402,2" in line for line in lines)
    assert lines[-1] == "Added: 1, changed: 1, withdrawn: 1."


def test_an_unknown_release_is_refused_without_a_traceback(irtysh, shelf) -> None:
    code, out, err = irtysh("release", "show", "2001-01-01-nothing", "--lang", "kk")
    assert (code, out) == (3, "")
    assert "2001-01-01-nothing" in err
    assert "Traceback" not in err

    code, out, err = irtysh("release", "show", "../etc", "--json")
    assert (code, err) == (3, "")
    assert json.loads(out)["error"] == "ReleaseNotFound"
