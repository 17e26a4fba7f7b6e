"""A guide: its steps, when they were checked, and whether it may be out of date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from irtysh.portal.presenters import words
from irtysh.portal.reading import Reading
from irtysh.portal.registers.cards import cards
from irtysh.portal.registers.paths import record_path
from irtysh.registries.guides import rules
from irtysh.registries.guides.models import Guide
from irtysh.registries.records.codes import names_of
from irtysh.registries.records.finding import Asked, ordered
from irtysh.registries.records.models import ListingFacet

HIDDEN = ("kind", "audience", "steps", "owner", "checked_on", "expires_on")
_MOST = 200


def present_guide(guide: Guide, reading: Reading) -> Mapping[str, Any]:
    """Return the steps and how far they can be relied on."""
    standing = guide.standing()
    oldest, newest = guide.checked()
    return {
        "standing": standing,
        "is_outdated": standing == rules.OUTDATED,
        "is_unchecked": standing == rules.UNCHECKED,
        "is_empty": standing == rules.EMPTY,
        "steps": [_step(row, reading) for row in guide.steps.all()],
        "checked_oldest": words.day_words(oldest) if oldest != newest else "",
        "checked": words.day_words(newest),
        "expires": words.day_words(guide.expires_on),
        "owner": _owner(guide, reading),
    }


def _step(row: Any, reading: Reading) -> dict[str, Any]:
    title, title_language = row.text_or_other("title", reading.language)
    text, text_language = row.text_or_other("text", reading.language)
    return {
        "title": title,
        "text": text,
        "title_language": title_language if title_language != reading.language else "",
        "text_language": text_language if text_language != reading.language else "",
        "cited": words.source_line(reading, row.source, row.locator) if row.source else None,
        "address": row.address,
        "checked": words.day_words(row.checked_on),
    }


def _owner(guide: Guide, reading: Reading) -> dict[str, str]:
    if guide.owner is None:
        return {}
    name = guide.owner.title_in(reading.language)
    path = record_path("organisations", guide.owner.code, reading.language)
    return {
        "text": name,
        "path": path if guide.owner.live else "",
        "website": guide.owner.website,
    }


def present_guides(request: HttpRequest, reading: Reading, asked: Asked) -> Mapping[str, Any]:
    """Return the guides by whom they are for, while the list is not narrowed by hand.

    A longer register than one screen can group is left to the list with its filters.
    """
    if asked.is_narrowed or asked.page > 1:
        return {}
    listings = list(ordered(asked)[: _MOST + 1])
    if len(listings) > _MOST:
        return {}
    facets = ListingFacet.objects.filter(register="guides", facet="audience")
    audience_of = dict(facets.values_list("listing", "value"))
    groups: dict[str, list[Any]] = {}
    for listing in listings:
        groups.setdefault(audience_of.get(listing.pk, ""), []).append(listing)
    names = names_of("audiences", reading.language)
    return {
        "audiences": [
            {
                "code": code,
                "name": names.get(code, ""),
                "items": cards("guides", groups[code], reading),
            }
            for code in (*names, "")
            if code in groups
        ],
        "before": None,
        "after": None,
    }
