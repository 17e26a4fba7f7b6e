"""SDMX-ML 2.1, generic data: every value stands with the name of its component."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from irtysh.sdmx.data_messages.message import DataSet, Message
from irtysh.sdmx.data_messages.series import series_of
from irtysh.sdmx.data_messages.xml import (
    SCHEMAS,
    escaped,
    foot,
    head,
    usage,
    validity,
)
from irtysh.sdmx.points import numeral
from irtysh.sdmx.structure import Point

_VERSION = "v2_1"


def generic_xml(
    message: Message, data_sets: Iterable[DataSet], *, time_series: bool = False
) -> Iterator[str]:
    """Yield the message; ``time_series`` names its root GenericTimeSeriesData."""
    root = "GenericTimeSeriesData" if time_series else "GenericData"
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield (
        f'<mes:{root} xmlns:mes="{SCHEMAS}/{_VERSION}/message" '
        f'xmlns:com="{SCHEMAS}/{_VERSION}/common" '
        f'xmlns:gen="{SCHEMAS}/{_VERSION}/data/generic">\n'
    )
    yield from head(message, _structure(message))
    for data_set in data_sets:
        yield from _data_set(message, data_set)
    yield from foot(message, _VERSION)
    yield f"</mes:{root}>\n"


def _structure(message: Message) -> str:
    return (
        f'<mes:Structure structureID="{message.structure.id}" '
        f'dimensionAtObservation="{message.observed_by}">{usage(message, "2.1")}</mes:Structure>'
    )


def _data_set(message: Message, data_set: DataSet) -> Iterator[str]:
    points = iter(data_set.points)
    first = next(points, None)
    yield f'<mes:DataSet structureRef="{message.structure.id}"{validity(data_set)}>\n'
    if first is not None:
        yield _attributes([(one.id, first.attributes.get(one.id)) for one in message.of_data_set])
        whole = _again(first, points)
        yield from _flat(message, whole) if message.is_flat else _series(message, whole)
    yield "</mes:DataSet>\n"


def _again(first: Point, rest: Iterator[Point]) -> Iterator[Point]:
    yield first
    yield from rest


def _series(message: Message, points: Iterable[Point]) -> Iterator[str]:
    ids = message.series_ids
    for key, observations in series_of(message, points):
        yield f"<gen:Series><gen:SeriesKey>{_values(zip(ids, key, strict=True))}</gen:SeriesKey>\n"
        for value, point in observations:
            if message.has_observations:
                yield (
                    f'<gen:Obs><gen:ObsDimension value="{escaped(value)}"/>'
                    f"{_rest(message, point)}</gen:Obs>\n"
                )
        yield "</gen:Series>\n"


def _flat(message: Message, points: Iterable[Point]) -> Iterator[str]:
    ids = message.ids
    for point in points:
        key = _values(zip(ids, (*point.key, point.time), strict=True))
        yield f"<gen:Obs><gen:ObsKey>{key}</gen:ObsKey>{_rest(message, point)}</gen:Obs>\n"


def _rest(message: Message, point: Point) -> str:
    value = ""
    if message.has_values and point.value is not None:
        value = f'<gen:ObsValue value="{numeral(point.value)}"/>'
    listed = ((one.id, point.attributes.get(one.id)) for one in message.of_observation)
    return value + _attributes(listed)


def _attributes(listed: Iterable[tuple[str, str | None]]) -> str:
    written = _values((name, text) for name, text in listed if text)
    return f"<gen:Attributes>{written}</gen:Attributes>" if written else ""


def _values(pairs: Iterable[tuple[str, str | None]]) -> str:
    return "".join(
        f'<gen:Value id="{name}" value="{escaped(value or "")}"/>' for name, value in pairs
    )
