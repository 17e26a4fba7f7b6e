"""What a column is, suggested by its name and its content, with reasons."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from irtysh.sources.intake import cells
from irtysh.sources.intake.layout import Head, Reason
from irtysh.vocabulary.errors import IrtyshError, UnknownCode

ROLES = (
    "ref_area", "counterpart_area", "flow", "commodity", "classification", "year", "month",
    "period", "value", "value_X", "value_M", "weight", "quantity", "quantity_unit", "unit",
    "measure", "status",
)  # fmt: skip
"""What a person may say that a column is; "" leaves it out."""
OFTEN = ("value", "value_X", "value_M")
PREFIX = "column-"
_MOST, _NAMED = 0.8, 0.6
"""Share of the values that must pass; fewer do where the column is named like it."""
_DIGITS = re.compile(r"^\W*\d+(\W|$)")
_DIFFERENT = 30
"""Different values of a column that are looked up: enough to tell, and soon done."""
_NAMES: dict[str, str] = {
    "counterpart_area": r"partner|counterpart|importer|buyer_c|destin|second"
    r"|партн|контраг|strana|страна|серіктес",
    "ref_area": r"report|exporter|seller_c|region|country|area|geo|iso"
    r"|регион|субъект|область|стат.*терр|өңір|облыс",
    "flow": r"flow|napr|направл|direction|бағыт|rgcode|rg$",
    "classification": r"classif|nomencl|revision|hs_?rev",
    "commodity": r"^(hs|cmd|sitc|тн ?вэд|tnved|kod|prod|commod|sector|industry|k"
    r"|товар|код|тауар)[a-z_ 0-9]*",
    "year": r"year|yr|god|год|жыл|^t$|time|date|refyear",
    "month": r"month|мес|^ай$|ай",
    "period": r"period|период|time|date|month|дата|кезең|quarter|квартал",
    "weight": r"weight|netto|net_?w|нетто|вес|масс|салмақ|kg|кг",
    "quantity_unit": r"qty_?unit|unit|edizm|ед.*изм|өлшем",
    "quantity": r"qty|quant|kol|кол-?во|колич|саны",
    "value": r"value|val|stoim|стоим|trade|usd|musd|сумма|значен|құн|мәні|grp|export|import|v$"
    r"|экспорт|импорт",
    "value_X": r"export|экспорт|^exp",
    "value_M": r"import|импорт|^imp",
}


class RoleTwice(IrtyshError):
    """Two columns of a table are said to be the same."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """What a column may be, and why."""

    column: int
    role: str
    reasons: tuple[Reason, ...]


def setting_of(column: int) -> str:
    """Return the name of the setting that holds the role of a column, counted from 0."""
    return f"{PREFIX}{column + 1}"


def roles_in(settings: Mapping[str, str], header: Sequence[str]) -> dict[str, int]:
    """Return role → place of the column.

    Raises
    ------
    RoleTwice
        Two columns are said to be one thing: either may be meant, and the other would be lost.
    UnknownCode
        A role that there is not.
    """
    found: dict[str, int] = {}
    for place, name in enumerate(header):
        role = settings.get(setting_of(place), "")
        if not role:
            continue
        if role not in ROLES:
            raise UnknownCode(code=role[:80], codelist="roles", near=", ".join(ROLES))
        if role in found:
            raise RoleTwice(
                role=role,
                first=f"{header[found[role]]} ({found[role] + 1})",
                second=f"{name} ({place + 1})",
            )
        found[role] = place
    return found


def suggest(head: Head) -> list[Suggested]:
    """Return a role for the columns that show one; each role is given once."""
    return list(_suggested(head.header, head.rows))


@lru_cache(maxsize=8)
def _suggested(header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> tuple[Suggested, ...]:
    taken: set[str] = set()
    found: list[Suggested] = []
    columns = [[row[n] if n < len(row) else "" for row in rows] for n in range(len(header))]
    for role, fits in _TESTS:
        if role in taken:
            continue
        best = _best(role, fits, header, columns, {one.column for one in found})
        if best is not None:
            found.append(best)
            taken.add(role)
    names = {one.role for one in found}
    if "value_X" in names and "value_M" in names:
        found = [one for one in found if one.role not in ("value", "flow")]
    else:
        found = [one for one in found if one.role not in ("value_X", "value_M")]
    return tuple(sorted(found, key=lambda one: one.column))


def _best(
    role: str,
    fits: Callable[[list[str]], float],
    header: Sequence[str],
    columns: list[list[str]],
    used: set[int],
) -> Suggested | None:
    pattern = re.compile(_NAMES.get(role, r"^$"), re.IGNORECASE)
    best: tuple[float, int, float, bool] | None = None
    for place, values in enumerate(columns):
        if place in used and role not in OFTEN[1:]:
            continue
        filled = list(dict.fromkeys(value for value in values if value.strip()))[:_DIFFERENT]
        if not filled:
            continue
        share = fits(filled)
        is_named = bool(pattern.search(header[place]))
        enough = _NAMED if is_named else _MOST
        if share < enough or (not is_named and role in _BY_NAME):
            continue
        score = share + (1 if is_named else 0)
        if best is None or score > best[0]:
            best = (score, place, share, is_named)
    if best is None:
        return None
    _, place, share, is_named = best
    reasons = [
        Reason(f"content-{role.split('_X')[0].split('_M')[0]}", {"share": str(round(100 * share))})
    ]
    if is_named:
        reasons.insert(0, Reason("name", {"name": header[place]}))
    return Suggested(place, role, tuple(reasons))


def _share(values: Iterable[str], test: Callable[[str], object]) -> float:
    """Return the share of values that pass; 0 once too many have failed: looking up costs."""
    values = list(values)
    bad = 0
    for value in values:
        try:
            bad += not test(value)
        except IrtyshError:
            bad += 1
        if bad > (1 - _NAMED) * len(values):
            return 0
    return 1 - bad / len(values)


def _years(values: list[str]) -> float:
    return _share(values, lambda text: cells.period(text)[0] == "A")


def _months(values: list[str]) -> float:
    return _share(values, _is_month)


def _is_month(text: str) -> bool:
    return bool(cells.MONTH_NUMBER.fullmatch(text.strip()))


def _periods(values: list[str]) -> float:
    return _share(values, lambda text: cells.period(text)[0] in "MQ")


def _flows(values: list[str]) -> float:
    return _share(values, cells.flow)


def _areas(values: list[str]) -> float:
    from irtysh.sources.aliases import area

    return _share(values, lambda text: not _DIGITS.search(text) and area(text))


def _commodities(values: list[str]) -> float:
    if len({len(value.strip()) for value in values}) > 5:
        return 0
    return _share(values, lambda text: text.strip().isdecimal() and 2 <= len(text.strip()) <= 10)


def _classifications(values: list[str]) -> float:
    return _share(values, lambda text: re.fullmatch(r"H[0-6S]|S[1-4]|TNVED|HS\d\d", text.strip()))


def _numbers(values: list[str]) -> float:
    return _share(values, lambda text: cells.numeral(text) or text.strip())


def _units(values: list[str]) -> float:
    from irtysh.sources.aliases import unit

    return _share(values, lambda text: not _DIGITS.search(text) and unit(text))


_TESTS: tuple[tuple[str, Callable[[list[str]], float]], ...] = (
    ("flow", _flows),
    ("classification", _classifications),
    ("year", _years),
    ("period", _periods),
    ("month", _months),
    ("counterpart_area", _areas),
    ("ref_area", _areas),
    ("commodity", _commodities),
    ("weight", _numbers),
    ("quantity_unit", _units),
    ("quantity", _numbers),
    ("value", _numbers),
    ("value_X", _numbers),
    ("value_M", _numbers),
)
_BY_NAME = frozenset(
    {"month", "weight", "quantity", "value_X", "value_M", "commodity", "counterpart_area", "value"}
)
"""Roles that content alone does not show: there, a column must be named like one."""
