"""SDMX-JSON 1.0 and 2.0: values by their place in lists, names in every language.

The data sets are written first and the lists of values after them, since the lists are known only
when all points have passed; the order of members means nothing in JSON. Lists hold each code once,
so what is kept in memory does not grow with the points. Free texts of 1.0 are listed as well,
because it knows no other way; 2.0 writes them in place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from irtysh.sdmx import times
from irtysh.sdmx.data_messages.message import TIME, DataSet, Message
from irtysh.sdmx.data_messages.series import series_of
from irtysh.sdmx.data_messages.xml import instant
from irtysh.sdmx.identifiers import sdmx_id
from irtysh.sdmx.points import numeral
from irtysh.sdmx.structure import Component, Point
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.text import LANGUAGES

_SCHEMA = (
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/data-message/tools/schemas/"
    "{version}/sdmx-json-data-schema.json"
)


@dataclass(slots=True)
class _Listed:
    """The values of a component, each with its place."""

    component: Component
    places: dict[str, int] = field(default_factory=dict)

    def place(self, value: str) -> int:
        return self.places.setdefault(value, len(self.places))


def sdmx_json(
    message: Message, data_sets: Iterable[DataSet], *, version: str = "2.0"
) -> Iterator[str]:
    """Yield the message, of SDMX-JSON "1.0" or "2.0"."""
    writer = _Json(message, version)
    yield f'{{"meta":{_dumped(writer.meta())},\n"data":{{"dataSets":['
    for number, data_set in enumerate(data_sets):
        yield ("," if number else "") + "\n"
        yield from writer.data_set(data_set)
    name = "structure" if version == "1.0" else "structures"
    structure = writer.structure()
    yield f'],\n"{name}":{_dumped(structure if version == "1.0" else [structure])}}}'
    errors = writer.errors()
    yield f',\n"errors":{_dumped(errors)}}}\n' if errors else "}\n"


class _Json:
    def __init__(self, message: Message, version: str) -> None:
        self.message = message
        self.is_first = version == "1.0"
        self.version = version
        self._dimensions = {
            one.id: _Listed(one) for one in (*message.structure.dimensions, message.structure.time)
        }
        self._attributes = {one.id: _Listed(one) for one in message.sent}
        self._sets = 0

    def meta(self) -> dict[str, Any]:
        message = self.message
        version = "1.0" if self.is_first else "2.0.0"
        meta = {
            "schema": _SCHEMA.format(version=version),
            "id": message.id,
            "test": message.is_test,
            "prepared": instant(message.prepared),
            "contentLanguages": list(LANGUAGES),
            **_names(message.name, message.language),
            "sender": {"id": message.sender, **_names(message.sender_name, message.language)},
        }
        if message.base:
            meta["links"] = [{"href": message.base, "rel": "self"}]
        return meta

    def data_set(self, data_set: DataSet) -> Iterator[str]:
        points = iter(data_set.points)
        first = next(points, None)
        self._sets += 1
        head = _dumped(self._head(data_set, first))[:-1]
        if first is None:
            yield head + "}"
            return
        whole = _again(first, points)
        if self.message.is_flat:
            yield head + ',"observations":{'
            yield from _with_commas(self._flat(whole))
        else:
            yield head + ',"series":{'
            yield from _with_commas(self._series(whole))
        yield "}}"

    def _head(self, data_set: DataSet, first: Point | None) -> dict[str, Any]:
        message = self.message
        head: dict[str, Any] = {} if self.is_first else {"structure": 0}
        head["action"] = data_set.action
        if message.begin:
            head["reportingBegin"] = message.begin
        if message.end:
            head["reportingEnd"] = message.end
        if data_set.valid_from is not None:
            head["validFrom"] = instant(data_set.valid_from)
        if data_set.valid_to is not None:
            head["validTo"] = instant(data_set.valid_to)
        head["links"] = [{"urn": message.urn, "rel": message.usage[0].lower()}]
        if message.of_data_set and first is not None:
            head["attributes"] = [
                self._attribute(one, first.attributes.get(one.id)) for one in message.of_data_set
            ]
        return head

    def _series(self, points: Iterable[Point]) -> Iterator[str]:
        listed = [self._dimensions[one] for one in self.message.series_ids]
        at = self._dimensions.get(self.message.observed_by)
        assert at is not None
        for key, observations in series_of(self.message, points):
            name = ":".join(str(one.place(value)) for one, value in zip(listed, key, strict=True))
            written = [
                f'"{at.place(value)}":{self._observation(point)}'
                for value, point in observations
                if self.message.has_observations
            ]
            yield f'"{name}":{{"attributes":[],"observations":{{{",".join(written)}}}}}'

    def _flat(self, points: Iterable[Point]) -> Iterator[str]:
        listed = [self._dimensions[one] for one in self.message.ids]
        for point in points:
            key = zip(listed, (*point.key, point.time), strict=True)
            name = ":".join(str(one.place(value)) for one, value in key)
            yield f'"{name}":{self._observation(point)}'

    def _observation(self, point: Point) -> str:
        cells: list[str] = []
        if self.message.has_values:
            cells.append("null" if point.value is None else _number(point))
        given = point.attributes
        cells += [
            _cell(self._attribute(one, given.get(one.id))) for one in self.message.of_observation
        ]
        return f"[{','.join(cells)}]"

    def _attribute(self, component: Component, value: str | None) -> int | str | None:
        if not value:
            return None
        if component.codelist or self.is_first:
            return self._attributes[component.id].place(value)
        return value

    def structure(self) -> dict[str, Any]:
        """Return what the places in the data sets mean; all points have passed."""
        message = self.message
        series = [self._dimension(one) for one in message.series_ids]
        at = message.ids if message.is_flat else (message.observed_by,)
        made: dict[str, Any] = {
            "links": [
                {"urn": message.urn, "rel": message.usage[0].lower()},
            ],
            **_names(message.name, message.language),
            "dimensions": {
                "dataSet": [],
                "series": series,
                # 2.0 admits no dimension without values, as where only series are sent.
                "observation": [
                    self._dimension(one)
                    for one in at
                    if self.is_first or self._dimensions[one].places
                ],
            },
            "attributes": {
                "dataSet": [self._described(one) for one in message.of_data_set],
                **({} if self.is_first else {"dimensionGroup": []}),
                "series": [],
                "observation": [self._described(one) for one in message.of_observation],
            },
            "annotations": [],
        }
        if not self.is_first:
            made["dataSets"] = list(range(max(self._sets, 1)))
            measures = [self._measure()] if message.has_values else []
            made["measures"] = {"observation": measures}
        return made

    def _measure(self) -> dict[str, Any]:
        measure = self.message.structure.measure
        return {
            "id": measure.id,
            **_concept(measure.id, self.message.language),
            "roles": [measure.id],
            "isMandatory": measure.mandatory,
            "format": {"dataType": "Decimal"},
        }

    def _dimension(self, identifier: str) -> dict[str, Any]:
        listed = self._dimensions[identifier]
        make = self._time_value if identifier == TIME else self._value
        return {
            "id": identifier,
            **_concept(identifier, self.message.language),
            "keyPosition": self.message.ids.index(identifier),
            "roles": [identifier],
            "values": [make(listed.component, value) for value in listed.places],
        }

    def _described(self, component: Component) -> dict[str, Any]:
        language = self.message.language
        relation: dict[str, Any] = {"primaryMeasure": self.message.structure.measure.id}
        if component.attached == "dataset":
            relation = {"none": {}} if self.is_first else {"dataflow": {}}
        elif not self.is_first:
            relation = {"observation": {}}
        made: dict[str, Any] = {
            "id": component.id,
            **_concept(component.id, language),
            "relationship": relation,
        }
        if not self.is_first:
            made["isMandatory"] = component.mandatory
            made["format"] = {"dataType": "String"}
        places = self._attributes[component.id].places
        if component.codelist and (places or self.is_first):
            made["values"] = [self._value(component, value) for value in places]
        elif self.is_first:
            made["values"] = [{"name": value} for value in places]
        return made

    def _value(self, component: Component, value: str) -> dict[str, Any]:
        names = self.message.names(component, value)
        if names is None:
            return {"id": value, "name": value}
        return {"id": value, **_names(names, self.message.language)}

    def _time_value(self, component: Component, value: str) -> dict[str, Any]:
        """Describe a time; its id may not hold the slash of a time range, its name may."""
        made: dict[str, Any] = {"id": sdmx_id(value), "name": value}
        try:
            period = times.read(value, "")
        except IrtyshError:
            return made
        if period.start and period.end:
            made["start"] = f"{period.start.isoformat()}T00:00:00Z"
            made["end"] = f"{period.end.isoformat()}T23:59:59Z"
        return made

    def errors(self) -> list[dict[str, Any]]:
        language = self.message.language
        return [
            {"code": note.code, "title": note.text[language], "titles": dict(note.text)}
            for note in self.message.notes()
        ]


def _cell(value: int | str | None) -> str:
    """Write an attribute; most are places in lists, and a JSON encoder takes its time for each."""
    if value is None:
        return "null"
    return str(value) if isinstance(value, int) else _dumped(value)


def _number(point: Point) -> str:
    assert point.value is not None
    return numeral(point.value)


def _again(first: Point, rest: Iterator[Point]) -> Iterator[Point]:
    yield first
    yield from rest


def _with_commas(pieces: Iterator[str]) -> Iterator[str]:
    for number, piece in enumerate(pieces):
        yield (",\n" if number else "\n") + piece


def _names(names: Any, language: str) -> dict[str, Any]:
    if not names:
        return {}
    best = names.get(language) or next(iter(names.values()))
    return {"name": best, "names": dict(names)}


def _concept(identifier: str, language: str) -> dict[str, Any]:
    concepts = codelist("concepts")
    if identifier not in concepts:
        return {"name": identifier}
    return _names(concepts[identifier].name, language)


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
