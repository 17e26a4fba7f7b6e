"""What differs between two states of a programme: a pure function of two frozen trees.

A tree is what ``trees.tree_of`` returns: the documents of the programme, its objectives, measures
and targets, as a case file would hold them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

PARTS = ("programmes", "objectives", "measures", "targets")
"""Registers of a tree, in the order in which changes are read."""
ADDED, REMOVED, CHANGED = "added", "removed", "changed"
_TITLED = "name"

Tree = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, old and new; None where it was or is empty.

    ``field`` is a column; of a translated column ``language`` says which text.
    """

    field: str
    before: Any
    after: Any
    language: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One record that was added, removed or changed."""

    kind: str
    register: str
    code: str
    title: Mapping[str, str]
    fields: tuple[FieldChange, ...] = ()


def compare(before: Tree, after: Tree) -> list[Change]:
    """Return what happened between two trees: by register, then in the order of the later tree."""
    return [change for part in PARTS for change in _part(part, before, after)]


def _part(part: str, before: Tree, after: Tree) -> Iterator[Change]:
    old = {str(one["id"]): one for one in before.get(part, ())}
    new = {str(one["id"]): one for one in after.get(part, ())}
    for code, document in new.items():
        if code not in old:
            yield Change(ADDED, part, code, _title(document))
        elif fields := tuple(differences(old[code], document)):
            yield Change(CHANGED, part, code, _title(document), fields)
    for code, document in old.items():
        if code not in new:
            yield Change(REMOVED, part, code, _title(document))


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[FieldChange]:
    """Yield the fields in which two documents of one record differ, texts by language."""
    for field in dict.fromkeys((*after, *before)):
        old, new = _full(before.get(field)), _full(after.get(field))
        if old == new:
            continue
        if _is_text(old) and _is_text(new):
            yield from _texts(field, old or {}, new or {})
        else:
            yield FieldChange(field, old, new)


def _texts(field: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[FieldChange]:
    for language in dict.fromkeys((*new, *old)):
        if old.get(language) != new.get(language):
            yield FieldChange(field, old.get(language), new.get(language), language)


def _full(value: Any) -> Any:
    """Return None for what is empty: nothing and an empty text are the same to a reader."""
    if isinstance(value, Mapping):
        value = {name: one for name, one in value.items() if one not in (None, "", [], {})}
    return None if value in ("", [], {}) else value


def _is_text(value: Any) -> bool:
    return value is None or (
        isinstance(value, Mapping) and all(isinstance(one, str) for one in value.values())
    )


def _title(document: Mapping[str, Any]) -> Mapping[str, str]:
    found = document.get(_TITLED)
    return found if isinstance(found, Mapping) else {}


def counts(changes: Sequence[Change]) -> dict[str, int]:
    """Return how many records were added, changed and removed."""
    return {kind: sum(one.kind == kind for one in changes) for kind in (ADDED, CHANGED, REMOVED)}
