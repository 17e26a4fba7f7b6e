"""The sums of a check sheet: what may be added up within a year, and what not."""

from __future__ import annotations

from decimal import Decimal

from irtysh.sources.intake.sums import by_year, covered
from irtysh.store.check_sheet import StagedSum


def staged(period: str, value: str | None) -> StagedSum:
    codes = {"flow": "X", "period": period, "level": "0"}
    return StagedSum(codes, 1, int(value is None), None if value is None else Decimal(value), None)


def test_only_periods_of_one_length_are_added_up() -> None:
    found = by_year([
        staged("2021", "100"),
        staged("2021-01", "10"), staged("2021-02", "20"), staged("2021-03", None),
        staged("2021-Q1", "30"), staged("2021-Q2", "40"),
        staged("2021-01/2021-02", "30"), staged("2021-01/2021-03", "30"),
    ])  # fmt: skip
    said = sorted((row["year"], row["span"], row["value"], row["missing"]) for row in found)
    assert said == [
        ("2021", "A", "100", 0),
        ("2021", "M", "30", 1),
        ("2021", "Q", "70", 0),
        ("2021-01/2021-02", "own", "30", 0),
        ("2021-01/2021-03", "own", "30", 0),
    ]


def figure(area: str, value: str, unit: str = "PERS", partner: str = "") -> StagedSum:
    codes = {"flow": "_Z", "period": "2021", "level": "2", "measure": "POPULATION", "unit": unit,
             "unit_mult": "0", "ref_area": area, "partner": partner}  # fmt: skip
    return StagedSum(codes, 1, 0, Decimal(value), None)


def test_a_country_is_not_added_to_its_regions() -> None:
    found = by_year([figure("KZ", "30"), figure("KZ-10", "10"), figure("KZ-11", "20")])
    said = {(row["within"], row["rows"], row["value"]) for row in found}
    assert said == {("KZ", 2, "30"), ("W", 1, "30")}
    assert {covered(row, "en") for row in found} == {"countries", "parts of Kazakhstan"}
    (regions,) = [row for row in found if row["within"] == "KZ"]
    assert [covered(regions, one) for one in ("ru", "kk", "en")] == [
        "части территории «Казахстан»", "«Қазақстан» аумағының бөліктері", "parts of Kazakhstan"
    ]  # fmt: skip


def test_shares_and_rates_are_counted_and_not_added() -> None:
    for unit in ("PC", "KZT_USD", "PLACE", "USD_BBL"):
        (row,) = by_year([figure("KZ-10", "10", unit), figure("KZ-11", "20", unit)])
        assert (row["rows"], row["value"]) == (2, None)


def test_the_world_is_not_added_to_its_countries() -> None:
    codes = {"flow": "X", "period": "2021", "level": "0"}
    found = by_year([
        StagedSum({**codes, "partner": "W"}, 1, 0, Decimal(5), None),
        StagedSum({**codes, "partner": ""}, 2, 0, Decimal(5), None),
    ])  # fmt: skip
    assert sorted(row["value"] for row in found) == ["5", "5"]
    assert {covered(row, "en") for row in found} == {"World", "single partners"}
