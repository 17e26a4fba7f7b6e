"""Sorting more than memory holds: sorted files on disk, merged."""

from __future__ import annotations

import heapq
import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, TypeVar

T = TypeVar("T")

_IN_MEMORY = 50_000
"""Items sorted at once; more go to a file beside, and the files are merged."""

_Placed = tuple[Any, int, Any]


def spill_sorted(
    items: Iterable[T], key: Callable[[T], Any], in_memory: int = _IN_MEMORY
) -> Iterator[T]:
    """Yield items in the order of ``key``; equal ones stay as they came.

    Memory holds ``in_memory`` items, the disk the rest; items must be picklable.
    """
    with tempfile.TemporaryDirectory(prefix="irtysh-sort-") as folder:
        files: list[IO[bytes]] = []
        chunk: list[_Placed] = []
        try:
            for number, item in enumerate(items):
                chunk.append((key(item), number, item))
                if len(chunk) == in_memory:
                    files.append(_put_aside(chunk, folder))
                    chunk = []
            chunk.sort(key=_order)
            for _, _, item in heapq.merge(*map(_read, files), chunk, key=_order):
                yield item
        finally:
            for file in files:
                file.close()


def _order(placed: _Placed) -> tuple[Any, int]:
    return placed[0], placed[1]


def _put_aside(chunk: list[_Placed], folder: str) -> IO[bytes]:
    chunk.sort(key=_order)
    file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 (closed when all is merged)
    for one in chunk:
        pickle.dump(one, file, protocol=5)
    file.seek(0)
    return file


def _read(file: IO[bytes]) -> Iterator[_Placed]:
    while True:
        try:
            yield pickle.load(file)  # noqa: S301 (our own file, written a moment ago)
        except EOFError:
            return
