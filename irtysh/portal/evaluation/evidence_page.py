"""Where a piece of evidence explains itself: one address for every id that a report prints."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from irtysh.indicators.results import Result
from irtysh.portal.evaluation.evidence import line_path
from irtysh.portal.evaluation.paths import evaluation_path
from irtysh.portal.reading import Reading, reads
from irtysh.portal.registers.paths import SEGMENTS, record_path, register_path
from irtysh.portal.registers.views import registers_stamp
from irtysh.registries.evaluations.models import Evaluation
from irtysh.registries.records.models import registers
from irtysh.vocabulary.numbers import format_number

_FIGURE = re.compile(r"[0-9a-f]{12}")
_RESULT = re.compile(r"r-[0-9a-f]{12}")
_LINE = re.compile(r"(?P<step>E(10|[0-9]))(\.[A-Za-z0-9._-]+)?")
_COUNTED = "E7"
"""The step that shows what was counted: questions, views, population."""


def _evidence(request: HttpRequest, reading: Reading, evidence_id: str) -> HttpResponse:
    """Lead to what stands behind an id, in the release and the evaluation asked for."""
    if evidence_id.startswith("thresholds/"):
        shown = _threshold(request, reading, evidence_id)
        if shown is not None:
            context = {"reading": reading, "page": shown}
            return render(request, "portal/evaluation/evidence_threshold.html", context)
    path = _resolved(request, reading, evidence_id)
    if path is None:
        page = {"id": evidence_id[:120], "kind": _kind(evidence_id)}
        context = {"reading": reading, "page": page}
        return render(request, "portal/evaluation/evidence_unknown.html", context, status=404)
    return redirect(path)


def _kind(one: str) -> str:
    """Return what an id looks like, so that the page can say where to look."""
    for kind, pattern in (("figure", _FIGURE), ("result", _RESULT), ("line", _LINE)):
        if pattern.fullmatch(one):
            return kind
    return "record" if one.partition("/")[0] in SEGMENTS else ""


def _resolved(request: HttpRequest, reading: Reading, one: str) -> str | None:
    """Return the address; None for an id that stands for nothing here."""
    if _FIGURE.fullmatch(one):
        return _figure(reading, one)
    if _RESULT.fullmatch(one):
        return _result(reading, one)
    if _LINE.fullmatch(one):
        return _line(request, reading, one)
    kind, slash, code = one.partition("/")
    if not slash or not code:
        return None
    if kind == "findings":
        return _finding(reading, code)
    if kind == "registers":
        return _register(reading, code)
    if kind == "counts":
        return _line(request, reading, _COUNTED)
    return _record(reading, kind, code)


def _of_release(reading: Reading, path: str) -> str:
    """Keep the release that was asked for; before the mark of a place on the page."""
    if not reading.is_past:
        return path
    address, mark, place = path.partition("#")
    return f"{address}?{urlencode({'release': reading.release.id})}{mark}{place}"


def _figure(reading: Reading, one: str) -> str | None:
    if reading.release.observation(one) is None:
        return None
    return _of_release(reading, reverse("portal:figure", args=(one,)))


def _result(reading: Reading, one: str) -> str | None:
    for row in reading.document("results"):
        if (row.get("id") or Result.from_json(row).id) == one:
            path = reverse("portal:indicator", args=(row["indicator"],))
            return _of_release(reading, f"{path}#{one}")
    return None


def _finding(reading: Reading, code: str) -> str | None:
    if not any(row["id"] == code for row in reading.document("findings")):
        return None
    return _of_release(reading, reverse("portal:finding", args=(code,)))


def _register(reading: Reading, code: str) -> str | None:
    if code == "findings":
        return _of_release(reading, reverse("portal:findings"))
    return register_path(code, reading.language) if code in SEGMENTS else None


def _record(reading: Reading, register: str, code: str) -> str | None:
    known = registers().get(register) if register in SEGMENTS else None
    if known is None or not known.objects.filter(code=code, live=True).exists():
        return None
    return record_path(register, code, reading.language)


def _threshold(request: HttpRequest, reading: Reading, one: str) -> dict[str, Any] | None:
    """Return a parameter as the evaluation used it; None for one that it did not have."""
    evaluation = _evaluation(request)
    if evaluation is None:
        return None
    name, _dot, part = one.partition("/")[2].partition(".")
    for known in evaluation.inputs.thresholds.values():
        if name in known:
            entry, value = known[name], _part(known[name].get("value"), part)
            of_part = value if isinstance(value, Mapping) else {}
            return {
                "id": one,
                "title": reading.text(of_part.get("what") or entry.get("what")) or name,
                "value": _worded(of_part.get("weight", value), reading.language),
                "is_own": entry.get("source") == "own",
                "number": evaluation.number,
                "path": evaluation_path(evaluation.number, reading.language),
            }
    return None


def _part(value: Any, part: str) -> Any:
    """Return a part of a parameter that is a list of entries with ids, or a mapping."""
    if not part:
        return value
    if isinstance(value, Mapping):
        return value.get(part)
    listed = value if isinstance(value, list) else []
    return next((one for one in listed if isinstance(one, Mapping) and one.get("id") == part), None)


def _worded(value: Any, language: str) -> str:
    """Write a number; a parameter that is a table is shown by its title alone."""
    if value is None or isinstance(value, list | Mapping):
        return ""
    try:
        return format_number(Decimal(str(value)), language)
    except InvalidOperation:
        return str(value)


def _evaluation(request: HttpRequest) -> Evaluation | None:
    """Return the evaluation that the address names by its digest, else the newest."""
    asked = request.GET.get("evaluation", "")
    known: Any = Evaluation.objects.listed()
    if _FIGURE.fullmatch(asked):
        known = known.filter(outcome_digest__startswith=asked)
    elif asked:
        return None
    found: Evaluation | None = known.first()
    return found


def _line(request: HttpRequest, reading: Reading, one: str) -> str | None:
    """Return where a line or a step of the evaluation stands."""
    found = _evaluation(request)
    if found is None:
        return None
    base = evaluation_path(found.number, reading.language)
    if "." not in one:
        return f"{base}{one}/"
    return line_path(base, one) if one in found.outcome.lines else None


evidence = reads(_evidence, stamp=registers_stamp)
