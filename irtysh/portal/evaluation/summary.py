"""An evaluation on one page: its steps, what is missing, what depends on a choice, the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.formats import date_format

from irtysh.evaluation.strategy.outcome import Line, Outcome
from irtysh.evaluation.strategy.words import value_in_words
from irtysh.portal.evaluation.lines import Words, percent, present_step
from irtysh.portal.evaluation.paths import compare_path, evaluation_path
from irtysh.portal.evaluation.tasks import present_task
from irtysh.portal.reading import Reading
from irtysh.registries.evaluations.forms import rating_name
from irtysh.registries.evaluations.models import Evaluation, ReviewTask, SheetRating
from irtysh.registries.evaluations.sheets import sheet_of
from irtysh.registries.evaluations.wording import naming, status_words
from irtysh.registries.records.codes import code_name

_BASES = ".bases"
_MISSING = ("no_data", "insufficient", "no_target", "unmeasurable", "no_report", "unproven")
"""Statuses that name what is missing, in the order of a reader's questions."""
_SHOWN = 6
"""Subjects named on a card of what is missing; the rest is counted."""
_ORDERS = ("robust_order", "open_order")


def present_summary(evaluation: Evaluation, reading: Reading) -> dict[str, Any]:
    """Return what the page of an evaluation shows."""
    outcome = evaluation.outcome
    words = evaluation.words(reading.language)
    base = evaluation_path(evaluation.number, reading.language)
    newest = Evaluation.objects.newest()
    with naming(evaluation.release):
        steps = [present_step(step, words, base, reading) for step in outcome.steps]
        return {
            **about(evaluation, reading),
            "steps": steps,
            "tones": _tones(steps),
            "missing": missing(outcome, words, base, reading),
            "bases": base_years(outcome, words, base, reading),
            "orders": orders(outcome, words, base, reading),
            "sheet": present_sheet(evaluation, reading),
            "tasks": [
                present_task(one, reading)
                for one in ReviewTask.objects.unfinished().select_related(
                    "opened_in", "before", "person"
                )
            ],
            "is_newest": newest is not None and newest.pk == evaluation.pk,
            "newest_path": f"/{reading.language}/evaluation/",
        }


def about(evaluation: Evaluation, reading: Reading) -> dict[str, Any]:
    """Return what every page of an evaluation says of it."""
    before = Evaluation.objects.filter(number__lt=evaluation.number).listed().first()
    language = reading.language
    return {
        "number": evaluation.number,
        "day": date_format(evaluation.day, "DATE_FORMAT"),
        "made": evaluation.made_at,
        "release": evaluation.release,
        "engine": evaluation.engine,
        "digest": evaluation.outcome_digest,
        "inputs_digest": evaluation.inputs_digest,
        "reason": code_name("evaluation_reasons", evaluation.reason, language),
        "path": evaluation_path(evaluation.number, language),
        "before": before.number if before else None,
        "changes_path": compare_path(before.number, evaluation.number, language) if before else "",
        "history_path": f"/{language}/evaluation/history/",
        "tasks_path": f"/{language}/evaluation/tasks/",
        "data_path": f"/api/evaluations/{evaluation.number}.json?lang={language}",
    }


def _tones(steps: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    found = dict.fromkeys(("good", "fair", "poor", "grey"), 0)
    for step in steps:
        found[step["status"]["tone"]] += 1
    return found


def missing(outcome: Outcome, words: Words, base: str, reading: Reading) -> list[dict[str, Any]]:
    """Return what cannot be said and why, a card a reason; each names what it is about."""
    found = []
    for status in _MISSING:
        lines = [line for line in outcome.lines.values() if line.status == status]
        if lines:
            found.append(
                {
                    **status_words(status, reading.language),
                    "count": len(lines),
                    "items": [
                        {
                            "text": _named(line, words, reading),
                            "path": f"{base}{line.step}/#{line.id}",
                        }
                        for line in lines[:_SHOWN]
                    ],
                    "more": max(0, len(lines) - _SHOWN),
                }
            )
    return found


def _named(line: Line, words: Words, reading: Reading) -> str:
    """Return what a line is about; a trigger's subject is its rule, so its title says more."""
    label = line.subject.get("label") or {}
    if line.subject["kind"] == "trigger":
        return str(words[line.id]["title"])
    return str(label.get(reading.language) or words[line.id]["title"])


def base_years(outcome: Outcome, words: Words, base: str, reading: Reading) -> list[dict[str, Any]]:
    """Return a table a group of series: each base year with the verdict that it gives."""
    lines = [line for line in outcome.step("E2").lines if "base" in line.params]
    tables = []
    for summary in outcome.step("E2").lines:
        if not summary.id.endswith(_BASES):
            continue
        own = [line for line in lines if line.id in summary.evidence]
        years = sorted({_base_year(line, reading) for line in own})
        series: dict[str, dict[str, Line]] = {}
        for line in own:
            series.setdefault(line.id.rpartition(".")[0], {})[_base_year(line, reading)] = line
        tables.append(
            {
                "id": summary.id,
                **words[summary.id],
                "status": status_words(summary.status, reading.language),
                "disagree": summary.status == "bases_disagree",
                "path": f"{base}{summary.step}/#{summary.id}",
                "series": [_series(cells, reading) for cells in series.values()],
                "rows": [
                    {
                        "year": year,
                        "cells": [_cell(cells.get(year), base, reading) for cells in
                                  series.values()],
                    }
                    for year in years
                ],
            }
        )  # fmt: skip
    return sorted(tables, key=lambda one: not one["disagree"])


def _base_year(line: Line, reading: Reading) -> str:
    return value_in_words(line.params["base"], reading.language)


def _series(cells: Mapping[str, Line], reading: Reading) -> str:
    first = next(iter(cells.values()))
    label = first.subject.get("label") or {}
    return str(label.get(reading.language) or first.subject["id"])


def _cell(line: Line | None, base: str, reading: Reading) -> dict[str, Any] | None:
    if line is None:
        return None
    path = f"{base}{line.step}/#{line.id}"
    return {**status_words(line.status, reading.language), "path": path}


def orders(outcome: Outcome, words: Words, base: str, reading: Reading) -> list[dict[str, Any]]:
    """Return the orderings with their probability: never a bare score."""
    return [
        {
            "id": line.id,
            **words[line.id],
            "status": status_words(line.status, reading.language),
            "robust": percent(line.robust, reading.language),
            "path": f"{base}{line.step}/#{line.id}",
        }
        for line in outcome.lines.values()
        if line.status in _ORDERS
    ]


def present_sheet(evaluation: Evaluation, reading: Reading) -> list[dict[str, Any]]:
    """Return the sheet: each criterion, its signals, and who signed what."""
    return [
        {
            "code": one.code,
            "title": one.title,
            "signal": one.signal,
            "rating": _rating(one.rating or one.earlier, reading),
            "signed_for": one.earlier.evaluation.number
            if one.earlier is not None and one.rating is None
            else None,
        }
        for one in sheet_of(evaluation, reading.language)
    ]


def _rating(rating: SheetRating | None, reading: Reading) -> dict[str, Any] | None:
    if rating is None:
        return None
    return {
        "name": rating_name(rating.rating, reading.language),
        "text": rating.text,
        "language": rating.language,
        "by": rating.signed_name,
        "side": code_name("sides", rating.side, reading.language),
        "day": date_format(rating.signed_on, "DATE_FORMAT"),
    }
