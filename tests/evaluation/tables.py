"""Tables for tests that are consistent by construction: true values, printed as sources do."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hypothesis import strategies as st

from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.period import Period
from tests.observations import observe

GROUPS = ("I", "II", "IV", "V", "VI", "VII", "IX", "XIII")
PRINTED_STEP = Decimal("0.1")


@dataclass(frozen=True)
class World:
    """True amounts, in millions, of which every printed figure is a rounding.

    Attributes
    ----------
    years : tuple of int
    exports, imports : dict of (group, year) to Decimal
    """

    years: tuple[int, ...]
    exports: dict[tuple[str, int], Decimal]
    imports: dict[tuple[str, int], Decimal]

    def group(self, code: str, year: int) -> Decimal:
        return self.exports[code, year] + self.imports[code, year]

    def flow(self, flow: str, year: int) -> Decimal:
        sums = {
            "X": sum((self.exports[code, year] for code in GROUPS), Decimal(0)),
            "M": sum((self.imports[code, year] for code in GROUPS), Decimal(0)),
        }
        return sums["X"] + sums["M"] if flow == "T" else sums[flow]

    def observations(self) -> list[Observation]:
        """Return the whole truth as printed: groups, totals, growth, shares."""
        found = []
        for year in self.years:
            for code in GROUPS:
                found.append(goods(code, year, self.group(code, year)))
            for flow in "TXM":
                found.append(level(flow, year, self.flow(flow, year)))
            found.append(share("X", year, 100 * self.flow("X", year) / self.flow("T", year)))
            for code in GROUPS:
                part = 100 * self.group(code, year) / self.flow("T", year)
                found.append(group_share(code, year, part))
        for earlier, later in zip(self.years, self.years[1:], strict=False):
            change = 100 * (self.flow("T", later) / self.flow("T", earlier) - 1)
            found.append(growth(later, earlier, change))
        return found

    @property
    def documents(self) -> dict[str, Any]:
        """Return statements that are true of this world."""
        best = max(self.years, key=lambda year: self.flow("T", year))
        return {
            "statements": [
                {"id": "best", "kind": "record", "series": SERIES, "period": str(best), "text": "–"}
            ]
        }


SERIES = {
    "dataflow": "TRADE_PARTNER",
    "ref_area": "RU-OMS",
    "counterpart_area": "KZ",
    "flow": "T",
    "classification": "_Z",
    "commodity": "_T",
    "measure": "VALUE",
    "unit": "USD",
}


def printed(value: Decimal, step: Decimal = PRINTED_STEP) -> str:
    return str(value.quantize(step, rounding=ROUND_HALF_UP)).replace(".", ",")


def goods(code: str, year: int, value: Decimal, **fields: Any) -> Observation:
    defaults = {"dataflow": "TRADE_GOODS", "commodity": code, "locator": f"table, {code}, {year}"}
    return observe(printed(value), str(year), **{**defaults, **fields})


def level(flow: str, year: int, value: Decimal, **fields: Any) -> Observation:
    place = {"classification": "_Z", "flow": flow, "locator": f"{flow}, {year}"}
    return observe(printed(value), str(year), **{**place, **fields})


def growth(later: int, earlier: int, change: Decimal, **fields: Any) -> Observation:
    place: dict[str, Any] = {
        "classification": "_Z",
        "measure": "GROWTH",
        "unit": "PC",
        "unit_mult": 0,
        "base_period": Period.year(earlier),
        "locator": f"growth, {later}",
    }
    return observe(printed(change), str(later), **{**place, **fields})


def share(flow: str, year: int, value: Decimal, **fields: Any) -> Observation:
    place: dict[str, Any] = {
        "classification": "_Z",
        "measure": "SHARE",
        "share_of": "FLOW:T",
        "flow": flow,
        "unit": "PC",
        "unit_mult": 0,
        "locator": f"share, {flow}, {year}",
    }
    return observe(printed(value), str(year), **{**place, **fields})


def group_share(code: str, year: int, value: Decimal, **fields: Any) -> Observation:
    place: dict[str, Any] = {
        "dataflow": "TRADE_GOODS",
        "commodity": code,
        "measure": "SHARE",
        "share_of": "COMMODITY:_T",
        "unit": "PC",
        "unit_mult": 0,
        "locator": f"share, {code}, {year}",
    }
    return observe(printed(value), str(year), **{**place, **fields})


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw a world of two to five years."""
    first = draw(st.integers(2005, 2015))
    count = draw(st.integers(2, 5))
    gaps = draw(st.lists(st.integers(1, 3), min_size=count - 1, max_size=count - 1))
    years = [first]
    for gap in gaps:
        years.append(years[-1] + gap)
    amounts = st.decimals(Decimal("0.6"), Decimal(300), places=3, allow_nan=False)
    places = [(code, year) for code in GROUPS for year in years]
    exports = {place: draw(amounts) for place in places}
    imports = {place: draw(amounts) for place in places}
    return World(tuple(years), exports, imports)
