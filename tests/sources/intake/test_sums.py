"""The sums of a check sheet: what may be added up within a year, and what not."""

from __future__ import annotations

from decimal import Decimal

from irtysh.sources.intake.reading import _by_year
from irtysh.store.check_sheet import StagedSum


def staged(period: str, value: str | None) -> StagedSum:
    codes = {"flow": "X", "period": period, "level": "0"}
    return StagedSum(codes, 1, int(value is None), None if value is None else Decimal(value), None)


def test_only_periods_of_one_length_are_added_up() -> None:
    found = _by_year([
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
