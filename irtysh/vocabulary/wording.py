"""Sentences from templates: definitions/messages/*.yaml, one text a language, blanks by name."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import yaml

from irtysh.vocabulary.codelists import Code
from irtysh.vocabulary.errors import Fault, IrtyshError, UnknownWording
from irtysh.vocabulary.interval import Interval
from irtysh.vocabulary.numbers import Shown, format_number, format_shown
from irtysh.vocabulary.period import Period, PeriodKind
from irtysh.vocabulary.places import DEFINITIONS
from irtysh.vocabulary.text import Text


@cache
def catalogue(name: str) -> Mapping[str, Any]:
    """Return the messages of definitions/messages/NAME.yaml: key → {language: template}."""
    path = DEFINITIONS / "messages" / f"{name}.yaml"
    with path.open(encoding="utf-8") as stream:
        loaded: dict[str, Any] = yaml.load(stream, Loader=yaml.CSafeLoader)
    return loaded


def say(name: str, key: str, language: str, /, **params: Any) -> str:
    """Fill the template ``key`` of catalogue ``name`` in a language.

    Numbers, periods, codes and texts among ``params`` are written in that language.
    Raises UnknownWording if the template or one of its blanks is missing.
    """
    try:
        template: str = catalogue(name)[key][language]
    except (KeyError, FileNotFoundError):
        raise UnknownWording(catalogue=name, key=key, language=language) from None
    written = {blank: in_words(value, language) for blank, value in params.items()}
    try:
        return template.format_map(written)
    except KeyError as blank:
        key = f"{key}{{{blank.args[0]}}}"
        raise UnknownWording(catalogue=name, key=key, language=language) from None


def in_words(value: Any, language: str) -> str:
    """Write one value for a reader: a number, interval, period, code, text or plain string."""
    match value:
        case Shown():
            return format_shown(value, language)
        case Decimal():
            return format_number(value, language)
        case Interval():
            return interval_in_words(value, language)
        case Period():
            return period_in_words(value, language)
        case Text():
            return value[language]
        case Code():
            return value.name[language]
        case list() | tuple():
            return ", ".join(in_words(item, language) for item in value)
        case _:
            return str(value)


def interval_in_words(interval: Interval, language: str, digits: int | None = None) -> str:
    """Write an interval as [low; high) with the brackets that its bounds ask for."""
    low = format_number(interval.low, language, digits if interval.low.is_finite() else None)
    high = format_number(interval.high, language, digits if interval.high.is_finite() else None)
    left = "(" if interval.low_open else "["
    right = ")" if interval.high_open else "]"
    return f"{left}{low}; {high}{right}"


def period_in_words(period: Period, language: str) -> str:
    """Write a period as readers of the language do: "I полугодие 2023 г."."""
    if period.start is None or period.end is None:
        return say("periods", "U", language)
    key = period.kind.value
    if period.kind is PeriodKind.POINT:
        key += {4: "-year", 7: "-month", 10: "-day"}[len(period.code)]
    if period.kind is PeriodKind.CUMULATIVE and period.start.year != period.end.year:
        key += "-years"
    months = catalogue("periods")["months"][language]
    genitive = catalogue("periods")["months_genitive"][language]
    return say(
        "periods",
        key,
        language,
        year=str(period.start.year),
        end_year=str(period.end.year),
        n=("", "I", "II", "III", "IV")[_ordinal(period)],
        month=months[period.start.month - 1],
        end_month=months[period.end.month - 1],
        month_genitive=genitive[period.start.month - 1],
        day=str(period.start.day),
    )


def explain(problem: IrtyshError | Fault, language: str) -> str:
    """Return what went wrong and what to do, in a language.

    Limits and code lists among the params are called by their names in that language.
    """
    params = {blank: _called(blank, value, language) for blank, value in problem.params.items()}
    return say("faults", problem.code, language, **params)


def _called(blank: str, value: Any, language: str) -> Any:
    """Return what a limit or a code list is called; any other value as it is."""
    kind = {"list": "codelist"}.get(blank, blank)
    words = catalogue("fault_words").get(f"{kind}.{value}") if isinstance(value, str) else None
    return words[language] if words else value


def _ordinal(period: Period) -> int:
    assert period.start is not None
    months = {PeriodKind.HALF: 6, PeriodKind.QUARTER: 3}.get(period.kind)
    return (period.start.month - 1) // months + 1 if months else 0
