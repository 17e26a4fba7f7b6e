"""Which parameters each kind of query has; one that it does not have is refused.

A misspelt parameter, or one of the other generation, would change the answer unseen: the reader
would take the whole for the part that was asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from django.http import HttpRequest

from irtysh.api.sdmx.faults import BadSdmxQuery

FILTER = "c[…]"
"""Stands for a condition on any component: ``c[REF_AREA]=KZ``."""

_EVERYWHERE = ("format", "lang")
_SPAN = ("startPeriod", "endPeriod", "reportingYearStartDay")
_PART = (*_SPAN, "firstNObservations", "lastNObservations", "offset", "limit", "sort")
_DATA = (
    *_PART, "updatedAfter", "asOf", "includeHistory", "dimensionAtObservation", *_EVERYWHERE,
)  # fmt: skip
_AVAILABILITY = ("mode", "references", *_SPAN, "updatedAfter", *_EVERYWHERE)

# What one generation calls otherwise than the other is not taken for the other's.
DATA_PARAMETERS: Mapping[int, tuple[str, ...]] = {
    1: ("detail", *_DATA),
    2: (FILTER, "attributes", "measures", *_DATA),
}
AVAILABILITY_PARAMETERS: Mapping[int, tuple[str, ...]] = {
    1: _AVAILABILITY,
    2: (FILTER, *_AVAILABILITY),
}
STRUCTURE_PARAMETERS = ("references", "detail", *_EVERYWHERE)
SCHEMA_PARAMETERS = ("dimensionAtObservation", "explicitMeasure", "deletion", *_EVERYWHERE)
IMTS_PARAMETERS = ("key", *_PART, *_EVERYWHERE)


def refuse_others(request: HttpRequest, known: tuple[str, ...]) -> None:
    """Raise BadSdmxQuery for a parameter that is not known, naming the nearest of those that are.

    Names that begin with "_" pass: pages send them so that no cache answers.
    """
    for name in request.GET:
        plain = FILTER if name.startswith("c[") else name
        if plain not in known and not name.startswith("_"):
            near = get_close_matches(name, known, n=3) or known
            raise BadSdmxQuery(part="?", found=name[:60], expected=", ".join(near))
