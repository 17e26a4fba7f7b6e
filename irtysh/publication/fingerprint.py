"""A name for the inputs: the same case under the same program gives the same release."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from irtysh.vocabulary.places import DEFINITIONS

_LEFT_WING = (
    "vocabulary", "stats", "store", "sdmx", "sources", "indicators", "evaluation", "publication",
)  # fmt: skip


def fingerprint(folder: Path) -> str:
    """Return a hash of a case folder, the definitions and the code that computes from them."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    roots: list[tuple[str, Path, Iterable[Path]]] = [
        ("case", folder, folder.rglob("*")),
        ("definitions", DEFINITIONS, DEFINITIONS.rglob("*")),
    ]
    roots += [(room, package / room, (package / room).rglob("*.py")) for room in _LEFT_WING]
    for name, root, paths in roots:
        for path in sorted(path for path in paths if path.is_file()):
            digest.update(f"{name}/{path.relative_to(root).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
