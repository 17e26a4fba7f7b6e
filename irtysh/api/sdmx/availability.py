"""What there would be to get: ``/availableconstraint/…`` of 1.5, ``/availability/…`` of 2.2."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from irtysh.api.sdmx.answers import artefacts, kept, message
from irtysh.api.sdmx.data_parameters import Wanted as WantedData
from irtysh.api.sdmx.data_parameters import wanted as wanted_data
from irtysh.api.sdmx.data_versions import refuse_more, selection_of
from irtysh.api.sdmx.described import described, occurring, times_of
from irtysh.api.sdmx.errors import for_sdmx
from irtysh.api.sdmx.faults import BadSdmxQuery, MeaninglessSdmxQuery, NoResults, NotServed
from irtysh.api.sdmx.flows import dataset_of_v1, dataset_of_v2
from irtysh.api.sdmx.negotiation import STRUCTURES, chosen
from irtysh.api.sdmx.parameters import AVAILABILITY_PARAMETERS, refuse_others
from irtysh.api.sdmx.structures import references_of
from irtysh.publication.catalogue import Offered
from irtysh.registries.records.shelf import catalogue
from irtysh.sdmx.artefacts.build import constraint_of
from irtysh.sdmx.artefacts.finding import Artefacts
from irtysh.sdmx.artefacts.model import Artefact, Constraint
from irtysh.sdmx.identifiers import EMPTY
from irtysh.sdmx.points import Points
from irtysh.sdmx.queries import Query
from irtysh.sdmx.structure import structure_of
from irtysh.store.dataset import Dataset
from irtysh.store.selection import Selection

_ALL = frozenset({"", "all", "*"})
_NOT_COLUMNS = frozenset({EMPTY, "_U"})
"""Ids that stand for what the store leaves empty, so that rows have to be read."""

_REFERRED = ("dataflow", "datastructure", "conceptscheme", "codelist", "dataproviderscheme")
_EVERY_WAY = frozenset({"all", "children", "descendants"})
Values = dict[str, tuple[str, ...]]
Span = tuple[date, date] | None


@for_sdmx
def availability_v1(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Answer ``/availableconstraint/{flow}/{key}/{provider}/{component}``."""
    parts = [*rest.strip("/").split("/"), "", "", ""]
    if len(parts) > 7:
        raise BadSdmxQuery(part="/", found=rest[:120], expected="flow/key/provider/component")
    flow, key, provider, component = parts[:4]
    return _answered(request, dataset_of_v1(flow, provider), key, component, 1)


