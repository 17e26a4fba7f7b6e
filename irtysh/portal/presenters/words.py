"""How numbers, periods, units and places of sources are worded on pages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from irtysh.portal.reading import Reading
from irtysh.registries.records.showing import day_words
from irtysh.vocabulary.interval import Interval
from irtysh.vocabulary.numbers import Qualifier, format_number
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.wording import period_in_words, say

UNSAID = ("", "_Z", "_U")
WHOLE = ("_T", *UNSAID)
_LINES = re.compile(r"L\.\s?(\d+)(?:[–-](\d+))?")


def unit_words(reading: Reading, unit: str, unit_mult: int = 0) -> str:
    """Return a unit with its multiplier: "млн долл. США", "million USD", "%"."""
    return say("units", str(unit_mult), reading.language, unit=reading.symbol(unit))


def qualifier_words(qualifier: Qualifier) -> str:
    """Return the word that bounds a number; empty for a plain one."""
    return {
        Qualifier.GT: _("more than"),
        Qualifier.GE: _("at least"),
        Qualifier.LT: _("less than"),
        Qualifier.LE: _("up to"),
        Qualifier.APPROX: _("about"),
    }.get(qualifier, "")


def interval_words(reading: Reading, interval: Interval | None) -> str:
    """Say which values a printed number admits, in plain words."""
    if interval is None:
        return ""
    low, high = (format_number(end, reading.language) for end in (interval.low, interval.high))
    if not interval.low.is_finite() and not interval.high.is_finite():
        return _("not bounded")
    if not interval.high.is_finite():
        return _("from %(low)s upwards") % {"low": low}
    if not interval.low.is_finite():
        return _("up to %(high)s") % {"high": high}
    if interval.low == interval.high:
        return _("exactly %(low)s") % {"low": low}
    return _("from %(low)s to %(high)s") % {"low": low, "high": high}


def place_words(source: Mapping[str, Any], locator: str) -> str:
    """Return where in a source something stands: page (derived from lines), lines, the rest."""
    stretches = _LINES.findall(locator or "")
    rest = [part.strip() for part in _LINES.sub("", locator or "").split(",") if part.strip()]
    said = [_place_in_words(part) for part in rest]
    if not stretches:
        return _plain_places().get(locator, ", ".join(said))
    lines = ", ".join(f"{first}–{last}" if last else first for first, last in stretches)
    several = len(stretches) > 1 or bool(stretches[0][1])
    place = ngettext("line %(lines)s", "lines %(lines)s", 2 if several else 1) % {"lines": lines}
    pages: Sequence[Sequence[int]] = source.get("pages") or ()
    if pages:
        firsts = [first for _page, first in pages]
        page = pages[max(bisect_right(firsts, int(stretches[0][0])) - 1, 0)][0]
        place = _("p. %(page)s, %(lines)s") % {"page": page, "lines": place}
    return ", ".join((place, *said))


def _place_in_words(part: str) -> str:
    """Return "item 2" or "article 7" in the language of the page; other places by their list."""
    word, _space, number = part.partition(" ")
    if number.isdigit() and word in ("item", "article"):
        text = _("item %(number)s") if word == "item" else _("article %(number)s")
        return text % {"number": number}
    return _plain_places().get(part, part)


def _plain_places() -> Mapping[str, str]:
    """Return the words for places that are no line, table or cell."""
    return {
        "text": _("in the text"),
        "headline": _("in the headline"),
        "whole page": _("the whole page"),
        "table": _("table"),
        "shared boundary": _("shared boundary"),
        "preamble": _("preamble"),
        "preamble of the draft": _("preamble of the draft"),
        "footnotes": _("footnotes"),
        "history of changes": _("history of changes"),
        "lead": _("at the beginning"),
    }


def source_line(reading: Reading, source_id: str, locator: str = "") -> dict[str, Any]:
    """Return a source as one line: what, by whom, where in it, since when."""
    source = reading.sources.get(source_id)
    if source is None:
        return {"id": "", "title": source_id, "short": source_id, "place": locator}
    title = reading.text(source.get("title"))
    author, year = reading.text(source.get("author")), str(source.get("published_on") or "")[:4]
    return {
        "id": source_id,
        "title": title,
        "short": f"{author} ({year})" if author and year else title,
        "author": author,
        "publisher": reading.text(source.get("publisher")),
        "published": day_words(source.get("published_on")),
        "place": place_words(source, locator),
        "address": source.get("address") or "",
        "kind": reading.code("source_kinds", source.get("kind") or ""),
    }


def cited(reading: Reading, item: Mapping[str, Any]) -> dict[str, Any]:
    """Return where an item of the case comes from."""
    return source_line(reading, item.get("source") or "", item.get("locator") or "")


def commodity_words(reading: Reading, observation: Observation) -> str:
    """Return the name of the goods; empty for all goods or where goods do not apply."""
    if observation.commodity in WHOLE:
        return ""
    return goods_name(reading, observation.classification, observation.commodity)


def goods_name(reading: Reading, classification: str, commodity: str) -> str:
    """Return the name of a goods group in its classification."""
    name = {"HS_SECTION": "hs_sections", "HS_CHAPTER": "hs_chapters"}.get(classification)
    return reading.code(name or "commodities", commodity)


def pair_words(reading: Reading, observation: Observation) -> str:
    """Return the two areas: "Омская область – Казахстан"."""
    ref = reading.code("areas", observation.ref_area)
    if observation.counterpart_area in UNSAID:
        return ref
    if observation.counterpart_area == "W":
        return _("%(area)s – all countries") % {"area": ref}
    return f"{ref} – {reading.code('areas', observation.counterpart_area)}"


def what_words(reading: Reading, observation: Observation) -> str:
    """Say what an observation measures, without its period."""
    parts = []
    if observation.flow not in UNSAID:
        parts.append(reading.code("flows", observation.flow))
    goods = commodity_words(reading, observation)
    if goods:
        parts.append(goods)
    if observation.measure != "VALUE":
        parts.append(reading.code("measures", observation.measure))
    if not parts:
        parts.append(reading.code("measures", observation.measure))
    head = ", ".join([parts[0], *(part[:1].lower() + part[1:] for part in parts[1:])])
    return f"{head}: {pair_words(reading, observation)}"


def period_words(reading: Reading, observation: Observation) -> str:
    """Return the period; for a growth rate with the period it compares with."""
    period = period_in_words(observation.period, reading.language)
    base = observation.base_period
    if base is None:
        return period
    if not base.is_known:
        return _("%(period)s, base not named") % {"period": period}
    return _("%(period)s against %(base)s") % {
        "period": period,
        "base": period_in_words(base, reading.language),
    }
