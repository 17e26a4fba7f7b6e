"""Artefacts of the SDMX information model, as far as we have them, free of any format.

Kinds carry the names of SDMX REST 1.5; what 2.x calls otherwise stands in ``NEWER_KINDS``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from irtysh.sdmx.structure import AGENCY, DataStructure
from irtysh.vocabulary.text import Text

VERSION = "1.0"
"""Of every artefact of ours. What it holds grows with the data; clients break on moving ones."""

_URN = "urn:sdmx:org.sdmx.infomodel"
URN_CLASSES: Mapping[str, str] = {
    "agencyscheme": "base.AgencyScheme",
    "agency": "base.Agency",
    "dataproviderscheme": "base.DataProviderScheme",
    "dataprovider": "base.DataProvider",
    "organisationunitscheme": "base.OrganisationUnitScheme",
    "organisationunit": "base.OrganisationUnit",
    "categoryscheme": "categoryscheme.CategoryScheme",
    "category": "categoryscheme.Category",
    "categorisation": "categoryscheme.Categorisation",
    "conceptscheme": "conceptscheme.ConceptScheme",
    "concept": "conceptscheme.Concept",
    "codelist": "codelist.Codelist",
    "code": "codelist.Code",
    "hierarchicalcodelist": "codelist.HierarchicalCodelist",
    "hierarchy": "codelist.Hierarchy",
    "datastructure": "datastructure.DataStructure",
    "dataflow": "datastructure.Dataflow",
    "dimension": "datastructure.Dimension",
    "timedimension": "datastructure.TimeDimension",
    "provisionagreement": "registry.ProvisionAgreement",
    "contentconstraint": "registry.ContentConstraint",
    "dataconstraint": "registry.DataConstraint",
    "metadatastructure": "metadatastructure.MetadataStructure",
    "metadataflow": "metadatastructure.Metadataflow",
    "structureset": "mapping.StructureSet",
    "structuremap": "structuremapping.StructureMap",
    "representationmap": "structuremapping.RepresentationMap",
}
"""Kind → package and class of its URN, ``org.sdmx.infomodel`` left out."""

NEWER_KINDS: Mapping[str, str] = {
    "contentconstraint": "dataconstraint",
    "hierarchicalcodelist": "hierarchy",
    "structureset": "structuremap",
}
"""What SDMX 3.0 calls a kind of 2.1."""

ITEMS_OF: Mapping[str, str] = {
    "agencyscheme": "agency",
    "dataproviderscheme": "dataprovider",
    "organisationunitscheme": "organisationunit",
    "categoryscheme": "category",
    "conceptscheme": "concept",
    "codelist": "code",
}
"""Kind of a scheme → kind of its items."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to an artefact, or to an item in it."""

    kind: str
    id: str
    item: str = ""
    agency: str = AGENCY
    version: str = VERSION

    @property
    def artefact(self) -> tuple[str, str, str, str]:
        """What identifies the artefact that is referred to."""
        return (self.kind, self.agency, self.id, self.version)

    def urn(self, *, newer: bool = False) -> str:
        """Return the name in the world of SDMX, as 2.1 or (``newer``) as 3.0 writes it."""
        item = ITEMS_OF.get(self.kind, "") if self.item else ""
        kind = item or (NEWER_KINDS.get(self.kind, self.kind) if newer else self.kind)
        end = f".{self.item}" if self.item else ""
        return f"{_URN}.{URN_CLASSES[kind]}={self.agency}:{self.id}({self.version}){end}"


@dataclass(frozen=True, slots=True)
class Note:
    """An annotation: a title for machines or texts for readers, of a type."""

    type: str
    id: str = ""
    title: str = ""
    texts: Text | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A code, concept, category, agency, provider or unit.

    Attributes
    ----------
    parent : str
        Id of the item above in the same scheme; empty at the top.
    codelist : Ref or None
        Of a concept: its codes.
    """

    id: str
    names: Text
    parent: str = ""
    descriptions: Text | None = None
    codelist: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Artefact:
    """What all artefacts have.

    Attributes
    ----------
    kind, id, agency, version : str
    names : Text
    descriptions : Text or None
    notes : tuple of Note
    is_stub : bool
        True where only the identification and the names are to be sent.
    """

    kind: str
    id: str
    names: Text
    agency: str = AGENCY
    version: str = VERSION
    descriptions: Text | None = None
    notes: tuple[Note, ...] = ()
    is_stub: bool = False

    @property
    def ref(self) -> Ref:
        """The reference to it."""
        return Ref(self.kind, self.id, agency=self.agency, version=self.version)

    @property
    def refs(self) -> tuple[Ref, ...]:
        """What it refers to."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme(Artefact):
    """A scheme of items; ``is_partial`` where not all of them are sent."""

    items: tuple[Item, ...]
    is_partial: bool = False

    @property
    def refs(self) -> tuple[Ref, ...]:
        """Code lists of concepts."""
        return tuple(item.codelist for item in self.items if item.codelist)


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure(Artefact):
    """A data structure definition: ours, with where its concepts and codes are."""

    structure: DataStructure
    concepts: Ref
    codelists: Mapping[str, Ref]

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The concept scheme and the code lists."""
        return (self.concepts, *dict.fromkeys(self.codelists.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow(Artefact):
    """A dataflow, or (kind "metadataflow") a flow of reference metadata."""

    structure: Ref
    targets: tuple[str, ...] = ()

    @property
    def refs(self) -> tuple[Ref, ...]:
        """Its structure."""
        return (self.structure,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Artefact):
    """A provision agreement: who provides the data of a dataflow."""

    flow: Ref
    provider: Ref

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The dataflow and the scheme of the provider."""
        return (self.flow, self.provider)


