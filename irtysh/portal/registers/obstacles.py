"""What the page of an obstacle and the list of obstacles say beyond the columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from irtysh.portal.presenters import words
from irtysh.portal.reading import Reading
from irtysh.portal.registers.paths import record_path
from irtysh.registries.obstacles import rules
from irtysh.registries.obstacles.models import Obstacle, Question
from irtysh.registries.records.codes import code_name
from irtysh.registries.records.finding import Asked
from irtysh.vocabulary.numbers import format_number

HIDDEN = ("kind", "status", "side", "answers", "body", "registered_on", "due_on", "solved_on")
"""Columns that the page shows in its own way."""


def present(record: Obstacle, reading: Reading) -> Mapping[str, Any]:
    """Return clock, body and dated answers of an obstacle."""
    today = timezone.localdate()
    language = reading.language
    return {
        "side": code_name("sides", record.side, language),
        "body": _body(record.body, language),
        "registered": words.day_words(record.registered_on),
        "due": words.day_words(record.due_on),
        "is_overdue": bool(
            record.due_on and record.status == rules.SENT and record.due_on < today.isoformat()
        ),
        "solved": words.day_words(record.solved_on),
        "is_solved": record.status == rules.SOLVED,
        "is_open": record.status in rules.OPEN,
        "days_open": record.days_open(today),
        "days_silent": record.days_silent(today),
        "days_to_solution": record.days_to_solution(),
        "answers": [_answer(row, language) for row in _newest_first(record)],
        "asked": record.questions.count(),
    }


def _newest_first(record: Obstacle) -> list[Any]:
    return sorted(record.answers.all(), key=lambda row: row.on, reverse=True)


def _answer(row: Any, language: str) -> dict[str, Any]:
    text, tongue = row.text_or_other("text", language)
    return {
        "day": words.day_words(row.on),
        "body": _body(row.body, language),
        "text": text,
        "lang": tongue if tongue != language else "",
    }


def _body(body: Any, language: str) -> dict[str, str]:
    if body is None:
        return {}
    path = record_path("organisations", body.code, language) if body.live else ""
    return {"text": body.title_in(language), "path": path}


def present_list(request: HttpRequest, reading: Reading, asked: Asked) -> Mapping[str, Any]:
    """Return the public counts of obstacles and questions."""
    return {"numbers": counts_page(reading.language)}


def counts_page(language: str, today: date | None = None) -> dict[str, Any]:
    """Return the public counts in words' reach: what is unknown is said, never shown as zero."""
    today = today or timezone.localdate()
    counts = Obstacle.objects.counts(today)
    share = counts.share_with_body
    return {
        "counts": counts,
        "years": [(str(year), number) for year, number in reversed(counts.solved_in.items())],
        "solved_this_year": counts.solved_in.get(today.year, 0),
        "median": None if counts.median_age is None else _written(counts.median_age, language),
        "percent": None if share is None else _written(round(share * 100), language),
        "kinds": [
            (code_name("legal_gaps", kind, language), number)
            for kind, number in sorted(counts.by_kind.items(), key=lambda pair: -pair[1])
        ],
        "questions": Question.objects.public_counts(today),
        "target": rules.REPLY_TARGET,
    }


def _written(number: float, language: str) -> str:
    return format_number(Decimal(str(number)).normalize(), language)
