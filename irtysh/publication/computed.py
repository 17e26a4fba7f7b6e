"""Growth, index and share in a view, by the functions of ``stats`` and under their names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from irtysh.publication.cells import LEVELS, Cell, Row, chosen, place, quantity_of
from irtysh.publication.selecting import selection_of
from irtysh.publication.views import DIMENSIONS, WHOLES, View, bounds
from irtysh.stats.growth import index_number, relative_change
from irtysh.stats.quantity import Quantity
from irtysh.stats.shares import share_in_total
from irtysh.store.dataset import Dataset
from irtysh.vocabulary.errors import NotAPeriod, NothingToCompute, UnknownValue
from irtysh.vocabulary.period import Period, PeriodKind

Formula = Callable[[Quantity | None, Quantity | None], Quantity]
Others = Mapping[tuple[str, ...], Sequence[Row]]
"""What a view is compared with: key of a cell → the rows that speak of it."""

_FORMULAS: Mapping[str, tuple[str, Formula, str]] = {
    "previous": ("growth-previous", relative_change, "PC"),
    "year": ("growth-same-time", relative_change, "PC"),
    "index": ("growth-base", index_number, "INDEX"),
    "share": ("", lambda whole, part: share_in_total(part, whole), "PC"),
}
_SHARES = {"commodity": "commodity-share-total", "counterpart_area": "partner-share"}
_INHERITED = {"ESTIMATED": "ESTIMATED", "DERIVED": "DERIVED", "MIRROR": "MIRROR"}
_QUALIFIED = {"APPROX": "APPROXIMATE"}
_STEPS = {PeriodKind.YEAR: 12, PeriodKind.HALF: 6, PeriodKind.QUARTER: 3, PeriodKind.MONTH: 1}


def formula_of(view: View) -> str:
    """Return the id of the indicator that a view computes; empty where it computes nothing."""
    if view.calculation == "none":
        return ""
    return _FORMULAS[view.calculation][0] or _SHARES[view.whole]


def one_cell(rows: Sequence[Row]) -> Sequence[Row]:
    """Return the rows that are rivals: a target is none of what was observed."""
    observed = [row for row in rows if row["status"] != "TARGET"]
    return observed or rows


def companions(view: View, dataset: Dataset, columns: Sequence[str], most: int) -> Others:
    """Return what the cells of a view are compared with; empty where that is too much to read."""
    asked = _compared_with(view)
    selection = selection_of(asked, dataset)
    if dataset.count(selection) > most:
        return {}
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in dataset.stream(selection, columns):
        for name in DIMENSIONS:
            row[name] = row[name] or ""
        found.setdefault(_place(view, row), []).append(row)
    return {place: one_cell(rows) for place, rows in found.items()}


def _compared_with(view: View) -> View:
    free = view.without("period")
    if view.calculation == "index":
        return replace(free, start=view.base, end=view.base)
    if view.calculation == "share":
        whole = {view.whole: (WHOLES[view.whole],)}
        kept = {name: codes for name, codes in view.codes.items() if name != "classification"}
        codes = {**(kept if view.whole == "commodity" else view.codes), **whole}
        return replace(view, codes=codes, level="" if view.whole == "commodity" else view.level)
    first = bounds(view.start)
    if first is None or first.start is None:
        return replace(free, start="")
    return replace(free, start=str(first.start.year - 1))


def _place(view: View, row: Row) -> tuple[str, ...]:
    """Return the key under which a cell is looked for: all its codes but the source."""
    left_out = {"source"}
    if view.calculation == "share":
        left_out |= {view.whole} | ({"classification"} if view.whole == "commodity" else set())
    codes = (row[name] for name in DIMENSIONS if name not in left_out)
    return (*codes, row["period_kind"] or "")


def computed_cell(
    view: View, same: Sequence[Row], others: Others, preferred: Collection[str] = ()
) -> Cell:
    """Return the cell that a view computes; without a value where the formula has no result.

    Rests on the chosen ones among rivals and says so by a flag.
    """
    _name, formula, unit = _FORMULAS[view.calculation]
    row = chosen(same, preferred)
    against = _against(view, row, others)
    base = chosen(against, preferred) if against else None
    flags = _flags([one for one in (row, base) if one is not None], len(same), len(against))
    evidence = tuple(one["id"] for one in (row, base) if one is not None)
    empty = Cell(
        value=None,
        low=None,
        high=None,
        unit=unit,
        unit_mult=0,
        status="DERIVED",
        flags=flags,
        evidence=evidence,
        formula=formula_of(view),
        source=row["source"] or "",
        place=place(row),
    )
    if row["measure"] not in LEVELS:
        return replace(empty, flags=("NOT_A_LEVEL", *flags))
    try:
        found = formula(quantity_of(base), quantity_of(row))
    except UnknownValue:
        return replace(empty, flags=("MISSING_INPUT", *flags))
    except NothingToCompute as why:
        return replace(empty, flags=(str(why.params["reason"]), *flags))
    return _with(empty, found)


def _with(empty: Cell, found: Quantity) -> Cell:
    flags = list(empty.flags)
    if found.point is None:
        flags.append("NO_POINT")
    if not found.low.is_finite() or not found.high.is_finite():
        flags.append("OPEN_BOUND")
    return replace(
        empty,
        value=found.point,
        low=_finite(found.low),
        high=_finite(found.high),
        flags=tuple(dict.fromkeys(flags)),
    )


def _finite(bound: Decimal) -> Decimal | None:
    return bound if bound.is_finite() else None


def _against(view: View, row: Row, others: Others) -> Sequence[Row]:
    if view.calculation == "share":
        return others.get(_place(view, row), ())
    period = compared_period(view, row["period_kind"] or "", row["period"] or "")
    return others.get(_place(view, {**row, "period": period}), ()) if period else ()


def compared_period(view: View, kind: str, code: str) -> str:
    """Return the code of the period that a period is compared with; empty where there is none.

    Only periods of one kind and length are compared; a missing one is never passed over.
    """
    try:
        period = Period.parse(kind, code)
    except NotAPeriod:
        return ""
    if view.calculation == "index":
        base = bounds(view.base)
        return base.code if base is not None and base.kind is period.kind else ""
    if period.kind is PeriodKind.CUMULATIVE and view.calculation == "year":
        first, _slash, last = code.partition("/")
        return f"{int(first[:4]) - 1}{first[4:]}/{int(last[:4]) - 1}{last[4:]}"
    if period.kind not in _STEPS or period.start is None:
        return ""
    months = 12 if view.calculation == "year" else _STEPS[period.kind]
    return _named(period.kind, period.start.year * 12 + period.start.month - 1 - months)


def _named(kind: PeriodKind, months: int) -> str:
    year, month = divmod(months, 12)
    match kind:
        case PeriodKind.YEAR:
            return f"{year:04d}"
        case PeriodKind.MONTH:
            return f"{year:04d}-{month + 1:02d}"
        case _:
            letter = "Q" if kind is PeriodKind.QUARTER else "S"
            return f"{year:04d}-{letter}{month // _STEPS[kind] + 1}"


def _flags(rows: Sequence[Row], same: int, against: int) -> tuple[str, ...]:
    flags = ["RIVALS"] if same > 1 or against > 1 else []
    for row in rows:
        own = _INHERITED.get(row["status"] or ""), _QUALIFIED.get(row["qualifier"] or "")
        flags.extend(flag for flag in own if flag is not None)
        if (row["qualifier"] or "EQ") not in ("EQ", "APPROX"):
            flags.append("INEQUALITY")
    if len({row["valuation"] or "" for row in rows}) > 1:
        flags.append("VALUATION_DIFFERS")
    if len({frozenset((row["notes"] or "").split(";")) for row in rows}) > 1:
        flags.append("COVERAGE_DIFFERS")
    return tuple(dict.fromkeys(flags))
