"""From a view to what is asked of the store, and what stands in the way of an empty one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from irtysh.publication.views import DIMENSIONS, View, bounds
from irtysh.store.dataset import Dataset
from irtysh.store.selection import Selection


@dataclass(frozen=True, slots=True)
class Emptied:
    """A choice without which the view would hold something.

    ``name`` is a dimension, "level", "start" or "end"; ``count`` what there would be.
    """

    name: str
    count: int


def selection_of(view: View, dataset: Dataset) -> Selection:
    """Return what a view asks of a dataset: its codes, its span, the level of its goods."""
    codes = {name: view.codes[name] for name in DIMENSIONS if name in view.codes}
    first, last = bounds(view.start), bounds(view.end)
    start: date | None = first.start if first is not None else None
    end: date | None = last.end if last is not None else None
    chosen = Selection.of(codes, start=start, end=end)
    if not view.level:
        return chosen
    if dataset.structure == "trade":
        return chosen.with_codes(level=view.level)
    return chosen.with_codes(commodity=codes_of_level(view, dataset))


def codes_of_level(view: View, dataset: Dataset) -> tuple[str, ...]:
    """Return the codes of goods that a view admits and that have the length of its level."""
    asked = view.codes.get("commodity")
    there = asked if asked is not None else tuple(counted(dataset, "commodity", Selection()))
    return tuple(code for code in there if is_level(code, view.level))


def is_level(code: str, level: str) -> bool:
    """Return True if a code of goods has the length of a level."""
    return code.isdigit() and len(code) == int(level)


def counted(dataset: Dataset, column: str, selection: Selection) -> dict[str, int]:
    """Return the codes of a column that occur in a selection, and how often; kept in memory.

    A version never changes what it holds, so neither does the answer.
    """
    codes = tuple((name, tuple(wanted)) for name, wanted in selection.codes.items())
    asked = _Asked(
        dataset, dataset.id, dataset.version, column, codes, selection.start, selection.end
    )
    return dict(_counted(asked))


@dataclass(frozen=True, slots=True)
class _Asked:
    dataset: Dataset = field(compare=False)
    id: str
    version: str
    column: str
    codes: tuple[tuple[str, tuple[str, ...]], ...]
    start: date | None
    end: date | None


@lru_cache(maxsize=512)
def _counted(asked: _Asked) -> tuple[tuple[str, int], ...]:
    selection = Selection(dict(asked.codes), asked.start, asked.end)
    return tuple(asked.dataset.codes(asked.column, selection).items())


def available(view: View, dataset: Dataset, dimension: str) -> dict[str, int]:
    """Return the codes of a dimension that the other choices of the view leave, and how often."""
    return counted(dataset, dimension, selection_of(view.without(dimension), dataset))


def emptied_by(view: View, dataset: Dataset) -> list[Emptied]:
    """Return the choices that leave nothing, those first without which there would be most.

    Empty where only several choices together leave nothing.
    """
    found = [
        Emptied(name, dataset.count(selection_of(view.without(name), dataset)))
        for name in view.choices
    ]
    return sorted((one for one in found if one.count), key=lambda one: -one.count)


def first_view(dataset: Dataset, areas: Sequence[str] = ()) -> View:
    """Return the view that a dataset opens with: small, whole years, partners down, years across.

    Every dimension that is not laid out is held at its total, or at what occurs most; the
    territory at the first of ``areas`` that there is.
    """
    view = View()
    rows = "counterpart_area"
    wanted = {
        "measure": ("VALUE",),
        "freq": ("A", "M", "Q"),
        "ref_area": areas,
        "classification": ("_Z",),
        "commodity": ("_T",),
        "flow": ("T", "X"),
        "unit": ("USD",),
    }
    for name, liked in wanted.items():
        there = available(view, dataset, name)
        if len(there) < 2:
            continue
        if name == "classification" and "_Z" not in there:
            continue
        is_only_parts = name == "commodity" and "_T" not in there
        if is_only_parts and len(available(view, dataset, rows)) < 2:
            rows = "commodity"
            continue
        best = next((code for code in liked if code in there), max(there, key=lambda c: there[c]))
        view = view.choosing(**{name: best})
    return _opened(view, dataset, rows)


def _opened(view: View, dataset: Dataset, rows: str) -> View:
    for name in (rows, "counterpart_area", "commodity", "flow", "ref_area", "measure"):
        free = view.without(name)
        if name != "measure" and len(available(free, dataset, name)) > 1:
            rows, view = name, free
            break
    return replace(view, rows=(rows,), columns=("period",), sort="code")
