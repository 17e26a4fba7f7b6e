"""What a case folder holds, once read."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from irtysh.sources.case.tables import Row
from irtysh.vocabulary.codelists import read_codelist_text, with_own_codelists
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.text import Text


@dataclass(frozen=True)
class Case:
    """A border, as files.

    Attributes
    ----------
    about : dict
        case.yaml.
    rows : tuple of Row
        Observations with their place in the files.
    documents : dict
        Kind → data: "sources", "notes", "datasets", "statements", "acts", …
    inventory : list of dict
        Rows of inventory.csv.
    pages : dict
        Slug → language → Markdown.
    own_codelists : dict
        Name → CSV text of lists that the case adds to.
    geometry : dict
        map.json: TopoJSON of the map; empty where the case has none.
    """

    about: Mapping[str, Any]
    rows: tuple[Row, ...]
    documents: Mapping[str, Any]
    inventory: tuple[Mapping[str, str], ...] = ()
    pages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    own_codelists: Mapping[str, str] = field(default_factory=dict)
    geometry: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The name of the case."""
        return str(self.about["id"])

    @property
    def title(self) -> Text:
        """Its title."""
        return Text(self.about["title"])

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages with equal rights."""
        return tuple(self.about["languages"])

    @property
    def observations(self) -> tuple[Observation, ...]:
        """All observations, rivals included."""
        return tuple(row.observation for row in self.rows)

    def naming(self) -> AbstractContextManager[None]:
        """Return a block in which ``codelist`` knows the codes that the case adds."""
        return with_own_codelists(
            {name: read_codelist_text(name, text) for name, text in self.own_codelists.items()}
        )


def folder_of(case: str, cases: Path) -> Path:
    """Return the folder of a case given by path or by name."""
    path = Path(case)
    return path if path.is_dir() else cases / case
