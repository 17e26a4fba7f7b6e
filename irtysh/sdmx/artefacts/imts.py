"""Our structure of trade as the United Nations' ``UNSD:IMTS(1.2)``, and back, nothing lost.

What becomes of what is data: definitions/sdmx/imts.yaml.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import yaml

from irtysh.sdmx.artefacts.codes import edition_and_code
from irtysh.sdmx.concepts import joined, parted
from irtysh.sdmx.identifiers import sdmx_id
from irtysh.sdmx.structure import TRADE, Component, DataStructure, Point
from irtysh.vocabulary.errors import UnknownCode
from irtysh.vocabulary.places import DEFINITIONS
from irtysh.vocabulary.text import Text

_TOTAL = "TOTAL"


@cache
def mapping() -> Mapping[str, Any]:
    """Return definitions/sdmx/imts.yaml."""
    with (DEFINITIONS / "sdmx" / "imts.yaml").open(encoding="utf-8") as stream:
        loaded: dict[str, Any] = yaml.load(stream, Loader=yaml.CSafeLoader)
    return loaded


@cache
def imts() -> DataStructure:
    """Return the structure that trade is mapped to; its code lists are not ours."""
    read = mapping()
    target = read["target"]
    parts = [Component(name, "", "", "dimension") for name in read["dimensions"]]
    parts.append(TRADE.time)
    parts.append(TRADE.measure)
    for name, one in read["attributes"].items():
        parts.append(Component(name, "", "", "attribute", mandatory=bool(one.get("mandatory"))))
    parts.append(Component(read["rest"], "", "", "attribute", mandatory=False))
    return DataStructure(
        target["id"], target["version"], Text(read["name"]), tuple(parts), target["agency"]
    )


def to_imts(points: Iterable[Point]) -> Iterator[Point]:
    """Yield points of TRADE as points of IMTS; raises UnknownCode where codes would collide."""
    read = mapping()
    for point in points:
        values = {**dict(zip(TRADE.key, point.key, strict=True)), **point.attributes}
        used = set(TRADE.key)
        key = tuple(_written(one, values) for one in read["dimensions"].values())
        attributes = {}
        for name, one in read["attributes"].items():
            used.add(one.get("from", ""))
            written = _written(one, values)
            if written:
                attributes[name] = written
        if values["COMMODITY"] == "_T":
            used.add("CLASSIFICATION")
        rest = tuple(f"{name}={text}" for name, text in values.items() if name not in used)
        if rest:
            attributes[read["rest"]] = joined(rest)
        yield Point(key, point.time, point.value, attributes)


def from_imts(points: Iterable[Point]) -> Iterator[Point]:
    """Yield points of IMTS, made by ``to_imts``, as points of TRADE."""
    read = mapping()
    named = {one["from"]: name for name, one in read["dimensions"].items() if "from" in one}
    order = list(read["dimensions"])
    for point in points:
        given = dict(zip(order, point.key, strict=True))
        attributes: dict[str, str] = {}
        codes = {}
        for component in TRADE.key:
            one = read["dimensions"][named[component]]
            text = given[named[component]]
            if component == "COMMODITY":
                codes[component], edition = _own_goods(text)
                if edition:
                    attributes["CLASSIFICATION"] = edition
            else:
                codes[component] = _back(one.get("codes", ""), text)
        for name, one in read["attributes"].items():
            if "from" in one and name in point.attributes:
                attributes[one["from"]] = _back(one.get("codes", ""), point.attributes[name])
        for part in parted(point.attributes.get(read["rest"], "")):
            name, _, text = part.partition("=")
            attributes[name] = text
        yield Point(tuple(codes[one] for one in TRADE.key), point.time, point.value, attributes)


def code_table(name: str) -> Mapping[str, str]:
    """Return our codes that IMTS writes otherwise, by the name of a table in the definition."""
    return mapping()["codes"].get(name) or {}


def _written(one: Mapping[str, Any], values: Mapping[str, str]) -> str:
    if "fixed" in one:
        return str(one["fixed"])
    code = values.get(one["from"], "")
    table = one.get("codes", "")
    if table == "COMMODITY":
        return _goods(code, values.get("CLASSIFICATION", ""))
    known = code_table(table) if table else {}
    if code in known:
        return known[code]
    if code in known.values():
        raise UnknownCode(code=code, codelist=f"UNSD:IMTS {table}", near=", ".join(known))
    return code


def _back(table: str, code: str) -> str:
    known = code_table(table) if table else {}
    return next((own for own, other in known.items() if other == code), code)


def _goods(identifier: str, edition_of_total: str) -> str:
    """Return goods as CL_COMMODITY has them: "HS22_2710", "HS22_TOTAL"."""
    heads: Mapping[str, str] = mapping()["editions"]
    if identifier == "_T":
        head = heads.get(edition_of_total, edition_of_total)
        return f"{head}_{_TOTAL}" if head else "_T"
    edition, code = edition_and_code(identifier)
    if code == _TOTAL or edition in heads.values():
        raise UnknownCode(code=identifier, codelist="UNSD:IMTS COMMODITY", near="_T")
    return sdmx_id(f"{heads[edition]}_{code}") if edition in heads else identifier


def _own_goods(code: str) -> tuple[str, str]:
    """Return our code of goods, and the edition of a total."""
    heads = {head: edition for edition, head in mapping()["editions"].items()}
    if code == "_T":
        return code, ""
    if code.endswith(f"_{_TOTAL}"):
        head = code.removesuffix(f"_{_TOTAL}")
        return "_T", heads.get(head, head)
    head, _, rest = code.partition("_")
    return (f"{heads[head]}_{rest}" if head in heads else code), ""
