"""What a finding says with numbers: amounts, intervals, periods; kept as JSON, written in words.

A template never holds a number. It has blanks, and every blank is filled with one of the values
below, which know how readers of a language write them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from typing import Any

from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import UnknownCode
from irtysh.vocabulary.interval import Interval
from irtysh.vocabulary.numbers import Shown, format_number
from irtysh.vocabulary.period import Period
from irtysh.vocabulary.text import Text
from irtysh.vocabulary.wording import catalogue, in_words, say

CATALOGUE = "consistency"
_STOPS = re.compile(r"(?<!\.)\.{2}(?!\.)")
_SCALES = (0, 3, 6, 9, 12)
"""Powers of ten that have a word; an amount in any other is written in the one below it."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity on its way to a sentence.

    Attributes
    ----------
    value : Decimal or Interval
        In the unit itself (dollars, tonnes), never in thousands or millions.
    unit : str
        Code of definitions/codelists/units.csv; empty to write the number alone.
    mult : int
        Power of ten in which it is written: 6 writes millions.
    digits : int or None
        Decimals to show; None keeps the printed ones.
    signed : bool
        True writes a plus sign before a positive number.
    about : bool
        True where the source says "about".
    """

    value: Decimal | Interval
    unit: str
    mult: int = 0
    digits: int | None = None
    signed: bool = False
    about: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """Values written one after another with a mark between them (", " or " + ")."""

    items: tuple[Value, ...]
    mark: str = ", "


@dataclass(frozen=True, slots=True)
class Phrase:
    """A template of the catalogue with its blanks: a sentence, or a line of arithmetic."""

    key: str
    blanks: Mapping[str, Value]

    def __hash__(self) -> int:
        return hash((self.key, tuple(sorted(self.blanks))))


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, month or year on which something happened, as a plain date."""

    period: Period


Value = Decimal | Shown | Interval | Period | Moment | Text | str | Amount | Listed | Phrase


def shown_percent(value: Decimal, *, signed: bool = False, digits: int = 1) -> Shown:
    """Return a percentage as findings print it: one decimal, a plus sign where it is a change."""
    return Shown(value, digits, signed)


def scale_of(values: list[Decimal]) -> int:
    """Return the power of ten in which amounts are best read together: 6, 3 or 0."""
    largest = max((abs(value) for value in values if value.is_finite()), default=Decimal(0))
    return 6 if largest >= 10**6 else 3 if largest >= 10**3 else 0


def written(value: Value, language: str) -> str:
    """Write a value for a reader of a language."""
    match value:
        case Amount():
            return _amount(value, language)
        case Listed():
            return value.mark.join(written(item, language) for item in value.items)
        case Phrase():
            blanks = {name: written(blank, language) for name, blank in value.blanks.items()}
            return spoken(value.key, language, blanks)
        case Moment():
            return _moment(value.period, language)
        case Interval():
            return _bounds(value, language, None)
        case _:
            return in_words(value, language)


def spoken(key: str, language: str, blanks: Mapping[str, str]) -> str:
    """Fill a template; a period that ends in a stop ("2021 г.") ends the sentence by itself."""
    return _STOPS.sub(".", say(CATALOGUE, key, language, **blanks))


def _moment(period: Period, language: str) -> str:
    if period.start is None:
        return in_words(period, language)
    part = {4: "year", 7: "month", 10: "day"}.get(len(period.code))
    if part is None:
        return in_words(period, language)
    months = catalogue("periods")["months_genitive" if part == "day" else "months"][language]
    return say(
        CATALOGUE,
        f"moment.{part}",
        language,
        day=str(period.start.day),
        month=months[period.start.month - 1],
        year=str(period.start.year),
    )


def _amount(amount: Amount, language: str) -> str:
    if amount.mult not in _SCALES:
        amount = _in_words_of_scale(amount)
    if isinstance(amount.value, Interval):
        scaled = amount.value.scaled(Decimal(1).scaleb(-amount.mult))
        number = _bounds(scaled, language, amount.digits)
    else:
        number = format_number(amount.value.scaleb(-amount.mult), language, amount.digits)
        if amount.signed and amount.value > 0:
            number = f"+{number}"
    if amount.about:
        number = f"≈ {number}"
    if not amount.unit:
        return number
    words = [number]
    if amount.mult:
        words.append(say(CATALOGUE, f"scale.{amount.mult}", language))
    words.append(_unit(amount.unit, language))
    return "\N{NO-BREAK SPACE}".join(word for word in words if word)


