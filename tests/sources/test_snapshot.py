"""Snapshots: kept as fetched, found damaged if a byte changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.sources.snapshot import Snapshot, keep, recall
from irtysh.vocabulary.errors import NotReadable, SnapshotDamaged


def _fetched(data: bytes) -> Snapshot:
    return Snapshot.of(
        data,
        name="экспорт.xlsx",
        fetched_on=date(2024, 2, 29),
        address="https://example.org/a",
        licence="CC-BY-4.0",
        source="rosstat",
    )


@given(st.binary(max_size=200))
def test_the_hash_tells_one_content_from_another(data: bytes) -> None:
    snapshot = _fetched(data)
    assert snapshot.is_whole
    assert _fetched(data + b"x").sha256 != snapshot.sha256


def test_kept_and_recalled_is_the_same(tmp_path: Path) -> None:
    snapshot = _fetched(b"PK\x03\x04")
    place = keep(snapshot, tmp_path)
    assert recall(place) == snapshot
    assert keep(snapshot, tmp_path) == place
    assert [path.name for path in tmp_path.iterdir()] == [place.name]


def test_a_changed_byte_is_named(tmp_path: Path) -> None:
    place = keep(_fetched(b"abc"), tmp_path)
    (place / "content").write_bytes(b"abd")
    with pytest.raises(SnapshotDamaged):
        recall(place)


def test_an_unfinished_fetch_is_no_snapshot(tmp_path: Path) -> None:
    place = keep(_fetched(b"abc"), tmp_path)
    (place / "snapshot.json").unlink()
    with pytest.raises(NotReadable):
        recall(place)
