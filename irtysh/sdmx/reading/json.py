"""SDMX-JSON 1.0 and 2.0, read whole: its lists may stand after what refers to them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from irtysh.sdmx.reading.message import TIME, Read, Reading, number, usage_of
from irtysh.vocabulary.errors import NotSdmx, TooLarge

MAX_BYTES = 256 * 2**20
_FORM = "SDMX-JSON"


def read_json(path: Path, max_bytes: int = MAX_BYTES) -> Reading:
    """Read a message; raises NotSdmx, TooLarge."""
    size = path.stat().st_size
    if size > max_bytes:
        raise TooLarge(what="file_bytes", found=str(size), limit=str(max_bytes))
    try:
        text = path.read_text(encoding="utf-8-sig")
        whole = json.loads(text, parse_float=Decimal, parse_int=_integer, parse_constant=_constant)
    except UnicodeDecodeError as error:
        raise _wrong(_FORM, f"byte {error.start}", "UTF-8") from None
    except json.JSONDecodeError as error:
        raise NotSdmx(form=_FORM, line=error.lineno, found=error.msg, expected="JSON") from None
    except RecursionError:
        raise _wrong(_FORM, "depth", "≤ 12") from None
    return _reading(whole)


def _reading(whole: Any) -> Reading:
    data = _part(whole, "data", dict)
    is_second = "structures" in data
    form = f"{_FORM} {'2.0' if is_second else '1.0'}"
    structures = data["structures"] if is_second else [data.get("structure")]
    if not isinstance(structures, list) or not structures:
        raise _wrong(form, "structures", "[{…}]")
    data_sets = _part(data, "dataSets", list)
    described = [_Structure(one, form) for one in structures]

    def observations() -> Iterator[Read]:
        for at, data_set in enumerate(data_sets):
            if not isinstance(data_set, dict):
                raise _wrong(form, "dataSets", "[{…}]")
            place = data_set.get("structure", 0)
            if not isinstance(place, int) or not 0 <= place < len(described):
                raise _wrong(form, f"structure {place}", f"0…{len(described) - 1}")
            yield from described[place].observations(data_set, f"dataSets/{at}")

    return Reading(form, observations(), described[0].dataflow, described[0].agency)


class _Structure:
    """What the places of a data set mean."""

    def __init__(self, structure: Any, form: str) -> None:
        self._form = form
        if not isinstance(structure, dict):
            raise _wrong(form, "structure", "{…}")
        dimensions = _part(structure, "dimensions", dict, form)
        attributes = structure.get("attributes") or {}
        self._own = self._listed(dimensions, "dataSet")
        self._series = self._listed(dimensions, "series")
        self._at = self._listed(dimensions, "observation")
        self._own_attributes = self._listed(attributes, "dataSet")
        self._series_attributes = self._listed(attributes, "series")
        self._attributes = self._listed(attributes, "observation")
        measures = structure.get("measures")
        if isinstance(measures, dict):
            self._measures = len(measures.get("observation") or [])
        else:
            self._measures = 1
        self.agency, self.dataflow = self._usage(structure.get("links"))

    def _usage(self, links: Any) -> tuple[str, str]:
        for link in links if isinstance(links, list) else []:
            if isinstance(link, dict) and str(link.get("urn", "")).startswith("urn:"):
                return usage_of(str(link["urn"]))
        return "", ""

    def _listed(self, level: Any, name: str) -> list[tuple[str, list[str | None] | None]]:
        """Return the components of a level: the id, and the texts of its values (None if free)."""
        found: list[tuple[str, list[str | None] | None]] = []
        components = level.get(name) if isinstance(level, dict) else None
        for one in components or []:
            if not isinstance(one, dict) or not isinstance(one.get("id"), str):
                raise _wrong(self._form, name, "id")
            values = one.get("values")
            if values is not None and not isinstance(values, list):
                raise _wrong(self._form, f"{one['id']}: values", "[…]")
            is_time = one["id"] == TIME
            texts = None if values is None else [_text(value, is_time) for value in values]
            found.append((one["id"], texts))
        return found

    def observations(self, data_set: Mapping[str, Any], place: str) -> Iterator[Read]:
        """Yield the observations of a data set that stands at a place of the message."""
        action = str(data_set.get("action") or "Information")
        own = {name: texts[0] or "" for name, texts in self._own if texts}
        own.update(self._named(self._own_attributes, data_set.get("attributes") or []))
        if "series" not in data_set:
            yield from self._points(data_set.get("observations") or {}, own, action, place)
            return
        for name, series in _part(data_set, "series", dict, self._form).items():
            here = f"{place}/series/{name[:40]}"
            try:
                if not isinstance(series, dict):
                    raise _wrong(self._form, f"series {name}", "{…}")
                known = {**own, **self._key(name, self._series)}
                known.update(self._named(self._series_attributes, series.get("attributes") or []))
            except NotSdmx as wrong:
                # A series without a key: each of its observations is refused, or the one place.
                points = series.get("observations") if isinstance(series, dict) else None
                for point in points if isinstance(points, dict) and points else [""]:
                    yield Read.refused(wrong, place=f"{here}/observations/{point[:40]}".rstrip("/"))
                continue
            yield from self._points(series.get("observations") or {}, known, action, here)

    def _points(
        self,
        observations: Any,
        known: Mapping[str, str],
        action: str,
        place: str,
    ) -> Iterator[Read]:
        if not isinstance(observations, dict):
            raise _wrong(self._form, "observations", "{…}")
        for name, cells in observations.items():
            here = f"{place}/observations/{name[:40]}"
            try:
                yield self._point(name, cells, known, action, here)
            except NotSdmx as wrong:
                yield Read.refused(wrong, place=here)

    def _point(
        self, name: str, cells: Any, known: Mapping[str, str], action: str, place: str
    ) -> Read:
        if not isinstance(cells, list):
            raise _wrong(self._form, f"observation {name}", "[…]")
        values = {**known, **self._key(name, self._at)}
        values.update(self._named(self._attributes, cells[self._measures :]))
        text = cells[0] if self._measures and cells else None
        value = None if text is None else number(str(text), self._form, 0)
        return Read(values, value, action, place=place)

    def _key(self, name: str, listed: list[tuple[str, list[str | None] | None]]) -> dict[str, str]:
        places = name.split(":")
        if len(places) != len(listed):
            raise _wrong(self._form, name, ":".join("0" for _ in listed))
        found = {}
        for place, (component, texts) in zip(places, listed, strict=True):
            index = int(place) if place.isascii() and place.isdigit() and len(place) < 9 else -1
            if texts is None or not 0 <= index < len(texts):
                raise _wrong(self._form, f"{component} {place[:20]}", "values")
            found[component] = texts[index] or ""
        return found

    def _named(
        self, listed: list[tuple[str, list[str | None] | None]], cells: Sequence[Any]
    ) -> dict[str, str]:
        found = {}
        if not isinstance(cells, list):
            raise _wrong(self._form, "attributes", "[…]")
        for cell, (component, texts) in zip(cells, listed, strict=False):
            if cell is None:
                continue
            if texts is None:
                found[component] = str(cell)
            elif isinstance(cell, int) and 0 <= cell < len(texts):
                text = texts[cell]
                if text is not None:
                    found[component] = text
            else:
                raise _wrong(self._form, f"{component} {str(cell)[:20]}", "values")
        return found


def _text(value: Any, is_time: bool) -> str | None:
    """Return what a value stands for: its id, else its text; a time's name is the time."""
    if not isinstance(value, dict):
        return None
    order = ("name", "value", "id") if is_time else ("id", "value", "name")
    return next((str(value[one]) for one in order if value.get(one) is not None), None)


def _part(whole: Any, name: str, kind: type, form: str = _FORM) -> Any:
    found = whole.get(name) if isinstance(whole, dict) else None
    if not isinstance(found, kind):
        raise _wrong(form, name, "{…}" if kind is dict else "[…]")
    return found


def _integer(text: str) -> int | Decimal:
    """Return a place in a list; a number too long for one is a value."""
    return int(text) if len(text) < 18 else Decimal(text)


def _constant(text: str) -> None:
    """Read NaN and Infinity, which JSON does not have, as missing."""


def _wrong(form: str, found: str, expected: str) -> NotSdmx:
    return NotSdmx(form=form, line=0, found=found[:80], expected=expected)
