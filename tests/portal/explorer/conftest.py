"""The portal with the real case and an imported dataset of invented flows beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from pytest_django import Settings

from irtysh.store import Release
from irtysh.store.vintages import Vintage
from tests.flows import NOON, flow_rows, published_flows


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Vintage]]:
    """A folder of datasets with two vintages of one: the second corrects a value and adds one."""
    folder = tmp_path_factory.mktemp("datasets")
    first = published_flows(folder, created_at=NOON)
    corrected = [
        row._replace(value=str(Decimal(row.value) + 7))
        if (row.ref_area, row.counterpart_area, row.flow, row.commodity, row.period)
        == ("KZ", "RU", "X", "_T", "2021")
        else row
        for row in flow_rows()
    ]
    second = published_flows(folder, corrected, created_at=NOON + timedelta(days=1))
    return folder, [second, first]


@pytest.fixture
def explorer(
    portal: Release, imported: tuple[Path, list[Vintage]], settings: Settings
) -> Iterator[Release]:
    """The portal that shows both."""
    settings.IRTYSH_DATASETS = imported[0]
    yield portal
