"""A message of any form, read again: the same observations, the same flows, the same vintage."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from irtysh.sdmx.data_messages.forms import FORMS, Form
from irtysh.sdmx.data_messages.message import ALL_DIMENSIONS, TIME
from irtysh.sdmx.reading.rows import figures, flows
from irtysh.sdmx.structure import FIGURES, TRADE
from irtysh.store import Releases
from irtysh.store.schema import COLUMNS
from irtysh.store.vintages import Vintage
from irtysh.vocabulary.errors import Fault
from irtysh.vocabulary.flow_row import FlowRow
from irtysh.vocabulary.observation import Observation
from tests.flows import CONSTANTS, flow_rows, published_flows
from tests.release import published
from tests.sdmx.data import strategies
from tests.sdmx.data.messages import read, rows_of, written

_FORMS = [
    *FORMS,
    Form("csv", "1.0", labels="both"),
    Form("csv", "2.0", labels="both", keys="both"),
    Form("csv", "2.0", labels="name"),
]
SHAPES = [
    (form, at)
    for form in _FORMS
    for at in (TIME, ALL_DIMENSIONS, "COUNTERPART_AREA")
    if at == TIME or not (form.is_time_series or form.syntax == "csv")
]
_IDS = [f"{form.syntax}-{form.version}-{form.is_generic}-{form.labels}-{at}" for form, at in SHAPES]


def _figures(text: str, folder: Path) -> list[Observation]:
    faults: list[Fault] = []
    reading = read(text, folder)
    found = list(figures(reading.observations, "TRADE_PARTNER", faults.append))
    assert reading.agency == "IRTYSH"
    assert faults == []
    return sorted(found, key=repr)


def _flows(text: str, folder: Path) -> list[FlowRow]:
    faults: list[Fault] = []
    found = list(flows(read(text, folder).observations, faults.append, in_memory=100))
    assert faults == []
    return found


def _compared(rows: Iterable[FlowRow]) -> list[tuple[Any, ...]]:
    def number(text: str) -> Decimal | None:
        return Decimal(text) if text else None

    return sorted(
        tuple(
            str(number(part)) if name in ("value", "weight", "quantity") and part else part
            for name, part in row._replace(
                value=row.value and str(Decimal(row.value).normalize()),
                weight=row.weight and str(Decimal(row.weight).normalize()),
                quantity=row.quantity and str(Decimal(row.quantity).normalize()),
            )
            ._asdict()
            .items()
        )
        for row in rows
    )


@pytest.mark.parametrize(("form", "at"), SHAPES, ids=_IDS)
@settings(deadline=None, max_examples=8)
@given(listed=st.lists(strategies.observations(), min_size=1, max_size=8))
def test_any_figures_come_back(form: Form, at: str, listed: list[Observation]) -> None:
    text = written(FIGURES, rows_of(listed), form, observed_by=at)
    with tempfile.TemporaryDirectory() as folder:
        assert _figures(text, Path(folder)) == sorted(listed, key=repr)


@pytest.fixture(scope="module")
def vintage(tmp_path_factory: pytest.TempPathFactory) -> Vintage:
    """A published dataset of declared flows."""
    return published_flows(tmp_path_factory.mktemp("datasets"))


@pytest.mark.parametrize(("form", "at"), SHAPES, ids=_IDS)
def test_a_vintage_comes_back_and_has_the_same_id(
    form: Form, at: str, vintage: Vintage, tmp_path: Path
) -> None:
    rows = vintage.dataset.stream(by_series=True)
    text = written(TRADE, rows, form, dataflow="TEST_TRADE", observed_by=at)
    found = _flows(text, tmp_path)
    assert _compared(found) == _compared(flow_rows())
    again = published_flows(tmp_path / "again", found, constants=CONSTANTS)
    assert again.id == vintage.id


@settings(deadline=None, max_examples=12)
@given(
    shape=st.sampled_from(SHAPES),
    listed=st.lists(
        strategies.flow_rows(),
        min_size=1,
        max_size=6,
        unique_by=lambda row: (row[1:6], row.period, row.freq),
    ),
)
def test_any_flows_come_back(shape: tuple[Form, str], listed: list[FlowRow]) -> None:
    form, at = shape
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        vintage = published_flows(folder, listed)
        rows = vintage.dataset.stream(by_series=True)
        text = written(TRADE, rows, form, dataflow="TEST_TRADE", observed_by=at)
        assert _compared(_flows(text, folder)) == _compared(listed)


@pytest.fixture(scope="module")
def real() -> list[dict[str, Any]]:
    """Every row of the real case that has a period."""
    release = Releases(published("omsk-kazakhstan")).current()
    return [
        row
        for one in release.document("datasets")
        for row in release.dataset(one["id"]).stream(by_series=True)
        if row["period_kind"] != "U"
    ]


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_the_real_case_comes_back(form: Form, real: list[dict[str, Any]], tmp_path: Path) -> None:
    """Codes of the case's own lists are not known outside of it, so fields are compared."""
    from irtysh.sdmx.reading.rows import _row

    text = written(FIGURES, real, form)
    got = [_row(one) for one in read(text, tmp_path).observations]
    names = {
        "source": "SOURCE",
        "locator": "LOCATOR",
        "printed": "PRINTED",
        "definition": "DEFINITION",
        "ref_area": "REF_AREA",
        "counterpart_area": "COUNTERPART_AREA",
        "flow": "TRADE_FLOW",
        "commodity": "COMMODITY",
        "unit": "UNIT_MEASURE",
    }
    assert set(names) <= set(COLUMNS)
    expected = sorted(tuple(row[name] or "" for name in names) for row in real)
    assert sorted(tuple(row.get(name, "") for name in names.values()) for row in got) == expected
    assert len({(one["SOURCE"], one["REPEAT"], *_place(one)) for one in got}) == len(got)


def _place(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in (*FIGURES.key, "BASE_PERIOD_KIND", TIME))
