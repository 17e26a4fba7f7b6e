"""Indicators: what each means, how it is computed, what came out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from django.utils.translation import gettext as _

from irtysh.indicators.catalogue import Definition
from irtysh.indicators.results import Result
from irtysh.portal.presenters import words
from irtysh.portal.presenters.charts import charts_of
from irtysh.portal.reading import Reading
from irtysh.vocabulary.numbers import Shown, format_number, format_shown
from irtysh.vocabulary.wording import period_in_words


def family_words(family: str) -> str:
    """Return the name of a family of indicators."""
    return {
        "level": _("Levels"),
        "growth": _("Growth"),
        "shares": _("Shares and contributions"),
        "balance": _("Balance of exports and imports"),
        "coverage": _("Coverage"),
        "concentration": _("Concentration"),
        "structure": _("Structural change"),
        "ranking": _("Ranking"),
        "seasons": _("Seasons, breaks and alarms"),
        "forecast": _("Forecasts"),
        "prices": _("Prices, volumes and market share"),
    }.get(family, family)


def indicators_page(reading: Reading) -> dict[str, Any]:
    """Return the indicators by family with how many results each has; refusals do not count."""
    counts: dict[str, int] = {}
    for row in reading.document("results"):
        if has_figure(row):
            counts[row["indicator"]] = counts.get(row["indicator"], 0) + 1
    families: dict[str, list[dict[str, Any]]] = {}
    for one in reading.definitions.values():
        families.setdefault(one.family, []).append(
            {
                "id": one.id,
                "title": one.title[reading.language],
                "short": one.short[reading.language],
                "results": counts.get(one.id, 0),
            }
        )
    return {
        "families": [
            {"id": family, "title": family_words(family), "indicators": found}
            for family, found in families.items()
        ],
        "total": len(reading.definitions),
    }


def has_figure(row: Mapping[str, Any]) -> bool:
    """Return True if a stored result has a value or a bound; a refusal has its reasons only."""
    return any(row[name] is not None for name in ("point", "low", "high"))


def missing_of(reading: Reading, indicator_id: str) -> list[str]:
    """Return in words why an indicator has no figure at all; empty if it has one."""
    rows = [row for row in reading.document("results") if row["indicator"] == indicator_id]
    if any(has_figure(row) for row in rows):
        return []
    flags = dict.fromkeys(flag for row in rows for flag in row["flags"] if flag in _REASONS)
    return [reading.code("flags", flag) for flag in flags]


_REASONS = frozenset(
    {
        "MISSING_INPUT",
        "NO_PRICE_INDEX",
        "NO_MARKET_DATA",
        "NO_QUANTITIES",
        "NOT_HOMOGENEOUS",
        "TOO_SHORT",
        "TOO_FEW_POINTS",
        "TOO_FEW_ORIGINS",
        "MOSTLY_DERIVED",
        "WEAK_SEASON",
        "NO_SEASON",
        "NO_BREAK",
        "NO_SPREAD",
        "NOT_POSITIVE",
    }
)
"""Flags that say why there is no figure, not what to know about one."""


def indicator_page(reading: Reading, indicator_id: str) -> dict[str, Any] | None:
    """Return one indicator: meaning, formula, rules, results, code; None if unknown."""
    one = reading.definitions.get(indicator_id)
    if one is None:
        return None
    language = reading.language
    return {
        "id": one.id,
        "title": one.title[language],
        "description": one.description[language],
        "family": family_words(one.family),
        "formula": one.formula,
        "symbols": [(symbol, text[language]) for symbol, text in one.symbols.items()],
        "convention": one.convention[language],
        "unit": "" if one.unit == "same" else reading.code("units", one.unit),
        "edge_rules": [text[language] for text in one.edge_rules.values()],
        "scale": _scale(one, language),
        "references": [_reference(item, language) for item in one.reference],
        "function": one.function,
        "code": reading.code_of_indicator[indicator_id],
        "charts": charts_of(reading, f"indicator:{indicator_id}"),
        "results": results_of(reading, indicator_id),
        "missing": missing_of(reading, indicator_id),
    }


def results_of(reading: Reading, indicator_id: str) -> list[dict[str, Any]]:
    """Return every result of an indicator as rows; none if the release does not know it."""
    one = reading.definitions.get(indicator_id)
    if one is None:
        return []
    return [
        _result(reading, one, Result.from_json(row))
        for row in reading.document("results")
        if row["indicator"] == indicator_id
    ]


def _scale(one: Definition, language: str) -> list[tuple[str, str]]:
    rows = []
    below = ""
    for step in one.scale:
        end = format_number(step.up_to, language)
        bounds = _("up to %(high)s") % {"high": end} if step.up_to.is_finite() else ""
        rows.append((step.label[language], bounds or _("above %(low)s") % {"low": below}))
        below = end
    return rows


def _reference(item: Mapping[str, Any], language: str) -> dict[str, str]:
    """Return author, year and note; a Cyrillic name in an English page says its language."""
    note = item.get("note")
    author = str(item["author"])
    is_foreign = language == "en" and any("а" <= letter <= "я" for letter in author.lower())
    return {
        "author": author,
        "language": "ru" if is_foreign else "",
        "year": str(item["year"]),
        "note": note.get(language, "") if isinstance(note, Mapping) else str(note or ""),
    }


def _result(reading: Reading, one: Definition, result: Result) -> dict[str, Any]:
    figure = result.figure
    language = reading.language
    return {
        "id": result.id,
        "what": _subject(reading, result),
        "period": period_in_words(result.period, language),
        "base": period_in_words(result.base_period, language) if result.base_period else "",
        "text": _point(result, one, language),
        "is_printed": bool(result.source),
        "low": _bound(figure.low, one, language, ROUND_FLOOR),
        "high": _bound(figure.high, one, language, ROUND_CEILING),
        "is_missing": figure.point is None and figure.low is None and figure.high is None,
        "is_range": figure.point is None and (figure.low is not None or figure.high is not None),
        "unit": words.unit_words(reading, figure.unit, result.unit_mult),
        "coverage": ""
        if figure.coverage is None
        else format_shown(Shown(figure.coverage * 100, 0), language) + " %",
        "flags": [reading.code("flags", flag) for flag in figure.flags],
        "verdict": [
            step.label[language] for step in one.scale if step.code in result.scale
        ],
        "evidence": list(figure.evidence[:12]),
        "evidence_more": max(len(figure.evidence) - 12, 0),
    }  # fmt: skip


def _point(result: Result, one: Definition, language: str) -> str:
    """Write the best value: a printed one with its own digits, a computed one rounded."""
    point = result.figure.point
    if point is None:
        return ""
    if result.source:
        return format_number(point, language)
    return format_shown(Shown(point, one.digits, one.signed), language)


def _bound(value: Decimal | None, one: Definition, language: str, outward: str) -> str:
    """Write a bound with one digit more than the value, cut outward: never narrower than true."""
    if value is None:
        return ""
    digits = one.digits + 1
    if value.is_finite():
        value = value.quantize(Decimal(1).scaleb(-digits), rounding=outward)
    return format_shown(Shown(value, digits, one.signed), language)


def _subject(reading: Reading, result: Result) -> str:
    parts = []
    if result.group == "_R":
        parts.append(_("Not listed in the table"))
    elif result.group not in ("", "_T"):
        parts.append(words.goods_name(reading, result.classification, result.group))
    if result.flow not in words.UNSAID:
        parts.append(reading.code("flows", result.flow))
    areas = [
        reading.code("areas", code)
        for code in (result.area, result.counterpart)
        if code not in ("", *words.UNSAID)
    ]
    return ", ".join(parts) + (": " if parts else "") + " – ".join(areas)
