"""One cell of a table of somebody else's: a number, a period, a direction, or what it is not."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from irtysh.vocabulary.errors import IrtyshError

MISSING = frozenset(
    {"", "-", "–", "—", "…", "...", "x", "х", "nan", "na", "n/a", "null", "none", ".", ".."}
)
_FORMULA = re.compile(r"[=@]|[+\-](?=[A-Za-z(@=])")
_GROUPED = re.compile(r"(?<=\d)[\s\u00a0\u202f'](?=\d{3}(?!\d))")
_NUMERAL = re.compile(r"[+\-−]?\d+(?:[.,]\d+)?(?:[eE][+\-]?\d{1,3})?")
_FLOWS = {
    "X": ("x", "export", "exports", "ex", "exp", "экспорт", "эк", "вывоз", "экспорттау", "2"),
    "M": ("m", "import", "imports", "im", "imp", "импорт", "им", "ввоз", "импорттау", "1"),
    "T": ("t", "total trade", "turnover", "trade", "товарооборот", "оборот", "тауар айналымы"),
}
FLOW_OF = {word: code for code, words in _FLOWS.items() for word in words}
"""A direction as publishers write it → our code; the numerals are those of Comtrade."""
_YEAR = re.compile(r"(1[89]\d{2}|2[01]\d{2})(?:\.0+)?")
MONTH_NUMBER = re.compile(r"0?[1-9]|1[0-2]")
"""A month in a column of its own."""
_MONTH = re.compile(r"(\d{4})[-./]?(0[1-9]|1[0-2])")
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[-./](\d{4})")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_QUARTER = re.compile(r"(\d{4})[- ]?[QqКк]([1-4])")


class NotADay(IrtyshError):
    """A text that should name a day of the calendar does not."""


class CellIsFormula(IrtyshError):
    """A cell holds a formula where a value was expected; it is never computed."""


class CellIsNoNumber(IrtyshError):
    """A cell that should hold a number does not."""


class CellIsNoPeriod(IrtyshError):
    """A cell that should name a year, month or quarter does not."""


class CellIsNoFlow(IrtyshError):
    """A cell that should say export or import does not."""


def numeral(text: str) -> str:
    """Return a number as a plain decimal numeral; "" where the cell is missing.

    A comma is a decimal comma, spaces group thousands. Raises CellIsFormula, CellIsNoNumber.
    """
    text = text.strip()
    if text.lower() in MISSING:
        return ""
    if _FORMULA.match(text):
        raise CellIsFormula(text=text[:60])
    plain = _GROUPED.sub("", text)
    if not _NUMERAL.fullmatch(plain):
        raise CellIsNoNumber(text=text[:60])
    plain = plain.replace(",", ".").replace("−", "-")
    if "e" not in plain and "E" not in plain:
        return plain
    try:
        return f"{Decimal(plain):f}"
    except InvalidOperation:
        raise CellIsNoNumber(text=text[:60]) from None


def period(text: str) -> tuple[str, str]:
    """Return frequency and code of a period: ("M", "2021-04"). Raises CellIsNoPeriod."""
    text = text.strip()
    if found := _YEAR.fullmatch(text):
        return "A", found[1]
    if found := _QUARTER.fullmatch(text):
        return "Q", f"{found[1]}-Q{found[2]}"
    if found := _DAY.fullmatch(text):
        return _month(found[1], found[2], text)
    if found := _DAY_FIRST.fullmatch(text):
        return _month(found[3], found[2], text)
    if found := _MONTH.fullmatch(text):
        return _month(found[1], found[2], text)
    if found := _MONTH_FIRST.fullmatch(text):
        return _month(found[2], found[1], text)
    raise CellIsNoPeriod(text=text[:60])


def day(text: str) -> date | None:
    """Return a day written YYYY-MM-DD; None where nothing is written. Raises NotADay."""
    text = text.strip()
    if not text:
        return None
    try:
        if _ISO_DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:  # the 30th of February
        pass
    raise NotADay(text=text[:60])


def _month(year: str, month: str, text: str) -> tuple[str, str]:
    if not 1 <= int(month) <= 12 or not _YEAR.fullmatch(year):
        raise CellIsNoPeriod(text=text[:60])
    return "M", f"{year}-{int(month):02d}"


def flow(text: str) -> str:
    """Return the code of a direction; raises CellIsNoFlow."""
    found = FLOW_OF.get(" ".join(text.lower().split()))
    if found is None:
        raise CellIsNoFlow(text=text[:60])
    return found
