"""Numbers of judgements as readers write them: in the unit and power of ten of the claim."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, getcontext
from functools import lru_cache

from irtysh.evaluation.claims.claim import Claim
from irtysh.evaluation.claims.judgement import Margin
from irtysh.evaluation.consistency.values import Amount, scale_of, written
from irtysh.evaluation.expressions.evidence import Evidence, Leaf
from irtysh.vocabulary.interval import Interval
from irtysh.vocabulary.numbers import format_number
from irtysh.vocabulary.wording import say

CATALOGUE = "claims"
_STOPS = re.compile(r"(?<=[^\W\d])\.\.(?!\.)")
_RELATIVE = frozenset({"PC", "PP", "", "INDEX", "PLACE", "NUM", "RATIO"})


def spoken(key: str, language: str, **blanks: object) -> str:
    """Return a sentence of messages/claims.yaml; a stop that follows "2021 г." is written once."""
    text = say(CATALOGUE, key, language, **blanks)
    return _STOPS.sub(".", text) if ".." in text else text


def amount(value: Evidence | Leaf, claim: Claim | None, language: str) -> str:
    """Write a value with its bounds, if they differ from it as shown."""
    interval = value.interval
    if interval is None:
        return spoken("part.unknown", language)
    mult = power(interval, value.unit, claim)
    digits, shown, centre = _as_shown(interval, value.point, mult)
    if centre is None:
        return _number(shown, value.unit, mult, language, digits + 1)
    point = _number(centre, value.unit, mult, language, digits)
    if interval.low == interval.high:
        return point
    bare = written(Amount(shown, "", mult, digits=digits + 1), language)
    return spoken("part.within", language, point=point, bounds=bare)


def bounds(interval: Interval, unit: str, claim: Claim | None, language: str) -> str:
    """Write an acceptance set."""
    mult = power(interval, unit, claim)
    return _number(_fewer(interval, mult), unit, mult, language, _digits(interval, mult) + 1)


def said_number(claim: Claim, language: str) -> str:
    """Write what the claim says: its wording and its number as printed."""
    value = claim.value
    if value is None:
        return ""
    number = _number(value.scaleb(claim.unit_mult), claim.unit, claim.unit_mult, language)
    wording = claim.asserts
    if wording in ("eq", "rank"):
        return number
    return spoken(f"wording.{wording}", language, number=number)


def margin_in_words(margin: Margin | None, language: str) -> str:
    """Write how far the evidence is from the number said."""
    if margin is None:
        return ""
    number = format_number(abs(margin.value), language, 1 if margin.unit != "PLACE" else 0)
    if not any(digit in number for digit in "123456789"):
        return spoken("margin.none", language)
    side = "above" if margin.value > 0 else "below"
    return spoken(f"margin.{margin.unit}.{side}", language, number=number)


def power(interval: Interval, unit: str, claim: Claim | None) -> int:
    """Return the power of ten in which a value is written: the claim's, else the handiest."""
    if unit in _RELATIVE:
        return 0
    if claim is not None and claim.unit == unit:
        return claim.unit_mult
    return scale_of([interval.low, interval.high])


def _number(
    value: Decimal | Interval, unit: str, mult: int, language: str, digits: int | None = None
) -> str:
    if unit == "PLACE" and isinstance(value, Decimal):
        return spoken("part.place", language, number=format_number(value, language))
    code = "" if unit in ("PLACE", "") else unit
    return written(Amount(value, code, mult, digits=digits), language)


def _digits(interval: Interval, mult: int) -> int:
    """Return the decimals that the width of the bounds leaves any sense to."""
    if not interval.is_bounded or interval.low == interval.high:
        end = interval.low if interval.low.is_finite() else interval.high
        if not end.is_finite():
            return 1
        return max(0, min(4, mult - int(end.normalize().as_tuple().exponent)))
    width = interval.width.scaleb(-mult)
    return max(0, min(4, -width.adjusted()))


@lru_cache(maxsize=16384)
def _as_shown(
    interval: Interval, point: Decimal | None, mult: int
) -> tuple[int, Interval, Decimal | None]:
    """Return decimals, bounds and point as shown: the same in every language."""
    digits = _digits(interval, mult)
    centre = None if point is None else _rounded(point, mult, digits)
    return digits, _fewer(interval, mult), centre


def _rounded(value: Decimal, mult: int, digits: int) -> Decimal:
    shown = value.scaleb(-mult)
    if shown.adjusted() + digits >= getcontext().prec:  # there is nothing left to round away
        return value
    return shown.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP).scaleb(mult)


def _fewer(interval: Interval, mult: int) -> Interval:
    """Return the bounds with the decimals that are shown, so that none collapses to a point."""
    if interval.low == interval.high or not interval.is_bounded:
        return interval
    digits = min(6, _digits(interval, mult) + 1)
    low, high = (_rounded(end, mult, digits) for end in (interval.low, interval.high))
    if low >= high:
        return interval
    return Interval(low, high, interval.low_open, interval.high_open)
