"""Evaluations for machines: every step and line with its figures, in words of one language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from irtysh import __version__
from irtysh.api.asked_for import asked_language, for_machines
from irtysh.api.conditional import FRESH_SECONDS
from irtysh.registries.evaluations.models import Evaluation, ReviewTask
from irtysh.registries.records.listing import stamp
from irtysh.vocabulary.errors import UnknownCode

LATEST = "latest"


@for_machines
def evaluation_list(request: HttpRequest) -> HttpResponse:
    """List the evaluations, newest first."""
    language = asked_language(request)

    def answer() -> HttpResponse:
        listed = [_about(request, one) for one in Evaluation.objects.listed()]
        return _json({"evaluations": listed})

    return _conditional(request, f"list.{language}", answer)


@for_machines
def evaluation(request: HttpRequest, number: str) -> HttpResponse:
    """Return an evaluation by its number, or the newest: sheet, tasks, steps with their lines."""
    language = asked_language(request)
    found = (
        Evaluation.objects.newest()
        if number == LATEST
        else Evaluation.objects.listed().filter(number=int(number)).first()
    )
    if found is None:
        raise UnknownCode(code=number, codelist="evaluations", near=LATEST)
    return _conditional(
        request, f"{found.outcome_digest}.{language}", lambda: _whole(request, found, language)
    )


def _whole(request: HttpRequest, found: Evaluation, language: str) -> HttpResponse:
    outcome = found.outcome.to_json()
    words = found.words(language)
    for step in outcome["steps"]:
        step["said"] = words[step["id"]]
        for line in step["lines"]:
            line["said"] = words[line["id"]]
    tasks = ReviewTask.objects.listed().filter(opened_in__number__lte=found.number).order_by("pk")
    return _json(
        {
            **_about(request, found),
            "language": language,
            "sheet": [
                {
                    "criterion": one.criterion,
                    "rating": one.rating,
                    "text": one.text,
                    "language": one.language,
                    "signed_by": one.signed_name,
                    "side": one.side,
                    "signed_on": one.signed_on.isoformat(),
                }
                for one in found.ratings.all()
            ],
            "tasks": [
                {
                    "line": one.line_id,
                    "opened_by": one.opened_in.number,
                    "opened_on": one.opened_on.isoformat(),
                    "due": one.due.isoformat(),
                    "state": one.state,
                    "answer": one.answer,
                    "language": one.language,
                    "closed_on": one.closed_on.isoformat() if one.closed_on else None,
                }
                for one in tasks
            ],
            "steps": outcome["steps"],
        }
    )


def _about(request: HttpRequest, one: Evaluation) -> dict[str, Any]:
    return {
        "number": one.number,
        "day": one.day.isoformat(),
        "release": one.release,
        "engine": one.engine,
        "inputs_digest": one.inputs_digest,
        "outcome_digest": one.outcome_digest,
        "made_at": one.made_at.isoformat(),
        "reason": one.reason,
        "statuses": one.steps,
        "address": request.build_absolute_uri(f"/api/evaluations/{one.number}.json"),
    }


def _json(data: dict[str, Any]) -> HttpResponse:
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


def _conditional(request: HttpRequest, what: str, answer: Any) -> HttpResponse:
    """Answer 304 if the reader's copy is of this evaluation, language, program and records.

    An evaluation never changes, but its sheet and its tasks do.
    """
    etag = f'W/"evaluations.{what}.{stamp()}.{__version__}"'
    kept = None if settings.DEBUG else get_conditional_response(request, etag=etag)
    response: HttpResponse = kept or answer()
    response.headers["ETag"] = etag
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    patch_vary_headers(response, ["Accept-Encoding", "Accept-Language"])
    return response
