"""A figure chosen by what it measures: the newest one that fits, with its rivals counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from irtysh.portal.presenters import figures
from irtysh.portal.reading import Reading
from irtysh.vocabulary.observation import Observation


def selected(reading: Reading, selection: Mapping[str, Any]) -> Observation | None:
    """Return the newest figure with a value that fits, the preferred one among rivals, or None.

    ``selection`` maps columns of an observation to values, as the headline of a case does.
    """
    asked = {name: str(value) for name, value in selection.items()}
    if not asked:
        return None
    found = [one for one in reading.release.observations(**asked) if one.value is not None]
    if not found:
        return None
    newest = max(one.period.code for one in found)
    return figures.chosen(reading, (one for one in found if one.period.code == newest))[0].shown


def with_rivals(reading: Reading, shown: Observation) -> dict[str, Any]:
    """Return a figure as pages show it, its rivals counted."""
    rivals = [one for one in figures.same_cell(reading, shown) if one.id != shown.id]
    return figures.figure(reading, shown, rivals)
