"""The datasets of this portal as artefacts need them; asked once for each version."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from irtysh.publication.catalogue import Offered
from irtysh.registries.records.shelf import catalogue, releases
from irtysh.sdmx import times
from irtysh.sdmx.artefacts.codes import complete
from irtysh.sdmx.artefacts.described import DescribedDataset, Party, Portal
from irtysh.sdmx.identifiers import EMPTY, sdmx_id
from irtysh.sdmx.points import base_period_id, commodity_id
from irtysh.sdmx.structure import AGENCY, structure_of
from irtysh.store.dataset import Dataset
from irtysh.store.selection import EVERYTHING, Selection
from irtysh.vocabulary.errors import ReleaseNotFound
from irtysh.vocabulary.period import Period
from irtysh.vocabulary.text import LANGUAGES, Text

_NOT_WORD = re.compile(r"[^A-Za-z0-9]+")
_PORTAL = Text(dict.fromkeys(LANGUAGES, "Irtysh"))


def stamp(offered: Mapping[str, Offered]) -> str:
    """Return a text that changes when any dataset of the portal does."""
    return ",".join(f"{name}={one.version}" for name, one in offered.items())


def portal(offered: Mapping[str, Offered] | None = None) -> Portal:
    """Return all that the artefacts of this portal are made from."""
    found = catalogue().all() if offered is None else offered
    case = _case()
    names = complete(case.get("title") or _PORTAL, AGENCY)
    us = Party(AGENCY, names)
    return Portal(
        names,
        tuple(_described(one.id, one.version, one, us) for one in found.values()),
        {one["id"]: complete(one["title"], one["id"]) for one in case.get("themes", ())},
        _publishers(),
    )


def described(offered: Offered) -> DescribedDataset:
    """Return one dataset as artefacts need it."""
    names = complete(_case().get("title") or _PORTAL, AGENCY)
    return _described(offered.id, offered.version, offered, Party(AGENCY, names))


def occurring(
    dataset: Dataset, selection: Selection = EVERYTHING
) -> tuple[dict[str, tuple[str, ...]], int]:
    """Return which ids occur in each dimension of the key, and how many observations.

    Figures whose period the source does not name are left out: no message can hold them.
    """
    sendable = _sendable(dataset, selection)
    count = dataset.count(sendable)
    values: dict[str, tuple[str, ...]] = {}
    for component in structure_of(dataset.structure).dimensions:
        if component.id == "REPEAT":
            continue  # what repeats is known only when the rows are read
        if not count:
            found: set[str] = set()
        elif component.id == "COMMODITY" and dataset.structure == "trade":
            found = _goods(dataset, sendable)
        elif component.id == "BASE_PERIOD":
            found = _base_periods(dataset, sendable)
        else:
            found = {sdmx_id(code) for code in dataset.codes(component.column, sendable)}
            if sum(dataset.codes(component.column, sendable).values()) < count:
                found.add(EMPTY)
        values[component.id] = tuple(sorted(found))
    return values, count


def _sendable(dataset: Dataset, selection: Selection) -> Selection:
    kinds = [kind for kind in dataset.codes("period_kind", selection) if kind != "U"]
    asked = selection.codes.get("period_kind")
    return selection.with_codes(
        period_kind=[kind for kind in kinds if asked is None or kind in asked]
    )


def times_of(dataset: Dataset, selection: Selection = EVERYTHING) -> tuple[str, ...]:
    """Return the periods that occur as SDMX writes them, in the order of time."""
    found = {
        Period.parse(kind, code)
        for kind in dataset.codes("period_kind", selection)
        if kind != "U"
        for code in dataset.codes("period", selection.with_codes(period_kind=kind))
    }
    return tuple(times.written(period) for period in sorted(found))


def _goods(dataset: Dataset, selection: Selection) -> set[str]:
    asked = selection.codes.get("classification")
    editions = [
        one for one in dataset.codes("classification", selection) if asked is None or one in asked
    ]
    return {
        commodity_id(edition, code)
        for edition in editions
        for code in dataset.codes("commodity", selection.with_codes(classification=edition))
    }


def _base_periods(dataset: Dataset, selection: Selection) -> set[str]:
    written = dataset.codes("base_period", selection)
    kinds = dataset.codes("base_period_kind", selection)
    found = {base_period_id("", code) for code in written if code}
    if kinds.get("U"):
        found.add(base_period_id("U", ""))
    if sum(n for kind, n in kinds.items() if kind) < dataset.count(selection):
        found.add(EMPTY)
    return found


@lru_cache(maxsize=256)
def _measured(dataset: Dataset) -> tuple[dict[str, tuple[str, ...]], int, Any, int]:
    values, count = occurring(dataset)
    return values, count, (dataset.span(), times_of(dataset)), dataset.count()


def _described(dataset_id: str, version: str, offered: Offered, us: Party) -> DescribedDataset:
    values, sent, (span, when), count = _measured(offered.dataset)
    about = offered.about
    return DescribedDataset(
        dataset_id,
        version,
        offered.dataset.structure,
        complete(_text(about.get("title")), dataset_id),
        _provider(about, us) if offered.kind == "imported" else us,
        complete(_text(about["description"]), "") if about.get("description") else None,
        theme=str(about.get("theme") or ""),
        licence=str(about.get("licence") or ""),
        sources=_sources(offered),
        values=values,
        times=when,
        start=span[0] if span else None,
        end=span[1] if span else None,
        sent=sent,
        unsent=count - sent,
    )


def _text(said: Any) -> Mapping[str, str]:
    if isinstance(said, Mapping):
        return {str(language): str(text) for language, text in said.items()}
    return dict.fromkeys(LANGUAGES, str(said or ""))


def _provider(about: Mapping[str, Any], us: Party) -> Party:
    said = about.get("publisher")
    return _party(_text(said)) if said else us


def _party(names: Mapping[str, str]) -> Party:
    latin = names.get("en") or next(iter(names.values()), "")
    slug = _NOT_WORD.sub("_", latin).strip("_").upper()[:60]
    identifier = slug if slug[:1].isalpha() else sdmx_id(latin.upper().replace(" ", "_")[:60])
    return Party(identifier, complete(names, identifier))


def _sources(offered: Offered) -> dict[str, Text]:
    """Return the titles of the sources that occur; a source that nobody describes is its id."""
    used = offered.dataset.codes("source")
    records = offered.about.get("sources") or ()
    if offered.kind == "case":
        records = releases().get(offered.version).document("sources")
    known = {one["id"]: one for one in records if isinstance(one, Mapping) and "id" in one}
    return {code: complete(_text(known.get(code, {}).get("title")), code) for code in used if code}


def _case() -> Mapping[str, Any]:
    try:
        found: Mapping[str, Any] = releases().current().document("case")
    except ReleaseNotFound:
        return {}
    return found


def _publishers() -> tuple[Party, ...]:
    try:
        sources = releases().current().document("sources")
    except ReleaseNotFound:
        return ()
    parties = [_party(_text(one["publisher"])) for one in sources if one.get("publisher")]
    return tuple({party.id: party for party in parties}.values())
