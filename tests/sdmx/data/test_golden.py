"""Small messages, one for each form, kept word for word: a change of form is seen and meant.

To write them anew: IRTYSH_WRITE_GOLDEN=1.
"""

from __future__ import annotations

import os

import pytest

from irtysh.sdmx.data_messages.forms import FORMS, Form
from irtysh.sdmx.data_messages.message import ALL_DIMENSIONS, TIME, Note
from irtysh.sdmx.structure import FIGURES
from irtysh.vocabulary.places import ROOT
from irtysh.vocabulary.text import Text
from tests.observations import observe
from tests.sdmx.data.messages import rows_of, written

_FOLDER = ROOT / "tests" / "golden" / "sdmx"
_NOTE = Note(2001, Text({"ru": "Не передано: 1", "kk": "Жіберілмеді: 1", "en": "Not sent: 1"}))
_SHAPES = [
    *((form, TIME) for form in FORMS),
    *((form, ALL_DIMENSIONS) for form in FORMS if form.syntax != "csv" and not form.is_time_series),
    (Form("csv", "1.0", labels="both"), TIME),
    (Form("csv", "2.0", labels="name", keys="both"), TIME),
]


def _name(form: Form, at: str) -> str:
    parts = [form.syntax, form.version]
    parts += ["generic"] if form.is_generic else []
    parts += ["time-series"] if form.is_time_series else []
    parts += ["flat"] if at == ALL_DIMENSIONS else []
    parts += [f"labels-{form.labels}"] if form.labels != "id" else []
    return "-".join(parts) + f".{form.syntax}"


@pytest.mark.parametrize(("form", "at"), _SHAPES, ids=lambda one: str(one)[:60])
def test_a_message_is_as_it_was(form: Form, at: str) -> None:
    rows = rows_of(
        [
            observe("402,1", notes=("coverage",), locator='L.1 "&"'),
            observe("403", locator="L.7"),
            observe("", "2020"),
            observe("7", "2021-01/2021-07", period_kind="C", freq="C"),
            observe("12,5", measure="SHARE", unit="PC", unit_mult=0, share_of="FLOW:T"),
        ]
    )
    text = written(
        FIGURES,
        rows,
        form,
        observed_by=at,
        begin="2020-01-01",
        end="2021-12-31",
        language="kk",
        notes=lambda: [_NOTE],
    )
    path = _FOLDER / _name(form, at)
    if os.environ.get("IRTYSH_WRITE_GOLDEN") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    assert path.read_bytes().decode() == text
