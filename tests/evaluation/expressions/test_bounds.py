"""Bounds of expressions over a small made world: by hand, and held by every admissible figure."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from irtysh.evaluation.expressions import Evidence, World, evaluate, parse
from irtysh.vocabulary.numbers import Qualifier
from irtysh.vocabulary.observation import Observation
from tests.evaluation.paper_claims import world
from tests.evaluation.tables import level
from tests.indicators.first_case import turnover

MILLION = Decimal(10) ** 6
YEARS = (2019, 2020, 2021)


def flow(code: str, year: int, printed: str, **fields: object) -> Observation:
    return turnover(printed, str(year), flow=code, locator=f"{code} {year}", **fields)


SMALL = world(
    [
        flow("X", 2019, "30"),
        flow("X", 2020, "33"),
        flow("X", 2021, "36"),
        flow("M", 2020, "10"),
        flow("X", 2020, "20", counterpart_area="CN"),
        flow("X", 2020, "50", counterpart_area="TR"),
        flow("X", 2020, "20", counterpart_area="DE"),
    ]
)


def value(text: str, over: World = SMALL, own: tuple[Observation, ...] = ()) -> Evidence:
    return evaluate(parse(text), over, own)


def test_the_numbers_are_what_a_pencil_makes_of_them() -> None:
    # 30, 33, 36 and 10 print [29.5, 30.5], [32.5, 33.5], [35.5, 36.5] and [9.5, 10.5].
    by_hand = {
        "exports[2020] + imports[2020]": ("42", "44", MILLION),
        "exports[2020] - imports[2020]": ("22", "24", MILLION),
        "-imports[2020]": ("-10.5", "-9.5", MILLION),
        "abs(imports[2020] - exports[2020])": ("22", "24", MILLION),
        "sum(exports[2019..2021])": ("97.5", "100.5", MILLION),
        "sum(exports[2020, counterpart=KZ|CN])": ("52", "54", MILLION),
        "max(exports)": ("35.5", "36.5", MILLION),
        "min(exports[2020..])": ("32.5", "33.5", MILLION),
        "max(imports[2020], exports[2019], exports[2020])": ("32.5", "33.5", MILLION),
        "first(exports)": ("29.5", "30.5", MILLION),
        "last(exports)": ("35.5", "36.5", MILLION),
        "between(imports[2020], exports[2019])": ("9.5", "30.5", MILLION),
        "exports[2020] * 2": ("65", "67", MILLION),
        "50 PC * exports[2020]": ("16.25", "16.75", MILLION),
        "years(exports)": ("3", "3", 1),
        "count(exports[2020, counterpart=*])": ("4", "4", 1),
        "rank(TR, exports[2020, counterpart=*])": ("1", "1", 1),
        "rank(KZ, exports[2020, counterpart=*])": ("2", "2", 1),
        "rank(CN, exports[2020, counterpart=*])": ("3", "4", 1),
    }
    for text, (low, high, scale) in by_hand.items():
        found = value(text)
        assert (found.low, found.high) == (Decimal(low) * scale, Decimal(high) * scale), text


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("growth(exports[2019], exports[2021])", 100 * (35.5 / 30.5 - 1), 100 * (36.5 / 29.5 - 1),
         "PC"),
        ("share(imports[2020], exports[2020])", 950 / 33.5, 1050 / 32.5, "PC"),
        ("exports[2020] / imports[2020]", 32.5 / 10.5, 33.5 / 9.5, ""),
        ("share(imports[2020], imports[2020] + exports[2020])", 950 / 43, 1050 / 43, "PC"),
    ],
)  # fmt: skip
def test_quotients_take_the_worst_corners(text: str, low: float, high: float, unit: str) -> None:
    found = value(text)
    assert float(found.low or 0) == pytest.approx(low)
    assert float(found.high or 0) == pytest.approx(high)
    assert (found.unit, found.kind) == (unit, "rounding")


def test_a_choice_names_every_code_that_may_be_the_least() -> None:
    assert value("argmin(exports[2020, counterpart=*])").choices == ("CN", "DE")
    assert value("argmax(exports[2020, counterpart=*])").choices == ("TR",)
    assert value("argmax(exports, 2019..2020)").choices == ("2020",)


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("exports[2015]", "data", {"flow": "X", "counterpart_area": "KZ", "period": "2015"}),
        ("growth(exports[2015], exports[2020])", "data", {"flow": "X", "period": "2015"}),
        ("share(imports[2020], turnover[2015])", "denominator", {"period": "2015"}),
        ("exports[2020, counterpart=FR]", "data", {"counterpart_area": "FR"}),
        ("sum(exports[2017..2020])", "years", {"period": "2017, 2018"}),
        ("rank(FR, exports[2020, counterpart=*])", "data", {}),
        ("are_top(FR, exports[2020, counterpart=*])", "data", {"code": "FR"}),
        ("value[?]", "period", {}),
        ("target[2020]", "data", {"period": "2020"}),
    ],
)
def test_what_is_missing_is_named_with_its_series_and_period(
    text: str, kind: str, said: dict[str, str]
) -> None:
    found = value(text)
    assert (found.interval, found.is_known) == (None, False)
    named = [{**dict(one.dimensions), "period": one.period} for one in found.missing
             if one.kind == kind]  # fmt: skip
    assert any(said.items() <= one.items() for one in named), found.missing


def test_several_series_that_fit_are_a_choice_left_open() -> None:
    two = [
        turnover("5", "2020", dataflow=name, commodity="OIL", classification="NAMED", flow="X")
        for name in ("TRADE_GOODS", "AGRI_EXPORT")
    ]
    found = value("value[2020, commodity=OIL]", world(two))
    assert [one.kind for one in found.missing] == ["choice"]
    assert value("value[2020, commodity=OIL, dataflow=TRADE_GOODS]", world(two)).point == 5_000_000


def test_a_divisor_that_may_be_zero_is_a_missing_denominator() -> None:
    found = value("imports[2020] / (exports[2019] - exports[2019])")
    assert [one.kind for one in found.missing] == ["denominator"]


def test_rivals_that_agree_do_not_conflict_and_a_third_widens() -> None:
    same = [turnover("40", source="one"), turnover("40", source="two", locator="b")]
    assert value("turnover[2021]", world(same)).kind == "rounding"
    third = turnover("45", source="three", locator="c")
    found = value("turnover[2021]", world([*same, third]))
    assert (found.low, found.high, found.kind, found.point) == (
        Decimal("39.5") * MILLION,
        Decimal("45.5") * MILLION,
        "conflict",
        None,
    )
    assert len(found.evidence) == 3


def test_own_figures_are_left_out_everywhere_they_lead() -> None:
    figures = [flow("X", 2020, "33"), flow("M", 2020, "10")]
    over = world(figures)
    assert value("turnover[2020]", over).point == 43 * MILLION
    for own in figures:
        assert not value("turnover[2020]", over, (own,)).is_known
        assert not value("share(exports[2020], turnover[2020])", over, (own,)).is_known
    # The world itself has forgotten nothing.
    assert value("turnover[2020]", over).point == 43 * MILLION


def test_a_bound_from_one_side_stays_one() -> None:
    over = world([turnover("40", qualifier=Qualifier.GT), turnover("20", "2020")])
    found = value("growth(turnover[2020], turnover[2021])", over)
    assert found.high is not None
    assert not found.high.is_finite()
    assert float(found.low or 0) == pytest.approx(100 * (40 / 20.5 - 1))
    assert found.kind == "structural"


Truth = dict[tuple[str, int], Decimal]
FORMULAS: dict[str, Callable[[Truth], Decimal]] = {
    "turnover[2020]": lambda t: t["X", 2020] + t["M", 2020],
    "exports[2019] - imports[2021]": lambda t: t["X", 2019] - t["M", 2021],
    "abs(exports[2020] - imports[2020])": lambda t: abs(t["X", 2020] - t["M", 2020]),
    "max(exports)": lambda t: max(t["X", year] for year in YEARS),
    "min(imports[2019..2020], exports[2021])": lambda t: min(
        t["M", 2019], t["M", 2020], t["X", 2021]
    ),
    "sum(turnover[2019..2021])": lambda t: sum(t.values(), Decimal(0)),
    "growth(exports[2019], exports[2021])": lambda t: 100 * (t["X", 2021] / t["X", 2019] - 1),
    "growth(turnover[2019], turnover[2021])": lambda t: 100 * (
        (t["X", 2021] + t["M", 2021]) / (t["X", 2019] + t["M", 2019]) - 1
    ),
    "share(exports[2020], exports[2020] + imports[2020])": lambda t: 100 * t["X", 2020] / (
        t["X", 2020] + t["M", 2020]
    ),
    "(exports[2020] - imports[2020]) / (exports[2020] + imports[2020])": lambda t: (
        t["X", 2020] - t["M", 2020]
    ) / (t["X", 2020] + t["M", 2020]),
}  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.decimals("0.6", 90, places=4, allow_nan=False), min_size=6, max_size=6
    ),
    st.booleans(),
)  # fmt: skip
def test_bounds_hold_the_truth_behind_the_printed_figures(
    amounts: list[Decimal], with_totals: bool
) -> None:
    places = [(code, year) for code in "XM" for year in YEARS]
    truth = dict(zip(places, amounts, strict=True))
    rows = [level(code, year, amount) for (code, year), amount in truth.items()]
    if with_totals:
        rows += [level("T", year, truth["X", year] + truth["M", year]) for year in YEARS]
    over = world(rows)
    for text, formula in FORMULAS.items():
        found = value(text, over)
        assert found.interval is not None, text
        scale = MILLION if found.unit == "USD" else 1
        true = formula(truth) * scale
        # Open ends and the 28 digits of the formula aside, the truth is never outside.
        slack = Decimal("1e-18") * max(abs(true), 1)
        assert found.interval.low - slack <= true <= found.interval.high + slack, text


@settings(max_examples=25, deadline=None)
@given(st.decimals(1, 90, places=3, allow_nan=False), st.decimals(1, 90, places=3, allow_nan=False))
def test_coarser_printing_only_widens(before: Decimal, after: Decimal) -> None:
    def bounds(step: str) -> Evidence:
        rows = [
            turnover(str(amount.quantize(Decimal(step))).replace(".", ","), year)
            for year, amount in (("2020", before), ("2021", after))
        ]
        return value("growth(turnover[2020], turnover[2021])", world(rows))

    fine, coarse = bounds("0.001"), bounds("0.1")
    assert fine.interval is not None
    assert coarse.interval is not None
    # A figure printed as 45.25 may be rounded away from what it is further rounded to: a half.
    assert coarse.interval.low <= fine.interval.low + Decimal("0.2")
    assert coarse.interval.width > fine.interval.width


def test_evidence_of_nothing_is_nothing_and_not_zero() -> None:
    for text in ("turnover[2021]", "max(turnover)", "sum(turnover)", "count(turnover)"):
        found = value(text, world([]))
        assert not found.is_known or text.startswith("count"), text
        assert found.point is None or text.startswith("count")
