"""Edge rules of series, prices and the market, and the observations they need."""

from irtysh.indicators.catalogue import definition
from irtysh.indicators.compute import compute, compute_one, prepare
from tests.indicators.first_case import HEADLINE, rate, turnover
from tests.observations import observe

GREW = ("10", "25", "42", "60")


def sums(by_year, **fields):
    """Running sums of quarters; the fourth is the year."""
    rows = []
    for year, printed in by_year.items():
        periods = [f"{year}-01/{year}-{month:02d}" for month in (3, 6, 9)]
        for period, text in zip((*periods, str(year)), printed, strict=False):
            kind = "A" if len(period) == 4 else "C"
            rows.append(turnover(text, period, period_kind=kind, locator=period, **fields))
    return rows


def years(printed, first=2010):
    return [turnover(text, str(first + place)) for place, text in enumerate(printed)]


def prices(printed, period, base="2011"):
    return observe(printed, period, dataflow="PRICE_INDEX", measure="INDEX", unit="INDEX",
                   unit_mult=0, base_period=base, classification="_Z", locator=period)  # fmt: skip


def market(before, after, world_before, world_after):
    """Exports to the partner and the partner's imports from the world, two years."""
    theirs = {"ref_area": "KZ", "counterpart_area": "W", "flow": "M"}
    return [
        *goods(before, "2020", flow="X"),
        *goods(after, "2021", flow="X"),
        *goods(world_before, "2020", **theirs),
        *goods(world_after, "2021", **theirs),
    ]


def weighed(cells, period):
    """Values and weights by fine code."""
    rows = []
    for code, (value, weight) in cells.items():
        place = {"dataflow": "TRADE_GOODS", "commodity": code, "classification": "HS6"}
        rows.append(observe(value, period, locator=f"v{code}", **place))
        mass = {"measure": "WEIGHT", "unit": "T", "unit_mult": 0}
        rows.append(observe(weight, period, locator=f"w{code}", **place, **mass))
    return rows


def run(indicator, observations):
    return compute(indicator, observations, headline=HEADLINE)


def goods(cells, period="2020", **fields):
    return [
        observe(printed, period, dataflow="TRADE_GOODS", commodity=code, locator=code, **fields)
        for code, printed in cells.items()
    ]


def falling_sum():
    found = run("quarter-value", sums({2011: ("30", "78", "4", "5")}))
    assert [one.figure.point for one in found] == [30, 48, None, 1]
    assert "CUMULATIVE_FALLS" in found[2].figure.flags


def coverage_differs():
    rows = [*sums({2020: ("10", "20", "30", "40")}, notes=("left-out",)), *sums({2021: GREW})]
    knowledge = prepare(rows, headline=HEADLINE, coverage_notes={"left-out"})
    found = compute_one(definition("growth-same-time"), knowledge, headline=HEADLINE)
    assert all("COVERAGE_DIFFERS" in one.figure.flags for one in found)
    assert all(one.figure.point is not None for one in found)


def latest_run():
    rows = sums({2012: GREW, 2014: GREW, 2015: GREW, 2016: GREW})
    (found,) = [one for one in run("season-strength", rows) if one.figure.unit == "INDEX"]
    assert (found.base_period.code, found.period.code) == ("2014-Q1", "2016-Q4")
    assert "CUT_SERIES" in found.figure.flags
    assert not set(found.figure.evidence) & {row.id for row in rows if "2012" in row.period.code}


def three_full_years():
    (found,) = run("season-adjusted", sums({2014: GREW, 2015: GREW}))
    assert (found.figure.point, "TOO_SHORT" in found.figure.flags) == (None, True)
    growth = run("growth-same-time", sums({2014: GREW, 2015: GREW}))
    assert [one.figure.point for one in growth] == [0, 0, 0, 0]


def weak_season():
    noise = {
        2012: ("100", "203", "301", "408"),
        2013: ("101", "197", "301", "400"),
        2014: ("108", "203", "303", "409"),
        2015: ("97", "199", "304", "403"),
    }
    (found,) = run("season-adjusted", sums(noise))
    assert (found.figure.point, "WEAK_SEASON" in found.figure.flags) == (None, True)


def least_segment():
    low, high = ("100", "101", "99", "100", "101"), ("140", "141", "139", "140", "141")
    (found,) = run("level-shift", years([*low, *high]))
    assert (found.base_period.code, found.period.code) == ("2014", "2015")
    assert round(found.figure.point) == 40
    (short,) = run("level-shift", years([*low, *high[:4]]))
    assert "TOO_SHORT" in short.figure.flags
    (none,) = run("level-shift", years([*low, *low]))
    assert "NO_BREAK" in none.figure.flags


