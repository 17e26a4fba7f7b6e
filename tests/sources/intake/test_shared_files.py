"""Every publisher's file at hand ends as a check sheet or as a refusal that has a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from irtysh.sources.intake.opened import open_file
from irtysh.sources.intake.reading import read_into
from irtysh.sources.layouts import layout_of, recognise
from irtysh.store.staging import Staging
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.places import ROOT
from irtysh.vocabulary.wording import catalogue

SHARED = ROOT.parent / "shared" / "data"
FILES = [path for name in ("trade", "regional", "macro") for path in (SHARED / name).glob("*.*")]
MOST = 3_000_000
"""Bytes: larger files are read by the benchmarks."""


@pytest.mark.skipif(not FILES, reason="the collected files are not at hand")
@pytest.mark.parametrize("path", sorted(FILES), ids=lambda path: path.name)
def test_a_check_sheet_or_a_named_refusal(tmp_path: Path, path: Path) -> None:
    if path.stat().st_size > MOST:
        pytest.skip("large")
    try:
        head = open_file(path, path.name, tmp_path)
        found = recognise(head)
        assert found, "no layout and no refusal"
        chosen = found[0]
        settings = dict(chosen.settings)
        for question in chosen.questions:  # any answer will do here
            first = question.options[0] if question.options else "W"
            settings.setdefault(question.setting, question.suggested or first)
        layout = layout_of(chosen.layout)
        structure = "trade" if layout.produces == "flows" else "figures"
        sheet = read_into(Staging(tmp_path / "staging", structure), head, layout, settings)
    except IrtyshError as refused:
        assert refused.code in catalogue("faults")
        return
    counted = sheet.kept + sheet.refusals + sum(sheet.left_out.values())
    assert counted == sheet.lines or sheet.produces == "figures"
    assert {row["code"] for row in (*sheet.examples, *sheet.remarks)} <= set(catalogue("faults"))
