"""One file of a publisher fetched and kept as a snapshot with its hash, day and licence."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from irtysh.sources.fetching.addresses import Address
from irtysh.sources.fetching.download import GIBIBYTE, Fetched, Tries, download
from irtysh.sources.snapshot import keep_file
from irtysh.vocabulary.errors import IrtyshError

_HAD = "fetched.json"


class KeyMissing(IrtyshError):
    """A publisher asks for a key and none is set."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of a publisher on the disk.

    Attributes
    ----------
    place : Path
        The snapshot's folder; the file is ``content`` in it.
    name : str
        The file's name.
    is_new : bool
        False if the publisher's file has not changed since it was last fetched.
    size : int
        Bytes.
    """

    place: Path
    name: str
    is_new: bool
    size: int

    @property
    def file(self) -> Path:
        """The file itself."""
        return self.place / "content"


def fetch(
    source: Address,
    parameters: Mapping[str, str],
    folder: Path,
    *,
    on: date,
    limit: int = 8 * GIBIBYTE,
    tries: Tries | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Kept:
    """Fetch a file, or find that the one kept is still the publisher's.

    Parameters
    ----------
    source : Address
    parameters : dict
        Blanks of the address.
    folder : Path
        Where snapshots lie, a folder for each source in it.
    on : date
        The day to write down.
    limit, tries, progress
        As of ``download``.

    Raises
    ------
    OnlyByHand, ParameterNeeded, UnknownCode, KeyMissing
        Before anything is asked.
    FetchRefused, FetchGivenUp, FetchAtWork, AddressNotSafe, TooLarge
        What has come stays in a part, and the next call goes on.
    """
    where, name = source.filled(parameters)
    headers = {"Accept": source.accept, **_key(source)}
    home = folder / source.id
    part = home / f"{hashlib.sha256(where.encode()).hexdigest()[:16]}.part"
    had = _had(home)
    known = _known(home, had.get(where))
    found = download(
        where, part, headers=headers, known=known, limit=limit, tries=tries, progress=progress
    )
    if not found.is_new:
        place = home / str(had[where]["place"])
        return Kept(place, name, False, (place / "content").stat().st_size)
    place = keep_file(
        part, home, name=name, fetched_on=on, address=where, licence=source.licence,
        source=source.id,
    )  # fmt: skip
    is_new = had.get(where, {}).get("place") != place.name
    had[where] = {"tag": found.tag, "modified": found.modified, "place": place.name}
    _write_down(home, had)
    return Kept(place, name, is_new, (place / "content").stat().st_size)


def _key(source: Address) -> dict[str, str]:
    if not source.key:
        return {}
    key = os.environ.get(source.key, "").strip()
    if not key:
        raise KeyMissing(source=source.id, name=source.key, page=source.page)
    return {source.key_header: key}


def _had(home: Path) -> dict[str, dict[str, str]]:
    try:
        found: dict[str, dict[str, str]] = json.loads((home / _HAD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _known(home: Path, said: Mapping[str, str] | None) -> Fetched | None:
    """Return what to ask about, if its snapshot is still there."""
    if not said or not (home / said.get("place", "") / "snapshot.json").exists():
        return None
    return Fetched(False, said.get("tag", ""), said.get("modified", ""))


def _write_down(home: Path, had: Mapping[str, Mapping[str, str]]) -> None:
    aside = home / f"{_HAD}.new"
    aside.write_text(json.dumps(had, ensure_ascii=False, indent=2), encoding="utf-8")
    aside.replace(home / _HAD)
