"""Which artefacts answer a query, with the artefacts around them, and how much of each is told."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace

from irtysh.sdmx.artefacts.model import (
    Agreement,
    Artefact,
    Categorisation,
    Constraint,
    Detail,
    Flow,
    Item,
    Ref,
    Scheme,
    Structure,
)
from irtysh.vocabulary.errors import UnknownCode

ANY = frozenset({"all", "*", ""})
NEWEST = frozenset({"latest", "+", "~"})
_PART = re.compile(r"(\d+|\*)?([+~*]?)", re.ASCII)
_WAYS = frozenset(
    {"none", "parents", "parentsandsiblings", "ancestors", "children", "descendants", "all"}
)

Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query for artefacts; an empty tuple admits everything.

    Attributes
    ----------
    kinds, agencies, ids, versions, items : tuple of str
    """

    kinds: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


class Artefacts:
    """All artefacts of a portal, and how they refer to one another."""

    def __init__(self, artefacts: Iterable[Artefact]) -> None:
        self._by_key: dict[Key, Artefact] = {one.ref.artefact: one for one in artefacts}
        self._users: defaultdict[Key, dict[Key, None]] = defaultdict(dict)
        for key, one in self._by_key.items():
            for ref in one.refs:
                self._users[ref.artefact][key] = None

    def __getitem__(self, ref: Ref) -> Artefact:
        """Return the artefact that a reference names; raises UnknownCode."""
        try:
            return self._by_key[ref.artefact]
        except KeyError:
            near = ", ".join(key[2] for key in self._by_key if key[0] == ref.kind)
            raise UnknownCode(code=ref.id, codelist=ref.kind, near=near or "—") from None

    def users(self, artefact: Artefact) -> list[Artefact]:
        """Return what refers to an artefact."""
        return [self._by_key[key] for key in self._users[artefact.ref.artefact]]

    def find(self, wanted: Wanted) -> list[Artefact]:
        """Return the artefacts asked for, with no others; items that are not asked for left out."""
        found = []
        for one in self._by_key.values():
            if (
                _admits(wanted.kinds, one.kind)
                and _admits(wanted.agencies, one.agency)
                and _admits(wanted.ids, one.id)
                and (not wanted.versions or any(fits(v, one.version) for v in wanted.versions))
            ):
                narrowed = _with_items(one, wanted.items)
                if narrowed is not None:
                    found.append(narrowed)
        return found

    def answer(
        self, wanted: Wanted, references: Iterable[str] = ("none",), detail: Detail = "full"
    ) -> list[Artefact]:
        """Return what is asked for and what it refers to, in the detail asked for.

        Parameters
        ----------
        wanted : Wanted
        references : iterable of str
            "none", "parents", "parentsandsiblings", "ancestors", "children", "descendants",
            "all", or kinds of artefacts.
        detail : str
        """
        return self._told(self.find(wanted), references, detail)

    def around(
        self, one: Artefact, references: Iterable[str], detail: Detail = "full"
    ) -> list[Artefact]:
        """Return one artefact and what it refers to, in the detail asked for."""
        return self._told([one], references, detail)

    def _told(
        self, found: list[Artefact], references: Iterable[str], detail: Detail
    ) -> list[Artefact]:
        mine = {one.ref.artefact for one in found}
        around = [one for one in self._around(found, set(references)) if one not in mine]
        others = [self._by_key[key] for key in around]
        match detail:
            case "allstubs" | "allcompletestubs":
                return [_stub(one, detail == "allcompletestubs") for one in (*found, *others)]
            case "referencestubs" | "referencecompletestubs":
                is_complete = detail == "referencecompletestubs"
                return [*found, *(_stub(one, is_complete) for one in others)]
            case "referencepartial":
                return [*found, *_partial(found, others, self._by_key.values())]
        return [*found, *others]

    def beside(self, constraint: Constraint, kinds: Container[str]) -> list[Artefact]:
        """Return what a constraint refers to: lists hold only what occurs, and what is above it."""
        flow = self._by_key[constraint.flow.artefact]
        keys = [flow.ref.artefact, *self._closed(flow.ref.artefact, self._below)]
        for user in self._users[flow.ref.artefact]:
            if isinstance(self._by_key[user], Agreement):
                keys.extend([user, *self._refs(self._by_key[user])])
        around = [self._by_key[key] for key in dict.fromkeys(keys)]
        lists = {
            one.codelists[name].artefact
            for one in around
            if isinstance(one, Structure)
            for name in constraint.values
            if name in one.codelists
        }
        told = _partial([flow], around, [constraint])
        return [
            one
            for one in told
            if one.kind in kinds and (one.kind != "codelist" or one.ref.artefact in lists)
        ]

    def _around(self, found: Iterable[Artefact], ways: set[str]) -> list[Key]:
        """Return the keys of what stands around the artefacts found."""
        parents: dict[Key, None] = {}
        below: dict[Key, None] = {}
        above: dict[Key, None] = {}
        children: dict[Key, None] = {}
        for one in found:
            children |= dict.fromkeys(self._refs(one))
            below |= self._closed(one.ref.artefact, self._below)
            parents |= self._users[one.ref.artefact]
            above |= self._closed(one.ref.artefact, lambda key: self._users[key])
        siblings = dict.fromkeys(ref for key in parents for ref in self._refs(self._by_key[key]))
        taken: dict[Key, None] = {}
        for way, keys in (
            ("children", children),
            ("descendants", below),
            ("parents", parents),
            ("ancestors", above),
            ("parentsandsiblings", parents | siblings),
            ("all", below | parents | siblings),
        ):
            if way in ways:
                taken |= keys
        kinds = ways - _WAYS
        everything = below | parents | siblings | above
        return list(taken | {key: None for key in everything if key[0] in kinds})

    def _refs(self, artefact: Artefact) -> list[Key]:
        return [ref.artefact for ref in artefact.refs if ref.artefact in self._by_key]

    def _below(self, key: Key) -> Iterable[Key]:
        return self._refs(self._by_key[key])

    def _closed(self, start: Key, step: Callable[[Key], Iterable[Key]]) -> dict[Key, None]:
        """Return everything that can be reached by a step, again and again."""
        reached: dict[Key, None] = {}
        waiting = [start]
        while waiting:
            for key in step(waiting.pop()):
                if key not in reached:
                    reached[key] = None
                    waiting.append(key)
        return reached


