"""Money by dated series: the period's own rate or nothing, and the evidence beside it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.stats.conversion import (
    Rates,
    at_constant_prices,
    crossed,
    in_currency,
    rate_of,
    rates_of,
)
from irtysh.stats.quantity import Quantity
from irtysh.vocabulary.errors import NothingToCompute, SeriesMixed
from irtysh.vocabulary.period import Period


def quarter(number: int, year: int = 2020) -> Period:
    return Period.parse("Q", f"{year}-Q{number}")


def exactly(value: str | int | None) -> Quantity | None:
    return None if value is None else Quantity.exactly(Decimal(value))


def rates(*values: str | None, taken: str = "average") -> Rates:
    listed = {quarter(number): exactly(value) for number, value in enumerate(values, 1)}
    return Rates("KZ.EXCHANGE_RATE", "bank", listed, "KZT", "USD", taken)  # type: ignore[arg-type]


YEAR = Period.year(2020)


def test_a_year_has_the_mean_of_its_quarters_and_says_so() -> None:
    found = rate_of(rates("390", "410", "420", "430"), YEAR)
    assert found is not None
    assert found.rate.point == Decimal("412.5")
    assert (found.series, found.source, found.over) == ("KZ.EXCHANGE_RATE", "bank", 4)


def test_a_series_of_ends_gives_the_last_one() -> None:
    found = rate_of(rates("390", "410", "420", "430", taken="end"), YEAR)
    assert found is not None
    assert found.rate.point == 430


@pytest.mark.parametrize("values", [("390", "410", "420"), ("390", None, "420", "430"), ()])
def test_a_missing_rate_is_a_missing_result(values: tuple[str | None, ...]) -> None:
    found = in_currency({YEAR: exactly(100)}, rates(*values), have="USD", want="KZT")
    assert found[YEAR].is_missing
    assert found[YEAR].evidence == ()


def test_a_neighbours_rate_is_never_taken() -> None:
    series = rates("390", None, "420")
    found = in_currency({quarter(2): exactly(1)}, series, have="USD", want="KZT")
    assert found[quarter(2)].value is None
    assert rate_of(series, quarter(4)) is None


def test_a_gap_of_the_year_itself_is_not_filled_from_quarters() -> None:
    series = rates("390", "410", "420", "430")
    held = Rates(series.id, series.source, {**series.values, YEAR: None}, "KZT", "USD")
    assert rate_of(held, YEAR) is None


def test_there_and_back_is_the_same_amount() -> None:
    series = rates("400", "400", "400", "400")
    there = in_currency({YEAR: exactly(7)}, series, have="USD", want="KZT")[YEAR]
    assert there.value is not None
    assert there.value.point == 2800
    back = in_currency({YEAR: there.value}, series, have="KZT", want="USD")[YEAR]
    assert back.value is not None
    assert back.value.point == 7


@given(
    st.decimals("0.01", "100000", places=2), st.decimals("0.01", "1000", places=2), st.booleans()
)
def test_bounds_hold_every_admissible_pair(amount: Decimal, rate: Decimal, multiply: bool) -> None:
    printed, price = Quantity.rounded(str(amount)), Quantity.rounded(str(rate))
    series = Rates("r", "s", {YEAR: price}, "KZT", "USD")
    have, want = ("USD", "KZT") if multiply else ("KZT", "USD")
    value = in_currency({YEAR: printed}, series, have=have, want=want)[YEAR].value
    assert value is not None
    for one in (printed.low, amount):
        for other in (price.low, rate):
            if other > 0 and one >= 0:
                result = one * other if multiply else one / other
                assert value.low <= result <= value.high


def test_a_deficit_stays_a_deficit() -> None:
    found = in_currency({YEAR: exactly(-5)}, rates(*["2"] * 4), have="USD", want="KZT")[YEAR]
    assert found.value is not None
    assert found.value.point == -10


@pytest.mark.parametrize(("have", "want"), [("USD", "RUB"), ("KZT", "KZT")])
def test_rates_of_other_currencies_are_refused(have: str, want: str) -> None:
    with pytest.raises(NothingToCompute, match="NO_RATE"):
        in_currency({YEAR: exactly(1)}, rates("1", "1", "1", "1"), have=have, want=want)


def test_a_rate_of_zero_is_refused() -> None:
    with pytest.raises(NothingToCompute, match="ZERO_BASE"):
        in_currency({quarter(1): exactly(1)}, rates("0"), have="KZT", want="USD")


def test_rates_of_one_base_are_crossed() -> None:
    rub = Rates("RUB", "ECB", {YEAR: exactly(80), quarter(1): None}, "RUB", "EUR")
    usd = Rates("USD", "ECB", {YEAR: exactly("1.25"), quarter(1): exactly(1)}, "USD", "EUR")
    both = crossed(rub, usd)
    found = both.values[YEAR]
    assert found is not None
    assert (found.point, both.unit, both.per, both.source) == (64, "RUB", "USD", "ECB")
    assert both.values[quarter(1)] is None
    with pytest.raises(NothingToCompute):
        crossed(rub, rates("1"))


def test_constant_prices_name_both_index_numbers() -> None:
    index = Rates("CPI", "bureau", {YEAR: exactly(100), Period.year(2021): exactly(125)}, "INDEX")
    values = {YEAR: exactly(10), Period.year(2021): exactly(10), Period.year(2022): exactly(10)}
    found = at_constant_prices(values, index, YEAR)
    later = found[Period.year(2021)]
    assert later.value is not None
    assert later.value.point == 8
    assert [one.period for one in later.evidence] == [Period.year(2021), YEAR]
    assert found[Period.year(2022)].is_missing
    assert found[YEAR].value == values[YEAR]
    with pytest.raises(NothingToCompute, match="NO_PRICE_INDEX"):
        at_constant_prices(values, index, Period.year(2019))


def row(period: str, value: str | None, **other: str) -> dict[str, str | None]:
    return {"ref_area": "KZ", "measure": "EXCHANGE_RATE", "unit": "KZT_USD", "unit_mult": "0",
            "source": "bank", "period_kind": "Q", "period": period, "value": value,
            "printed": value, **other}  # fmt: skip


def test_a_series_is_made_of_rows_of_a_dataset() -> None:
    found = rates_of([row("2020-Q1", "389,5"), row("2020-Q2", None)], unit="KZT", per="USD")
    first = found.values[quarter(1)]
    assert first is not None
    assert (first.point, first.low) == (Decimal("389.5"), Decimal("389.45"))
    assert found.values[quarter(2)] is None
    assert found.source == "bank"


def test_rows_of_several_series_are_refused_by_what_tells_them_apart() -> None:
    with pytest.raises(SeriesMixed, match="unit"):
        rates_of([row("2020-Q1", "1"), row("2020-Q2", "1", unit="KZT_EUR")], unit="KZT")
    with pytest.raises(SeriesMixed, match="period"):
        rates_of([row("2020-Q1", "1"), row("2020-Q1", "2")], unit="KZT")
