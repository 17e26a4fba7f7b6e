"""An empty shelf of releases for each test."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import cache


@pytest.fixture
def shelf(tmp_path: Path, settings, db) -> Path:
    """The folder of releases that the portal shows; nothing is in it yet."""
    settings.IRTYSH_RELEASES = tmp_path / "releases"
    cache.clear()
    return settings.IRTYSH_RELEASES