def fits(asked: str, version: str) -> bool:
    """Return True if a version is asked for: "latest", "+", "1.0", "1.0+", "*"; 1.0 is 1.0.0."""
    if asked in ANY or asked in NEWEST:
        return True
    have = [int(part) for part in version.split(".")]
    for place, part in enumerate(asked.split(".")):
        found = _PART.fullmatch(part)
        if not found or not part:
            return False
        number, sign = found.groups()
        mine = have[place] if place < len(have) else 0
        if number in (None, "*") or sign == "*":
            continue
        if int(number) > mine or (int(number) < mine and sign not in ("+", "~")):
            return False
        if sign in ("+", "~") and mine > int(number):
            return True
    return True


def _admits(asked: tuple[str, ...], have: str) -> bool:
    return not asked or have in asked or any(one in ANY for one in asked)


def _with_items(artefact: Artefact, items: tuple[str, ...]) -> Artefact | None:
    """Return a scheme with the items asked for only; None if it has none of them."""
    if not items or any(one in ANY for one in items):
        return artefact
    if not isinstance(artefact, Scheme):
        return None
    # A nested id names the items above as well: only the last part is an item of its own.
    wanted = {one.rsplit(".", 1)[-1] for one in items}
    return _narrowed(artefact, wanted)


def _narrowed(scheme: Scheme, wanted: set[str]) -> Scheme | None:
    kept = tuple(item for item in scheme.items if item.id in wanted)
    if not kept:
        return None
    ids = {item.id for item in kept}
    closed = tuple(item if item.parent in ids else replace(item, parent="") for item in kept)
    return replace(scheme, items=closed, is_partial=True)


def _stub(artefact: Artefact, is_complete: bool) -> Artefact:
    if is_complete:
        return replace(artefact, is_stub=True)
    return replace(artefact, is_stub=True, descriptions=None, notes=())


def _partial(
    found: list[Artefact], others: list[Artefact], known: Iterable[Artefact]
) -> list[Artefact]:
    """Return referenced schemes with no more items than those who refer to them use."""
    used = _used(found, others, known)
    return [
        _with_used(one, used[one.ref.artefact])
        if isinstance(one, Scheme) and one.ref.artefact in used
        else one
        for one in others
    ]


def _with_used(scheme: Scheme, used: set[str]) -> Scheme:
    above: Mapping[str, Item] = {item.id: item for item in scheme.items}
    wanted = set(used)
    for code in used:
        while code in above and (code := above[code].parent):
            wanted.add(code)
    return _narrowed(scheme, wanted) or scheme


def _used(
    found: list[Artefact], others: list[Artefact], known: Iterable[Artefact]
) -> dict[Key, set[str]]:
    """Return which items of which schemes are used by the artefacts of an answer."""
    used: defaultdict[Key, set[str]] = defaultdict(set)
    flows = {one.ref.artefact for one in found if isinstance(one, Flow)}
    constraints = [
        one for one in known if isinstance(one, Constraint) and one.flow.artefact in flows
    ]
    for one in (*found, *others):
        match one:
            case Structure():
                concepts = used[one.concepts.artefact]
                concepts |= {part.id for part in one.structure.components}
                if constraints:
                    _use_codes(used, one, constraints)
            case Agreement():
                used[one.provider.artefact].add(one.provider.item)
            case Categorisation():
                used[one.target.artefact].add(one.target.item)
    return used


def _use_codes(
    used: defaultdict[Key, set[str]], structure: Structure, constraints: list[Constraint]
) -> None:
    attributes: set[Ref] = {
        structure.codelists[one.id]
        for one in structure.structure.attributes
        if one.id in structure.codelists
    }
    for component, codelist in structure.codelists.items():
        # What occurs in attributes is not known, so that a list they use is sent whole.
        if codelist not in attributes:
            for constraint in constraints:
                used[codelist.artefact] |= set(constraint.values.get(component, ()))
