"""Names of the codes that stand in a message, the same as in the code lists."""

from __future__ import annotations

from collections.abc import Mapping

from irtysh.sdmx.artefacts.codes import complete, goods, period_name, same, whole_name
from irtysh.sdmx.dimensions import COMMODITY_LISTS
from irtysh.sdmx.identifiers import EMPTY, own_code
from irtysh.sdmx.structure import Component
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import UnknownCode
from irtysh.vocabulary.text import Text

Own = Mapping[str, Mapping[str, Text]]
"""Name of a list made from the data ("source") → code → its name."""

_NAMED_LISTS = (*COMMODITY_LISTS.values(),)


def name_of(component: Component, identifier: str, own: Own | None = None) -> Text | None:
    """Return the names of a code in a message; None for free text and what is no code.

    Parameters
    ----------
    component : Component
    identifier : str
        The SDMX id of the code.
    own : mapping, optional
        Names that only the data can give: titles of sources.
    """
    try:
        code = own_code(identifier)
    except UnknownCode:
        return None
    match component.codelist:
        case "":
            return None
        case "commodity":
            return _goods_name(code, identifier)
        case "share_of" | "base_period" | "source" if code in (EMPTY, "_U"):
            return codelist("flows")[code].name
        case "share_of":
            return whole_name(code)
        case "base_period":
            return period_name(code)
        case "source":
            return (own or {}).get("source", {}).get(code, same(code))
    listed = codelist(component.codelist)
    return complete(listed[code].name, code) if code in listed else None


def _goods_name(code: str, identifier: str) -> Text:
    """Return the names of goods with their edition ("H6_2710") or without ("II")."""
    for name in _NAMED_LISTS:
        if code in codelist(name):
            return complete(codelist(name)[code].name, code)
    if code in (EMPTY, "_U"):
        return codelist("flows")[code].name
    return goods(identifier).names if "_" in code else same(code)
