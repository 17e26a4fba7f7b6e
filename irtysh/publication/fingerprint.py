"""A name for the inputs: the same case under the same program gives the same release."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from irtysh.vocabulary.places import DEFINITIONS

_READERS = ("vocabulary", "sources", "sdmx")
_LEFT_WING = (
    "vocabulary", "stats", "store", "sdmx", "sources", "indicators", "evaluation", "publication",
)  # fmt: skip


def fingerprint(folder: Path) -> str:
    """Return a hash of a case folder, the definitions and the code that computes from them."""
    return _hashed([("case", folder, folder.rglob("*")), _definitions(), *_code(_LEFT_WING)])


def reader_fingerprint() -> str:
    """Return a hash of the definitions and of the code that turns a file into rows."""
    return _hashed([_definitions(), *_code(_READERS)])


_Root = tuple[str, Path, Iterable[Path]]


def _definitions() -> _Root:
    return "definitions", DEFINITIONS, DEFINITIONS.rglob("*")


def _code(rooms: Iterable[str]) -> list[_Root]:
    package = Path(__file__).resolve().parents[1]
    return [(room, package / room, (package / room).rglob("*.py")) for room in rooms]


def _hashed(roots: Iterable[_Root]) -> str:
    digest = hashlib.sha256()
    for name, root, paths in roots:
        for path in sorted(path for path in paths if path.is_file()):
            digest.update(f"{name}/{path.relative_to(root).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
