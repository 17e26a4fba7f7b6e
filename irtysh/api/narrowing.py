"""What of a dataset an address asks for: columns, a span of time, a level of detail."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from irtysh.store.dataset import Dataset
from irtysh.store.selection import Selection
from irtysh.vocabulary.errors import UnknownQueryParameter, WrongParameter

COLUMNS = (
    "ref_area", "counterpart_area", "flow", "classification", "commodity", "measure", "period",
    "period_kind", "freq", "base_period", "share_of", "unit", "valuation", "qualifier", "status",
    "source",
)  # fmt: skip
"""Columns by which a dataset can be narrowed: ``?flow=T&period=2021&period=2022``."""
SPAN = ("start", "end")
LEVELS = ("0", "2", "4", "6", "8", "10")
"""Digits of the goods' codes; 0 is the total."""
POSSIBLE = ("lang", *COLUMNS, *SPAN, "level")
_MOST = 1_000
"""Values of one parameter: more would not fit into an address anyway."""

_DAY = re.compile(
    r"(?P<y>[0-9]{4})(-(?:(?P<m>[0-9]{2})(-(?P<d>[0-9]{2}))?|(?P<k>[QS])(?P<n>[1-4])))?"
)
_MONTHS = {"Q": 3, "S": 6}


@dataclass(frozen=True)
class Asked:
    """A part of a dataset as an address names it.

    Attributes
    ----------
    codes : dict
        Column → values of which any will do.
    start, end : date or None
    level : str
        One of LEVELS, or empty.
    """

    codes: Mapping[str, tuple[str, ...]]
    start: date | None = None
    end: date | None = None
    level: str = ""

    @classmethod
    def from_query(cls, query: QueryDict, besides: tuple[str, ...] = ()) -> Asked:
        """Read a query; blank values ask for nothing, as those of an empty form do.

        Raises UnknownQueryParameter for a name that is not in POSSIBLE or ``besides``,
        WrongParameter for a value that is no day or no level.
        """
        for name in query:
            if name not in POSSIBLE and name not in besides:
                raise UnknownQueryParameter(
                    name=name[:80], possible=", ".join((*POSSIBLE, *besides))
                )
        codes = {}
        for name in COLUMNS:
            wanted = tuple(dict.fromkeys(value for value in query.getlist(name) if value))
            if len(wanted) > _MOST:
                raise WrongParameter(name=name, value="…", expected=f"1…{_MOST}")
            if wanted:
                codes[name] = wanted
        level = query.get("level", "")
        if level and level not in LEVELS:
            raise WrongParameter(name="level", value=level[:80], expected=", ".join(LEVELS))
        days = {name: _day(name, query.get(name, "")) for name in SPAN}
        return cls(codes, days["start"], days["end"], level)

    @property
    def is_whole(self) -> bool:
        """True where nothing narrows the dataset."""
        return not (self.codes or self.start or self.end or self.level)

    @property
    def stamp(self) -> str:
        """What an ETag needs to tell two questions apart."""
        return repr((sorted(self.codes.items()), self.start, self.end, self.level))

    def selection(self, dataset: Dataset) -> Selection:
        """Return the selection; a level means goods with codes of so many digits."""
        selection = Selection.of(self.codes, start=self.start, end=self.end)
        if not self.level:
            return selection
        if dataset.structure == "trade":
            return selection.with_codes(level=self.level)
        # among printed figures stand sections, "XVI", and groups without a number, "AGRI_FOOD"
        goods = dataset.codes("commodity", selection)
        return selection.with_codes(commodity=[code for code in goods if _is_of(code, self.level)])


def _is_of(code: str, level: str) -> bool:
    if level == "0":
        return code == "_T"
    return len(code) == int(level) and code.isdecimal()


def _day(name: str, text: str) -> date | None:
    """Return the first day of what ``start`` names, or the last of what ``end`` does."""
    if not text:
        return None
    wrong = WrongParameter(
        name=name, value=text[:80], expected="2021, 2021-Q3, 2021-S2, 2021-07, 2021-07-31"
    )
    found = _DAY.fullmatch(text)
    if not found:
        raise wrong
    try:
        first, last = _months(found.groupdict())
        year = int(found["y"])
        if found["d"]:
            return date(year, first, int(found["d"]))
        if name == "start":
            return date(year, first, 1)
        return date(year, last, monthrange(year, last)[1])
    except ValueError:
        raise wrong from None


def _months(parts: Mapping[str, Any]) -> tuple[int, int]:
    """Return the first and last month of a year, half-year, quarter or month."""
    if parts["m"]:
        return int(parts["m"]), int(parts["m"])
    if parts["k"]:
        length = _MONTHS[parts["k"]]
        last = int(parts["n"]) * length
        if last > 12:
            raise ValueError(last)
        return last - length + 1, last
    return 1, 12
