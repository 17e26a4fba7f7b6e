"""How figures, results, periods, sources and days are worded in a report.

The same rules as on the portal's pages (irtysh/portal/presenters/words.py), without Django: a
test holds the two together.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from irtysh.evaluation.strategy.words import figure_in_words
from irtysh.indicators.catalogue import Definition
from irtysh.indicators.results import Result
from irtysh.publication.edition import Edition
from irtysh.reports.blocks import Run
from irtysh.vocabulary.errors import NotAPeriod
from irtysh.vocabulary.numbers import Qualifier, Shown, format_number, format_shown
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.period import Period, PeriodKind
from irtysh.vocabulary.wording import catalogue, period_in_words, say

UNSAID = ("", "_Z", "_U")
_LINES = re.compile(r"L\.\s?(\d+)(?:[–-](\d+))?")
_PLACES = frozenset(
    {"text", "headline", "whole page", "table", "preamble", "footnotes", "lead"}
)  # fmt: skip
_NO_BREAK = "\N{NO-BREAK SPACE}"


def unit_words(edition: Edition, unit: str, unit_mult: int = 0) -> str:
    """Return a unit with its multiplier: "млн долл. США"; empty where there is none."""
    if unit in UNSAID:
        return ""
    return say("units", str(unit_mult), edition.language, unit=edition.symbol(unit))


def figure_run(edition: Edition, one: Observation) -> Run:
    """Return a printed figure: its bound in words and its digits, with its evidence."""
    if one.value is None:
        return Run(say("report", "figure_empty", edition.language), one.id)
    text = format_number(one.value, edition.language)
    if one.measure == "GROWTH" and one.value > 0:
        text = f"+{text}"
    if one.qualifier is not Qualifier.EQ:
        bound = say("report", f"qualifier_{one.qualifier.value}", edition.language)
        text = f"{bound}{_NO_BREAK}{text}"
    return Run(text, one.id, f"{one.value:f}", unit_words(edition, one.unit, one.unit_mult))


def result_run(edition: Edition, result: Result) -> Run:
    """Return a computed value as the indicator's page writes it, with its evidence."""
    one = edition.definitions.get(result.indicator)
    point = result.figure.point
    unit = unit_words(edition, result.figure.unit, result.unit_mult)
    if point is None:
        return Run(
            bounds_words(edition, result.figure.low, result.figure.high), result.id, "", unit
        )
    if result.source:
        return Run(format_number(point, edition.language), result.id, f"{point:f}", unit)
    shown = _shown(one, point)
    return Run(format_shown(shown, edition.language), result.id, f"{point:f}", unit)


def line_figure_run(name: str, figure: Mapping[str, Any], language: str) -> Run:
    """Return a figure of an evaluation's line as the evaluation writes it, unit included."""
    return Run(figure_in_words(figure, language), name, figure["point"] or "")


def _shown(one: Definition | None, point: Decimal) -> Shown:
    return Shown(point, one.digits, one.signed) if one else Shown(point)


def bounds_words(edition: Edition, low: Decimal | None, high: Decimal | None) -> str:
    """Say between which bounds a value lies; that nothing is known where there are none."""
    language = edition.language
    lowest = low if low is not None and low.is_finite() else None
    highest = high if high is not None and high.is_finite() else None
    if lowest is None and highest is None:
        return say("report", "figure_unknown", language)
    if highest is None:
        return say("report", "bounds_from", language, low=Shown(lowest or Decimal(0)))
    if lowest is None:
        return say("report", "bounds_to", language, high=Shown(highest))
    return say("report", "bounds_between", language, low=Shown(lowest), high=Shown(highest))


def goods_name(edition: Edition, classification: str, commodity: str) -> str:
    """Return the name of a goods group in its classification."""
    name = {"HS_SECTION": "hs_sections", "HS_CHAPTER": "hs_chapters"}.get(classification)
    return edition.code(name or "commodities", commodity)


def pair_words(edition: Edition, ref: str, counterpart: str) -> str:
    """Return the two areas: "Омская область – Казахстан"."""
    own = edition.code("areas", ref)
    if counterpart in UNSAID:
        return own
    if counterpart == "W":
        return say("report", "pair_world", edition.language, area=own)
    return f"{own} – {edition.code('areas', counterpart)}"


