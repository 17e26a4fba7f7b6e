"""Real releases for tests: published once, then shared by every worker and every later run."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pytest_django.plugin import DjangoDbBlocker

from irtysh.publication import case_of, publish_case
from irtysh.publication.fingerprint import fingerprint
from irtysh.store import Releases
from irtysh.vocabulary.places import CASES, ROOT, data_folder
from tests import tables

# Read once: a test may point IRTYSH_DATA at a folder of its own.
_KEPT = data_folder() / "kept"
_DAY = 24 * 3600
_LOADED: dict[Path, tables.Tables] = {}
"""Folder → what loading it made of the database: loading takes seconds, and forty modules ask."""


def published(case: str) -> Path:
    """Return the folder of releases that holds the case as it is now.

    Drawing the charts costs ten seconds of the processor, so the folder is named by what the
    release is made of and made under a lock by whoever comes first.
    """
    mark = fingerprint(CASES / case)
    folder = _KEPT / "releases" / case / mark[:16]
    with alone(f"releases-{case}"):
        if not (folder / "ready").exists():
            shutil.rmtree(folder, ignore_errors=True)
            publish_case(CASES / case, Releases(folder))
            (folder / "ready").touch()
            _forget_old(folder)
    return folder


@contextmanager
def showing(folder: Path, blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let this process's portal show the releases of a folder, its pages and its registers."""
    from django.db import transaction
    from django.test import override_settings
    from wagtail.models import Site

    with blocker.unblock(), override_settings(IRTYSH_RELEASES=folder), transaction.atomic():
        if folder in _LOADED:
            tables.put(_LOADED[folder])
            Site.clear_site_root_paths_cache()  # no signal tells it of rows put back
        else:
            before = tables.taken()
            _load(folder)
            after = tables.taken()
            _LOADED[folder] = {name: one for name, one in after.items() if one != before[name]}
        yield
        transaction.set_rollback(True)


def _load(folder: Path) -> None:
    from irtysh.portal.actions import load_case_pages
    from irtysh.registries.records.loading import load_registers

    case = case_of(Releases(folder).current())
    load_case_pages(case)
    load_registers(case.documents)


@contextmanager
def alone(name: str) -> Iterator[Path]:
    """Let one process at a time through; give it the folder of what is kept between runs."""
    _KEPT.mkdir(parents=True, exist_ok=True)
    with (_KEPT / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield _KEPT


def migrations_mark() -> str:
    """Return a hash of every migration of ours and of the packages that bring others."""
    signature = hashlib.sha256()
    for path in sorted(ROOT.glob("irtysh/**/migrations/*.py")):
        signature.update(path.read_bytes())
    signature.update((ROOT / "requirements" / "base.txt").read_bytes())
    return signature.hexdigest()


def _forget_old(newest: Path) -> None:
    """Remove what no run has made for a day; younger ones may still be read by another run."""
    for folder in newest.parent.iterdir():
        if folder != newest and folder.stat().st_mtime < time.time() - _DAY:
            shutil.rmtree(folder, ignore_errors=True)
