"""Tasks of review as readers see them: what asked for it, what changed, what was answered."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from irtysh.portal.evaluation.paths import compare_path, evaluation_path
from irtysh.portal.reading import Reading
from irtysh.registries.evaluations.models import ReviewTask
from irtysh.registries.records.codes import code_name


def present_task(task: ReviewTask, reading: Reading, fires: bool | None = None) -> dict[str, Any]:
    """Return a task in words. ``fires`` says whether the newest evaluation still asks for it."""
    language = reading.language
    number = task.opened_in.number
    return {
        "id": task.line_id,
        **task.words(language),
        "state": {"code": task.state, "name": code_name("task_states", task.state, language)},
        "is_open": task.is_open,
        "is_late": task.is_late(timezone.localdate()),
        "opened": date_format(task.opened_on, "DATE_FORMAT"),
        "due": date_format(task.due, "DATE_FORMAT"),
        "evaluation": number,
        "path": f"{evaluation_path(number, language)}E10/#{task.line_id}",
        "changes_path": compare_path(task.before.number, number, language) if task.before else "",
        "answer": task.answer,
        "answer_language": task.language,
        "closed": date_format(task.closed_on, "DATE_FORMAT") if task.closed_on else "",
        "fires": fires,
    }
