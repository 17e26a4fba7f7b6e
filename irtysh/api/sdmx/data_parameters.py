"""The parameters of a query for data, read and checked: REST 1.5 and 2.2."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from django.utils.timezone import get_current_timezone, is_naive, make_aware

from irtysh.api.sdmx.faults import BadSdmxQuery, MeaninglessSdmxQuery, NotServed
from irtysh.sdmx.data_messages.message import ALL_DIMENSIONS, TIME
from irtysh.sdmx.queries import Groups, KeyParts, Query, read_filter, read_key
from irtysh.sdmx.structure import DataStructure
from irtysh.sdmx.time_bounds import Bounds, bounds_of
from irtysh.vocabulary.errors import KeyDoesNotFit, NotAPeriod

_DETAILS = ("full", "dataonly", "serieskeysonly", "nodata")
_FILTER = re.compile(r"c\[([A-Za-z][A-Za-z0-9_-]*)\]")
_SORTED = frozenset({"*", "series_key", "series_key TIME_PERIOD", "* TIME_PERIOD"})
"""The order in which points come anyway."""
_NUMBER = re.compile(r"[0-9]{1,9}")
_RANGE = re.compile(r"values=([0-9]{1,12})-([0-9]{1,12})")
_START_DAY = re.compile(r"--(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_LONGEST_KEY = 8000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a query for data asks for, beside the dataflow.

    Attributes
    ----------
    query : Query
    observed_by : str
    attributes : frozenset of str or None
        None for all.
    has_values, has_observations : bool
    updated_after, as_of : datetime or None
    with_history : bool
    is_range : bool
        True where the header Range asks for a part of the observations.
    """

    query: Query
    observed_by: str = TIME
    attributes: frozenset[str] | None = None
    has_values: bool = True
    has_observations: bool = True
    updated_after: datetime | None = None
    as_of: datetime | None = None
    with_history: bool = False
    is_range: bool = False

    @property
    def has_changes(self) -> bool:
        """True where more than one version is read."""
        return self.with_history or self.updated_after is not None


def wanted(
    request: HttpRequest,
    structure: DataStructure,
    key: str,
    generation: int,
    *,
    is_ranged: bool = False,
) -> Wanted:
    """Return what a request asks for; raises BadSdmxQuery, MeaninglessSdmxQuery, NotServed.

    The header Range counts only for those who can mark an answer as a part: ``is_ranged``.
    """
    given = request.GET
    year_start = given.get("reportingYearStartDay", "")
    if year_start and not _START_DAY.fullmatch(year_start):
        raise _bad("reportingYearStartDay", year_start, "--07-01")
    attributes, has_values, has_observations = (
        _detail(given.get("detail", "full")) if generation == 1 else _parts(given, structure)
    )
    sort = given.get("sort", "*").replace("+", " ").replace(":asc", "")
    if sort not in _SORTED:
        raise NotServed(what=f"sort={sort[:60]}")
    offset, limit, is_range = _page(request, is_ranged)
    query = Query(
        structure,
        keys=_keys(key, structure, generation),
        filters={} if generation == 1 else _filters(given, structure, year_start),
        start=_bound(given, "startPeriod", 0, year_start),
        end=_bound(given, "endPeriod", 1, year_start),
        first=_count(given, "firstNObservations"),
        last=_count(given, "lastNObservations"),
        offset=offset,
        limit=limit,
        year_start=year_start,
        is_by_series=not has_observations,
    )
    updated_after, as_of = _moment(given, "updatedAfter"), _moment(given, "asOf")
    if updated_after and as_of and updated_after > as_of:
        raise _bad("updatedAfter", given["updatedAfter"], f"≤ asOf={given['asOf'][:40]}")
    return Wanted(
        query,
        observed_by=_observed_by(given.get("dimensionAtObservation", ""), structure),
        attributes=attributes,
        has_values=has_values,
        has_observations=has_observations,
        updated_after=updated_after,
        as_of=as_of,
        with_history=_flag(given, "includeHistory"),
        is_range=is_range,
    )


def _keys(key: str, structure: DataStructure, generation: int) -> tuple[KeyParts, ...]:
    if len(key) > _LONGEST_KEY:
        raise _bad("key", f"{len(key)}", f"≤ {_LONGEST_KEY}")
    if key in ("", "all", "*"):
        return ()
    texts = [key] if generation == 1 else key.split(",")
    try:
        return tuple(read_key(text, structure) for text in texts if text)
    except KeyDoesNotFit as error:
        expected = error.params["expected"]
        raise MeaninglessSdmxQuery(part="key", found=key[:120], expected=expected) from None


