"""Evidence in words: a value with its unit, the bounds that words admit, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from irtysh.evaluation.claims import Claim, Margin
from irtysh.evaluation.claims.naming import label, missing_in_words, when
from irtysh.evaluation.claims.shown import amount, margin_in_words, power
from irtysh.evaluation.expressions import Evidence, Missing
from irtysh.publication.edition import Edition
from irtysh.registries.records.shelf import naming
from irtysh.vocabulary.interval import Interval
from irtysh.vocabulary.numbers import format_number
from irtysh.vocabulary.wording import say

_CODED = ("areas", "hs_sections", "hs_chapters", "commodities")


def evidence_words(evidence: Evidence, read: Edition, claim: Claim | None = None) -> dict[str, Any]:
    """Return value, why its bounds are apart, and what is missing, in a language.

    ``claim`` lends its power of ten. ``value`` is empty where the data do not say.
    """
    with naming(read.release.id):
        return {
            "value": _value(evidence, read, claim),
            "why": kind_words(evidence),
            "missing": missing_words(evidence.missing, read),
        }


def _value(evidence: Evidence, read: Edition, claim: Claim | None) -> str:
    if evidence.gives == "choice":
        return ", ".join(choice_words(one, read) for one in evidence.choices)
    if evidence.interval is None:
        return ""
    if evidence.gives == "truth":
        return _truth(evidence.interval)
    return amount(evidence, claim, read.language)


def bounds_words(
    interval: Interval | None, unit: str, read: Edition, claim: Claim | None = None
) -> str:
    """Return bounds in plain words: "from 98.6 to 101.9 %"; empty where there are none."""
    if interval is None:
        return ""
    multiple = power(interval, unit, claim)
    low, high = (
        format_number(_plain(end.scaleb(-multiple)) if end.is_finite() else end, read.language)
        for end in (interval.low, interval.high)
    )
    if not (interval.low.is_finite() or interval.high.is_finite()):
        return _("not bounded")
    if not interval.high.is_finite():
        said = _("more than %(low)s") if interval.low_open else _("from %(low)s upwards")
    elif not interval.low.is_finite():
        said = _("less than %(high)s") if interval.high_open else _("up to %(high)s")
    elif interval.low == interval.high:
        said = _("exactly %(low)s")
    else:
        said = _("from %(low)s to %(high)s")
    return f"{said % {'low': low, 'high': high}} {_unit(unit, multiple, read)}".strip()


def kind_words(evidence: Evidence) -> str:
    """Say why the bounds are apart; empty where they are not."""
    if evidence.interval is not None and evidence.low == evidence.high:
        return ""
    return {
        "rounding": _("because the figures are rounded"),
        "conflict": _("because the sources differ"),
        "structural": _("because a part of the whole is not published"),
    }.get(evidence.kind, "")


def missing_words(missing: Any, read: Edition) -> list[str]:
    """Say what the data do not have, each thing once."""
    with naming(read.release.id):
        said = [
            missing_in_words(
                one if isinstance(one, Missing) else Missing.from_json(one), read.language
            )
            for one in missing
        ]
    return list(dict.fromkeys(said))


def margin_words(margin: Mapping[str, Any] | None, read: Edition) -> str:
    """Say how far the data lie from the number said; empty where it does not apply."""
    if not margin:
        return ""
    return margin_in_words(Margin(Decimal(margin["value"]), margin["unit"]), read.language)


def choice_words(code: str, read: Edition) -> str:
    """Return a period or a code that may be the answer."""
    if code[:4].isdigit():
        return when(code, read.language)
    return label(_CODED[0], code, read.language, *_CODED[1:])


def _truth(interval: Interval) -> str:
    if interval.low == 1:
        return _("yes")
    return _("no") if interval.high == 0 else _("cannot be told")


def _unit(unit: str, multiple: int, read: Edition) -> str:
    if unit in ("", "PLACE", "NUM"):
        return ""
    symbol = "/".join(read.symbol(part) for part in unit.split("/"))
    return say("units", str(multiple), read.language, unit=symbol)


def _plain(number: Decimal) -> Decimal:
    """Return a number without the noughts behind its last digit."""
    short = number.normalize()
    return short.quantize(Decimal(1)) if int(short.as_tuple().exponent) > 0 else short