@for_sdmx
def availability_v2(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Answer ``/availability/{context}/{agency}/{id}/{version}/{key}/{component}``."""
    parts = [part for part in rest.strip("/").split("/") if part]
    if len(parts) > 6:
        expected = "context/agency/id/version/key/component"
        raise BadSdmxQuery(part="/", found=rest[:120], expected=expected)
    context, agency, resource, version, key, component = [*parts, *"******"][:6]
    dataset_id = dataset_of_v2(context, agency, resource, version)
    return _answered(request, dataset_id, key, component, 2)


def _answered(
    request: HttpRequest, dataset_id: str, key: str, component: str, generation: int
) -> HttpResponseBase:
    picked = chosen(request, STRUCTURES[generation])
    offered = catalogue().get(dataset_id)
    structure = structure_of(offered.dataset.structure)
    refuse_others(request, AVAILABILITY_PARAMETERS[generation])
    asked = wanted_data(request, structure, key, generation)
    mode = request.GET.get("mode", "exact")
    if mode not in ("exact", "available"):
        raise BadSdmxQuery(part="mode", found=mode[:60], expected="exact, available")
    listed = [one for one in component.replace("+", ",").split(",") if one not in _ALL]
    for one in listed:
        if one not in (*structure.key, structure.time.id):
            expected = ", ".join((*structure.key, structure.time.id))
            raise MeaninglessSdmxQuery(part="componentID", found=one[:60], expected=expected)
    ways = references_of(request, generation)

    def made() -> HttpResponseBase:
        _refuse_change(offered, asked.updated_after)
        constraint = _constraint(offered, asked, mode, listed)
        rest = _around(artefacts(), constraint, ways)
        return message(request, picked.offer, [constraint, *rest])

    return kept(request, picked.offer, made)


def _refuse_change(offered: Offered, after: datetime | None) -> None:
    """Raise NoResults where nothing came after a moment, NotServed where a part did.

    What one version changed in another is told by data; where the reader has seen none, all of
    it is new, and there is nothing to leave out.
    """
    published = dict(catalogue().versions(offered.id))
    if after is None or after < min(published.values()):
        return
    if after >= published[offered.version]:
        raise NoResults(asked=f"{offered.id}: updatedAfter={after.isoformat()}")
    raise NotServed(what="availability?updatedAfter=…")


def _constraint(
    offered: Offered, asked: WantedData, mode: str, components: list[str]
) -> Constraint:
    """Return what occurs under a query; raises NoResults if nothing does."""
    values, count, times, span = _found(offered.dataset, asked.query, selection_of(asked))
    if not count:
        raise NoResults(asked=offered.id)
    if mode == "available":
        values |= _still_open(offered.dataset, asked)
    if components:
        values = {name: codes for name, codes in values.items() if name in components}
    is_timed = not components or "TIME_PERIOD" in components
    told = replace(
        described(offered),
        values=values,
        times=times if is_timed else (),
        start=span[0] if span and is_timed else None,
        end=span[1] if span and is_timed else None,
        sent=count,
        unsent=0,
    )
    return constraint_of(told, f"AVAILABLE_{offered.id}")


def _still_open(dataset: Dataset, asked: WantedData) -> Values:
    """Return for each dimension of the key what could be chosen if it alone were not narrowed."""
    opened: Values = {}
    keys = asked.query.keys
    for place, name in enumerate(asked.query.structure.key):
        if any(key[place] for key in keys) or name in asked.query.filters:
            wider = replace(
                asked.query,
                keys=tuple((*key[:place], frozenset[str](), *key[place + 1 :]) for key in keys),
                filters={one: held for one, held in asked.query.filters.items() if one != name},
            )
            start, end = wider.days()
            selection = Selection.of(wider.codes(), start=start, end=end)
            opened[name] = _found(dataset, wider, selection)[0].get(name, ())
    return opened


def _found(
    dataset: Dataset, query: Query, selection: Selection
) -> tuple[Values, int, tuple[str, ...], Span]:
    """Return values, observations, times and span; from columns alone where they can say it."""
    if _is_in_columns(query):
        values, count = occurring(dataset, selection)
        return values, count, times_of(dataset, selection), dataset.span(selection)
    refuse_more(dataset.count(selection))
    found: dict[str, set[str]] = {name: set() for name in query.structure.key}
    times: dict[str, None] = {}
    count = 0
    for point in query.chosen(Points(query.structure, dataset.stream(selection))):
        count += 1
        times[point.time] = None
        for name, code in zip(query.structure.key, point.key, strict=True):
            found[name].add(code)
    found.pop("REPEAT", None)
    values = {name: tuple(sorted(codes)) for name, codes in found.items()}
    return values, count, tuple(sorted(times)), dataset.span(selection)


def _is_in_columns(query: Query) -> bool:
    if query.filters or len(query.keys) > 1:
        return False
    named = dict(zip(query.structure.key, query.keys[0], strict=True)) if query.keys else {}
    if any(codes & _NOT_COLUMNS for codes in named.values()) or named.get("REPEAT"):
        return False
    # Goods of two editions are two columns: their product is more than what is asked for.
    return len(named.get("COMMODITY", ())) < 2 or "CLASSIFICATION" in named


def _around(known: Artefacts, constraint: Constraint, ways: tuple[str, ...]) -> list[Artefact]:
    """Return what a constraint refers to, its lists with no more than what occurs."""
    kinds = set(_REFERRED) if set(ways) & _EVERY_WAY else set(ways) & set(_REFERRED)
    return known.beside(constraint, kinds) if kinds else []
