"""Values of trade as a page writes them: one power of ten for a table, nothing rounded to zero."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from irtysh.publication.catalogue_words import Described
from irtysh.vocabulary.numbers import format_number
from irtysh.vocabulary.wording import say

_POWERS = (9, 6, 3)
_FEW = 1000
"""Below it, plain units are written with their hundredths."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How values of one unit are written.

    Attributes
    ----------
    unit : str
        With its multiplier: "million USD".
    shift : int
        Power of ten by which a value is multiplied before it is written.
    digits : int
    language : str
    """

    unit: str
    shift: int
    digits: int
    language: str

    def written(self, value: Decimal | float | None) -> str:
        """Write a value; one that would round to zero is "< 0.1", and none is empty."""
        if value is None:
            return ""
        amount = Decimal(str(value)).scaleb(self.shift)
        step = Decimal(1).scaleb(-self.digits)
        if amount and abs(amount) < step / 2:
            sign = "−" if amount < 0 else ""
            return f"{sign}< {format_number(step, self.language, self.digits)}"
        return format_number(amount, self.language, self.digits)


def table_scale(
    words: Described, unit: str, unit_mult: int, values: Iterable[Decimal | None]
) -> Scale:
    """Return the scale of a table: the largest value has at most seven digits before the point."""
    return _scale(words, unit, unit_mult, _largest(values), least=2)


def headline_scale(words: Described, unit: str, unit_mult: int, value: Decimal | None) -> Scale:
    """Return the scale of one large figure: two or three digits before the point."""
    found = _scale(words, unit, unit_mult, abs(value or Decimal(0)), least=1, most=9)
    whole = abs(value or Decimal(0)).scaleb(found.shift)
    digits = 2 if whole < 100 else 1 if whole < 10_000 else 0
    return Scale(found.unit, found.shift, digits, found.language)


def _largest(values: Iterable[Decimal | None]) -> Decimal:
    return max((abs(value) for value in values if value is not None), default=Decimal(0))


def _scale(
    words: Described, unit: str, unit_mult: int, largest: Decimal, *, least: int, most: int = 6
) -> Scale:
    plain = largest.scaleb(unit_mult)
    power = next(
        (one for one in _POWERS if one <= most and plain >= Decimal(10) ** one * least),
        0,
    )
    symbol = words.symbol(unit)
    text = say("units", str(power), words.language, unit=symbol)
    digits = 1 if power else 0 if plain >= _FEW else 2
    return Scale(text, unit_mult - power, digits, words.language)


def percent(share: Decimal | float | None, language: str, digits: int = 1) -> str:
    """Write a share in per cent without its sign; empty for none."""
    if share is None:
        return ""
    value = Decimal(str(share)) * 100
    step = Decimal(1).scaleb(-digits)
    if value and abs(value) < step / 2:
        return f"< {format_number(step, language, digits)}"
    return format_number(value, language, digits)


def change_words(value: Decimal | None, before: Decimal | None, language: str) -> str:
    """Write the growth on a value before, in per cent with its sign; empty where it has none."""
    if value is None or not before or before < 0:
        return ""
    growth = (value / before - 1) * 100
    text = format_number(growth, language, 1)
    return f"+{text}" if growth > 0 else text
