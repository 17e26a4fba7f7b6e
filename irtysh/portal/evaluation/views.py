"""Views of the evaluation: each reads its address, asks one presenter once, and renders."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format

from irtysh.evaluation.strategy.outcome import STEPS
from irtysh.portal.evaluation.changes import present_changes
from irtysh.portal.evaluation.lines import grouped, present_step
from irtysh.portal.evaluation.paths import evaluation_path
from irtysh.portal.evaluation.summary import about, base_years, present_summary
from irtysh.portal.evaluation.tasks import present_task
from irtysh.portal.reading import Reading, reads
from irtysh.portal.registers.views import registers_stamp
from irtysh.registries.evaluations.models import Evaluation, ReviewTask
from irtysh.registries.evaluations.wording import naming, status_words
from irtysh.registries.records.codes import code_name

_MOST = 200


def _numbered(number: int) -> Evaluation:
    found = Evaluation.objects.listed().filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _shown(
    request: HttpRequest, reading: Reading, template: str, page: dict[str, Any]
) -> HttpResponse:
    context = {"reading": reading, "page": page}
    return render(request, f"portal/evaluation/{template}.html", context)


def _newest(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Show the newest evaluation; of a past release, the newest made from it."""
    known = Evaluation.objects.listed()
    if reading.is_past:
        known = known.filter(release=reading.release.id)
    found = known.first()
    if found is None:
        return _shown(request, reading, "none", {"history_path": "../evaluation/history/"})
    page = {**present_summary(found, reading), "is_current": True}
    return _shown(request, reading, "evaluation", page)


def _evaluation(request: HttpRequest, reading: Reading, number: int) -> HttpResponse:
    """Show a kept evaluation at its lasting address."""
    return _shown(request, reading, "evaluation", present_summary(_numbered(number), reading))


def _step(request: HttpRequest, reading: Reading, number: int, step: str) -> HttpResponse:
    """Show a step with all its lines, their arithmetic and what they rest on."""
    evaluation = _numbered(number)
    if step not in STEPS:
        raise Http404
    base = evaluation_path(number, reading.language)
    found = evaluation.outcome.step(step)
    words = evaluation.words(reading.language)
    at = STEPS.index(step)
    with naming(evaluation.release):
        page = {
            **about(evaluation, reading),
            "step": present_step(found, words, base, reading),
            "groups": grouped(found.lines, words, base, reading),
            "bases": base_years(evaluation.outcome, words, base, reading) if step == "E2" else [],
            "previous": _neighbour(at - 1, base, reading) if at else None,
            "next": _neighbour(at + 1, base, reading) if at + 1 < len(STEPS) else None,
        }
    return _shown(request, reading, "step", page)


def _neighbour(at: int, base: str, reading: Reading) -> dict[str, str]:
    name = code_name("evaluation_steps", STEPS[at], reading.language)
    return {"name": f"{STEPS[at]}. {name}", "path": f"{base}{STEPS[at]}/"}


def _history(request: HttpRequest, reading: Reading) -> HttpResponse:
    """List the evaluations; find the one that held on a day."""
    asked = request.GET.get("day", "")
    day = _day(asked)
    held = Evaluation.objects.as_of(day) if day is not None else None
    if held is not None:
        return redirect(evaluation_path(held.number, reading.language))
    listed = list(Evaluation.objects.listed()[:_MOST])
    page = {
        "asked": asked,
        "is_wrong": bool(asked) and day is None,
        "is_too_early": day is not None,
        "day": date_format(day, "DATE_FORMAT") if day else "",
        "today": timezone.localdate().isoformat(),
        "rows": [_row(one, reading) for one in listed],
        "path": f"/{reading.language}/evaluation/history/",
        "compare_path": f"/{reading.language}/evaluation/compare/",
    }
    return _shown(request, reading, "history", page)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _row(one: Evaluation, reading: Reading) -> dict[str, Any]:
    return {
        "number": one.number,
        "path": evaluation_path(one.number, reading.language),
        "day": date_format(one.day, "DATE_FORMAT"),
        "release": one.release,
        "engine": one.engine,
        "reason": code_name("evaluation_reasons", one.reason, reading.language),
        "steps": [
            {
                "id": step,
                "title": code_name("evaluation_steps", step, reading.language),
                **status_words(one.steps[step], reading.language),
            }
            for step in STEPS
            if step in one.steps
        ],
    }


def _compare(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Show what changed between two evaluations and why."""
    listed = list(Evaluation.objects.listed()[:_MOST])
    numbers = [one.number for one in listed]
    after = _asked(request.GET.get("b", ""), numbers, numbers[0] if numbers else 0)
    earlier = [one for one in numbers if one < after]
    before = _asked(request.GET.get("a", ""), numbers, earlier[0] if earlier else 0)
    page: dict[str, Any] = {
        "choices": [
            {"number": one.number, "day": date_format(one.day, "SHORT_DATE_FORMAT")}
            for one in listed
        ],
        "a": before,
        "b": after,
        "path": f"/{reading.language}/evaluation/compare/",
        "history_path": f"/{reading.language}/evaluation/history/",
    }
    if before and after:
        page |= present_changes(_numbered(before), _numbered(after), reading)
    return _shown(request, reading, "compare", page)


def _asked(text: str, known: list[int], default: int) -> int:
    """Return a number asked for; the default where nothing was; Http404 for an unknown one."""
    if not text:
        return default
    if not text.isdecimal() or len(text) > 9 or int(text) not in known:
        raise Http404
    return int(text)


def _tasks(request: HttpRequest, reading: Reading) -> HttpResponse:
    """List the tasks of review: those to be answered, then the answers."""
    newest = Evaluation.objects.newest()
    firing = {line.id for line in newest.outcome.triggers} if newest else set()
    known = ReviewTask.objects.listed()
    closed = known.exclude(closed_on=None).order_by("-closed_on", "-pk")[:_MOST]
    page = {
        "open": [present_task(one, reading, one.line_id in firing) for one in known.unfinished()],
        "closed": [present_task(one, reading, one.line_id in firing) for one in closed],
        "newest": newest.number if newest else None,
    }
    return _shown(request, reading, "tasks", page)


newest = reads(_newest, stamp=registers_stamp)
evaluation = reads(_evaluation, stamp=registers_stamp)
step = reads(_step, stamp=registers_stamp)
history = reads(_history, stamp=registers_stamp)
compare = reads(_compare, stamp=registers_stamp)
tasks = reads(_tasks, stamp=registers_stamp)