@dataclass(frozen=True, slots=True, kw_only=True)
class Categorisation(Artefact):
    """A dataflow under a category."""

    source: Ref
    target: Ref

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The dataflow and the category scheme."""
        return (self.source, self.target)


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint(Artefact):
    """Which codes and times occur in a dataflow.

    Attributes
    ----------
    flow : Ref
    values : dict
        Id of a component → the ids of codes that occur, sorted.
    times : tuple of str
        The periods that occur, as SDMX writes them.
    start, end : datetime or None
        First moment of the first period and last of the last; None without any period.
    """

    flow: Ref
    values: Mapping[str, tuple[str, ...]]
    times: tuple[str, ...] = ()
    start: datetime | None = None
    end: datetime | None = None

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The dataflow."""
        return (self.flow,)


@dataclass(frozen=True, slots=True)
class Node:
    """A code in a hierarchy, with the codes under it."""

    code: Ref
    below: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hierarchy(Artefact):
    """A hierarchical code list (2.1) or hierarchy (3.0)."""

    codelist: Ref
    nodes: tuple[Node, ...]

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The code list."""
        return (self.codelist,)


@dataclass(frozen=True, slots=True, kw_only=True)
class MetadataStructure(Artefact):
    """What is said about a dataset; each attribute is a concept of the same id."""

    concepts: Ref
    attributes: tuple[str, ...]

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The concept scheme."""
        return (self.concepts,)


@dataclass(frozen=True, slots=True)
class CodeMap:
    """How codes of one list become codes of another.

    Attributes
    ----------
    id : str
    source, target : Ref
        Code lists.
    codes : tuple of (str, str)
        Our code, their code.
    patterns : tuple of (str, str)
        Regular expression for our codes, what becomes of them (``\\1`` for its first group).
    """

    id: str
    source: Ref
    target: Ref
    codes: tuple[tuple[str, str], ...]
    patterns: tuple[tuple[str, str], ...] = ()

    @property
    def explicit(self) -> tuple[tuple[str, str], ...]:
        """The codes that no pattern covers."""
        return tuple(
            one
            for one in self.codes
            if not any(re.fullmatch(pattern, one[0]) for pattern, _ in self.patterns)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedCodes(Artefact):
    """A code map as SDMX 3.0 has it: an artefact of its own."""

    codes: CodeMap

    @property
    def refs(self) -> tuple[Ref, ...]:
        """Our code list; the other is not ours to send."""
        return (self.codes.source,)


@dataclass(frozen=True, slots=True)
class PartMap:
    """How one component becomes another; ``codes`` names a CodeMap, empty means unchanged."""

    source: str
    target: str
    codes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureMap(Artefact):
    """How data of one structure become data of another.

    Attributes
    ----------
    fixed : dict
        Component of the target → the value it always has.
    """

    source: Ref
    target: Ref
    parts: tuple[PartMap, ...]
    fixed: Mapping[str, str] = field(default_factory=dict)
    code_maps: tuple[CodeMap, ...] = ()

    @property
    def fixed_notes(self) -> tuple[Note, ...]:
        """The fixed values as annotations, for formats that have no place for them."""
        return tuple(Note("FIXED_VALUE", name, value) for name, value in self.fixed.items())

    @property
    def refs(self) -> tuple[Ref, ...]:
        """Our structure and code maps; the target is not ours to send."""
        maps = (Ref("representationmap", one.id) for one in self.code_maps)
        return (self.source, *maps)


Detail = Literal[
    "full",
    "allstubs",
    "referencestubs",
    "allcompletestubs",
    "referencecompletestubs",
    "referencepartial",
    "raw",
]
