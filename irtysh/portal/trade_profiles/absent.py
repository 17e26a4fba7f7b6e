"""What a page says where there is nothing to show: no dataset, or no such area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irtysh.portal.explorer.opening import Opened, about
from irtysh.portal.reading import Reading
from irtysh.portal.trade_profiles.choosing import (
    area_name,
    choosing_page,
    country_of,
    near_areas,
    own_pairs,
    profile_path,
    trade_datasets,
)
from irtysh.publication.selecting import counted
from irtysh.publication.trade_datasets import datasets_for
from irtysh.registries.records.shelf import catalogue
from irtysh.store.selection import Selection


def absent_page(reading: Reading, area: str, partner: str) -> dict[str, Any]:
    """Return what to say of an area or pair that no dataset of flows knows."""
    names = [area_name(reading, one) for one in (area, partner) if one]
    alone = [
        {"name": area_name(reading, one), "path": profile_path(one)}
        for one in (area, partner)
        if one and partner and _is_known(one)
    ]
    countries = [country_of(one) for one in (area, partner) if one]
    is_other = countries != [one for one in (area, partner) if one] and len(set(countries)) > 1
    if is_other and datasets_for(catalogue(), *countries):
        names_of = " – ".join(area_name(reading, one) for one in countries)
        alone.insert(0, {"name": names_of, "path": profile_path(*countries)})
    return {
        "title": " – ".join(names),
        "datasets": [about(Opened(reading, one)) for one in trade_datasets()],
        "alone": alone,
        "others": _others(reading, area, partner),
        "pairs": choosing_page(reading, "", "")["pairs"],
    }


def _is_known(area: str) -> bool:
    return any(
        area in counted(one.dataset, side, Selection())
        for one in trade_datasets()
        for side in ("ref_area", "counterpart_area")
    )


def _others(reading: Reading, area: str, partner: str) -> list[dict[str, Any]]:
    """Return the datasets of printed figures that know the area: no profile, but something."""
    found = []
    for offered in catalogue().all().values():
        if offered.id in {one.id for one in trade_datasets()}:
            continue
        asked = Selection.of({"ref_area": area})
        if partner:
            asked = asked.with_codes(counterpart_area=partner)
        if area in counted(offered.dataset, "ref_area", asked):
            words = Opened(reading, offered).words
            query = f"ref_area={area}" + (f"&counterpart_area={partner}" if partner else "")
            found.append({"id": offered.id, "title": words.title, "query": query})
    return found


def unknown_page(reading: Reading, unknown: Sequence[str]) -> dict[str, Any]:
    """Return what to say of codes that are no areas, with those that look like them."""
    return {
        "unknown": [
            {
                "code": one[:40],
                "near": [near | {"path": profile_path(near["code"])} for near in
                         near_areas(reading, one[:40])],
            }
            for one in unknown
        ],
        "pairs": [
            {"name": " – ".join(area_name(reading, one) for one in pair),
             "path": profile_path(*pair)}
            for pair in own_pairs(reading)
        ],
    }  # fmt: skip
