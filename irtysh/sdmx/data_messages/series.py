"""Points put into series, by any dimension at the observation, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from irtysh.sdmx.data_messages.message import TIME, Message
from irtysh.sdmx.spilling import spill_sorted
from irtysh.sdmx.structure import Point

Series = tuple[tuple[str, ...], Iterator[tuple[str, Point]]]


def series_of(message: Message, points: Iterable[Point]) -> Iterator[Series]:
    """Yield each series: the values of its key, and its observations with the value at each.

    The observations must be taken before the next series is asked for. Points come with all of a
    series by time one after another; for another dimension they are sorted anew.
    """
    if message.observed_by == TIME:
        for key, run in groupby(points, key=lambda point: point.key):
            yield key, ((point.time, point) for point in run)
        return
    place = message.structure.key.index(message.observed_by)

    def crossing(point: Point) -> tuple[str, ...]:
        return (*point.key[:place], *point.key[place + 1 :], point.time)

    placed = spill_sorted(points, lambda point: (crossing(point), point.key[place]))
    for key, run in groupby(placed, key=crossing):
        yield key, ((point.key[place], point) for point in run)
