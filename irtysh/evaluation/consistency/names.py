"""Names of what a figure measures, in every language, from the code lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from irtysh.vocabulary.codelists import Code, Codelist, codelist
from irtysh.vocabulary.errors import UnknownCode
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.text import LANGUAGES, Text

_COMMODITY_LISTS: Mapping[str, str] = {
    "HS_SECTION": "hs_sections",
    "HS_CHAPTER": "hs_chapters",
    "NAMED": "commodities",
}
_UNSPOKEN = {"_T", "_Z", "_U"}


def code_of(name: str, code: str) -> Code | None:
    """Return an entry of a code list; None where the list or the entry is not there."""
    listed = _list(name)
    # asked beforehand: the error that a list raises looks for similar codes, which takes long
    return listed[code] if listed is not None and code in listed else None


def named(name: str, code: str) -> Text:
    """Return the name of a code; the code itself where the list does not know it."""
    found = code_of(name, code)
    return found.name if found else plain(code)


def commodity(classification: str, code: str) -> Text:
    """Return the name of a group of goods."""
    found = _entry(classification, code)
    return found.name if found else plain(code)


def sections() -> tuple[str, ...]:
    """Return the codes of the sections of the Harmonized System, in their order."""
    listed = _list(_COMMODITY_LISTS["HS_SECTION"])
    return tuple(code for code in listed or () if code not in _UNSPOKEN)


def ancestors(classification: str, code: str) -> tuple[str, ...]:
    """Return what a group is part of, nearest first: its parent, the parent's parent and so on.

    A group named by a source may name its section of the Harmonized System in a further column
    (``section`` or ``hs_section``); it counts as the last ancestor.
    """
    chain: list[str] = []
    current = _entry(classification, code)
    while current is not None:
        section = current.extra.get("hs_section") or current.extra.get("section") or ""
        parent = current.parent
        if parent and parent not in chain:
            chain.append(parent)
            current = _entry(classification, parent)
        else:
            current = None
        if section and section not in chain:
            chain.append(section)
    return tuple(chain)


def place(classification: str, code: str) -> tuple[int, str]:
    """Return where a group stands in its list, so that tables are read in their usual order."""
    listed = list(_list(_COMMODITY_LISTS.get(classification, "")) or ())
    return (listed.index(code) if code in listed else len(listed)), code


def plain(text: str) -> Text:
    """Return a text that reads alike in every language."""
    return Text(dict.fromkeys(LANGUAGES, text))


def joined(parts: list[Text], mark: str) -> Text:
    """Return texts written one after another in each language."""
    return Text({language: mark.join(part[language] for part in parts) for language in LANGUAGES})


def described(observation: Observation, datasets: Mapping[str, Text]) -> Text:
    """Return what an observation measures: who with whom, which flow, which goods."""
    areas = [named("areas", observation.ref_area)]
    if observation.counterpart_area not in _UNSPOKEN:
        areas.append(named("areas", observation.counterpart_area))
    parts = [joined(areas, " – ")]
    of_money = observation.measure in ("VALUE", "GROWTH", "SHARE")
    if observation.flow not in _UNSPOKEN and (of_money or observation.commodity not in _UNSPOKEN):
        parts.append(_lowered(named("flows", observation.flow)))
    elif observation.dataflow in datasets:
        parts.append(datasets[observation.dataflow])  # may begin with a name
    if observation.commodity not in _UNSPOKEN:
        goods = commodity(observation.classification, observation.commodity)
        parts.append(_lowered(goods))
    return joined(parts, ", ")


def _lowered(text: Text) -> Text:
    return Text({language: said[:1].lower() + said[1:] for language, said in text.items()})


def whole_of(observation: Observation, datasets: Mapping[str, Text]) -> Text:
    """Return what an observation measures with the group of goods left out."""
    return described(replace(observation, commodity="_T"), datasets)


def _list(name: str) -> Codelist | None:
    if not name:
        return None
    try:
        return codelist(name)
    except UnknownCode:
        return None


def _entry(classification: str, code: str) -> Code | None:
    return code_of(_COMMODITY_LISTS.get(classification, ""), code)
