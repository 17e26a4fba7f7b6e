"""The portal with the real case, and datasets of invented flows beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from irtysh.store import Release
from tests.flows import flow_row, published_flows


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented matrix, and a pair of totals as both sides recorded them."""
    folder = tmp_path_factory.mktemp("datasets")
    published_flows(folder)
    rows = [
        ("DE", "PL", "X", "2021", "1000"), ("PL", "DE", "M", "2021", "1030"),
        ("DE", "PL", "X", "2022", "1000"), ("PL", "DE", "M", "2022", "400"),
        ("DE", "PL", "X", "2023", "1200"),
    ]  # fmt: skip
    flows = [
        flow_row(
            ref_area=here, counterpart_area=there, flow=flow, period=year, value=value,
            commodity="_T", classification="_Z", line=line,
        )
        for line, (here, there, flow, year, value) in enumerate(rows, start=2)
    ]  # fmt: skip
    published_flows(folder, flows, "TEST_MIRROR", invented=False)
    return folder


@pytest.fixture
def profiles(portal: Release, folder: Path, settings: Settings) -> Iterator[Release]:
    """The portal that shows them."""
    settings.IRTYSH_DATASETS = folder
    yield portal
