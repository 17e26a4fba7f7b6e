"""Numbers of a trade file as plain numerals, and the signs that stand where none is given.

Blank, NaN, "-", "…" and a sign of secrecy are different statements; none of them is zero.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from irtysh.vocabulary.errors import NotANumber

GAPS = {
    "": "BLANK",
    "nan": "NOT_A_NUMBER",
    "null": "NOT_A_NUMBER",
    "none": "NOT_A_NUMBER",
    "#n/a": "NOT_A_NUMBER",
    "na": "NOT_AVAILABLE",
    "n/a": "NOT_AVAILABLE",
    "…": "NOT_AVAILABLE",
    "...": "NOT_AVAILABLE",
    "..": "NOT_AVAILABLE",
    ":": "NOT_AVAILABLE",
    "-": "NIL",
    "–": "NIL",
    "—": "NIL",
    "c": "CONFIDENTIAL",
    "к": "CONFIDENTIAL",
}
"""Sign → code of the list missing_reasons."""

is_plain = re.compile(r"[0-9]+(?:\.[0-9]+)?").fullmatch
"""True for a numeral that needs no mending: the fast way for nearly every cell."""

_SPACES = re.compile(r"[\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]+")
_GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_SPACED = re.compile(r"-?[0-9]{1,3}( [0-9]{3})+([.,][0-9]+)?")
_SIMPLE = re.compile(r"-?[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]{1,2})?")


def mended(text: str, decimal_mark: str = ".") -> tuple[str, str]:
    """Return (numeral, "") of a cell, or ("", gap) where it gives no number.

    Parameters
    ----------
    text : str
    decimal_mark : str
        The publisher's: with "." a comma can only group digits by three, with "," it is the
        decimal mark (a point is then read as one too, and spaces group).

    Raises
    ------
    NotANumber
        The cell is neither a number nor a known sign for a gap.
    """
    cleaned = _SPACES.sub(" ", text).strip().replace("\N{MINUS SIGN}", "-")
    gap = GAPS.get(cleaned.casefold())
    if gap:
        return "", gap
    if _SPACED.fullmatch(cleaned):
        cleaned = cleaned.replace(" ", "")
    if decimal_mark == ",":
        cleaned = cleaned.replace(",", ".") if cleaned.count(",") == 1 else cleaned
    elif _GROUPED.fullmatch(cleaned):
        cleaned = cleaned.replace(",", "")
    if not _SIMPLE.fullmatch(cleaned):
        raise NotANumber(text=text)
    try:
        return f"{Decimal(cleaned):f}", ""
    except InvalidOperation:  # pragma: no cover - the pattern admits nothing else
        raise NotANumber(text=text) from None


def times(numeral: str, factor: Decimal) -> str:
    """Return a numeral times a factor, exactly; empty stays empty."""
    if not numeral or factor == 1:
        return numeral
    if factor == 1000:
        whole, _, part = numeral.partition(".")
        if len(part) <= 3 and whole[0] != "-":
            return (whole + part.ljust(3, "0")).lstrip("0") or "0"
        return f"{Decimal(numeral).scaleb(3):f}"
    return f"{Decimal(numeral) * factor:f}"
