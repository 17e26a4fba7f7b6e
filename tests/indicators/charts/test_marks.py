from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from irtysh.indicators.charts import Mark
from irtysh.vocabulary.figure import Figure
from irtysh.vocabulary.numbers import Qualifier
from irtysh.vocabulary.observation import Observation, Status
from irtysh.vocabulary.period import Period

D = Decimal


def observed(value: str | None, qualifier: Qualifier = Qualifier.EQ, mult: int = 6) -> Observation:
    status = Status.OBSERVED if value else Status.MISSING
    return Observation(
        "TRADE_PARTNER", "A", "RU-OMS", "KZ", "T", "_Z", "_T", "VALUE", Period.year(2021), None,
        "", qualifier, value or "", D(value) if value else None, "USD", mult, "_U", status, "",
        "paper", "L.257", date(2024, 1, 1),
    )  # fmt: skip


def test_a_printed_figure_keeps_its_precision_and_interval() -> None:
    mark = Mark.from_observation(observed("402.1"))
    assert (mark.value, mark.low, mark.high) == (D("402.1"), D("402.05"), D("402.15"))
    assert mark.status == "printed"
    assert mark.written("ru") == "402,1"
    assert mark.written("en") == "402.1"
    assert len(mark.evidence) == 1


def test_more_than_is_a_bound_open_above() -> None:
    mark = Mark.from_observation(observed("380", Qualifier.GT))
    assert (mark.status, mark.low, mark.high) == ("bound", D(380), None)
    assert mark.written("kk") == "> 380"
    below = Mark.from_observation(observed("5", Qualifier.LT))
    assert below.written("en") == "< 5"


def test_another_multiplier_moves_the_point_and_nothing_else() -> None:
    mark = Mark.from_observation(observed("1500.5", mult=3), unit_mult=6)
    assert mark.value == D("1.5005")
    assert mark.low == D("1.50045")


def test_a_derived_figure_is_divided_and_rounded_for_the_eye_only() -> None:
    figure = Figure(D("357104795.7"), D("356900000"), D("357300000"), "USD", evidence=("a",))
    mark = Mark.from_figure(figure, Period.year(2020), unit_mult=6)
    assert mark.value == D("357.1047957")
    assert mark.written("ru") == "357,1"
    assert mark.evidence == ("a",)


def test_missing_is_never_zero() -> None:
    mark = Mark.from_observation(observed(None))
    assert mark.value is None
    assert not mark.is_known
    assert mark.written("ru") == ""


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [("0", "83.1", "0–83,1"), (None, "5", "< 5"), ("7", None, "> 7"), ("-2", "3", "−2 … 3")],
)
def test_what_is_known_only_within_bounds(low: str | None, high: str | None, text: str) -> None:
    ends = (D(low) if low else None, D(high) if high else None)
    assert Mark(Period.year(2021), None, *ends).written("ru") == text
