"""SDMX-ML 2.1 and 3.0, structure-specific data: a component is an attribute of XML.

Its schema is made from the data structure: see ``irtysh.sdmx.structure_messages``. The namespace
of the data set carries the dataflow and the dimension at the observation, as section 3A of
SDMX 2.1 advises, so no two schemas share one.
"""

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

_XSI = "http://www.w3.org/2001/XMLSchema-instance"


def specific_xml(
    message: Message,
    data_sets: Iterable[DataSet],
    *,
    version: str = "2.1",
    time_series: bool = False,
) -> Iterator[str]:
    """Yield the message, of SDMX-ML "2.1" or "3.0".

    ``time_series`` names its root StructureSpecificTimeSeriesData, which 3.0 does not have.
    """
    schemas = "v2_1" if version == "2.1" else "v3_0"
    root = "StructureSpecificTimeSeriesData" if time_series else "StructureSpecificData"
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield (
        f'<mes:{root} xmlns:mes="{SCHEMAS}/{schemas}/message" '
        f'xmlns:com="{SCHEMAS}/{schemas}/common" '
        f'xmlns:ss="{SCHEMAS}/{schemas}/data/structurespecific" '
        f'xmlns:ns1="{escaped(message.namespace)}" xmlns:xsi="{_XSI}">\n'
    )
    yield from head(message, _structure(message, version))
    kind = "TimeSeriesDataSetType" if time_series else "DataSetType"
    for data_set in data_sets:
        yield from _data_set(message, data_set, kind, version)
    yield from foot(message, schemas)
    yield f"</mes:{root}>\n"


def _structure(message: Message, version: str) -> str:
    space = escaped(message.namespace)
    return (
        f'<mes:Structure structureID="{message.structure.id}" namespace="{space}" '
        f'dimensionAtObservation="{message.observed_by}">{usage(message, version)}</mes:Structure>'
    )


def _data_set(message: Message, data_set: DataSet, kind: str, version: str) -> Iterator[str]:
    points = iter(data_set.points)
    first = next(points, None)
    own = "" if first is None else "".join(_own(message, first))
    scope = ' ss:dataScope="DataStructure"' if version == "2.1" else ""  # 3.0 has none
    yield (
        f'<mes:DataSet ss:structureRef="{message.structure.id}"{scope} '
        f'xsi:type="ns1:{kind}"{validity(data_set, "ss:")}{own}>\n'
    )
    if first is not None:
        whole = _again(first, points)
        yield from _flat(message, whole) if message.is_flat else _series(message, whole)
    yield "</mes:DataSet>\n"


def _own(message: Message, point: Point) -> Iterator[str]:
    for one in message.of_data_set:
        if one.id in point.attributes:
            yield f' {one.id}="{escaped(point.attributes[one.id])}"'


def _again(first: Point, rest: Iterator[Point]) -> Iterator[Point]:
    yield first
    yield from rest


def _series(message: Message, points: Iterable[Point]) -> Iterator[str]:
    ids = message.series_ids
    at = message.observed_by
    for key, observations in series_of(message, points):
        yield f"<Series{_written(zip(ids, key, strict=True))}>\n"
        for value, point in observations:
            if message.has_observations:
                yield f'<Obs {at}="{escaped(value)}"{_rest(message, point)}/>\n'
        yield "</Series>\n"


def _flat(message: Message, points: Iterable[Point]) -> Iterator[str]:
    ids = message.ids
    for point in points:
        key = _written(zip(ids, (*point.key, point.time), strict=True))
        yield f"<Obs{key}{_rest(message, point)}/>\n"


def _rest(message: Message, point: Point) -> str:
    value = ""
    if message.has_values and point.value is not None:
        value = f' OBS_VALUE="{numeral(point.value)}"'
    given = point.attributes
    return value + _written(
        (one.id, given[one.id]) for one in message.of_observation if one.id in given
    )


def _written(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(f' {name}="{escaped(value)}"' for name, value in pairs)
