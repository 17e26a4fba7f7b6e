"""Periods as SDMX writes them, and back.

A cumulative stretch is an SDMX time range: "2021-01-01/P7M" is January to July 2021. The unknown
period has no time at all; the column PERIOD_KIND tells it from a mistake.
"""

from __future__ import annotations

import re

from irtysh.vocabulary.errors import NotAPeriod
from irtysh.vocabulary.period import UNKNOWN_PERIOD, Period, PeriodKind

_RANGE = re.compile(r"(\d{4})-(\d{2})(?:-01)?(?:T00:00:00)?/P(\d{1,4})M")
_FORMS = (
    (re.compile(r"(\d{4})(?:-A1)?"), PeriodKind.YEAR, r"\1"),
    (re.compile(r"\d{4}-S[12]"), PeriodKind.HALF, None),
    (re.compile(r"\d{4}-Q[1-4]"), PeriodKind.QUARTER, None),
    (re.compile(r"(\d{4})-M(\d{2})"), PeriodKind.MONTH, r"\1-\2"),
    (re.compile(r"\d{4}-\d{2}"), PeriodKind.MONTH, None),
    (re.compile(r"\d{4}-\d{2}-\d{2}"), PeriodKind.POINT, None),
    (re.compile(r"\d{4}-\d{2}/\d{4}-\d{2}"), PeriodKind.CUMULATIVE, None),
)


def written(period: Period) -> str:
    """Return a period as an SDMX time; empty for the unknown one."""
    if period.kind is not PeriodKind.CUMULATIVE or not period.start or not period.end:
        return period.code
    months = 12 * (period.end.year - period.start.year) + period.end.month - period.start.month + 1
    return f"{period.start.isoformat()}/P{months}M"


def read(text: str, kind: str) -> Period:
    """Return the period of an SDMX time; ``kind`` empty lets the form decide.

    Raises NotAPeriod.
    """
    stretch = _RANGE.fullmatch(text)
    if stretch and kind in ("", PeriodKind.CUMULATIVE.value):
        return _stretch(text, *(int(part) for part in stretch.groups()))
    if not kind:
        return _by_form(text)
    for form, form_kind, template in _FORMS:
        found = form.fullmatch(text)
        if found and form_kind.value == kind:
            return Period.parse(kind, found.expand(template) if template else text)
    return Period.parse(kind, text)


def _by_form(text: str) -> Period:
    if not text:
        return UNKNOWN_PERIOD
    for form, kind, template in _FORMS:
        found = form.fullmatch(text)
        if found:
            return Period.parse(kind.value, found.expand(template) if template else text)
    raise NotAPeriod(kind="?", text=text)


def _stretch(text: str, year: int, month: int, months: int) -> Period:
    last = year * 12 + month - 1 + months - 1
    if not months or last // 12 > 9999:
        raise NotAPeriod(kind="C", text=text)
    code = f"{year:04d}-{month:02d}/{last // 12:04d}-{last % 12 + 1:02d}"
    return Period.parse(PeriodKind.CUMULATIVE.value, code)
