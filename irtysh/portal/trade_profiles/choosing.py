"""Areas that the imported datasets know: found by code or by name in any language."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from irtysh.portal.explorer.opening import Opened, about
from irtysh.portal.reading import Reading
from irtysh.publication.catalogue import Offered
from irtysh.publication.selecting import counted
from irtysh.publication.trade_datasets import has_levels
from irtysh.registries.records.shelf import catalogue
from irtysh.registries.records.sorting import sort_key
from irtysh.store.selection import Selection
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.text import LANGUAGES

_MOST = 24


def profile_path(area: str, partner: str = "") -> str:
    """Return the address of a profile."""
    if partner:
        return reverse("portal:profile-pair", args=[area, partner])
    return reverse("portal:profile", args=[area])


def area_name(reading: Reading, code: str) -> str:
    """Return the name of an area, its code where it has none."""
    return reading.code("areas", code) or code


def known_areas() -> set[str]:
    """Return the codes of the code list and those that any dataset of flows uses."""
    found = set(codelist("areas"))
    for offered in trade_datasets():
        for side in ("ref_area", "counterpart_area"):
            found |= set(counted(offered.dataset, side, Selection()))
    return found


def trade_datasets() -> list[Offered]:
    """Return the datasets that profiles can be made of."""
    return [one for one in catalogue().all().values() if has_levels(one.dataset)]


def found_areas(words: str) -> list[str]:
    """Return the areas whose code or name in any language fits words, the closest first."""
    plain = words.strip().casefold()
    if not plain:
        return []
    areas = codelist("areas")
    ranked = []
    for code in known_areas():
        names = [areas[code].name.get(one, "").casefold() for one in LANGUAGES] if (
            code in areas
        ) else []  # fmt: skip
        place = _place(plain, code.casefold(), names)
        if place is not None:
            ranked.append((place, len(code), code))
    return [code for _place_of, _length, code in sorted(ranked)]


def _place(plain: str, code: str, names: list[str]) -> int | None:
    if plain == code:
        return 0
    if plain in names:
        return 1
    if any(name.startswith(plain) for name in names):
        return 2
    if len(plain) > 2 and any(plain in name for name in names):
        return 3
    return None


def near_areas(reading: Reading, code: str) -> list[dict[str, str]]:
    """Return areas whose codes look like an unknown one, or whose names fit it."""
    near = get_close_matches(code.upper(), sorted(known_areas()), n=6, cutoff=0.5)
    listed = list(dict.fromkeys([*found_areas(code)[:6], *near]))
    return [{"code": one, "name": area_name(reading, one)} for one in listed]


def own_pairs(reading: Reading) -> list[tuple[str, str]]:
    """Return the case's own pair, and the pair of the countries that it lies in."""
    sides = [side["area"] for side in reading.sides]
    if len(sides) != 2:
        return []
    countries = [country_of(one) for one in sides]
    found = [(sides[0], sides[1]), (countries[0], countries[1])]
    return [pair for pair in dict.fromkeys(found) if pair[0] != pair[1]]


def country_of(area: str) -> str:
    """Return the country that an area lies in; itself where it is one or has no parent."""
    areas = codelist("areas")
    seen: set[str] = set()
    while area in areas and area not in seen:
        seen.add(area)
        parent = areas[area].parent
        if parent in ("", "W") or areas[area].extra.get("kind") == "country":
            return area
        area = parent
    return area


def choosing_page(reading: Reading, area: str, partner: str) -> dict[str, Any]:
    """Return the page on which an area or a pair is chosen."""
    pairs = [
        {
            "title": _pair_title(reading, *pair),
            "path": profile_path(*pair),
            "single": [
                {"name": area_name(reading, one), "path": profile_path(one)} for one in pair
            ],
            "mirror": reverse("portal:mirror", args=pair),
        }
        for pair in own_pairs(reading)
    ]
    return {
        "area": area,
        "partner": partner,
        "pairs": pairs,
        "answers": _answers(reading, area, partner),
        "datasets": [_entry(reading, one) for one in trade_datasets()],
        "options": _options(reading),
    }


def _pair_title(reading: Reading, one: str, other: str) -> str:
    return f"{area_name(reading, one)} – {area_name(reading, other)}"


def _answers(reading: Reading, area: str, partner: str) -> list[dict[str, Any]]:
    """Return what the words of each field may mean; a choice keeps the words of the other."""
    found = []
    for name, words in (("area", area), ("partner", partner)):
        if not words:
            continue
        codes = found_areas(words)[:_MOST]
        near = [one["code"] for one in near_areas(reading, words)] if not codes else []
        said = {"area": area, "partner": partner}
        entry: dict[str, Any] = {"words": words}
        for kind, listed in (("areas", codes), ("near", near)):
            entry[kind] = [
                {
                    "code": one,
                    "name": area_name(reading, one),
                    "link": "?" + urlencode({key: one if key == name else text
                                             for key, text in said.items() if text}),
                }
                for one in listed
            ]  # fmt: skip
        if not (len(codes) == 1 or (codes and is_exact(words, codes[0]))):
            found.append(entry)
    return found


def _links(reading: Reading, codes: Iterable[str]) -> list[dict[str, str]]:
    return [
        {"code": one, "name": area_name(reading, one), "path": profile_path(one)} for one in codes
    ]


def _options(reading: Reading) -> list[str]:
    """Return the names that the field suggests: areas that some dataset knows."""
    there: set[str] = set()
    for offered in trade_datasets():
        there |= set(counted(offered.dataset, "ref_area", Selection()))
        there |= set(counted(offered.dataset, "counterpart_area", Selection()))
    return sorted((area_name(reading, one) for one in there - {"W"}), key=sort_key)[:400]


def _entry(reading: Reading, offered: Offered) -> dict[str, Any]:
    reporters = counted(offered.dataset, "ref_area", Selection())
    codes = sorted(reporters, key=lambda one: sort_key(area_name(reading, one)))
    return {
        **about(Opened(reading, offered)),
        "reporters": _links(reading, codes[:_MOST]),
        "more": max(len(codes) - _MOST, 0),
    }


def is_exact(words: str, code: str) -> bool:
    """Return True if words are the code of an area or its whole name in a language."""
    plain = words.strip().casefold()
    areas = codelist("areas")
    names = [areas[code].name.get(one, "") for one in LANGUAGES] if code in areas else []
    return plain in (code.casefold(), *(name.casefold() for name in names))
