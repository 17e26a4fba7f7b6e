"""What a cell says: a number with its precision, or a gap with its reason; nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from irtysh.sources.spreadsheet.words import Words, level, split_marks
from irtysh.sources.spreadsheet.workbook import Cell, CellKind
from irtysh.vocabulary.errors import NotANumber
from irtysh.vocabulary.numbers import parse_printed

_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands: its value and its numeral."""

    value: Decimal
    printed: str


@dataclass(frozen=True, slots=True)
class Gap:
    """No number, and why: a code of the list missing_reasons; "… 3" has a footnote mark besides."""

    reason: str
    marks: frozenset[str] = frozenset()


def statement(cell: Cell, words: Words, decimals: int) -> Number | Gap:
    """Return what a cell says; raises NotANumber where it says neither.

    A number stored by a spreadsheet has lost its printed precision: "1750" may have been
    printed as 1750,0. ``decimals`` is the least number of decimals that the publisher prints;
    digits beyond them are kept as stored.
    """
    if cell.is_blank:
        return Gap("BLANK")
    if cell.kind is CellKind.ERROR:
        return Gap("NOT_A_NUMBER")
    if cell.kind is CellKind.NUMBER:
        return _stored(cell.text, words, decimals)
    if cell.kind is CellKind.BOOLEAN:
        raise NotANumber(text=cell.text)
    reason = words.missing.get(level(cell.text)) or words.missing.get(cell.text.strip())
    if reason:
        return Gap(reason)
    base, marks = split_marks(cell.text)
    # "- 4" may be a number below zero; no number begins with dots.
    if marks and base.strip(".…") == "" and level(base) in words.missing:
        return Gap(words.missing[level(base)], frozenset(marks))
    return _printed(cell.text, words)


def _stored(text: str, words: Words, decimals: int) -> Number | Gap:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise NotANumber(text=text) from None
    if not value.is_finite():
        return Gap("NOT_A_NUMBER")
    digits = f"{value:f}"
    whole, _, fraction = digits.partition(".")
    fraction = fraction.rstrip("0").ljust(decimals, "0")
    numeral = f"{whole}.{fraction}" if fraction else whole
    return Number(Decimal(numeral), numeral.replace(".", words.decimal_mark))


def _printed(text: str, words: Words) -> Number:
    numeral = text.replace("\u00a0", " ").strip()
    if words.decimal_mark == "." and "," in numeral:
        if not _GROUPED.fullmatch(numeral):
            raise NotANumber(text=numeral)
        return Number(parse_printed(numeral.replace(",", "")), numeral)
    return Number(parse_printed(numeral), numeral)
