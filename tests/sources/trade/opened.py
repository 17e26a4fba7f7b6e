"""Small files of our own making, opened and read as the assistant does."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from irtysh.sources.intake.layout import Head, Recognised, Tally
from irtysh.sources.intake.opened import open_file
from irtysh.sources.trade import LAYOUTS
from irtysh.vocabulary.flow_row import FlowRow
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain, say


def head_of(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Head:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    unpacked = folder / "unpacked"
    unpacked.mkdir(exist_ok=True)
    return open_file(path, name, unpacked)


def recognised(head: Head) -> dict[str, Recognised]:
    """Return layout → why, having checked that every sentence of it can be said."""
    found = {}
    for layout in LAYOUTS:
        why = layout.recognise(head)
        if why is None:
            continue
        found[layout.id] = why
        reasons = [*why.reasons, *(reason for q in why.questions for reason in q.reasons)]
        for language in LANGUAGES:
            assert say("intake", f"layout-{layout.id}", language)
            assert say("intake", f"publisher-{layout.publisher}", language)
            for reason in reasons:
                assert say("intake", f"reason-{reason.code}", language, **reason.params)
            for question in why.questions:
                assert say("intake", f"setting-{question.setting}", language)
    return found


def layout_of(name: str) -> Any:
    return next(layout for layout in LAYOUTS if layout.id == name)


def read(head: Head, name: str, **settings: str) -> tuple[list[FlowRow], Tally]:
    """Read the flows with what was found and what a person answers."""
    layout = layout_of(name)
    why = recognised(head)[name]
    merged: Mapping[str, str] = {**why.settings, **settings}
    layout.constants(head, merged)
    tally = Tally()
    rows = list(layout.read(head, merged, tally))
    accounted(tally, len(rows))
    return rows, tally


def accounted(tally: Tally, kept: int) -> None:
    """Every row met has one fate, and every fate has words."""
    assert tally.kept == kept
    assert tally.lines == tally.kept + tally.left_out.total() + tally.refused.total()
    for language in LANGUAGES:
        for fault in (*tally.examples, *tally.remarks):
            assert explain(fault, language)
        for reason in tally.left_out:
            assert say("intake", f"left-out-{reason}", language)


def remarks(tally: Tally) -> dict[str, dict[str, Any]]:
    return {fault.code: fault.params for fault in tally.remarks}
