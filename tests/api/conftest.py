"""The shelf of the open data, published once for all tests that only read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from tests.api.shelf import publish


@pytest.fixture(scope="session")
def open_shelf_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the case's dataset TRADE_PARTNER and the imported TEST_TRADE."""
    folder = tmp_path_factory.mktemp("open-data")
    publish(folder)
    return folder


@pytest.fixture
def open_shelf(open_shelf_folder: Path, settings) -> None:
    """Let the portal show that folder."""
    settings.IRTYSH_RELEASES = open_shelf_folder / "releases"
    settings.IRTYSH_DATASETS = open_shelf_folder / "datasets"


@pytest.fixture
def served() -> Iterator[WSGIHandler]:
    """The portal as a program for web servers, its connection kept as Django's own client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield WSGIHandler()
    for signal in signals:
        signal.connect(close_old_connections)