def _filters(
    given: Mapping[str, str], structure: DataStructure, year_start: str
) -> dict[str, Groups]:
    found: dict[str, Groups] = {}
    for name, text in given.items():
        matched = _FILTER.fullmatch(name)
        if not matched:
            continue
        component = structure.component(matched[1])
        if component is None:
            known = ", ".join(one.id for one in structure.components)
            raise MeaninglessSdmxQuery(part="c", found=matched[1][:60], expected=known)
        groups = read_filter(text)
        if not groups:
            raise _bad(name[:60], text, "A,B / ge:2020+le:2022")
        if component.role == "time":
            for group in groups:
                for term in group:
                    _bounds(name, term.operand, year_start)
        found[component.id] = groups
    return found


def _parts(
    given: Mapping[str, str], structure: DataStructure
) -> tuple[frozenset[str] | None, bool, bool]:
    """Return which attributes, whether values, whether observations: ``attributes, measures``."""
    asked = [part for part in given.get("attributes", "dsd").split(",") if part]
    by_level = {"dataset": "dataset", "series": "series", "obs": "observation"}
    attributes: set[str] | None = set()
    for part in asked:
        if part in ("dsd", "all"):
            attributes = None
        elif attributes is None or part in ("none", "msd"):
            continue
        elif part in by_level:
            listed = structure.attributes
            attributes |= {one.id for one in listed if one.attached == by_level[part]}
        elif part in {one.id for one in structure.attributes}:
            attributes.add(part)
        else:
            known = ", ".join(one.id for one in structure.attributes)
            raise MeaninglessSdmxQuery(part="attributes", found=part[:60], expected=known)
    measures = [part for part in given.get("measures", "all").split(",") if part]
    own = structure.measure.id
    if unknown := [part for part in measures if part not in ("all", "none", own)]:
        raise MeaninglessSdmxQuery(part="measures", found=unknown[0][:60], expected=own)
    has_values = any(part in ("all", own) for part in measures)
    chosen = None if attributes is None else frozenset(attributes)
    return chosen, has_values, has_values or chosen != frozenset()


def _detail(detail: str) -> tuple[frozenset[str] | None, bool, bool]:
    if detail not in _DETAILS:
        raise _bad("detail", detail, ", ".join(_DETAILS))
    if detail == "full":
        return None, True, True
    if detail == "nodata":
        return None, False, False
    return frozenset(), detail == "dataonly", detail == "dataonly"


def _observed_by(name: str, structure: DataStructure) -> str:
    if not name:
        return TIME
    known = (TIME, ALL_DIMENSIONS, *structure.key)
    if name not in known:
        raise MeaninglessSdmxQuery(
            part="dimensionAtObservation", found=name[:60], expected=", ".join(known)
        )
    return name


def _page(request: HttpRequest, is_ranged: bool) -> tuple[int, int | None, bool]:
    """Return offset and limit: of the parameters, or of a header Range in values."""
    header = request.headers.get("X-Range") or request.headers.get("Range") or ""
    header = header if is_ranged else ""
    asked = _RANGE.fullmatch(header.strip().replace(" ", ""))
    if asked:
        first, last = int(asked[1]), int(asked[2])
        if first > last:
            raise _bad("Range", header, "values=0-999")
        return first, last - first + 1, True
    offset = _count(request.GET, "offset", least=0)
    return offset or 0, _count(request.GET, "limit"), False


def _count(given: Mapping[str, str], name: str, least: int = 1) -> int | None:
    text = given.get(name)
    if text is None or text == "":
        return None
    if not _NUMBER.fullmatch(text) or int(text) < least:
        raise _bad(name, text, f"{least}, {least + 1}, …")
    return int(text)


def _flag(given: Mapping[str, str], name: str) -> bool:
    text = given.get(name, "false").lower()
    if text not in ("true", "false", "1", "0"):
        raise _bad(name, text, "true, false")
    return text in ("true", "1")


def _moment(given: Mapping[str, str], name: str) -> datetime | None:
    text = given.get(name, "")
    if not text:
        return None
    try:
        # A "+" of the zone that was not encoded has become a blank.
        moment = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        raise _bad(name, text, "2026-11-22T12:00:00+05:00") from None
    return make_aware(moment, get_current_timezone()) if is_naive(moment) else moment


def _bound(given: Mapping[str, str], name: str, which: int, year_start: str) -> date | None:
    text = given.get(name, "").replace(" ", "+")
    return _bounds(name, text, year_start)[which] if text else None


def _bounds(name: str, text: str, year_start: str) -> Bounds:
    try:
        return bounds_of(text, year_start)
    except NotAPeriod:
        raise _bad(name, text, "2021, 2021-04, 2021-Q2, 2021-04-19") from None


def _bad(part: str, found: str, expected: str) -> BadSdmxQuery:
    return BadSdmxQuery(part=part, found=found[:120], expected=expected)
