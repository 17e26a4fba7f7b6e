"""What is known beside the figures: territories, words, factors, research, gaps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from irtysh.portal.presenters import figures, words
from irtysh.portal.presenters.charts import charts_of
from irtysh.portal.presenters.gaps import gaps
from irtysh.portal.presenters.kinds import (
    sign_words,
    territory_kind_words,
)
from irtysh.portal.reading import Reading
from irtysh.portal.registers.paths import record_path
from irtysh.portal.registers.published import published

_TOWNS = ("city", "town", "settlement")
_ON_THE_MAP = ("crossing", "site", "railway", "road", "airport", "port", "waterway")
"""Kinds that have their own list and the map, and would drown the territories."""


def territories_page(reading: Reading) -> dict[str, Any]:
    """Return territories by what they are to the case, with the map where there is one."""
    titles = {
        "core": _("The two sides"),
        "perimeter": _("Along the border"),
        "context": _("Around them"),
        "outside": _("Named, but beyond the border area"),
    }
    groups: dict[str, list[dict[str, Any]]] = {role: [] for role in titles}
    towns = []
    for item in published(reading, "places"):
        if item.get("kind") in _ON_THE_MAP:
            continue
        role = item.get("role") or ("outside" if item.get("outside") else "context")
        is_town = item.get("kind") in _TOWNS and role != "outside"
        (towns if is_town else groups.setdefault(role, [])).append(_territory(reading, item))
    return {
        "groups": [
            {"title": titles.get(role, role), "items": items}
            for role, items in groups.items()
            if items
        ],
        "towns": towns,
        "charts": charts_of(reading, "territories"),
        "border": [
            figures.figure(reading, one.shown, one.rivals)
            for one in figures.chosen(reading, reading.release.observations(measure="LENGTH"))
        ],
        "stakeholders": [
            {
                "id": item["id"],
                "name": reading.text(item["name"]),
                "summary": reading.text(item.get("summary")),
            }
            for item in reading.document("stakeholders")
        ],
    }


def _territory(reading: Reading, item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": item["id"],
        "path": record_path("places", item["id"], reading.language),
        "name": reading.text(item["name"]),
        "kind": territory_kind_words(item.get("kind") or ""),
        "side": item.get("side") or "",
        "code": item.get("area") or "",
        "summary": reading.text(item.get("summary")),
        "cited": words.cited(reading, item),
    }


# Words and factors


def glossary_page(reading: Reading) -> dict[str, Any]:
    """Return terms with every definition found, side by side, in the order of the alphabet."""
    terms: dict[str, list[dict[str, Any]]] = {}
    for item in published(reading, "glossary"):
        terms.setdefault(reading.text(item["term"]), []).append(
            {
                "id": item["id"],
                "path": record_path("glossary", item["id"], reading.language),
                "definition": reading.text(item.get("definition")),
                "author": reading.text(item.get("author")),
                "act": item.get("act") or "",
                "cited": words.cited(reading, item),
            }
        )
    return {
        "terms": [
            {"term": term, "definitions": found}
            for term, found in sorted(terms.items(), key=lambda pair: alphabet_key(pair[0]))
        ]
    }


_KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"


def alphabet_key(text: str) -> list[int]:
    """Return what to sort Cyrillic by: the Kazakh alphabet, in which the Russian one lies."""
    return [
        _KAZAKH.find(letter) if letter in _KAZAKH else ord(letter) + 100 for letter in text.lower()
    ]


def factors_page(reading: Reading) -> dict[str, Any]:
    """Return circumstances by whether they favour or hinder, obstacles and goals apart."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for item in published(reading, "factors"):
        kind = item.get("kind") or "factor"
        key = {"+": "favours", "−": "hinders", "-": "hinders"}.get(item.get("sign", ""), "either")
        key = kind if kind in ("obstacle", "objective") else key
        groups.setdefault(key, []).append(
            {
                "id": item["id"],
                "path": record_path("factors", item["id"], reading.language),
                "name": reading.text(item.get("name")) or reading.text(item["text"]),
                "text": reading.text(item["text"]) if item.get("name") else "",
                "theme": reading.text(item.get("theme_title")),
                "dataset": item.get("dataset") or "",
                "indicator": reading.text(item.get("indicator")),
                "cited": words.cited(reading, item),
            }
        )
    order = ("favours", "hinders", "either", "obstacle", "objective")
    return {
        "groups": [
            {"id": key, **sign_words(key), "factors": groups[key]} for key in order if key in groups
        ]
    }


# Research and gaps


def research_page(reading: Reading) -> dict[str, Any]:
    """Return the publications, whose positions they report, the people, and what is lost."""
    publications = published(reading, "publications")
    people = {item["id"]: item for item in reading.document("people")}
    # A statement and a gap may share an id: the gap keeps the anchor.
    taken = {item["id"] for item in reading.document("gaps")}
    return {
        "papers": [
            _paper(reading, item, people)
            for item in publications
            if not item.get("position")
        ],
        "positions": [
            {
                "id": item["id"],
                "path": record_path("publications", item["id"], reading.language),
                "reference": item.get("reference") or "",
                "authors": _names(reading, item, people),
                "text": reading.text(item.get("position")),
                "cited": words.cited(reading, item),
            }
            for item in publications
            if item.get("position")
        ],
        "people": [
            {
                "id": item["id"],
                "name": reading.text(item.get("name")),
                "summary": reading.text(item.get("summary")),
                "check": reading.text(item.get("check")) if isinstance(item.get("check"), dict)
                else "",
                "cited": words.cited(reading, item),
            }
            for item in people.values()
        ],
        "statements": [
            {
                "id": "" if item["id"] in taken else item["id"],
                "text": reading.text(item["text"]),
                "cited": words.cited(reading, item),
            }
            for item in reading.document("statements")
        ],
        "gaps": gaps(reading),
    }  # fmt: skip


def _paper(
    reading: Reading, item: Mapping[str, Any], people: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    return {
        "id": item["id"],
        "path": record_path("publications", item["id"], reading.language),
        "title": reading.text(item.get("title")),
        "authors": _names(reading, item, people),
        "affiliation": reading.text(item.get("affiliation")),
        "journal": reading.text(item.get("journal")) or reading.text(item.get("publisher")),
        "year": str(item.get("year") or item.get("published_on") or "")[:4],
        "volume": str(item.get("volume") or ""),
        "issue": str(item.get("issue") or ""),
        "pages": str(item.get("pages") or ""),
        "doi": item.get("doi") or "",
        "edn": item.get("edn") or "",
        "address": item.get("address") or "",
        "summary": reading.text(item.get("summary")),
        "keywords": [reading.text(word) for word in item.get("keywords") or ()],
        "title_translated": reading.language in (item.get("title_translated") or ()),
        "source": item.get("source") or "",
    }


def _names(
    reading: Reading, item: Mapping[str, Any], people: Mapping[str, Mapping[str, Any]]
) -> list[str]:
    return [
        reading.text(people[one].get("name")) if one in people else one
        for one in item.get("authors") or ()
    ]
