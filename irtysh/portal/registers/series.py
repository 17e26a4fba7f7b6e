"""A series of events: what is known of each, and what no source names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from irtysh.portal.presenters import words
from irtysh.portal.reading import Reading
from irtysh.portal.registers.events import place_of, when_words
from irtysh.portal.registers.paths import record_path
from irtysh.registries.events.models import Event, Series
from irtysh.sources.registers.words import column_label


def present_series(series: Series, reading: Reading) -> Mapping[str, Any]:
    """Return the events of a series with the numbers that are missing between them."""
    events = series.members()
    gaps = series.gaps()
    rows = [_row(one, reading) for one in events]
    rows += [{"number": number, "is_missing": True} for number in gaps.missing]
    rows.sort(key=lambda row: (row["number"] is None, row["number"] or 0))
    titles = {one.code: _link(one, reading) for one in events}
    return {
        "is_numbered": bool(series.is_numbered),
        "rows": rows,
        "held": sum(1 for one in events if one.status == "held"),
        "gaps": gaps,
        "has_gaps": bool(events) and not gaps.is_whole,
        "missing_numbers": stretches(gaps.missing),
        "repeated": ", ".join(map(str, gaps.repeated)),
        "backward": [(titles[one], titles[other]) for one, other in gaps.backward],
        "without_place": [titles[code] for code in gaps.without_place],
        "without_date": [titles[code] for code in gaps.without_date],
        "unconfirmed": [titles[code] for code in gaps.unconfirmed],
        "contradictions": [_contradiction(one, reading) for one in events if one.rivals.exists()],
        "acts": _born(events, "act"),
        "projects": _born(events, "project"),
    }


def stretches(numbers: tuple[int, ...]) -> str:
    """Write ascending numbers with runs drawn together: 5, 6, 10, 12–14."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs
    )


def _row(event: Event, reading: Reading) -> dict[str, Any]:
    return {
        **_link(event, reading),
        "number": event.number,
        "when": when_words(event),
        "place": place_of(event, reading),
        "is_online": bool(event.online),
        "standing": next(tag for tag in event.tags(reading.language) if tag.name == "status"),
        "is_disputed": event.rivals.exists(),
    }


def _link(event: Event, reading: Reading) -> dict[str, Any]:
    return {
        "number": event.number,
        "title": event.title_in(reading.language),
        "path": record_path("events", event.code, reading.language),
    }


def _contradiction(event: Event, reading: Reading) -> dict[str, Any]:
    known = {column.name for column in event.table.columns}
    return {
        **_link(event, reading),
        "said": [
            {
                "label": column_label("events", row.about, reading.language)
                if row.about in known
                else row.about,
                "said": row.text_or_other("said", reading.language)[0],
                "cited": words.source_line(reading, row.source, row.locator)
                if row.source
                else None,
            }
            for row in event.rivals.all()
        ],
    }


def _born(events: list[Event], kind: str) -> int:
    """Return how many records came of the events, each once."""
    rows = (row for one in events for row in one.outcomes.all())
    return len({row.to for row in rows if row.kind == kind and row.to})
