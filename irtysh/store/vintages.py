"""Imported datasets: each a series of vintages, published one at a time and never edited."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from irtysh.store.check_sheet import repeated_keys
from irtysh.store.dataset import Dataset, Structure
from irtysh.store.flows import AMOUNTS, FlowConstants
from irtysh.store.parquet import QueryFile, one_row, quoted
from irtysh.store.release import OBSERVATIONS
from irtysh.store.revisions import Changed, Edition, Stated, changes, history
from irtysh.store.schema import SCHEMA_VERSION
from irtysh.store.shelving import (
    CURRENT,
    MANIFEST,
    Shelf,
    as_json,
    files_of,
    is_id,
    link_or_copy,
    read_manifest,
    sha256_of,
    verify,
)
from irtysh.store.staging import Staging
from irtysh.store.trade import TradeDataset
from irtysh.store.trade_tables import LAYOUT, fill
from irtysh.vocabulary.errors import DatasetIdWrong, KeysRepeat, NothingStaged, ReleaseNotFound

FLOWS = "flows.parquet"
_MOST_OPEN = 16
"""Vintages whose query file one process keeps at hand."""
_DATASET = re.compile(r"[A-Z][A-Z0-9_]{1,39}")
Statements = list[Stated]  # the class below has a method of the name list


@dataclass(frozen=True, slots=True)
class Vintage:
    """One publication of an imported dataset.

    Attributes
    ----------
    id : str
        Its day and a hash of its content, like a release's.
    created_at : datetime
    about : dict
        What ``Offered.about`` of the catalogue says.
    dataset : Dataset
    folder : Path
    manifest : dict
        ``rows``, ``measures``, ``constants``, ``checks``, ``previous``, ``files`` with hashes.
    """

    id: str
    created_at: datetime
    about: Mapping[str, Any]
    dataset: Dataset
    folder: Path
    manifest: Mapping[str, Any]

    @property
    def parquet(self) -> Path:
        """The published truth: the sorted file that everything else is made from."""
        return self.folder / (FLOWS if self.dataset.structure == "trade" else OBSERVATIONS)

    @property
    def edition(self) -> Edition:
        """What comparing with another vintage needs."""
        is_trade = self.dataset.structure == "trade"
        return Edition(
            self.dataset.id,
            self.id,
            self.created_at,
            self.parquet,
            FlowConstants.of(self.manifest["constants"]) if is_trade else None,
            tuple(self.manifest["measures"]),
        )

    def verify(self) -> None:
        """Compare every file with its hash in the manifest; raises ReleaseDamaged."""
        verify(self.folder)


class Vintages:
    """A folder with a folder for each dataset, in it one for each vintage and a link.

    ``memory`` and ``threads`` bound what publishing and building a query file may take.
    """

    def __init__(self, folder: Path, *, memory: str = "1GB", threads: int = 2) -> None:
        self.folder = folder
        self._bounds = {"memory": memory, "threads": threads}
        self._open: dict[tuple[str, str], Vintage] = {}
        self._recent: list[tuple[str, str]] = []
        self._lock = threading.Lock()

    def ids(self) -> list[str]:
        """Return the ids of the datasets that have been published at least once, sorted."""
        names = (path.parent.name for path in self.folder.glob(f"*/{CURRENT}"))
        return sorted(name for name in names if is_dataset_id(name))

    def current(self, dataset_id: str) -> Vintage:
        """Return what readers of a dataset see now; raises ReleaseNotFound."""
        try:
            name = self._shelf(dataset_id).current_name()
        except ReleaseNotFound:
            raise ReleaseNotFound(release=f"{dataset_id}/{CURRENT}") from None
        return self.get(dataset_id, name)

    def get(self, dataset_id: str, vintage_id: str) -> Vintage:
        """Return a vintage by its id; raises ReleaseNotFound."""
        key = (dataset_id, vintage_id)
        if key not in self._open:
            if not is_id(vintage_id) or not is_dataset_id(dataset_id):
                raise ReleaseNotFound(release=f"{dataset_id}/{vintage_id}")
            self._open[key] = self._read(dataset_id, self.folder / dataset_id / vintage_id)
        self._keep_few(key)
        return self._open[key]

    def _keep_few(self, key: tuple[str, str]) -> None:
        """Put down what was asked for longest ago: a crawler reads every version there is."""
        with self._lock:
            self._recent = [*(one for one in self._recent if one != key), key]
            stale, self._recent = self._recent[:-_MOST_OPEN], self._recent[-_MOST_OPEN:]
        for one in stale:
            if one in self._open:
                self._open[one].dataset.put_down()

    def list(self, dataset_id: str) -> list[Vintage]:
        """Return all vintages of a dataset, newest first."""
        found = [self.get(dataset_id, name) for name in self._shelf(dataset_id).names()]
        return sorted(found, key=lambda vintage: vintage.created_at, reverse=True)

    def as_of(self, dataset_id: str, moment: datetime) -> Vintage:
        """Return the vintage that was current at a moment; raises ReleaseNotFound before any."""
        for vintage in self.list(dataset_id):
            if vintage.created_at <= moment:
                return vintage
        raise ReleaseNotFound(release=f"{dataset_id}/{moment.isoformat()}")

    def history(self, dataset_id: str, key: Mapping[str, str]) -> Statements:
        """Return what every vintage says of a cell, oldest first; see ``revisions.history``."""
        return history((one.edition for one in self.list(dataset_id)), key)

    def changes(self, dataset_id: str, since: datetime | str) -> Iterator[Changed]:
        """Yield what differs from a vintage, or from what was current at a moment.

        Everything, if nothing was published then. Raises ReleaseNotFound for an unknown id.
        """
        before: Vintage | None
        if isinstance(since, str):
            before = self.get(dataset_id, since)
        else:
            try:
                before = self.as_of(dataset_id, since)
            except ReleaseNotFound:
                before = None
        return changes(before.edition if before else None, self.current(dataset_id).edition)

    def publish(
        self,
        dataset_id: str,
        staging: Staging,
        about: Mapping[str, Any],
        *,
        structure: Structure,
        constants: Mapping[str, Any] | None = None,
        checks: Mapping[str, Any] | None = None,
        created_at: datetime | None = None,
    ) -> Vintage:
        """Publish what is staged as the current vintage; the staging folder stays as it is.

        ``constants`` are the fields of FlowConstants, for "trade". Equal content is the same
        vintage; a process killed at any moment leaves the old or the new one, whole.
        Raises DatasetIdWrong, NothingStaged, KeysRepeat.
        """
        if not is_dataset_id(dataset_id):
            raise DatasetIdWrong(dataset=dataset_id[:60])
        if structure != staging.structure:
            raise ValueError(structure)
        if not staging.rows:
            raise NothingStaged(dataset=dataset_id)
        sealed = staging.seal(**self._bounds)  # type: ignore[arg-type]
        count, faults = repeated_keys(staging, limit=1)
        if count:
            named = {name: faults[0].params[name] for name in ("first", "second")}
            raise KeysRepeat(dataset=dataset_id, count=count, **named)
        if structure == "figures":
            _check_dataflow(dataset_id, sealed)
        held = (
            FlowConstants.of(constants or {"unit": "_U"}).as_dict() if structure == "trade" else {}
        )
        stated = {
            "structure": structure,
            "about": dict(about),
            "constants": held,
            "checks": dict(checks or {}),
        }
        return self._publish(dataset_id, sealed, stated, created_at)

    def go_back(
        self, dataset_id: str, vintage_id: str, created_at: datetime | None = None
    ) -> Vintage:
        """Publish an earlier vintage anew: how a faulty one is withdrawn. Nothing is deleted."""
        old = self.get(dataset_id, vintage_id)
        stated = {
            name: old.manifest[name] for name in ("structure", "about", "constants", "checks")
        }
        return self._publish(dataset_id, old.parquet, stated, created_at)

    def _publish(
        self,
        dataset_id: str,
        parquet: Path,
        stated: dict[str, Any],
        created_at: datetime | None,
    ) -> Vintage:
        created_at = created_at or datetime.now(UTC)
        shelf = self._shelf(dataset_id)
        stated["sha256"] = sha256_of(parquet)
        content = hashlib.sha256(as_json([dataset_id, _without_checks(stated)])).hexdigest()
        with shelf.locked():
            shelf.sweep()
            name = shelf.publish(
                content,
                created_at,
                partial(_build, dataset_id, parquet, stated, content, created_at),
                lambda folder: self._file(dataset_id, folder, read_manifest(folder)).build(),
            )
        self._open.pop((dataset_id, name), None)
        return self.get(dataset_id, name)

    def _shelf(self, dataset_id: str) -> Shelf:
        if not is_dataset_id(dataset_id):  # it becomes the name of a folder
            raise ReleaseNotFound(release=f"{dataset_id[:60]}/{CURRENT}")
        return Shelf(self.folder / dataset_id)

    def _file(self, dataset_id: str, place: Path, manifest: Mapping[str, Any]) -> QueryFile:
        cache = place.parent / ".cache"
        if manifest["structure"] != "trade":
            return QueryFile(place / OBSERVATIONS, cache, **self._bounds)  # type: ignore[arg-type]
        constants = FlowConstants.of(manifest["constants"])
        made = fill(place / FLOWS, dataset_id, constants, manifest["measures"])
        return QueryFile(place / FLOWS, cache, made, layout=LAYOUT, **self._bounds)  # type: ignore[arg-type]

    def _read(self, dataset_id: str, place: Path) -> Vintage:
        manifest = read_manifest(place)
        created_at = datetime.fromisoformat(manifest["created_at"])
        query = self._file(dataset_id, place, manifest)
        dataset: Dataset
        if manifest["structure"] == "trade":
            constants = FlowConstants.of(manifest["constants"])
            measures = manifest["measures"]
            dataset = TradeDataset(dataset_id, place.name, created_at, query, constants, measures)
        else:
            dataset = Dataset(dataset_id, place.name, created_at, query)
        return Vintage(place.name, created_at, manifest["about"], dataset, place, manifest)


def is_dataset_id(text: str) -> bool:
    """Return True for capital Latin letters, digits and underscores: a letter first, 2 to 40."""
    return _DATASET.fullmatch(text) is not None


def _build(
    dataset_id: str,
    parquet: Path,
    stated: Mapping[str, Any],
    content: str,
    created_at: datetime,
    folder: Path,
    name: str,
    previous: str | None,
) -> None:
    """Fill the folder of a vintage; the manifest last."""
    trade = stated["structure"] == "trade"
    target = folder / (FLOWS if trade else OBSERVATIONS)
    link_or_copy(parquet, target)
    amounts = ", ".join(f"count({column})" for column in AMOUNTS.values())
    rows, *counts = one_row(
        f"SELECT count(*), {amounts if trade else '0'} FROM read_parquet({quoted(target)})"
    )
    measures = [
        measure for measure, n in zip(AMOUNTS, counts, strict=False) if n or measure == "VALUE"
    ]
    manifest = {
        **{key: value for key, value in stated.items() if key != "sha256"},
        "schema_version": SCHEMA_VERSION,
        "id": name,
        "dataset": dataset_id,
        "created_at": created_at.isoformat(),
        "previous": previous,
        "content": content,
        "rows": rows,
        "measures": measures if trade else [],
        "files": files_of(folder),
    }
    (folder / MANIFEST).write_bytes(as_json(manifest))


def _check_dataflow(dataset_id: str, parquet: Path) -> None:
    """Raise ValueError if a figure says that it belongs to another dataset."""
    least, most = one_row(
        f"SELECT min(dataflow), max(dataflow) FROM read_parquet({quoted(parquet)})"
    )
    if (least, most) != (dataset_id, dataset_id):
        raise ValueError(f"{dataset_id}: {least}, {most}")


def _without_checks(stated: Mapping[str, Any]) -> dict[str, Any]:
    """The outcome of checks names times and counts of a run; it does not make another vintage."""
    return {name: value for name, value in stated.items() if name != "checks"}
