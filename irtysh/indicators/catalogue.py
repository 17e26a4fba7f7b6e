"""The catalogue of indicators: definitions/indicators/*.yaml, read and checked."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import IrtyshError, UnknownCode
from irtysh.vocabulary.places import DEFINITIONS
from irtysh.vocabulary.text import LANGUAGES, Text
from irtysh.vocabulary.wording import catalogue as messages

ROOM = "irtysh.stats."
SAME_UNIT = "same"
"""Unit of an indicator whose values keep the unit of what goes in."""

_TEXTS = ("title", "short", "description", "convention")
_REQUIRED = {
    *_TEXTS,
    "id",
    "order",
    "family",
    "level",
    "headline",
    "unit",
    "digits",
    "signed",
    "higher_is",
    "formula",
    "symbols",
    "reference",
    "edge_rules",
    "function",
    "inputs",
}
_OPTIONAL = {"scale"}
_DIRECTIONS = ("better", "worse", "neutral")
FAMILIES = (
    "level",
    "growth",
    "shares",
    "balance",
    "coverage",
    "concentration",
    "structure",
    "ranking",
    "seasons",
    "forecast",
    "prices",
)


class DefinitionBroken(IrtyshError):
    """A definition of an indicator does not have what the catalogue demands."""


@dataclass(frozen=True, slots=True)
class Step:
    """One class of a verbal scale: values up to ``up_to`` (included) that no earlier one holds."""

    code: str
    up_to: Decimal
    label: Text


@dataclass(frozen=True, slots=True)
class Definition:
    """One indicator.

    Attributes
    ----------
    id, order, family : str, int, str
        Name in addresses; place in lists; one of ``FAMILIES``.
    level : int
        1 for every reader, 2 for analysts, 3 for specialists.
    headline : bool
        True if it may stand on a first page.
    title, short, description : Text
    unit, digits, signed : str, int, bool
        Unit code or "same"; decimals to show; whether a plus sign is shown.
    higher_is : str
        better, worse or neutral.
    formula : str
        Plain Unicode; its ``symbols`` are explained in messages/symbols.yaml.
    symbols : Mapping symbol → Text
    convention : Text
        The choice that the formula leaves open (denominator, base, what counts as a group).
    reference : tuple of {author, year, note?}
    edge_rules : Mapping key → Text
        What happens at the edges, from messages/edge_rules.yaml.
    function : str
        Dotted name in irtysh.stats.
    inputs : Mapping
        ``shape`` (irtysh.indicators.shapes), ``select`` (dimension → code, list or "*"; blanks
        such as "{ref_area}" are filled from the headline), ``grouping``.
    scale : tuple of Step
    """

    id: str
    order: int
    family: str
    level: int
    headline: bool
    title: Text
    short: Text
    description: Text
    unit: str
    digits: int
    signed: bool
    higher_is: str
    formula: str
    symbols: Mapping[str, Text]
    convention: Text
    reference: tuple[Mapping[str, Any], ...]
    edge_rules: Mapping[str, Text]
    function: str
    inputs: Mapping[str, Any]
    scale: tuple[Step, ...] = field(default=())

    @property
    def compute(self) -> Callable[..., Any]:
        """The pure function behind the indicator."""
        return _function(self.function)

    def to_json(self) -> dict[str, Any]:
        """Return the definition as plain JSON, its words included, for a release to keep."""
        plain = {one.name: getattr(self, one.name) for one in fields(self)}
        for name in _TEXTS:
            plain[name] = dict(plain[name])
        for name in ("symbols", "edge_rules"):
            plain[name] = {key: dict(words) for key, words in plain[name].items()}
        plain["reference"] = [dict(entry) for entry in self.reference]
        plain["inputs"] = dict(self.inputs)
        plain["scale"] = [
            {"code": step.code, "up_to": str(step.up_to), "label": dict(step.label)}
            for step in self.scale
        ]
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Definition:
        """Read what ``to_json`` wrote; other keys are left aside."""
        own = {one.name: plain[one.name] for one in fields(cls)}
        for name in _TEXTS:
            own[name] = Text(own[name])
        for name in ("symbols", "edge_rules"):
            own[name] = {key: Text(words) for key, words in own[name].items()}
        own["reference"] = tuple(own["reference"])
        own["scale"] = tuple(
            Step(step["code"], Decimal(step["up_to"]), Text(step["label"])) for step in own["scale"]
        )
        return cls(**own)

    def classes(self, low: Decimal, high: Decimal) -> tuple[str, ...]:
        """Return the codes of the verbal scale that an interval touches, in order."""
        found = []
        below = Decimal("-Infinity")
        for step in self.scale:
            if low <= step.up_to and high > below:
                found.append(step.code)
            below = step.up_to
        return tuple(found)


@cache
def catalogue(folder: Path = DEFINITIONS / "indicators") -> Mapping[str, Definition]:
    """Return id → definition in the order of the catalogue.

    Raises
    ------
    DefinitionBroken
        Naming the file and what is wrong with it.
    """
    found = [read_definition(path) for path in sorted(folder.glob("*.yaml"))]
    return {definition.id: definition for definition in sorted(found, key=lambda d: d.order)}


def definition(definition_id: str) -> Definition:
    """Return one definition; raises UnknownCode with the nearest ids."""
    known = catalogue()
    if definition_id not in known:
        raise UnknownCode(code=definition_id, codelist="indicators", near=", ".join(known))
    return known[definition_id]


def read_definition(path: Path) -> Definition:
    """Read and check one file; raises DefinitionBroken."""
    with path.open(encoding="utf-8") as stream:
        raw = yaml.load(stream, Loader=yaml.CSafeLoader)
    try:
        _check(raw, path.stem)
        return _built(raw)
    except (KeyError, TypeError, ValueError, AttributeError, ImportError) as wrong:
        raise DefinitionBroken(
            file=path.name, problem=f"{type(wrong).__name__}: {wrong}"
        ) from wrong


def _check(raw: Mapping[str, Any], stem: str) -> None:
    keys = set(raw)
    if missing := _REQUIRED - keys:
        raise ValueError(f"missing: {', '.join(sorted(missing))}")
    if unknown := keys - _REQUIRED - _OPTIONAL:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    if raw["id"] != stem:
        raise ValueError(f"id {raw['id']!r} is not the name of the file")
    for name in _TEXTS:
        if lost := Text(raw[name]).missing(LANGUAGES):
            raise ValueError(f"{name} lacks {', '.join(lost)}")
    if raw["family"] not in FAMILIES:
        raise ValueError(f"family {raw['family']!r}: one of {', '.join(FAMILIES)}")
    if raw["higher_is"] not in _DIRECTIONS:
        raise ValueError(f"higher_is {raw['higher_is']!r}: one of {', '.join(_DIRECTIONS)}")
    if raw["unit"] != SAME_UNIT and raw["unit"] not in codelist("units"):
        raise ValueError(f"unit {raw['unit']!r} is not in the list of units")
    _function(raw["function"])


def _built(raw: Mapping[str, Any]) -> Definition:
    return Definition(
        id=raw["id"],
        order=int(raw["order"]),
        family=raw["family"],
        level=int(raw["level"]),
        headline=bool(raw["headline"]),
        title=Text(raw["title"]),
        short=Text(raw["short"]),
        description=Text(raw["description"]),
        unit=raw["unit"],
        digits=int(raw["digits"]),
        signed=bool(raw["signed"]),
        higher_is=raw["higher_is"],
        formula=raw["formula"],
        symbols={symbol: _words("symbols", symbol) for symbol in raw["symbols"]},
        convention=Text(raw["convention"]),
        reference=tuple(raw["reference"]),
        edge_rules={rule: _words("edge_rules", rule) for rule in raw["edge_rules"]},
        function=raw["function"],
        inputs=raw["inputs"],
        scale=tuple(
            Step(step["code"], Decimal(step["up_to"]), Text(step["label"]))
            for step in raw.get("scale", ())
        ),
    )


def _words(name: str, key: str) -> Text:
    try:
        text = Text(messages(name)[key])
    except KeyError:
        raise KeyError(f"{key} in messages/{name}.yaml") from None
    if lost := text.missing(LANGUAGES):
        raise ValueError(f"{name} {key} lacks {', '.join(lost)}")
    return text


def _function(name: str) -> Callable[..., Any]:
    if not name.startswith(ROOM):
        raise ValueError(f"function {name!r} is not in {ROOM}*")
    module, _, attribute = name.rpartition(".")
    function: Callable[..., Any] = getattr(importlib.import_module(module), attribute)
    return function
