"""A figure as a page shows it: number, unit, period, interval, source, notes, rivals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from irtysh.portal.presenters import words
from irtysh.portal.reading import Reading
from irtysh.vocabulary.numbers import MINUS, Qualifier, format_number
from irtysh.vocabulary.observation import Observation, Status

_PRINTED = (Status.OBSERVED, Status.TARGET)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The figure that a cell shows, and the others that say something about the same cell."""

    shown: Observation
    rivals: tuple[Observation, ...]


def chosen(reading: Reading, observations: Iterable[Observation]) -> list[Chosen]:
    """Group observations by cell, in the order met, and pick the preferred one of each."""
    cells: dict[tuple[str, ...], list[Observation]] = {}
    for observation in observations:
        cells.setdefault(observation.cell, []).append(observation)
    return [_pick(reading, same) for same in cells.values()]


def _pick(reading: Reading, same: Sequence[Observation]) -> Chosen:
    if len(same) == 1:
        return Chosen(same[0], ())
    standings = reading.standing
    ranked = sorted(
        same,
        key=lambda one: (
            not standings.get(one.id, {}).get("preferred", False),
            one.value is None,
            one.qualifier is not Qualifier.EQ,
        ),
    )
    return Chosen(ranked[0], tuple(ranked[1:]))


def number(reading: Reading, observation: Observation) -> dict[str, Any]:
    """Return the number itself: its words, its digits, and how it came to be."""
    value = observation.value
    text = "" if value is None else format_number(value, reading.language)
    if observation.measure == "GROWTH" and value is not None and value > 0:
        text = f"+{text}"
    bound = words.qualifier_words(observation.qualifier)
    return {
        "id": observation.id,
        "text": text,
        "words": bound,
        "worded": f"{bound} {text}".strip(),
        "is_missing": value is None,
        "is_derived": observation.status not in _PRINTED and value is not None,
        "status": reading.code("statuses", observation.status.value),
        "sort": "" if value is None else f"{value:f}".replace(MINUS, "-"),
    }


def figure(
    reading: Reading, observation: Observation, rivals: Sequence[Observation] = ()
) -> dict[str, Any]:
    """Return a figure with everything that a reader needs to trust or doubt it."""
    return {
        **number(reading, observation),
        "what": words.what_words(reading, observation),
        "unit": words.unit_words(reading, observation.unit, observation.unit_mult),
        "period": words.period_words(reading, observation),
        "interval": words.interval_words(reading, observation.interval),
        "interval_why": _why(observation),
        "source": words.source_line(reading, observation.source, observation.locator),
        "notes": notes(reading, (observation.definition, *observation.notes)),
        "rivals": len(rivals),
        "rivals_words": rivals_words(len(rivals)),
    }


def rivals_words(count: int) -> str:
    """Say how many other values there are for the same cell."""
    if not count:
        return ""
    return ngettext("%(n)s other value", "%(n)s other values", count) % {"n": count}


def notes(reading: Reading, note_ids: Iterable[str]) -> list[str]:
    """Return the texts of notes, each once, unknown ids left out."""
    texts = (reading.text(reading.notes.get(note_id)) for note_id in dict.fromkeys(note_ids))
    return [text for text in texts if text]


def _why(observation: Observation) -> str:
    match observation.qualifier:
        case Qualifier.EQ:
            return _("as the number is rounded")
        case Qualifier.APPROX:
            return _("“about” is read as ten per cent either way")
        case _:
            return _("the source gives a bound only")


def same_cell(reading: Reading, observation: Observation) -> list[Observation]:
    """Return every observation of the release that says something about the same cell."""
    near = reading.release.observations(
        dataflow=observation.dataflow,
        ref_area=observation.ref_area,
        counterpart_area=observation.counterpart_area,
        flow=observation.flow,
        commodity=observation.commodity,
        measure=observation.measure,
    )
    return [one for one in near if one.cell == observation.cell]


def figure_page(reading: Reading, observation: Observation) -> dict[str, Any]:
    """Return the page of one figure."""
    same = same_cell(reading, observation)
    others = [one for one in same if one.id != observation.id]
    standings = reading.standing
    mine = standings.get(observation.id, {})
    used = _usage(reading, observation.id)
    return {
        "figure": figure(reading, observation, others),
        "definition": reading.text(reading.notes.get(observation.definition)),
        "dimensions": _dimensions(reading, observation),
        "rivals": [
            {**figure(reading, one), "is_preferred": standings.get(one.id, {}).get("preferred")}
            for one in others
        ],
        "is_preferred": mine.get("preferred", False),
        "is_undecided": bool(others)
        and not any(standings.get(one.id, {}).get("preferred") for one in same),
        "reason": reading.text(mine.get("reason")),
        "decided_by": reading.text(mine.get("decided_by")),
        "revisions": _revisions(reading, observation.id),
        "charts": [use for use in used if use["kind"] == "chart"],
        "indicators": [use for use in used if use["kind"] == "indicator"],
        "dataset": observation.dataflow,
    }


def _dimensions(reading: Reading, observation: Observation) -> list[tuple[str, str]]:
    rows = [
        (_("Flow"), reading.code("flows", observation.flow), observation.flow),
        (_("Goods"), words.goods_name(reading, observation.classification, observation.commodity),
         observation.commodity),
        (_("Measure"), reading.code("measures", observation.measure), observation.measure),
        (_("Share of what"), share_of_words(reading, observation.share_of), observation.share_of),
        (_("Valuation"), reading.code("valuations", observation.valuation), observation.valuation),
        (_("How it came to be"), reading.code("statuses", observation.status.value), "."),
        (_("Read on"), words.day_words(observation.retrieved_on), "."),
    ]  # fmt: skip
    return [(name, value) for name, value, code in rows if value and code not in ("", "_Z")]


def share_of_words(reading: Reading, share_of: str) -> str:
    """Say of which whole a share is a part."""
    if share_of == "_U":
        return _("the source does not say")
    dimension, _colon, code = share_of.partition(":")
    match dimension:
        case "FLOW":
            return reading.code("flows", code)
        case "COMMODITY":
            return _("all goods") if code == "_T" else reading.code("commodities", code)
        case "REF_AREA":
            return reading.code("areas", code)
        case "COUNTERPART":
            return _("all countries") if code == "W" else reading.code("areas", code)
        case _:
            return share_of


def _revisions(reading: Reading, observation_id: str) -> list[dict[str, Any]]:
    kinds = {"added": _("added"), "changed": _("changed"), "withdrawn": _("withdrawn")}
    return [
        {
            "release": revision.release,
            "kind": kinds.get(revision.kind, revision.kind),
            "changes": [
                {"field": key, "before": revision.before[key], "after": revision.after[key]}
                for key in (revision.after if revision.before and revision.after else ())
                if revision.before[key] != revision.after[key]
            ],
        }
        for revision in reading.release.revisions(observation_id)
    ]


def _usage(reading: Reading, observation_id: str) -> list[dict[str, str]]:
    """Return the indicators and charts that use a figure; findings are shown as cards."""
    charts = {chart["id"]: chart for chart in reading.document("charts")}
    used = []
    for use in reading.document("usage", {}).get(observation_id, ()):
        if use["kind"] == "chart" and use["id"] in charts:
            title = reading.text(charts[use["id"]].get("title"))
        elif use["kind"] == "indicator" and use["id"] in reading.definitions:
            title = reading.definitions[use["id"]].title[reading.language]
        else:
            continue
        used.append({"kind": use["kind"], "id": use["id"], "title": title})
    return used
