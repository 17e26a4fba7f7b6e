"""The releases that this portal shows, opened once a process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings

from irtysh.publication.catalogue import Catalogue
from irtysh.publication.edition import Edition
from irtysh.store import Release, Releases
from irtysh.store.vintages import Vintages
from irtysh.vocabulary.codelists import Codelist, read_codelist_text, with_own_codelists
from irtysh.vocabulary.errors import ReleaseNotFound
from irtysh.vocabulary.text import LANGUAGES


@cache
def _open(folder: Path) -> Releases:
    return Releases(folder)


@cache
def _vintages(folder: Path) -> Vintages:
    return Vintages(folder)


def vintages() -> Vintages:
    """Return the imported datasets."""
    return _vintages(Path(settings.IRTYSH_DATASETS))


def catalogue() -> Catalogue:
    """Return all datasets that readers can get."""
    return Catalogue(releases(), vintages())


def releases() -> Releases:
    """Return the shelf of releases."""
    return _open(Path(settings.IRTYSH_RELEASES))


@lru_cache(maxsize=24)
def _edition(release: Release, language: str, is_past: bool) -> Edition:
    return Edition(release, language, is_past)


def edition(release_id: str, language: str) -> Edition:
    """Return a release in a language; "latest" is the current one. Raises ReleaseNotFound."""
    is_past = release_id not in ("", "latest")
    release = releases().get(release_id or "latest")
    return _edition(release, language if language in LANGUAGES else LANGUAGES[0], is_past)


@contextmanager
def naming(release_id: str) -> Iterator[None]:
    """Let codes have the names that a release gives them; generic ones where it is gone."""
    with with_own_codelists(_own_codelists(release_id)):
        yield


@lru_cache(maxsize=8)
def _own_codelists(release_id: str) -> Mapping[str, Codelist]:
    try:
        texts = releases().get(release_id).document("own_codelists")
    except ReleaseNotFound:
        return {}
    return {name: read_codelist_text(name, text) for name, text in texts.items()}
