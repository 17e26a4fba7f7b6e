"""Observations laid out as a table of rows and columns, with rivals marked in their cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from irtysh.portal.presenters import figures
from irtysh.portal.presenters.words import source_line
from irtysh.portal.reading import Reading
from irtysh.vocabulary.observation import Observation

Key = Callable[[Observation], tuple[Any, str]]
"""Gives what to sort by, and the words of the heading."""


def cross_table(
    reading: Reading, observations: Iterable[Observation], row: Key, column: Key
) -> dict[str, Any]:
    """Return {columns, rows: [{label, cells}], notes}; an empty cell is None, never zero."""
    cells: dict[tuple[Any, Any], dict[str, Any]] = {}
    rows: dict[Any, str] = {}
    columns: dict[Any, str] = {}
    shown: list[Observation] = []
    for one in figures.chosen(reading, observations):
        row_key, row_words = row(one.shown)
        column_key, column_words = column(one.shown)
        rows[row_key], columns[column_key] = row_words, column_words
        shown.append(one.shown)
        cells[row_key, column_key] = {
            **figures.number(reading, one.shown),
            "rivals": len(one.rivals),
            "rivals_words": figures.rivals_words(len(one.rivals)),
        }
    return {
        "columns": [columns[key] for key in sorted(columns)],
        "rows": [
            {
                "label": rows[key],
                "cells": [cells.get((key, column_key)) for column_key in sorted(columns)],
            }
            for key in sorted(rows)
        ],
        "notes": figures.notes(
            reading, [note for one in shown for note in (one.definition, *one.notes)]
        ),
        "has_derived": any(cell["is_derived"] for cell in cells.values()),
        "has_rivals": any(cell["rivals"] for cell in cells.values()),
        "sources": sources(reading, shown),
    }


def sources(reading: Reading, observations: Iterable[Observation]) -> list[dict[str, Any]]:
    """Return the sources of figures, each once."""
    ids = dict.fromkeys(one.source for one in observations)
    return [source_line(reading, source_id) for source_id in ids]
