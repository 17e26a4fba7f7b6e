"""A view of a dataset: what is chosen, how it is laid out, what is computed from it.

A view is a short query string. The same view has one string only, so an address can be kept,
cited and compared; what a reader can say in it is listed here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from urllib.parse import parse_qsl, quote

from irtysh.vocabulary.errors import IrtyshError, NotAPeriod
from irtysh.vocabulary.period import Period, PeriodKind

LATEST = "latest"
DIMENSIONS = (
    "freq",
    "ref_area",
    "flow",
    "counterpart_area",
    "classification",
    "commodity",
    "measure",
    "unit",
    "base_period",
    "share_of",
    "source",
    "period",
)
"""Columns of the observation that a reader may choose from and lay out, in this order."""

SHOWS = ("labels", "codes", "both")
CALCULATIONS = ("none", "previous", "year", "index", "share")
"""As it stands; growth against the period before; against the same period a year before; index
with one period as 100; share of a whole."""

CHARTS = ("auto", "none", "line", "bars", "map")
LEVELS = ("2", "4", "6", "8", "10")
"""Lengths of a code of goods."""

WHOLES = {"commodity": "_T", "counterpart_area": "W"}
"""Dimension → the code of its whole: what a share can be taken of."""

ORDERS = ("code", "name")
_VERSION = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{10}")
_PARAMETERS = (
    "version", *DIMENSIONS, "level", "start", "end", "rows", "cols", "sort", "empty", "show",
    "calc", "base", "whole", "chart", "page", "across",
)  # fmt: skip
_MOST_CODES = 2000
_MOST_LETTERS = 16_000


class UnknownParameter(IrtyshError):
    """An address asks for something that no view has."""


class UnknownChoice(IrtyshError):
    """A parameter of a view has a value that it cannot have."""


class ViewTooLong(IrtyshError):
    """An address of a view is longer than any reader would make it."""


@dataclass(frozen=True, slots=True)
class View:
    """What a reader looks at in a dataset.

    Attributes
    ----------
    version : str
        "latest", or the id of a release or vintage, whose view never changes.
    codes : dict
        Dimension → the codes chosen; a dimension that is not named admits all.
    level : str
        Length of the codes of goods ("2" for chapters); empty for all lengths.
    start, end : str
        First and last period, "2019" or "2019-04"; empty is open.
    rows, columns : tuple of str
        Dimensions down and across; both empty lets the program choose.
    sort : str
        Order of rows: "code", "name", or the key of a column, with "-" before it for falling
        values ("-2023").
    hide_empty : bool
        Leave out rows and columns without any value.
    show : str
        One of SHOWS.
    calculation : str
        One of CALCULATIONS; ``base`` is the period of an index, ``whole`` the dimension of a share.
    chart : str
        One of CHARTS.
    page, across : int
        Page of rows, and of columns, counted from 1.
    """

    version: str = LATEST
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    level: str = ""
    start: str = ""
    end: str = ""
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    sort: str = "code"
    hide_empty: bool = False
    show: str = "labels"
    calculation: str = "none"
    base: str = ""
    whole: str = ""
    chart: str = "auto"
    page: int = 1
    across: int = 1

    @classmethod
    def parse(cls, query: str | Iterable[tuple[str, str]]) -> View:
        """Read a query string, or its pairs as a form sends them.

        A form sends "flow=X&flow=M" where an address has "flow=X,M"; blanks are left out, and a
        dimension that is put both down and across stands across.

        Raises
        ------
        UnknownParameter, UnknownChoice, ViewTooLong
            With what would be possible.
        """
        said = _said(query)
        codes = {name: said[name] for name in DIMENSIONS if said.get(name)}
        rows, columns = _dimensions(said, "rows"), _dimensions(said, "cols")
        view = cls(
            version=_one_of_versions(said),
            codes=codes,
            level=_one(said, "level", LEVELS),
            start=_bound(said, "start"),
            end=_bound(said, "end"),
            rows=tuple(name for name in rows if name not in columns),
            columns=columns,
            sort=_single(said, "sort") or "code",
            hide_empty=_one(said, "empty", ("hide", "show")) == "hide",
            show=_one(said, "show", SHOWS) or "labels",
            calculation=_one(said, "calc", CALCULATIONS) or "none",
            base=_bound(said, "base"),
            whole=_one(said, "whole", tuple(WHOLES)),
            chart=_one(said, "chart", CHARTS) or "auto",
            page=_number(said, "page"),
            across=_number(said, "across"),
        )
        return view._checked()

    def _checked(self) -> View:
        if self.calculation != "index" and self.base:
            return replace(self, base="")._checked()
        if self.calculation != "share":
            return replace(self, whole="")
        return self if self.whole else replace(self, whole="commodity")

    def query(self) -> str:
        """Return the view as a query string: defaults left out, always in one order."""
        said = {
            "version": self.version if self.version != LATEST else "",
            **{name: _joined(self.codes.get(name, ())) for name in DIMENSIONS},
            "level": self.level,
            "start": self.start,
            "end": self.end,
            "rows": _joined(self.rows),
            "cols": _joined(self.columns),
            "sort": quote(self.sort, safe="-._~/:|") if self.sort != "code" else "",
            "empty": "hide" if self.hide_empty else "",
            "show": self.show if self.show != "labels" else "",
            "calc": self.calculation if self.calculation != "none" else "",
            "base": self.base,
            "whole": self.whole,
            "chart": self.chart if self.chart != "auto" else "",
            "page": str(self.page) if self.page > 1 else "",
            "across": str(self.across) if self.across > 1 else "",
        }
        return "&".join(f"{name}={value}" for name, value in said.items() if value)

    def without(self, name: str) -> View:
        """Return the view with one choice taken back: a dimension, "level", "start" or "end"."""
        match name:
            case "start":
                return replace(self, page=1, start="")
            case "end":
                return replace(self, page=1, end="")
            case "level":
                return replace(self, page=1, level="")
        codes = {key: wanted for key, wanted in self.codes.items() if key != name}
        return replace(self, codes=codes, page=1)

    def choosing(self, **codes: str | Sequence[str]) -> View:
        """Return the view with the codes of some dimensions chosen anew."""
        chosen = {
            name: (wanted,) if isinstance(wanted, str) else tuple(wanted)
            for name, wanted in codes.items()
        }
        return replace(self, codes={**self.codes, **chosen}, page=1)

    @property
    def choices(self) -> tuple[str, ...]:
        """What narrows the view: names of dimensions, and "level", "start", "end"."""
        more = [name for name in ("level", "start", "end") if getattr(self, name)]
        return (*(name for name in DIMENSIONS if name in self.codes), *more)


def bounds(text: str) -> Period | None:
    """Return the year, quarter, half or month that a bound names; None for an open one.

    Raises NotAPeriod if it names none.
    """
    if not text:
        return None
    for kind in (PeriodKind.YEAR, PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF):
        try:
            return Period.parse(kind.value, text)
        except NotAPeriod:
            continue
    raise NotAPeriod(kind="A", text=text)


def _said(query: str | Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    if isinstance(query, str):
        if len(query) > _MOST_LETTERS:
            raise ViewTooLong(most=_MOST_CODES, letters=_MOST_LETTERS)
        query = parse_qsl(query, keep_blank_values=True)
    found: dict[str, list[str]] = {}
    for name, text in query:
        if name not in _PARAMETERS:
            near = get_close_matches(name, _PARAMETERS, n=3)
            possible = ", ".join(near or _PARAMETERS)
            raise UnknownParameter(name=name, possible=possible)
        parts = [part.strip() for part in text.split(",")]
        found.setdefault(name, []).extend(part for part in parts if part)
    said = {name: tuple(dict.fromkeys(parts)) for name, parts in found.items()}
    if sum(map(len, said.values())) > _MOST_CODES:
        raise ViewTooLong(most=_MOST_CODES, letters=_MOST_LETTERS)
    return said


def _single(said: Mapping[str, tuple[str, ...]], name: str) -> str:
    """Return the only value of a parameter; a form that sends two means the last."""
    return said[name][-1] if said.get(name) else ""


def _one(said: Mapping[str, tuple[str, ...]], name: str, possible: Sequence[str]) -> str:
    value = _single(said, name)
    if value and value not in possible:
        raise UnknownChoice(name=name, value=value, possible=", ".join(possible))
    return value


def _one_of_versions(said: Mapping[str, tuple[str, ...]]) -> str:
    value = _single(said, "version")
    if value in ("", LATEST, "current"):
        return LATEST
    if not _VERSION.fullmatch(value):
        raise UnknownChoice(name="version", value=value, possible="latest, 2026-11-22-0a1b2c3d4e")
    return value


def _bound(said: Mapping[str, tuple[str, ...]], name: str) -> str:
    value = _single(said, name)
    try:
        bounds(value)
    except NotAPeriod:
        possible = "2023, 2023-04, 2023-Q2, 2023-S1"
        raise UnknownChoice(name=name, value=value, possible=possible) from None
    return value


def _dimensions(said: Mapping[str, tuple[str, ...]], name: str) -> tuple[str, ...]:
    for value in said.get(name, ()):
        if value not in DIMENSIONS:
            raise UnknownChoice(name=name, value=value, possible=", ".join(DIMENSIONS))
    return said.get(name, ())


def _number(said: Mapping[str, tuple[str, ...]], name: str) -> int:
    value = _single(said, name)
    if not value:
        return 1
    if not re.fullmatch(r"[1-9][0-9]{0,5}", value):
        raise UnknownChoice(name=name, value=value, possible="1, 2, 3, …")
    return int(value)


def _joined(parts: Sequence[str]) -> str:
    return ",".join(quote(part, safe="-._~/:") for part in parts)