def least_baseline():
    steady = ["100", "102", "101", "103", "102", "104", "103", "105", "104", "106"]
    found = run("alarm-cusum", years([*steady, "85", "60"]))
    assert found[0].period.code == "2012"
    assert "ALARM" in found[-1].figure.flags
    assert found[-1].scale == ("alarm_down",)
    assert found[0].scale == ("quiet",)
    (short,) = run("alarm-cusum", years(steady[:7]))
    assert "TOO_SHORT" in short.figure.flags


def forecast_refused():
    rows = [turnover("100", "2012"), *(rate("5", str(y + 1), str(y)) for y in range(2012, 2020))]
    (found,) = run("forecast-80", rows)
    assert found.figure.point is None
    assert "MOSTLY_DERIVED" in found.figure.flags
    assert run("forecast-80", [turnover("100", "2012")]) == []


def scenario_only():
    found = run("forecast-80", years(["100", "110", "99", "120"]))
    assert [one.period.code for one in found] == ["2014", "2015"]
    for one in found:
        assert one.figure.point is None
        assert one.figure.low < one.figure.high
        assert {"TOO_FEW_POINTS", "SCENARIO", "NO_POINT"} <= set(one.figure.flags)


def too_few_origins():
    figures = ["100", "108", "104", "115", "120", "118", "131", "127", "135", "140", "133", "150"]
    for indicator in ("forecast-skill", "forecast-mase", "forecast-hits"):
        (short,) = run(indicator, years(figures[:11]))
        assert (short.figure.point, "TOO_FEW_ORIGINS" in short.figure.flags) == (None, True)
        (found,) = run(indicator, years(figures))
        assert found.figure.point is not None


def not_positive():
    zero = ["100", "0", "104", "115", "120", "118", "131", "127", "135", "140"]
    for indicator in ("forecast-80", "level-shift", "alarm-cusum"):
        (found,) = run(indicator, years(zero))
        assert (found.figure.point, "NOT_POSITIVE" in found.figure.flags) == (None, True)


def no_price_index():
    (found,) = run("turnover-constant", years(["100", "120"]))
    assert (found.figure.point, "NO_PRICE_INDEX" in found.figure.flags) == (None, True)
    assert (found.base_period.code, found.period.code) == ("2010", "2011")
    indexed = [*years(["100", "120"]), prices("80", "2010"), prices("100", "2011")]
    assert [one.figure.point for one in run("turnover-constant", indexed)] == [125, 120]
    lone = [*years(["100", "120"]), prices("100", "2011")]
    assert [one.figure.point for one in run("turnover-constant", lone)] == [None, 120]


def new_market():
    mine = {"I": "5", "II": "0"}, {"I": "6", "II": "3"}
    world = {"I": "50", "II": "0"}, {"I": "60", "II": "9"}
    (one,) = run("market-competitiveness", market(*mine, *world))
    assert one.figure.point == 0
    assert "NEW_MARKET" in one.figure.flags


def signs_differ():
    mine = {"I": "10", "II": "1"}, {"I": "1", "II": "10"}
    world = {"I": "99", "II": "99"}, {"I": "150", "II": "90"}
    (found,) = run("market-composition", market(*mine, *world))
    assert "SIGNS_DIFFER" in found.figure.flags


def no_market_data():
    (found,) = run("market-demand", [turnover("5", flow="X"), turnover("6", "2022", flow="X")])
    assert (found.figure.point, "NO_MARKET_DATA" in found.figure.flags) == (None, True)
    assert (found.base_period.code, found.period.code) == ("2021", "2022")


def homogeneous_goods():
    coarse = [*weighed({"1001": ("40", "200")}, "2020"), *weighed({"1001": ("66", "220")}, "2021")]
    (found,) = run("price-index-fisher", coarse)
    assert (found.figure.point, "NOT_HOMOGENEOUS" in found.figure.flags) == (None, True)


def wild_unit_values():
    before = {f"10030{n}": ("10", "10") for n in range(5)} | {"100400": ("10", "10")}
    after = {f"10030{n}": (str(10 + n), "10") for n in range(5)} | {"100400": ("40", "10")}
    (found,) = run("price-index-fisher", [*weighed(before, "2020"), *weighed(after, "2021")])
    assert "TRIMMED" in found.figure.flags
    assert found.figure.point == 120
    (volume,) = run("volume-index", [*weighed(before, "2020"), *weighed(after, "2021")])
    assert volume.figure.point == 100


def no_quantities():
    (found,) = run("volume-index", [*goods({"I": "5"}), *goods({"I": "6"}, "2021")])
    assert (found.figure.point, "NO_QUANTITIES" in found.figure.flags) == (None, True)


OF_SERIES = [
    falling_sum,
    coverage_differs,
    latest_run,
    three_full_years,
    weak_season,
    least_segment,
    least_baseline,
    forecast_refused,
    scenario_only,
    too_few_origins,
    not_positive,
    no_price_index,
    new_market,
    signs_differ,
    no_market_data,
    homogeneous_goods,
    wild_unit_values,
    no_quantities,
]
