"""The same view asked for by machines: addresses of SDMX and of downloads, and code to copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from irtysh.publication.catalogue import Offered
from irtysh.publication.selecting import codes_of_level, counted, selection_of
from irtysh.publication.views import DIMENSIONS, View
from irtysh.sdmx.identifiers import sdmx_id
from irtysh.sdmx.points import commodity_id
from irtysh.sdmx.structure import AGENCY, Component, structure_of

FLOW_VERSION = "1.0"
_MOST_IN_KEY = 100
"""Codes that a key spells out; beyond it the key leaves the dimension open and says so."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A view as SDMX asks for it.

    Attributes
    ----------
    path : str
        From the root of the portal, with the key and the span of time.
    key, start, end : str
    loose : tuple of str
        Choices that the key cannot say: the answer holds more than the view.
    """

    path: str
    key: str
    start: str
    end: str
    loose: tuple[str, ...]


def as_sdmx(view: View, offered: Offered) -> Asked:
    """Return the request that gives the observations of a view.

    Codes of a dimension are joined with "+", an open dimension is empty. Not every choice can
    be said so: by unit, by source where the key has none, or a list of single periods.
    """
    structure = structure_of(offered.dataset.structure)
    loose: list[str] = []
    parts = [_part(view, offered, one, loose) for one in structure.dimensions]
    said = {one.column for one in structure.dimensions} | {"classification"}
    loose += [name for name in view.codes if name not in said]
    key = ".".join(parts)
    if not key.strip("."):
        key = "all"
    start, end = view.start, view.end
    bounds = {"startPeriod": start, "endPeriod": end}
    span = [f"{name}={value}" for name, value in bounds.items() if value]
    path = f"/sdmx/v1/data/{AGENCY},{offered.id},{FLOW_VERSION}/{quote(key, safe='.+-_@$')}"
    return Asked(path + ("?" + "&".join(span) if span else ""), key, start, end, tuple(loose))


def _part(view: View, offered: Offered, component: Component, loose: list[str]) -> str:
    name = component.column
    codes = view.codes.get(name)
    if name == "commodity" and view.level:
        codes = codes_of_level(view, offered.dataset)
    if codes and len(codes) > _MOST_IN_KEY:
        loose.append(name)
        return ""
    if name == "commodity" and offered.dataset.structure == "trade":
        return "+".join(_goods(view, offered, codes or ()))
    return "+".join(sdmx_id(code) for code in codes or ())


def _goods(view: View, offered: Offered, codes: tuple[str, ...]) -> list[str]:
    """Return codes with each edition that the view admits: "H6_2710"."""
    there = counted(offered.dataset, "classification", selection_of(View(), offered.dataset))
    editions = view.codes.get("classification") or tuple(there)
    return list(dict.fromkeys(commodity_id(one, code) for code in codes for one in editions))


def as_download(view: View, offered: Offered, language: str, form: str) -> str:
    """Return the path of a file with the observations of a view, without any limit of rows."""
    filters = replace(View(), codes=view.codes, level=view.level, start=view.start, end=view.end)
    query = "&".join(part for part in (f"lang={language}", filters.query()) if part)
    return f"/api/{view.version}/datasets/{offered.id}.{form}?{query}"


def snippets(asked: Asked, offered: Offered, origin: str) -> Mapping[str, str]:
    """Return code to copy: "curl", "python" (sdmx1) and "r" (rsdmx), with the key of the view.

    ``origin`` is the address of the portal without a slash at its end.
    """
    whole = origin + asked.path
    span = {"startPeriod": asked.start, "endPeriod": asked.end}
    params = {name: value for name, value in span.items() if value}
    more = f", params={params!r}" if params else ""
    key = f', key="{asked.key}"' if asked.key != "all" else ""
    csv = "application/vnd.sdmx.data+csv;version=1.0.0;labels=both"
    source = f'{{"id": "{AGENCY}", "name": "Irtysh", "url": "{origin}/sdmx/v1"}}'
    return {
        "curl": f'curl -H "Accept: {csv}" \\\n  "{whole}" -o {offered.id}.csv',
        "python": (
            "import sdmx\n"
            f"sdmx.add_source({source})\n"
            f'message = sdmx.Client("{AGENCY}").data("{offered.id}"{key}{more})\n'
            "table = sdmx.to_pandas(message)"
        ),
        "r": (f'library(rsdmx)\nmessage <- readSDMX("{whole}")\ntable <- as.data.frame(message)'),
    }


def place_of(place: tuple[str, ...]) -> str:
    """Return the codes of a cell as one word of an address, sources left open."""
    named = zip(DIMENSIONS, place, strict=True)
    return "~".join("*" if name == "source" else quote(code, safe="-._/:") for name, code in named)
