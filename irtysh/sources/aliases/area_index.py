"""Everything a territory may be called, gathered once: scheme → code, name → codes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from irtysh.sources.aliases.lists import level, rows_of
from irtysh.vocabulary.codelists import Codelist, codelist

_GENERIC = re.compile(
    r"\b(?:республика|область|край|автономный округ|автономная область|область|region|oblast"
    r"|krai|republic(?: of)?|облысы|өлкесі|республикасы|province)\b"
)
_SPACES = re.compile(r"\s+")


_KEPT = 4
"""Lists whose index is kept: the generic one, and those of the cases that were open last."""


@dataclass(frozen=True, eq=False)
class AreaIndex:
    """Look-ups in memory; equal to itself only, so that it can be part of a key.

    Attributes
    ----------
    areas : Codelist
        The list it was made of: the generic one, or that with the codes of a case.
    by_scheme : dict
        Scheme → {code of that scheme → (our code, remark)}.
    by_name : dict
        Levelled name → our codes; more than one where the name is shared.
    by_core : dict
        The same without the generic words ("область", "Region"): tried after the full name.
    """

    areas: Codelist
    by_scheme: Mapping[str, Mapping[str, tuple[str, str]]]
    by_name: Mapping[str, tuple[str, ...]]
    by_core: Mapping[str, tuple[str, ...]]


_made: dict[int, AreaIndex] = {}


def area_index() -> AreaIndex:
    """Return the index of the areas in force here (a case may add some) and their aliases."""
    areas = codelist("areas")
    held = _made.get(id(areas))
    if held is None or held.areas is not areas:
        held = _index(areas)
        for old in list(_made)[: max(0, len(_made) - _KEPT + 1)]:
            _made.pop(old, None)
        _made[id(areas)] = held
    return held


def _index(areas: Codelist) -> AreaIndex:
    schemes = _schemes(areas)
    names: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for entry in areas.values():
        if entry.extra.get("kind", "") not in ("total", "unspecified"):
            for name in entry.name.values():
                names[level(name)][entry.code] = None
    # A row of the aliases decides where two names of the list collide.
    for row in rows_of("area_names"):
        names[level(row["name"])] = dict.fromkeys(row["code"].split(";"))
    cores: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for name, codes in names.items():
        short = core(name)
        if short:
            cores[short].update(codes)
    return AreaIndex(
        areas,
        schemes,
        {name: tuple(codes) for name, codes in names.items()},
        {name: tuple(codes) for name, codes in cores.items()},
    )


def _schemes(areas: Codelist) -> dict[str, dict[str, tuple[str, str]]]:
    found: defaultdict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for entry in areas.values():
        code, extra = entry.code, entry.extra
        if extra.get("kind") == "country":
            found["iso2"][code] = (code, "")
            found["iso3"][extra["iso3"]] = (code, "")
            found["numeric"][str(int(extra["numeric"]))] = (code, "")
        if code[2:3] == "-" and extra.get("kind") in ("region", "city"):
            found["iso3166-2"][code] = (code, "")
            if code.startswith("KZ-") and code[3:].isdigit():
                found["iso3166-2"][code.replace("-", "")] = (code, "")
            if extra.get("old_code"):
                found["iso3166-2"].setdefault(extra["old_code"], (code, ""))
    for row in rows_of("area_codes"):
        found[row["scheme"]][row["alias"].upper()] = (row["code"], row["remark"])
    return found


def core(name: str) -> str:
    """Return a levelled name without generic words, its other words in order."""
    return _SPACES.sub(" ", _GENERIC.sub(" ", name)).strip(" -")
