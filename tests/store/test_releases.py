"""Releases: what goes in comes out, revisions are kept, a switch is whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from irtysh.store import Publication, Releases
from irtysh.store.schema import COLUMNS, from_row, to_row
from irtysh.vocabulary.errors import ReleaseDamaged, ReleaseNotFound
from irtysh.vocabulary.numbers import Qualifier
from irtysh.vocabulary.period import UNKNOWN_PERIOD
from tests.observations import observe

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

ROWS = [
    observe("402,1", notes=("coverage", "place")),
    observe("380", source="press", qualifier=Qualifier.GT),
    observe("-34", "2016", measure="GROWTH", unit="PC", unit_mult=0, base_period="2015"),
    observe("29,4", "", measure="GROWTH", unit="PC", unit_mult=0, base_period=UNKNOWN_PERIOD),
    observe("", "2018"),
    observe("0", "2019"),
]


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    return Releases(tmp_path / "releases")


def publish(releases, rows, hours=0, **more):
    return releases.publish(
        Publication(list(rows), {"case": {"id": "test"}}, **more), NOON + timedelta(hours=hours)
    )


def test_what_goes_in_comes_out(releases):
    release = publish(releases, ROWS, files={"charts/ru/a.svg": b"<svg/>"})
    assert set(release.observations()) == set(ROWS)
    assert release.document("case") == {"id": "test"}
    assert release.file("charts/ru/a.svg") == b"<svg/>"
    assert releases.current().id == release.id
    release.verify()


def test_zero_is_not_missing(releases):
    release = publish(releases, ROWS)
    values = {row.period.code: row.value for row in release.observations(measure="VALUE")}
    assert values["2018"] is None
    assert values["2019"] == 0


def test_printed_precision_survives(releases):
    release = publish(releases, [observe("103"), observe("103,0", "2020")])
    widths = [row.interval.width for row in release.observations()]
    assert sorted(map(str, widths)) == ["0.10", "1.0"]


def test_filters_count_and_distinct(releases):
    release = publish(releases, ROWS)
    assert release.count() == len(ROWS)
    assert release.count(measure="GROWTH") == 2
    assert release.count(measure=["GROWTH", "VALUE"]) == len(ROWS)
    assert release.count(measure=[]) == 0
    assert release.distinct("source") == ["paper", "press"]
    assert [row.source for row in release.observations(source="press")] == ["press"]
    with pytest.raises(KeyError):
        release.count(**{"1=1; --": "x"})


def test_rivals_live_together(releases):
    release = publish(releases, ROWS)
    rivals = [row for row in release.observations() if row.cell == ROWS[0].cell]
    assert {row.source for row in rivals} == {"paper", "press"}


def test_revisions_name_what_was_added_changed_withdrawn(releases):
    first = publish(releases, ROWS)
    changed = observe("402,3", notes=("coverage", "place"))
    assert changed.id == ROWS[0].id
    second = publish(releases, [changed, *ROWS[1:5]], hours=1)
    kinds = {(r.release, r.kind) for r in second.revisions()}
    assert kinds == {(first.id, "added"), (second.id, "changed"), (second.id, "withdrawn")}
    history = second.revisions(changed.id)
    assert [revision.kind for revision in history] == ["added", "changed"]
    assert history[1].before["printed"] == "402,1"
    assert history[1].after["printed"] == "402,3"


def test_as_of_a_moment(releases):
    first = publish(releases, ROWS)
    second = publish(releases, ROWS[:2], hours=5)
    assert releases.as_of(NOON + timedelta(hours=1)).id == first.id
    assert releases.as_of(NOON + timedelta(hours=6)).id == second.id
    with pytest.raises(ReleaseNotFound):
        releases.as_of(NOON - timedelta(seconds=1))
    assert [release.id for release in releases.list()] == [second.id, first.id]


def test_same_content_is_the_same_release(releases):
    first = publish(releases, ROWS)
    again = publish(releases, reversed(ROWS), hours=1)
    assert again.id == first.id
    assert len(releases.list()) == 1


def test_going_back_to_an_old_content_is_news_with_its_own_history(releases):
    first = publish(releases, ROWS)
    second = publish(releases, [observe("500,0"), *ROWS[1:]], hours=1)
    third = publish(releases, ROWS, hours=2)
    assert releases.current().id == third.id
    assert releases.as_of(NOON + timedelta(hours=3)).id == third.id
    assert [release.id for release in releases.list()] == [third.id, second.id, first.id]
    history = third.revisions(ROWS[0].id)
    assert [(one.release, one.kind) for one in history] == [
        (first.id, "added"), (second.id, "changed"), (third.id, "changed"),
    ]  # fmt: skip
    assert publish(releases, ROWS, hours=3).id == publish(releases, ROWS, hours=4).id


def test_what_a_killed_publisher_had_built_is_taken_up(releases):
    first = publish(releases, ROWS[:2])
    second = publish(releases, ROWS, hours=1)
    releases._shelf.switch(first.id)
    assert publish(releases, ROWS, hours=2).id == second.id
    assert releases.current().id == second.id


def test_other_folders_and_odd_names_are_no_releases(releases):
    release = publish(releases, ROWS)
    (releases.folder / "lost+found").mkdir()
    assert [one.id for one in Releases(releases.folder).list()] == [release.id]
    for odd in (
        "\0",
        "a" * 400,
        "..",
        ".",
        "lost+found",
        f"{release.id}/../{release.id}",
        "\udc80",
    ):
        with pytest.raises(ReleaseNotFound):
            releases.get(odd)


def test_a_process_keeps_few_releases_at_hand(releases, monkeypatch):
    monkeypatch.setattr("irtysh.store.releases._MOST_OPEN", 2)
    made = [publish(releases, ROWS[: n + 1], hours=n).id for n in range(5)]
    for one in made:
        assert releases.get(one).count() == len(releases.get(one).observations())
        assert releases.get(one).document("case") == {"id": "test"}
    opened = [one for one in made if releases._open[one]._query._connection is not None]
    read = [one for one in made if releases._open[one]._documents]
    assert opened == read == made[-2:]
    assert [releases.get(one).count() for one in made] == [1, 2, 3, 4, 5]


def test_a_query_file_swept_away_while_it_is_opened_is_built_again(releases, monkeypatch):
    release = publish(releases, ROWS)
    query, build, swept = release._query, release._query.build, []

    def built_and_swept():
        build()
        if not swept:
            swept.append(True)
            query._path.unlink()

    monkeypatch.setattr(query, "build", built_and_swept)
    assert release.count() == len(ROWS)


def test_a_publisher_leaves_the_files_that_readers_are_building(releases):
    publish(releases, ROWS)
    building = releases.folder / ".cache" / "2001-01-01-0000000000.ab.building"
    building.touch()
    for number in range(1, 5):
        publish(releases, ROWS[:number], hours=number)
    assert building.exists()


def test_damage_is_found(releases):
    release = publish(releases, ROWS)
    (release.folder / "documents" / "case.json").write_text("{}")
    with pytest.raises(ReleaseDamaged) as caught:
        release.verify()
    assert caught.value.params["file"] == "documents/case.json"


def test_absent_things_have_a_named_error(releases):
    with pytest.raises(ReleaseNotFound):
        releases.current()
    release = publish(releases, ROWS)
    for absent in (
        lambda: releases.get("2020-01-01-none"),
        lambda: releases.get("../etc"),
        lambda: release.document("none"),
        lambda: release.file("none"),
    ):
        with pytest.raises(ReleaseNotFound):
            absent()


def test_parquet_of_a_selection_is_that_selection(releases, tmp_path):
    release = publish(releases, ROWS)
    from irtysh.store.parquet import read_parquet

    path = tmp_path / "selection.parquet"
    path.write_bytes(release.parquet(source="press"))
    assert [from_row(row) for row in read_parquet(path)] == [ROWS[1]]


texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00;\r"), max_size=20)


@settings(max_examples=30, deadline=None)
@given(definition=texts, locator=texts, value=st.decimals(-(10**9), 10**9, places=3))
def test_any_text_and_number_survives(tmp_path_factory, definition, locator, value):
    row = observe(f"{value:f}", definition=definition, locator=locator)
    releases = Releases(tmp_path_factory.mktemp("releases"))
    assert publish(releases, [row]).observations() == [row]


def test_every_field_has_a_column():
    assert set(to_row(ROWS[0])) == set(COLUMNS)


def test_a_copy_that_followed_the_link_is_named_damaged(releases):
    release = publish(releases, ROWS)
    link = releases.folder / "current"
    link.unlink()
    link.mkdir()
    with pytest.raises(ReleaseDamaged):
        releases.current()
    assert releases.get(release.id).id == release.id


def test_a_manifest_cut_short_is_damage_and_the_content_can_be_published_again(releases):
    release = publish(releases, ROWS)
    manifest = release.folder / "manifest.json"
    manifest.write_bytes(manifest.read_bytes()[:50])
    with pytest.raises(ReleaseDamaged):
        Releases(releases.folder).current()
    again = publish(Releases(releases.folder), ROWS)
    again.verify()
