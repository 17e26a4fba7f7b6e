"""Reads a file with the layout that recognises it best, as the intake does."""

from __future__ import annotations

from pathlib import Path

from irtysh.sources.intake.layout import Tally
from irtysh.sources.intake.opened import open_file
from irtysh.sources.table import LAYOUTS
from irtysh.vocabulary.observation import Observation


def read(path: Path, folder: Path) -> tuple[str, list[Observation], Tally]:
    """Return the layout's id, the figures and the tally."""
    head = open_file(path, path.name, folder)
    seen = [found for one in LAYOUTS if (found := one.recognise(head)) is not None]
    best = max(seen, key=lambda found: found.certainty)
    layout = next(one for one in LAYOUTS if one.id == best.layout)
    tally = Tally()
    return layout.id, layout.read(head, best.settings, tally), tally