def _in_words_of_scale(amount: Amount) -> Amount:
    """Return an amount in a power of ten that has a word, its decimals moved along."""
    scale = max((one for one in _SCALES if one <= amount.mult), default=0)
    digits = amount.digits
    if digits is not None:
        digits = max(0, digits + scale - amount.mult)
    return replace(amount, mult=scale, digits=digits)


def _bounds(interval: Interval, language: str, digits: int | None) -> str:
    """Write an interval by its bounds; one that is open to infinity as "more than" its bound."""
    low, high = interval.low, interval.high
    places = 2 if digits is None else digits
    if low.is_finite() and not high.is_finite():
        return f"{'>' if interval.low_open else '≥'} {_short(low, language, places)}"
    if high.is_finite() and not low.is_finite():
        return f"{'<' if interval.high_open else '≤'} {_short(high, language, places)}"
    left = "(" if interval.low_open else "["
    right = ")" if interval.high_open else "]"
    return f"{left}{_short(low, language, places)}; {_short(high, language, places)}{right}"


def _short(value: Decimal, language: str, places: int) -> str:
    """Write a bound with at most ``places`` decimals and no idle zeros."""
    if not value.is_finite():
        return format_number(value, language)
    wide = Context(prec=max(28, value.adjusted() + places + 2))
    rounded = value.quantize(Decimal(1).scaleb(-places), context=wide).normalize()
    exponent = int(rounded.as_tuple().exponent)
    return format_number(rounded, language, max(0, -exponent))


def _unit(code: str, language: str) -> str:
    """Return the symbol of a unit; nothing where the source does not state one."""
    if code == "_U":
        return ""
    try:
        unit = codelist("units")[code]
    except UnknownCode:
        return code
    own = unit.extra.get(f"symbol_{language}") or unit.extra.get("symbol")
    return own or unit.name[language]


_WRITERS: dict[type, Callable[[Any], Any]] = {
    str: lambda value: value,
    Decimal: lambda value: {"decimal": str(value)},
    Shown: lambda value: {"shown": [str(value.value), value.digits, value.signed]},
    Interval: lambda value: {"interval": _interval_out(value)},
    Period: lambda value: {"period": [value.kind.value, value.code]},
    Moment: lambda value: {"moment": value.period.code},
    Text: lambda value: {"text": dict(value)},
    Amount: lambda value: {
        "amount": [
            to_json(value.value),
            value.unit,
            value.mult,
            value.digits,
            value.signed,
            value.about,
        ]
    },
    Listed: lambda value: {"list": [to_json(item) for item in value.items], "mark": value.mark},
    Phrase: lambda value: {
        "phrase": value.key,
        "blanks": {name: to_json(blank) for name, blank in value.blanks.items()},
    },
}


def to_json(value: Value) -> Any:
    """Return a value as plain JSON; numbers become text so that no digit is lost."""
    return _WRITERS[type(value)](value)


def from_json(data: Any) -> Any:
    """Return the value that ``to_json`` wrote."""
    match data:
        case str():
            return data
        case {"decimal": number}:
            return Decimal(number)
        case {"shown": [number, digits, signed]}:
            return Shown(Decimal(number), digits, signed)
        case {"interval": [low, high, low_open, high_open]}:
            return Interval(Decimal(low), Decimal(high), low_open, high_open)
        case {"period": [kind, code]}:
            return Period.parse(kind, code)
        case {"moment": code}:
            return Moment(Period.parse("P", code))
        case {"text": by_language}:
            return Text(by_language)
        case {"amount": [number, unit, mult, digits, signed, about]}:
            return Amount(from_json(number), unit, mult, digits, signed, about)
        case {"list": items, "mark": mark}:
            return Listed(tuple(from_json(item) for item in items), mark)
        case {"phrase": key, "blanks": blanks}:
            return Phrase(key, {name: from_json(blank) for name, blank in blanks.items()})
    raise TypeError(data)


def _interval_out(interval: Interval) -> list[Any]:
    return [str(interval.low), str(interval.high), interval.low_open, interval.high_open]
