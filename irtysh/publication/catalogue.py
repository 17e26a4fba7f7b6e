"""All datasets that readers can get: those of the case and those imported beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import Any, Literal

from irtysh.store import Releases
from irtysh.store.dataset import Dataset
from irtysh.store.revisions import Changed, Edition, Stated, changes, history
from irtysh.store.vintages import Vintage, Vintages
from irtysh.vocabulary.errors import ReleaseNotFound, UnknownCode


@dataclass(frozen=True, slots=True)
class Offered:
    """A dataset as of one version, with what is said about it.

    Attributes
    ----------
    dataset : Dataset
    about : dict
        ``title``, ``description``, ``unit_note`` (texts in every language), ``licence``,
        ``sources`` (list of records as in the case), ``order``; an imported dataset has
        ``publisher``, ``checks`` and ``snapshot`` besides.
    kind : {"case", "imported"}
    invented : bool
        True for the sandbox: pages and exports must say so.
    """

    dataset: Dataset
    about: Mapping[str, Any]
    kind: Literal["case", "imported"]
    invented: bool = False

    @property
    def id(self) -> str:
        """The dataflow's id."""
        return self.dataset.id

    @property
    def version(self) -> str:
        """The release or vintage that it is read from: the ETag of every answer."""
        return self.dataset.version


class Catalogue:
    """The datasets of a portal; ids are unique over the case and the imports."""

    def __init__(self, releases: Releases, vintages: Vintages) -> None:
        self._releases = releases
        self._vintages = vintages

    def ids(self) -> list[str]:
        """Return the ids of all datasets: those of the case in its order, then the imported."""
        return list(self.all())

    def all(self) -> dict[str, Offered]:
        """Return every dataset as of now, by id."""
        found: dict[str, Offered] = {}
        try:
            release = self._releases.current()
        except ReleaseNotFound:
            release = None
        if release is not None:
            rows = sorted(release.document("datasets"), key=lambda row: row.get("order") or 0)
            for row in rows:
                found[row["id"]] = self._of_case(release, row)
        for dataset_id in self._vintages.ids():
            vintage = self._vintages.current(dataset_id)
            found.setdefault(dataset_id, _imported(vintage))
        return found

    def get(self, dataset_id: str, version: str = "latest") -> Offered:
        """Return a dataset as of a version ("latest", or the id of a release or vintage).

        Raises UnknownCode for a dataset that there is not, ReleaseNotFound for a version.
        """
        if version in ("latest", "current", ""):
            offered = self.all()
            if dataset_id not in offered:
                near = ", ".join(get_close_matches(dataset_id, list(offered), n=3)) or "—"
                raise UnknownCode(code=dataset_id, codelist="datasets", near=near)
            return offered[dataset_id]
        if dataset_id in self._vintages.ids():
            vintage = self._vintages.get(dataset_id, version)
            return _imported(vintage)
        release = self._releases.get(version)
        rows = {row["id"]: row for row in release.document("datasets")}
        if dataset_id not in rows:
            near = ", ".join(get_close_matches(dataset_id, list(rows), n=3)) or "—"
            raise UnknownCode(code=dataset_id, codelist="datasets", near=near)
        return self._of_case(release, rows[dataset_id])

    def versions(self, dataset_id: str) -> list[tuple[str, datetime]]:
        """Return the ids and days of all versions of a dataset, newest first."""
        if dataset_id in self._vintages.ids():
            return [(one.id, one.created_at) for one in self._vintages.list(dataset_id)]
        return [
            (release.id, release.created_at)
            for release in self._releases.list()
            if any(row["id"] == dataset_id for row in release.document("datasets"))
        ]

    def history(self, dataset_id: str, key: Mapping[str, str]) -> list[Stated]:
        """Return what every version says of the rows that have some codes, oldest first.

        ``key`` names columns of an observation: ``id``, or the dimensions with ``measure``.
        """
        return history(self._editions(dataset_id), key)

    def changes(self, dataset_id: str, since: datetime | str) -> Iterator[Changed]:
        """Yield the rows replaced and deleted since a version, or since a moment.

        Everything is a replacement if there was nothing then. Raises UnknownCode for a dataset
        that there is not, ReleaseNotFound for a version.
        """
        editions = self._editions(dataset_id)
        now = self.get(dataset_id).version
        if isinstance(since, str):
            before = [one for one in editions if one.version == since]
            if not before:
                raise ReleaseNotFound(release=f"{dataset_id}/{since}")
        else:
            before = [one for one in editions if one.created_at <= since]
        after = next(one for one in editions if one.version == now)
        return changes(before[-1] if before else None, after)

    def _editions(self, dataset_id: str) -> list[Edition]:
        """Return all versions of a dataset as comparing needs them, oldest first."""
        if dataset_id in self._vintages.ids():
            found = [one.edition for one in self._vintages.list(dataset_id)]
        else:
            found = [
                release.edition(dataset_id)
                for release in self._releases.list()
                if any(row["id"] == dataset_id for row in release.document("datasets"))
            ]
        return sorted(found, key=lambda one: one.created_at)

    def _of_case(self, release: Any, row: Mapping[str, Any]) -> Offered:
        case = release.document("case")
        dataset = release.dataset(row["id"])
        about = {**row, "licence": row.get("licence") or case.get("licence") or ""}
        return Offered(dataset, about, "case", invented=bool(case.get("invented")))


def _imported(vintage: Vintage) -> Offered:
    about = vintage.about
    return Offered(vintage.dataset, about, "imported", invented=bool(about.get("invented")))
