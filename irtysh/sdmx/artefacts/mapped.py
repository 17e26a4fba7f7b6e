"""The map from our structure of trade to the United Nations' one, as an artefact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from irtysh.sdmx.artefacts.codes import same, words
from irtysh.sdmx.artefacts.imts import imts, mapping, to_imts
from irtysh.sdmx.artefacts.model import (
    Artefact,
    CodeMap,
    MappedCodes,
    PartMap,
    Ref,
    Scheme,
    StructureMap,
)
from irtysh.sdmx.structure import TRADE, Point

_REFERENCE = re.compile(r"(\w+):(\w+)\(([\d.]+)\)")
_LISTS = {"AREA": "CL_AREA", "FLOW": "CL_TRADE_FLOW", "COMMODITY": "CL_COMMODITY"}
"""Table of codes → our list, where theirs is known by name."""


def trade_to_imts(schemes: Mapping[str, Scheme]) -> Iterator[Artefact]:
    """Yield the structure map TRADE(1.0) → UNSD:IMTS(1.2), and its code maps.

    In 2.1 code maps are parts of the set; in 3.0 they are artefacts of their own.
    """
    read = mapping()
    structure = imts()
    parts = {**read["dimensions"], **read["attributes"]}
    targets = {one["codes"]: one["list"] for one in parts.values() if {"codes", "list"} <= {*one}}
    maps = tuple(_codes(name, schemes[_LISTS[name]], targets[name]) for name in _LISTS)
    yield StructureMap(
        kind="structureset",
        id="TRADE_TO_IMTS",
        names=words("TRADE_TO_IMTS"),
        source=Ref("datastructure", TRADE.id, version=TRADE.version),
        target=Ref(
            "datastructure", structure.id, agency=structure.agency, version=structure.version
        ),
        parts=(
            *(
                PartMap(
                    one["from"], name, one.get("codes", "") if one.get("codes") in _LISTS else ""
                )
                for name, one in parts.items()
                if "from" in one
            ),
            PartMap(TRADE.time.id, TRADE.time.id),
        ),
        fixed={name: str(one["fixed"]) for name, one in parts.items() if "fixed" in one},
        code_maps=maps,
    )
    for one in maps:
        yield MappedCodes(kind="representationmap", id=one.id, names=same(one.id), codes=one)


def _codes(name: str, ours: Scheme, target: str) -> CodeMap:
    found = _REFERENCE.fullmatch(target)
    assert found
    agency, listed, version = found.groups()
    return CodeMap(
        f"MAP_{name}",
        ours.ref,
        Ref("codelist", listed, agency=agency, version=version),
        tuple((item.id, _other(name, item.id)) for item in ours.items),
        _patterns(name),
    )


def _other(name: str, code: str) -> str:
    """Return what the conversion itself makes of a code, so that map and export never differ."""
    component = {"AREA": "REF_AREA", "FLOW": "TRADE_FLOW"}.get(name, name)
    key = tuple(code if one == component else "_T" for one in TRADE.key)
    point = next(to_imts([Point(key, "", None, {})]))
    parts = mapping()["dimensions"]
    place = next(at for at, one in enumerate(parts.values()) if one.get("from") == component)
    return point.key[place]


def _patterns(name: str) -> tuple[tuple[str, str], ...]:
    if name != "COMMODITY":
        return ()
    editions = mapping()["editions"]
    return tuple((f"{edition}_(.+)", f"{head}_\\1") for edition, head in editions.items())