def what_words(edition: Edition, one: Observation) -> str:
    """Say what an observation measures, without its period and its areas."""
    parts = []
    if one.flow not in UNSAID:
        parts.append(edition.code("flows", one.flow))
    if one.commodity not in ("_T", *UNSAID):
        parts.append(goods_name(edition, one.classification, one.commodity))
    if one.measure != "VALUE" or not parts:
        parts.append(edition.code("measures", one.measure))
    return ", ".join([parts[0], *(part[:1].lower() + part[1:] for part in parts[1:])])


def full_words(edition: Edition, one: Observation) -> str:
    """Say what an observation measures, of which areas, in which period."""
    pair = pair_words(edition, one.ref_area, one.counterpart_area)
    return f"{what_words(edition, one)}: {pair}, {period_words(edition, one)}"


def period_words(edition: Edition, one: Observation) -> str:
    """Return the period; for a growth rate with the period it compares with."""
    return compared_words(edition, one.period, one.base_period)


def compared_words(edition: Edition, period: Period, base: Period | None) -> str:
    """Return a period, or a period against its base."""
    language = edition.language
    said = period_in_words(period, language)
    if base is None:
        return said
    if not base.is_known:
        return say("report", "period_no_base", language, period=said)
    return say("report", "period_against", language, period=said, base=base)


def result_words(edition: Edition, result: Result) -> str:
    """Say which indicator a result is, of what and for when."""
    one = edition.definitions.get(result.indicator)
    parts = []
    if result.group == "_R":
        parts.append(say("charts", "unlisted", edition.language))
    elif result.group not in ("", "_T"):
        parts.append(goods_name(edition, result.classification, result.group))
    if result.flow not in UNSAID:
        parts.append(edition.code("flows", result.flow))
    if result.area not in UNSAID:
        parts.append(pair_words(edition, result.area, result.counterpart))
    title = one.title[edition.language] if one else result.indicator
    period = compared_words(edition, result.period, result.base_period)
    return f"{title}: {', '.join([*parts, period])}"


def day_words(day: str, language: str) -> str:
    """Write an ISO day, month or year in the reader's manner; other texts stay as they are."""
    kind = {4: PeriodKind.YEAR, 7: PeriodKind.MONTH, 10: PeriodKind.POINT}.get(len(day or ""))
    try:
        period = Period.parse(kind.value, day) if kind else None
    except NotAPeriod:
        period = None
    if period is None or period.start is None:
        return day or ""
    if kind is not PeriodKind.POINT:
        return period_in_words(period, language)
    months = catalogue("periods")["months_genitive"][language]
    return say("report", "day", language, day=str(period.start.day),
               month=months[period.start.month - 1], year=str(period.start.year))  # fmt: skip


def source_words(edition: Edition, source_id: str, locator: str = "") -> str:
    """Return a source as one line: author and year, or title; and the place in it."""
    source = edition.sources.get(source_id)
    if source is None:
        return ", ".join(part for part in (source_id, locator) if part)
    short = source_name(edition, source_id)
    return ", ".join(part for part in (short, place_words(edition, source, locator)) if part)


def source_name(edition: Edition, source_id: str) -> str:
    """Return a source without the place in it."""
    source = edition.sources.get(source_id, {})
    author = edition.text(source.get("author"))
    year = str(source.get("published_on") or "")[:4]
    return f"{author} ({year})" if author and year else edition.text(source.get("title"))


def place_words(edition: Edition, source: Mapping[str, Any], locator: str) -> str:
    """Return where in a source something stands: page (derived from lines), lines, the rest."""
    language = edition.language
    stretches = _LINES.findall(locator or "")
    rest = [part.strip() for part in _LINES.sub("", locator or "").split(",") if part.strip()]
    said = [_part_in_words(part, language) for part in rest]
    if not stretches:
        return ", ".join(said)
    lines = ", ".join(f"{first}–{last}" if last else first for first, last in stretches)
    several = len(stretches) > 1 or bool(stretches[0][1])
    place = say("report", "place_lines" if several else "place_line", language, lines=lines)
    pages: Sequence[Sequence[int]] = source.get("pages") or ()
    if pages:
        firsts = [first for _page, first in pages]
        page = pages[max(bisect_right(firsts, int(stretches[0][0])) - 1, 0)][0]
        place = say("report", "place_page", language, page=str(page), lines=place)
    return ", ".join((place, *said))


def _part_in_words(part: str, language: str) -> str:
    word, _space, number = part.partition(" ")
    if number.isdigit() and word in ("item", "article"):
        return say("report", f"place_{word}", language, number=number)
    if part in _PLACES:
        return say("report", "place_" + part.replace(" ", "_"), language)
    return part
