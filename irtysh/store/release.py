"""One release: what a reader sees, whole and unchanging."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from irtysh.store.dataset import Dataset
from irtysh.store.parquet import QueryFile, copy_selection, read_parquet
from irtysh.store.revisions import Edition
from irtysh.store.schema import COLUMNS, ORDER, from_row
from irtysh.store.selection import Selection
from irtysh.store.shelving import read_manifest, verify
from irtysh.vocabulary.errors import ReleaseNotFound
from irtysh.vocabulary.observation import Observation

OBSERVATIONS = "observations.parquet"
REVISIONS = "revisions.parquet"


@dataclass(frozen=True, slots=True)
class Revision:
    """What a release did to one observation.

    Attributes
    ----------
    observation, release : str
        Ids.
    kind : str
        "added", "changed" or "withdrawn".
    before, after : dict or None
        The row's cells as text; None where there was, or is, none.
    """

    observation: str
    release: str
    kind: str
    before: Mapping[str, str] | None
    after: Mapping[str, str] | None


class Release:
    """A published set of observations, documents and files, read from its folder.

    Raises ReleaseNotFound if the folder holds no manifest, ReleaseDamaged if it is cut short.
    """

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder = folder
        self.manifest: Mapping[str, Any] = read_manifest(folder)
        self._query = QueryFile(folder / OBSERVATIONS, cache)
        self._documents: dict[str, Any] = {}

    @property
    def id(self) -> str:
        """The name of the release: its day and a hash of its content."""
        return str(self.manifest["id"])

    @property
    def created_at(self) -> datetime:
        """When it was published, with its time zone."""
        return datetime.fromisoformat(self.manifest["created_at"])

    def observations(
        self, limit: int | None = None, offset: int = 0, **filters: str | Sequence[str]
    ) -> list[Observation]:
        """Return the observations that fit all filters (column = value or list of values)."""
        where, values = Selection.of(filters).where()
        page = f" LIMIT {int(limit)} OFFSET {int(offset)}" if limit is not None else ""
        rows = self._query.rows(
            f"SELECT * FROM observations{where} ORDER BY {', '.join(ORDER)}, id{page}",
            values,
        )
        return [from_row(row) for row in rows]

    def observation(self, observation_id: str) -> Observation | None:
        """Return one observation by its id, or None."""
        found = self.observations(id=observation_id)
        return found[0] if found else None

    def dataset(self, dataset_id: str) -> Dataset:
        """Return one dataflow of the release."""
        return Dataset(dataset_id, self.id, self.created_at, self._query)

    def edition(self, dataset_id: str) -> Edition:
        """Return what comparing a dataflow with that of another release needs."""
        return Edition(dataset_id, self.id, self.created_at, self.folder / OBSERVATIONS)

    def count(self, **filters: str | Sequence[str]) -> int:
        """Return how many observations fit the filters."""
        where, values = Selection.of(filters).where()
        row = self._query.run(f"SELECT count(*) FROM observations{where}", values).fetchone()
        return int(row[0]) if row else 0

    def distinct(self, column: str, **filters: str | Sequence[str]) -> list[str]:
        """Return the values of a column that occur, sorted; missing ones are left out."""
        COLUMNS[column]
        where, values = Selection.of(filters).where()
        rows = self._query.rows(
            f'SELECT DISTINCT "{column}" AS v FROM observations{where} ORDER BY 1',
            values,
        )
        return [str(row["v"]) for row in rows if row["v"] is not None]

    def parquet(self, **filters: str | Sequence[str]) -> bytes:
        """Return the observations that fit as a Parquet file."""
        where, values = Selection.of(filters).where()
        return copy_selection(self._query, where, values)

    def warm(self) -> None:
        """Build the query cache now, so that the first reader does not wait."""
        self._query.build()

    def put_down(self) -> None:
        """Let go of what was read into memory; it is read again when asked for."""
        self._documents = {}
        self.__dict__.pop("_revisions", None)
        self._query.close()

    def document(self, name: str) -> Any:
        """Return a JSON document of the release; raises ReleaseNotFound if it has none."""
        documents = self._documents  # may be put down by another thread meanwhile
        if name not in documents:
            path = self.folder / "documents" / f"{name}.json"
            try:
                documents[name] = json.loads(path.read_bytes())
            except FileNotFoundError:
                raise ReleaseNotFound(release=f"{self.id}/{name}") from None
        return documents[name]

    def has_document(self, name: str) -> bool:
        """Return True if the release has the document."""
        return f"documents/{name}.json" in self.manifest["files"]

    def file(self, name: str) -> bytes:
        """Return a rendered file (chart, map); raises ReleaseNotFound if there is none."""
        key = f"files/{name}"
        if key not in self.manifest["files"]:
            raise ReleaseNotFound(release=f"{self.id}/{name}")
        return (self.folder / key).read_bytes()

    def has_file(self, name: str) -> bool:
        """Return True if the release has the rendered file."""
        return f"files/{name}" in self.manifest["files"]

    @cached_property
    def _revisions(self) -> dict[str, list[Revision]]:
        by_observation: dict[str, list[Revision]] = {}
        for row in read_parquet(self.folder / REVISIONS):
            revision = Revision(
                observation=row["observation"],
                release=row["release"],
                kind=row["kind"],
                before=json.loads(row["before"]) if row["before"] else None,
                after=json.loads(row["after"]) if row["after"] else None,
            )
            by_observation.setdefault(revision.observation, []).append(revision)
        return by_observation

    def revisions(self, observation_id: str | None = None) -> list[Revision]:
        """Return the history of one observation, or of all, oldest first."""
        if observation_id is not None:
            return self._revisions.get(observation_id, [])
        return [revision for history in self._revisions.values() for revision in history]

    def verify(self) -> None:
        """Compare every file with its hash in the manifest; raises ReleaseDamaged."""
        verify(self.folder)
