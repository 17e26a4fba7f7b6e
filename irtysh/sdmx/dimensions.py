"""Which code list each field of an observation draws on."""

from __future__ import annotations

from difflib import get_close_matches

from irtysh.vocabulary.classifications import EDITIONS
from irtysh.vocabulary.classifications import classification as edition
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import UnknownCode

CODELISTS = {
    "freq": "frequencies",
    "ref_area": "areas",
    "counterpart_area": "areas",
    "flow": "flows",
    "classification": "classifications",
    "measure": "measures",
    "unit": "units",
    "valuation": "valuations",
    "status": "statuses",
    "qualifier": "qualifiers",
}
"""Field of an observation → its list; a commodity's list depends on the classification."""

COMMODITY_LISTS = {
    "HS_SECTION": "hs_sections",
    "HS_CHAPTER": "hs_chapters",
    "NAMED": "commodities",
}
_EVERYWHERE = ("_T", "_U", "_Z")


def list_of(field: str, classification: str = "") -> str | None:
    """Return the name of a field's code list; None for a field of free text."""
    if field == "commodity":
        return COMMODITY_LISTS.get(classification)
    return CODELISTS.get(field)


def check_code(field: str, code: str, classification: str = "") -> None:
    """Raise UnknownCode with near codes if a field may not hold this code."""
    if field == "commodity" and code in _EVERYWHERE:
        return
    name = list_of(field, classification)
    if name is not None:
        codelist(name)[code]  # the look-up itself raises, with near codes
    elif field == "commodity" and classification in EDITIONS:
        edition(classification)[code]
    elif field == "commodity":
        near = get_close_matches(code, _EVERYWHERE, n=1) or _EVERYWHERE[:1]
        raise UnknownCode(code=code, codelist=f"commodity ({classification})", near=", ".join(near))
