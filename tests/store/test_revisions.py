"""What changed between two versions, and what each said of a cell: flows, figures, releases."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from irtysh.store import Publication, Releases
from irtysh.store.revisions import changes, history
from irtysh.store.schema import from_row
from irtysh.store.selection import Selection
from irtysh.store.vintages import Vintages
from irtysh.vocabulary.errors import ReleaseNotFound
from tests.flows import CONSTANTS, NOON, flow_row, flow_rows, published_flows
from tests.observations import observe

CELL = {
    "freq": "A",
    "ref_area": "KZ",
    "counterpart_area": "RU",
    "flow": "X",
    "classification": "H5",
    "commodity": "100199",
    "period": "2021",
    "measure": "VALUE",
}


def later(hours: int):
    return NOON + timedelta(hours=hours)


def test_history_of_a_cell(tmp_path):
    published_flows(tmp_path, [flow_row(period="2020")], created_at=later(0))
    published_flows(tmp_path, [flow_row(value="5")], created_at=later(1))
    published_flows(
        tmp_path, [flow_row(value="", weight="", status="SUPPRESSED")], created_at=later(2)
    )
    published_flows(tmp_path, [flow_row(value="7", line=99)], created_at=later(3))
    vintages = Vintages(tmp_path)
    found = vintages.history("TEST_TRADE", CELL)
    assert [one.row and (one.row["value"], one.row["status"]) for one in found] == [
        None,
        (Decimal(5), "OBSERVED"),
        (None, "SUPPRESSED"),
        (Decimal(7), "OBSERVED"),
    ]
    assert [one.created_at for one in found] == [later(n) for n in range(4)]
    assert found[-1].version == vintages.current("TEST_TRADE").id


def test_a_hidden_value_beside_a_stated_weight(tmp_path):
    hidden = flow_row(value="", weight="5", status="SUPPRESSED/OBSERVED/OBSERVED")
    dataset = published_flows(tmp_path, [hidden]).dataset
    stated = {row["measure"]: (row["value"], row["status"]) for row in dataset.stream()}
    assert stated == {"VALUE": (None, "SUPPRESSED"), "WEIGHT": (Decimal(5), "OBSERVED")}
    totals = dataset.totals(Selection.of({"measure": "VALUE"}), ["ref_area"])
    assert [one.suppressed for one in totals] == [1]


def test_changes_name_what_is_new_different_and_gone(tmp_path):
    rows = list(flow_rows())
    first = published_flows(tmp_path, rows)
    number = next(n for n, row in enumerate(rows) if row.quantity and row.weight)
    changed = list(rows)
    changed[number] = rows[number]._replace(weight="1", line=77777)
    changed[number + 1] = rows[number + 1]._replace(line=88888)
    added = flow_row(period="2031", weight="", line=5000)
    published_flows(tmp_path, [*changed[:-1], added], created_at=later(1))
    vintages = Vintages(tmp_path)
    found = [
        (one.action, one.row["measure"], one.row["period"], one.row["value"])
        for one in vintages.changes("TEST_TRADE", first.id)
    ]
    last = rows[-1]
    assert sorted(found, key=str) == sorted(
        [
            ("replace", "WEIGHT", rows[number].period, Decimal(1)),
            ("replace", "VALUE", "2031", Decimal("100.5")),
            ("replace", "WEIGHT", "2031", None),
            ("delete", "VALUE", last.period, Decimal(last.value)),
            ("delete", "WEIGHT", last.period, Decimal(last.weight)),
        ],
        key=str,
    )
    assert list(vintages.changes("TEST_TRADE", NOON + timedelta(minutes=5)))
    assert not list(vintages.changes("TEST_TRADE", later(5)))
    assert len(list(vintages.changes("TEST_TRADE", NOON - timedelta(days=1)))) == (
        vintages.current("TEST_TRADE").dataset.count()
    )
    with pytest.raises(ReleaseNotFound):
        list(vintages.changes("TEST_TRADE", "2020-01-01-0000000000"))


def test_another_unit_replaces_everything(tmp_path):
    first = published_flows(tmp_path, [flow_row(), flow_row(period="2022", line=3)])
    published_flows(
        tmp_path, [flow_row()], constants={**CONSTANTS, "unit_mult": 3}, created_at=later(1)
    )
    found = [
        (one.action, one.row["measure"], one.row["period"])
        for one in Vintages(tmp_path).changes("TEST_TRADE", first.id)
    ]
    assert sorted(found) == [
        ("delete", "VALUE", "2022"),
        ("delete", "WEIGHT", "2022"),
        ("replace", "VALUE", "2021"),
        ("replace", "WEIGHT", "2021"),
    ]


AMOUNTS = st.dictionaries(
    st.integers(2000, 2005), st.tuples(*[st.sampled_from(["", "1", "2"])] * 3), min_size=1
)


@settings(max_examples=15, deadline=None)
@given(AMOUNTS, AMOUNTS)
def test_changes_applied_to_the_old_give_the_new(tmp_path_factory, before, after):
    folder = tmp_path_factory.mktemp("datasets")
    for hour, amounts in enumerate((before, after)):
        rows = [
            flow_row(period=str(year), value=v, weight=w, quantity=q, quantity_unit=q and "NUM",
                     line=year)
            for year, (v, w, q) in amounts.items()
        ]  # fmt: skip
        made = published_flows(folder, rows, created_at=later(hour))
        if hour == 0:
            first = made
            kept = {(row["period"], row["measure"]): said(row) for row in made.dataset.stream()}
    for one in Vintages(folder).changes("TEST_TRADE", first.id):
        key = one.row["period"], one.row["measure"]
        if one.action == "delete":
            kept.pop(key)
        else:
            assert kept.get(key) != said(one.row)
            kept[key] = said(one.row)
    now = Vintages(folder).current("TEST_TRADE").dataset
    assert kept == {(row["period"], row["measure"]): said(row) for row in now.stream()}


def said(row):
    return row["value"], row["status"], row["unit"]


def test_releases_are_compared_the_same_way(tmp_path):
    releases = Releases(tmp_path)
    first = releases.publish(
        Publication([observe(), observe("7", "2019"), observe("1", dataflow="OTHER")], {}), NOON
    )
    second = releases.publish(
        Publication([observe("403"), observe("1", "2022"), observe("2", dataflow="OTHER")], {}),
        later(1),
    )
    found = [
        (one.action, one.row["period"], one.row["printed"])
        for one in changes(first.edition("TRADE_PARTNER"), second.edition("TRADE_PARTNER"))
    ]
    assert found == [
        ("delete", "2019", "7"),
        ("replace", "2021", "403"),
        ("replace", "2022", "1"),
    ]
    editions = [one.edition("TRADE_PARTNER") for one in releases.list()]
    stated = history(editions, {"id": observe().id})
    assert [from_row(one.row).printed for one in stated if one.row] == ["402,1", "403"]
    assert [one.version for one in stated] == [first.id, second.id]
