"""What the page of a risk and the list of risks say beyond the columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest

from irtysh.evaluation.strategy.outcome import Line
from irtysh.portal.presenters import words
from irtysh.portal.reading import Reading
from irtysh.portal.registers.facts import linked
from irtysh.portal.registers.paths import record_path
from irtysh.registries.evaluations.models import Evaluation
from irtysh.registries.evaluations.wording import status_words
from irtysh.registries.records.finding import Asked
from irtysh.registries.risks import rules
from irtysh.registries.risks.models import Risk

HIDDEN = (
    "kind", "status", "likelihood", "impact", "residual_likelihood", "residual_impact",
    "countermeasure", "owner", "owner_name", "due_on", "programme", "measure",
)  # fmt: skip
"""Columns that the page shows in its own way."""
_BY_RULE = "E8.auto."


def present(record: Risk, reading: Reading) -> Mapping[str, Any]:
    """Return how high a risk is, what is done against it, who answers for it."""
    language = reading.language
    owner = record.owner
    text, tongue = record.text_or_other("countermeasure", language)
    return {
        "rated": _rated(record.likelihood, record.impact, language),
        "rest": _rated(record.residual_likelihood, record.residual_impact, language),
        "band": status_words(record.band, language),
        "is_open": record.is_open,
        "countermeasure": text,
        "countermeasure_language": tongue if tongue != language else "",
        "owner": owner.title_in(language)
        if owner is not None
        else record.text_or_other("owner_name", language)[0],
        "owner_path": record_path("organisations", owner.code, language)
        if owner is not None and owner.live
        else "",
        "due": words.day_words(record.due_on),
        "closed": words.day_words(record.closed_on),
        "about": [
            found
            for register, one in (("programmes", record.programme), ("measures", record.measure))
            if one is not None and (found := linked(register, one.code, reading))
        ],
    }


def _rated(likelihood: int | None, impact: int | None, language: str) -> dict[str, Any] | None:
    product = rules.score(likelihood, impact)
    if product is None:
        return None
    return {"likelihood": likelihood, "impact": impact, "score": product,
            "band": status_words(rules.band(product), language)}  # fmt: skip


def present_list(request: HttpRequest, reading: Reading, asked: Asked) -> Mapping[str, Any]:
    """Return the matrix of likelihood and impact, and the risks that rules found."""
    risks = [one for one in Risk.objects.filter(live=True) if one.is_open]
    found = list(_by_rule(reading))
    return {
        "matrix": _matrix(risks, found, reading),
        "levels": rules.LEVELS,
        "unrated": sum(one.score is None for one in risks),
        "open": len(risks),
        "by_rule": found,
    }


def _by_rule(reading: Reading) -> Iterator[dict[str, Any]]:
    """Yield what the newest evaluation raised by itself, worst first."""
    newest = Evaluation.objects.newest()
    if newest is None:
        return
    words = newest.words(reading.language)
    for line in newest.outcome.step("E8").lines:
        if line.id.startswith(_BY_RULE):
            yield {
                "id": line.id,
                **words[line.id],
                "status": status_words(line.status, reading.language),
                "likelihood": _whole(line, "likelihood"),
                "impact": _whole(line, "impact"),
                "path": f"/{reading.language}/evaluation/{newest.number}/E8/#{line.id}",
            }


def _whole(line: Line, name: str) -> int | None:
    point = line.figures.get(name, {}).get("point")
    return int(point) if point is not None else None


def _matrix(
    risks: list[Risk], found: list[dict[str, Any]], reading: Reading
) -> list[dict[str, Any]]:
    """Return a row a likelihood, the highest first; in it a cell an impact."""
    rows = []
    for likelihood in reversed(rules.LEVELS):
        cells = []
        for impact in rules.LEVELS:
            own = [one for one in risks if (one.likelihood, one.impact) == (likelihood, impact)]
            raised = [
                one for one in found if (one["likelihood"], one["impact"]) == (likelihood, impact)
            ]
            cells.append(
                {
                    "band": status_words(rules.band(likelihood * impact), reading.language),
                    "risks": [
                        {
                            "title": one.title_in(reading.language),
                            "path": record_path("risks", one.code, reading.language),
                        }
                        for one in own
                    ],
                    "raised": raised,
                }
            )
        rows.append({"likelihood": likelihood, "cells": cells})
    return rows
