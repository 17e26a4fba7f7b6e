"""What one version of a dataset says otherwise than another: points to replace and to delete.

Both are read once, in the same order, and a run of each is in memory at a time.
"""

from __future__ import annotations

from collections.abc import Iterator

from irtysh.sdmx.points import Points
from irtysh.sdmx.structure import Point

_PASSING = frozenset({"LOCATOR", "RETRIEVED_ON"})
"""Attributes that change with every file that a publisher gives out: no revision of a figure."""

_Run = tuple[tuple[str, ...], list[Point]]


def replaced(before: Points, after: Points) -> Iterator[Point]:
    """Yield the points of ``after`` that ``before`` does not have or has otherwise."""
    for old, new in _side_by_side(before, after):
        known = {(point.key, point.time): _said(point) for point in old}
        for point in new:
            if known.get((point.key, point.time)) != _said(point):
                yield point


def deleted(before: Points, after: Points) -> Iterator[Point]:
    """Yield the points of ``before`` whose key and time ``after`` does not have."""
    for old, new in _side_by_side(before, after):
        kept = {(point.key, point.time) for point in new}
        for point in old:
            if (point.key, point.time) not in kept:
                yield point


def _said(point: Point) -> tuple[object, dict[str, str]]:
    lasting = {name: text for name, text in point.attributes.items() if name not in _PASSING}
    return point.value, lasting


def _side_by_side(before: Points, after: Points) -> Iterator[tuple[list[Point], list[Point]]]:
    """Yield the runs that share the same head, an empty one where a version has none."""
    olds, news = before.runs(), after.runs()
    old: _Run | None = next(olds, None)
    new: _Run | None = next(news, None)
    while old is not None or new is not None:
        if new is None or (old is not None and old[0] < new[0]):
            assert old is not None
            yield old[1], []
            old = next(olds, None)
        elif old is None or new[0] < old[0]:
            yield [], new[1]
            new = next(news, None)
        else:
            yield old[1], new[1]
            old, new = next(olds, None), next(news, None)
