"""What the columns of one record must agree on; the same rule for a case file and for a form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from irtysh.vocabulary.errors import IrtyshError

Wrong = Iterator[tuple[str, IrtyshError]]
"""Pairs of a column and what is wrong with it."""


class CoordinatesIncomplete(IrtyshError):
    """A place has a latitude without a longitude, or the other way round."""


class RegimeWithoutCrossing(IrtyshError):
    """A place that is not a crossing names the regime of one."""


def disagreements(register: str, record: Mapping[str, Any]) -> Wrong:
    """Yield what columns of a record say against each other; nothing for most registers."""
    rule = _RULES.get(register)
    if rule is not None:
        yield from rule(record)


def _place(record: Mapping[str, Any]) -> Wrong:
    missing = [name for name in ("lat", "lon") if record.get(name) in (None, "")]
    if len(missing) == 1:
        yield missing[0], CoordinatesIncomplete()
    if record.get("regime") and record.get("kind") != "crossing":
        yield "regime", RegimeWithoutCrossing()


_RULES: Mapping[str, Callable[[Mapping[str, Any]], Wrong]] = {"places": _place}
