"""Numbers as people print them: read with their precision, written in the reader's manner."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

from irtysh.vocabulary.errors import NotANumber
from irtysh.vocabulary.interval import INFINITY, Interval

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"

_SPACES = re.compile(r"[\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]+")
_PRINTED = re.compile(
    r"(?P<sign>[+-]?) ?(?P<whole>\d{1,3}(?: \d{3})+|\d+)(?:[.,](?P<part>\d+))?", re.A
)


class Qualifier(StrEnum):
    """How the words around a printed number bound it."""

    EQ = "EQ"
    """The number itself, rounded as printed."""
    GT = "GT"
    """More than (более, свыше, превысил)."""
    GE = "GE"
    """Not less than."""
    LT = "LT"
    """Less than (менее)."""
    LE = "LE"
    """Up to (до)."""
    APPROX = "APPROX"
    """About (около, порядка): plus or minus ten per cent."""


def parse_printed(text: str) -> Decimal:
    """Return a printed number with its precision kept ("402,1", "1 097", "−8.50").

    A comma or a point is a decimal mark; spaces group digits by three and nothing else, so that
    two numbers in one cell are never read as one. Raises NotANumber.
    """
    cleaned = _SPACES.sub(" ", text).strip().replace(MINUS, "-").replace("–", "-")
    found = _PRINTED.fullmatch(cleaned)
    if not found:
        raise NotANumber(text=text)
    part = f".{found['part']}" if found["part"] else ""
    return Decimal(found["sign"] + found["whole"].replace(" ", "") + part)


def printed_interval(value: Decimal, qualifier: Qualifier) -> Interval:
    """Return the values that a printed number with its qualifier admits.

    "About" is read as ten per cent either way (Krifka 2007 on round numbers gives no width;
    the convention is ours, see docs/methodology/intervals.md).
    """
    match qualifier:
        case Qualifier.EQ:
            return Interval.from_rounded(value)
        case Qualifier.GT:
            return Interval(value, INFINITY, True, True)
        case Qualifier.GE:
            return Interval(value, INFINITY, False, True)
        case Qualifier.LT:
            return Interval(-INFINITY, value, True, True)
        case Qualifier.LE:
            return Interval(-INFINITY, value, True, False)
        case Qualifier.APPROX:
            margin = abs(value) / 10
            return Interval(value - margin, value + margin)


def stored_value(kept: Decimal | None, printed: str | None) -> Decimal | None:
    """Return a value of the store with the precision in which its source printed it.

    ``kept`` has the eight places of the store's column; where nothing was printed, or words
    stand around the number, the zeros at its end are dropped. None is missing.
    """
    if kept is None:
        return None
    if printed:
        try:
            return parse_printed(printed)
        except NotANumber:
            pass  # words around the number are the source's own
    short = Decimal(kept).normalize()
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else short


def stored_interval(
    value: Decimal | None, printed: str | None, qualifier: Qualifier
) -> Interval | None:
    """Return what a value of the store admits: a printed number is rounded, a declared one exact.

    ``value`` is what stored_value returns; None is missing.
    """
    if value is None:
        return None
    if qualifier is Qualifier.EQ and not printed:
        return Interval.exactly(value)
    return printed_interval(value, qualifier)


@dataclass(frozen=True, slots=True)
class Shown:
    """A number on its way to a sentence: rounded to ``digits``, with a plus sign if ``signed``."""

    value: Decimal
    digits: int = 1
    signed: bool = False


def format_number(value: Decimal, language: str, digits: int | None = None) -> str:
    """Write a number as readers of a language expect; ``digits`` None keeps its own precision.

    English groups by comma with a decimal point; Russian and Kazakh (and any other language)
    group by a no-break space with a decimal comma. Infinity is "∞".
    """
    if not value.is_finite():
        return "∞" if value > 0 else f"{MINUS}∞"
    if digits is not None:
        # The usual 28 digits refuse what is longer; a reader may ask for any number.
        wide = Context(prec=max(28, value.adjusted() + digits + 2))
        value = value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, wide)
    text = f"{value:,f}"
    if language != "en":
        text = text.replace(",", NO_BREAK_SPACE).replace(".", ",")
    if value == 0:
        text = text.replace("-", "")
    return text.replace("-", MINUS)


def format_shown(shown: Shown, language: str) -> str:
    """Write a ``Shown`` number in a language."""
    text = format_number(shown.value, language, shown.digits)
    is_above = shown.value > 0 and any(digit in text for digit in "123456789∞")
    return f"+{text}" if shown.signed and is_above else text
