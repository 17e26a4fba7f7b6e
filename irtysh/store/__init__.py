"""Releases: immutable sets of observations and documents, and the only door to DuckDB."""

from irtysh.store.release import Release, Revision
from irtysh.store.releases import Publication, Releases

__all__ = ["Publication", "Release", "Releases", "Revision"]
