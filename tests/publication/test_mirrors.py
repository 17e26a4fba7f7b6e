"""Both sides' records of a flow, read from a published dataset."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from irtysh.publication.mirrors import Mirror, mirror
from irtysh.stats.mirror import asymmetry
from tests.flows import flow_row, published_flows

_YEARS = ("2019", "2020", "2021", "2022", "2023")
_PARTNERS = ("DE", "FR", "IT", "PL", "ES", "NL", "BE", "AT", "SE", "FI", "CZ", "PT")


def _flow(here: str, there: str, flow: str, year: str, value: str, goods: str = "_T"):
    return flow_row(
        ref_area=here, counterpart_area=there, flow=flow, period=year, value=value,
        commodity=goods, weight="",
    )  # fmt: skip


def _pair(exports: str, imports: str, year: str = "2023", goods: str = "_T"):
    return [
        _flow("RU", "KZ", "X", year, exports, goods),
        _flow("KZ", "RU", "M", year, imports, goods),
    ]


def _mirror(folder: Path, rows: list, **more) -> Mirror:
    rows = [row._replace(line=number) for number, row in enumerate(rows, start=2)]
    dataset = published_flows(folder, rows).dataset
    return mirror(dataset, "RU", "KZ", are_neighbours=True, **more)


def test_records_stand_side_by_side_by_year(tmp_path: Path) -> None:
    rows = [*_pair("50", "58"), *_pair("30", "33", "2022"), _flow("RU", "KZ", "X", "2021", "8")]
    found = _mirror(tmp_path, rows)
    assert [one.period for one in found.years] == ["2023", "2022", "2021"]
    newest = found.years[0]
    assert newest.exports is not None and newest.imports is not None
    assert (newest.exports.value, newest.imports.value) == (Decimal(50), Decimal(58))
    assert newest.asymmetry == pytest.approx(asymmetry(50, 58))
    alone = found.years[2]
    assert alone.imports is None and alone.asymmetry is None
    assert "MIRROR" in alone.together.flags
    assert (found.unit, found.unit_mult) == ("USD", 0)


def test_one_pair_warns_that_nobody_knows_who_errs(tmp_path: Path) -> None:
    found = _mirror(tmp_path, _pair("50", "58"))
    assert found.sigmas is None
    assert {"one_pair", "union"} <= set(found.warnings)
    assert "attribution" not in found.warnings


def test_third_partners_tell_who_is_reliable(tmp_path: Path) -> None:
    """Germany and all others agree with Russia within 2 %, with Kazakhstan only within 40 %."""
    rows = []
    areas = ("RU", "KZ", *_PARTNERS)
    for year in _YEARS:
        for number, exporter in enumerate(areas):
            for importer in areas:
                if exporter == importer:
                    continue
                gap = 1.4 if "KZ" in (exporter, importer) else 1.02
                value = 10**9 + number
                rows.append(_flow(exporter, importer, "X", year, str(value)))
                rows.append(_flow(importer, exporter, "M", year, f"{value * gap * 1.03:.0f}"))
    found = _mirror(tmp_path, rows)
    assert found.partners == (12, 12)
    assert found.sigmas is not None
    russia, kazakhstan = found.sigmas
    assert russia < 0.1 < kazakhstan
    assert found.years[0].together.weight is not None
    assert found.years[0].together.weight > 0.9
    assert "one_pair" not in found.warnings


def test_goods_are_compared_on_a_level_that_both_have(tmp_path: Path) -> None:
    rows = [
        *_pair("100", "103"),
        *_pair("60", "61", goods="27"), *_pair("40", "20", goods="10"),
        _flow("RU", "KZ", "X", "2023", "60", "270900"),
    ]  # fmt: skip
    found = _mirror(tmp_path, rows)
    assert (found.product_year, found.product_level) == ("2023", "2")
    assert [one.commodity for one in found.products] == ["10", "27"]  # the largest gap first
    assert "ATTRIBUTION" in found.products[0].together.flags
    assert found.products[0].together.point is None


def test_a_flow_that_one_side_alone_recorded_says_so(tmp_path: Path) -> None:
    found = _mirror(tmp_path, [_flow("RU", "KZ", "X", "2023", "50")])
    assert found.warnings[0] == "one_side"
    assert found.products == ()


def test_a_region_has_no_mirror(tmp_path: Path) -> None:
    rows = [_flow("RU-OMS", "KZ", "X", "2023", "50")]
    dataset = published_flows(tmp_path, rows).dataset
    assert "region" in mirror(dataset, "RU-OMS", "KZ", are_neighbours=True).warnings


def test_imports_stated_fob_lose_no_carriage(tmp_path: Path) -> None:
    rows = [row._replace(line=n) for n, row in enumerate(_pair("100", "100"), start=2)]
    constants = {"unit": "USD", "valuation": {"X": "FOB", "M": "FOB"}, "source": "test_source"}
    dataset = published_flows(tmp_path, rows, constants=constants).dataset
    found = mirror(dataset, "RU", "KZ", are_neighbours=True)
    assert found.cif == (0, 0)
    assert found.years[0].together.log_ratio == (0, 0)


def test_a_period_in_two_editions_is_not_counted_twice(tmp_path: Path) -> None:
    rows = _pair("50", "58", goods="271019")
    again = [row._replace(classification="H6", value="49") for row in rows[:1]]
    found = _mirror(tmp_path, [*rows, *again])
    assert found.years[0].exports is not None
    assert found.years[0].exports.value == Decimal(50)
    assert [(one.exports.value, one.imports.value) for one in found.products] == [(50, 58)]
    assert "editions" not in found.warnings


def test_goods_in_different_editions_are_said_to_be(tmp_path: Path) -> None:
    sent, received = _pair("50", "58", goods="271019")
    found = _mirror(tmp_path, [sent, received._replace(classification="H6")])
    assert [one.commodity for one in found.products] == ["271019"]
    assert "editions" in found.warnings
