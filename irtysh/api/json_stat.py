"""JSON-stat 2.0: a dataset as a cube (json-stat.org/full)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from math import prod
from typing import Any

from irtysh.api.tables import bounds
from irtysh.publication.catalogue_words import Described
from irtysh.store.selection import Selection
from irtysh.vocabulary.errors import TooManyCells, TooManyRows
from irtysh.vocabulary.period import Period
from irtysh.vocabulary.wording import catalogue, period_in_words, say

CELLS = 5_000_000
"""Cells of the cube, empty ones counted: readers make room for each."""
ROWS = 100_000
"""Observations that one answer holds."""

_SHARED = (
    "freq", "ref_area", "counterpart_area", "flow", "classification", "commodity", "measure",
    "unit",
)  # fmt: skip
_OF_FIGURES = ("base_period", "share_of", "source")
"""Rivals, growth rates and shares differ from others in these only."""
_FOLD = "~"
"""Joins the codes of a category of the dimension "record", into which those are folded whose
crossings alone would fill more than CELLS."""
_ROLES = {
    "time": ("period",),
    "geo": ("ref_area", "counterpart_area"),
    "metric": ("measure", "unit"),
}
_NONE = "_Z"
"""Category of what does not apply: no base period, no whole of which it is a share."""
_NAMED = {
    "freq": "freq",
    "base_period": "base_period",
    "share_of": "share_of",
    "source": "source_title",
    "record": "record",
    "repeat": "repeat",
}
"""Dimension → column that it is named as, where it is not that of the names of its codes."""
_SPARSE = 3
"""A cube with fewer than one value in so many cells is written as an object, not a list."""


class Cube:
    """The observations of a selection as a cube.

    Raises TooManyRows and TooManyCells where the answer would be larger than ROWS and CELLS.
    """

    def __init__(self, told: Described, selection: Selection, count: int) -> None:
        if count > ROWS:
            raise TooManyRows(form="JSON-stat", count=count, limit=ROWS, instead="CSV")
        self.told = told
        self._rows = list(told.offered.dataset.stream(selection))
        self._beside = _OF_FIGURES if told.offered.dataset.structure == "figures" else ()
        self._keys = [self._key(row) for row in self._rows]
        repeats = _repeats(self._keys)
        if max(repeats, default=1) > 1:
            self._beside = (*self._beside, "repeat")
            self._keys = [
                (*key[:-1], str(repeat), key[-1])
                for key, repeat in zip(self._keys, repeats, strict=True)
            ]
        self.names: tuple[str, ...] = (*_SHARED, *self._beside, "period")
        if self._beside and self.cells > CELLS:
            self._fold()
        if self.cells > CELLS:
            raise TooManyCells(form="JSON-stat", count=self.cells, limit=CELLS, instead="CSV")

    def _key(self, row: Mapping[str, Any]) -> tuple[str, ...]:
        return (*(_code(row, column) for column in (*_SHARED, *self._beside)), _period_code(row))

    def _fold(self) -> None:
        """Make one dimension of those that tell rivals apart: few of their crossings exist."""
        first = len(_SHARED)
        self.names = (*_SHARED, "record", "period")
        self._keys = [(*key[:first], _FOLD.join(key[first:-1]), key[-1]) for key in self._keys]
        del self.categories

    @cached_property
    def categories(self) -> dict[str, list[str]]:
        """Dimension → its categories in their order: periods by time, others by code."""
        found: dict[str, list[str]] = {}
        for place, name in enumerate(self.names):
            codes = {key[place] for key in self._keys}
            found[name] = sorted(codes, key=self._time_of) if name == "period" else sorted(codes)
        return found

    @cached_property
    def _times(self) -> Mapping[str, Period]:
        return {
            _period_code(row): Period.parse(row["period_kind"], row["period"] or "")
            for row in self._rows
        }

    def _time_of(self, code: str) -> Period:
        return self._times[code]

    @property
    def size(self) -> list[int]:
        """How many categories each dimension has."""
        return [len(self.categories[name]) for name in self.names]

    @property
    def cells(self) -> int:
        """How many cells the cube has, empty ones counted."""
        return prod(self.size)

    def pieces(self, about: Mapping[str, str]) -> Iterator[bytes]:
        """Yield the cube as JSON; numbers are written with the digits that they have."""
        told = self.told
        head = {
            "version": "2.0",
            "class": "dataset",
            "label": told.title,
            "source": about["sources"],
            "updated": told.offered.dataset.created_at.isoformat(),
            "note": _lines(about),
            "id": list(self.names),
            "size": self.size,
            "role": {role: list(names) for role, names in _ROLES.items()},
            "dimension": {name: self._dimension(name) for name in self.names},
            "extension": self._extension(about),
        }
        text = json.dumps(head, ensure_ascii=False, separators=(",", ":"))
        yield text[:-1].encode()
        values, statuses = self._values()
        yield f',"status":{json.dumps(statuses, separators=(",", ":"))}'.encode()
        yield b',"value":'
        yield from self._written(values)
        yield b"}"

    def _values(self) -> tuple[dict[int, Decimal | None], dict[str, str]]:
        places = {
            name: {code: place for place, code in enumerate(codes)}
            for name, codes in self.categories.items()
        }
        size = self.size
        values: dict[int, Decimal | None] = {}
        statuses: dict[str, str] = {}
        for row, key in zip(self._rows, self._keys, strict=True):
            index = 0
            for name, length, code in zip(self.names, size, key, strict=True):
                index = index * length + places[name][code]
            values[index] = bounds(row)[0]
            if status := _status(row):
                statuses[str(index)] = status
        return values, statuses

    def _written(self, values: Mapping[int, Decimal | None]) -> Iterator[bytes]:
        if len(values) * _SPARSE >= self.cells:
            yield b"["
            for start in range(0, self.cells, 10_000):
                part = range(start, min(start + 10_000, self.cells))
                text = ",".join(_number(values.get(index)) for index in part)
                yield (("," if start else "") + text).encode()
            yield b"]"
            return
        yield b"{"
        text = ",".join(f'"{index}":{_number(values[index])}' for index in sorted(values))
        yield text.encode()
        yield b"}"

    def _dimension(self, name: str) -> dict[str, Any]:
        codes = self.categories[name]
        category: dict[str, Any] = {
            "index": codes,
            "label": {code: self._label(name, code) for code in codes},
        }
        if name == "unit":
            category["unit"] = {code: self._unit(code) for code in codes}
        label = catalogue("columns")[_NAMED.get(name, f"{name}_label")]
        return {"label": label[self.told.language], "category": category}

    def _label(self, name: str, code: str) -> str:
        told = self.told
        if name == "period":
            return period_in_words(self._times[code], told.language)
        if name == "record":
            parts = zip(self._beside, code.split(_FOLD), strict=True)
            labels = [
                self._label(part, own)
                for part, own in parts
                if (part, own) != ("repeat", "1") and own != _NONE
            ]
            return " · ".join(labels)
        if code == _NONE and name in _OF_FIGURES:
            return say("open_data", "not_applicable", told.language)
        if name == "unit":
            unit, multiplier = code.rsplit(".", 1)
            label = told.label("unit", unit)
            return label if multiplier == "0" else f"{label} × 10^{multiplier}"
        if name == "commodity":
            return self._goods.get(code, code)
        return told.label(name, code)

    @cached_property
    def _goods(self) -> dict[str, str]:
        """Name of each commodity; a code that two classifications share keeps the first name."""
        found: dict[str, str] = {}
        for row in self._rows:
            code = row["commodity"]
            if code not in found:
                found[code] = self.told.label("commodity", code, row["classification"])
        return found

    def _unit(self, code: str) -> dict[str, Any]:
        unit, multiplier = code.rsplit(".", 1)
        return {
            "label": self.told.label("unit", unit),
            "symbol": self.told.symbol(unit),
            "multiplier": int(multiplier),
            "decimals": self._decimals.get(code, 0),
        }

    @cached_property
    def _decimals(self) -> dict[str, int]:
        """Unit → the most places after the point that a value of it has."""
        found: dict[str, int] = {}
        for row in self._rows:
            value = bounds(row)[0]
            if value is not None:
                places = value.as_tuple().exponent
                assert isinstance(places, int)  # values are finite
                code = _code(row, "unit")
                found[code] = max(found.get(code, 0), -places)
        return found

    def _extension(self, about: Mapping[str, str]) -> dict[str, Any]:
        told = self.told
        used = {status for row in self._rows if (status := _status(row))}
        return {
            "id": told.offered.id,
            "version": told.offered.version,
            "language": told.language,
            "invented": told.invented,
            "licence": about["licence"],
            "cite": about["cite"],
            "status": {"label": {code: self._status_label(code) for code in sorted(used)}},
        }

    def _status_label(self, code: str) -> str:
        column = "qualifier" if len(code) == 2 or code == "APPROX" else "status"
        return self.told.label(column, code)


def _code(row: Mapping[str, Any], column: str) -> str:
    if column == "unit":
        return f"{row['unit']}.{int(row['unit_mult'] or 0)}"
    return str(row[column] or _NONE)


def _period_code(row: Mapping[str, Any]) -> str:
    """Return the code of the period; a state on a day and a year may be written alike."""
    code = row["period"] or "_U"
    return f"{code}@" if row["period_kind"] == "P" else str(code)


def _repeats(keys: list[tuple[str, ...]]) -> list[int]:
    """Return for each key which time it occurs: a source may say the same thing twice."""
    seen: dict[tuple[str, ...], int] = {}
    found = []
    for key in keys:
        seen[key] = seen.get(key, 0) + 1
        found.append(seen[key])
    return found


def _status(row: Mapping[str, Any]) -> str:
    """Return what must be known of the number: "more than", else its status if it is not plain."""
    if row["qualifier"] != "EQ" and row["value"] is not None:
        return str(row["qualifier"])
    return "" if row["status"] == "OBSERVED" else str(row["status"])


def _number(value: Decimal | None) -> str:
    return "null" if value is None else f"{value:f}"


def _lines(about: Mapping[str, str]) -> list[str]:
    """Return the notes of the dataset: the warning first, then how to read it, then the notes."""
    texts = (about.get("warning", ""), about["description"], about["reading"], about["notes"])
    return [line for text in texts for line in text.split("\n") if line]
