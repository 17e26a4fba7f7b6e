"""Rows to points: keys that are unique, statuses, repeats, and what no message can hold."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from irtysh.sdmx.points import NO_PERIOD, SAME_KEY, Points
from irtysh.sdmx.spilling import spill_sorted
from irtysh.sdmx.structure import FIGURES, TRADE, structure_of
from irtysh.store import Releases
from irtysh.vocabulary.numbers import Qualifier
from irtysh.vocabulary.observation import Status
from tests.flows import flow_row, published_flows
from tests.observations import observe
from tests.release import published
from tests.sdmx.data.messages import rows_of


def test_keys_of_the_real_case_are_unique_and_all_is_accounted_for() -> None:
    release = Releases(published("omsk-kazakhstan")).current()
    for one in release.document("datasets"):
        dataset = release.dataset(one["id"])
        points = Points(structure_of(dataset.structure), dataset.stream(by_series=True))
        listed = list(points)
        assert len({(point.key, point.time) for point in listed}) == len(listed)
        assert len(listed) + sum(points.unsent.values()) == dataset.count()
        assert all(len(point.key) == len(FIGURES.key) for point in listed)


def test_repeats_are_numbered_whatever_else_is_selected() -> None:
    twice = [observe("402,1", locator=f"L.{line}") for line in (1, 2, 3)]
    rival = observe("400", source="other")
    place = FIGURES.key.index("REPEAT")
    numbers = {
        point.attributes["LOCATOR"]: point.key[place]
        for point in Points(FIGURES, rows_of([*twice, rival]))
        if point.key[FIGURES.key.index("SOURCE")] == "paper"
    }
    assert sorted(numbers.values()) == ["1", "2", "3"]
    alone = {p.attributes["LOCATOR"]: p.key[place] for p in Points(FIGURES, rows_of(twice))}
    assert alone == numbers


def test_a_figure_without_a_period_is_counted_and_not_sent() -> None:
    points = Points(FIGURES, rows_of([observe(), observe("5", "")]))
    assert len(list(points)) == 1
    assert points.unsent == {NO_PERIOD: 1}


def test_totals_of_two_editions_share_a_key_and_the_second_is_counted(tmp_path: Path) -> None:
    rows = [
        flow_row(commodity="_T", classification=edition, line=line)
        for line, edition in enumerate(("H5", "H6"), 2)
    ]
    vintage = published_flows(tmp_path, rows)
    points = Points(TRADE, vintage.dataset.stream(by_series=True))
    assert len(list(points)) == 2  # value and weight
    assert points.unsent == {SAME_KEY: 2}


@pytest.mark.parametrize(
    ("status", "letter", "word"),
    [
        (Status.OBSERVED, "A", None),
        (Status.DERIVED, "A", "DERIVED"),
        (Status.ESTIMATED, "E", None),
        (Status.MIRROR, "A", "MIRROR"),
        (Status.RESIDUAL, "A", "RESIDUAL"),
        (Status.SUPPRESSED, "Q", None),
        (Status.TARGET, "F", None),
        (Status.MISSING, "M", None),
    ],
)
def test_statuses(status: Status, letter: str, word: str | None) -> None:
    (point,) = Points(FIGURES, rows_of([observe(status=status)]))
    assert point.attributes["OBS_STATUS"] == letter
    assert point.attributes.get("STATUS") == word


def test_a_printed_figure_says_what_it_admits() -> None:
    listed = [observe("402,10"), observe("5", "2020", qualifier=Qualifier.GT)]
    more, exact = sorted(Points(FIGURES, rows_of(listed)), key=lambda point: point.time)
    assert exact.value == Decimal("402.10")
    assert str(exact.value) == "402.10"
    assert (exact.attributes["OBS_LOW"], exact.attributes["OBS_HIGH"]) == ("402.095", "402.105")
    assert more.attributes["OBS_LOW"] == "5"
    assert "OBS_HIGH" not in more.attributes


def test_the_preferred_rival_is_marked_only_where_it_was_decided() -> None:
    first, second, alone = observe(), observe("403", source="x"), observe("1", "2019")
    rows = rows_of([first, second, alone])
    points = Points(FIGURES, rows, {first.id: True, second.id: False})
    said = {point.value: point.attributes.get("PREFERRED") for point in points}
    assert said == {Decimal("402.1"): "true", Decimal("403"): "false", Decimal("1"): None}


def test_sorting_on_disk_is_sorting() -> None:
    items = [(7919 * number) % 1009 for number in range(3000)]
    assert list(spill_sorted(items, lambda one: one, in_memory=64)) == sorted(items)
    assert list(spill_sorted([], lambda one: one)) == []
