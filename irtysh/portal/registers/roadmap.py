"""Pages beside that of a programme: its road-map, what changed, its deadlines, proofs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from irtysh.portal.reading import Reading, reads
from irtysh.portal.registers import plans
from irtysh.portal.registers.gantt import Scale, scale_of
from irtysh.portal.registers.paths import record_path, register_path
from irtysh.portal.registers.views import registers_stamp
from irtysh.registries.programmes import proofs, rules
from irtysh.registries.programmes.compare import ADDED, CHANGED, Tree, compare, counts
from irtysh.registries.programmes.deadlines import deadlines
from irtysh.registries.programmes.models import Measure, Objective, Programme, Report
from irtysh.registries.programmes.trees import tree_as_of, tree_of
from irtysh.registries.programmes.wording import changes_in_words, term_in_words
from irtysh.registries.records.icalendar import MEDIA_TYPE
from irtysh.sources.registers.words import register_words

NO_BASELINE = "none"
_FIRST_YEAR = 1900


def _programme(code: str) -> Programme:
    found = Programme.objects.filter(code=code, live=True).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Earlier:
    """An earlier state of a programme, and what a reader calls it."""

    tree: Tree
    name: str
    asked: str


def earlier(programme: Programme, asked: str) -> Earlier | None:
    """Return the state that a reader asks for by a version's number or by a day; None if none."""
    if asked.isdecimal() and len(asked) < 7:
        version = programme.versions.filter(number=int(asked)).first()
        if version is None:
            return None
        name = _("version %(number)s, %(label)s (%(day)s)") % {
            "number": version.number,
            "label": version.label,
            "day": date_format(version.made_on, "DATE_FORMAT"),
        }
        return Earlier(version.tree, name, asked)
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return None
    if not _FIRST_YEAR <= day.year < date.max.year:  # the day after must be a day, too
        return None
    name = _("the state of %(day)s") % {"day": date_format(day, "DATE_FORMAT")}
    return Earlier(tree_as_of(programme, day), name, asked)


def _frame(programme: Programme, reading: Reading) -> dict[str, Any]:
    path = record_path("programmes", programme.code, reading.language)
    return {
        "title": programme.title_in(reading.language),
        "path": path,
        "register_title": register_words("programmes", "title", reading.language),
        "register_path": register_path("programmes", reading.language),
        "roadmap_path": f"{path}roadmap/",
        "changes_path": f"{path}changes/",
        "calendar_path": f"{path}deadlines.ics",
        "validity": plans.validity(programme, timezone.localdate()),
        "versions": [
            {
                "number": str(one.number),
                "label": one.label,
                "day": date_format(one.made_on, "DATE_FORMAT"),
            }
            for one in programme.versions.defer("tree")
        ],
    }


# The road-map


def _roadmap(request: HttpRequest, reading: Reading, code: str) -> HttpResponse:
    """Show the measures of a programme on a line of time, and as the table that it is."""
    programme = _programme(code)
    today = timezone.localdate()
    measures = plans.measures_of(programme)
    frame = _frame(programme, reading)
    asked = request.GET.get("since", "")
    if not asked and frame["versions"]:
        asked = frame["versions"][-1]["number"]  # the first one frozen: the baseline
    before = earlier(programme, asked) if asked != NO_BASELINE else None
    old = {one["id"]: one for one in before.tree["measures"]} if before else {}
    marks = _marks(before, programme)
    terms = [one.term for one in measures]
    terms += [rules.Term.of(one.get("start", ""), one.get("end", "")) for one in old.values()]
    scale = scale_of(terms, today)
    graph = {one.code: [row.measure.code for row in one.depends_on.all() if row.measure]
             for one in measures}  # fmt: skip
    rows = [
        _row(number, one, old.get(one.code), marks.get(one.code, ""), scale, reading, today)
        for number, one in enumerate(measures, start=1)
    ]
    numbers = {one.code: number for number, one in enumerate(measures, start=1)}
    for row, one in zip(rows, measures, strict=True):
        row["needs"] = [numbers[code] for code in graph[one.code] if code in numbers]
        row["warnings"] = _warnings(one, graph)
    page = {
        **frame,
        "groups": _groups(measures, rows, reading),
        "count": len(rows),
        "gone": [
            {"title": words_of(document, reading.language),
             "term": term_in_words(document.get("start", ""), document.get("end", ""))}
            for code, document in old.items()
            if code not in numbers
        ],
        "ticks": scale.ticks() if scale else [],
        "today_x": scale.at(today) if scale and scale.first <= today <= scale.last else None,
        "today": date_format(today, "DATE_FORMAT"),
        "before": before,
        "tally": plans.tally([row["light"]["state"] for row in rows], reading.language),
    }  # fmt: skip
    context = {"reading": reading, "page": page, "register": "programmes"}
    return render(request, "portal/registers/programmes_roadmap.html", context)


roadmap = reads(_roadmap, stamp=registers_stamp)


def words_of(document: Mapping[str, Any], language: str) -> str:
    """Return the name of a document's record."""
    name = document.get("name") or {}
    return name.get(language) or next(iter(name.values()), document["id"])


def _marks(before: Earlier | None, programme: Programme) -> dict[str, str]:
    if before is None:
        return {}
    changes = compare(before.tree, tree_of(programme))
    return {one.code: one.kind for one in changes if one.register == "measures"}


def _row(
    number: int, measure: Measure, old: Mapping[str, Any] | None, mark: str,
    scale: Scale | None, reading: Reading, today: date,
) -> dict[str, Any]:  # fmt: skip
    line = plans.measure_line(measure, reading, today)
    bar = scale.bar(measure.term, today) if scale else None
    light = measure.light(today)
    if bar and light.share:
        bar["done"] = round(float(bar["width"]) * light.share, 2)
    was = ""
    baseline = None
    if old is not None and scale is not None:
        then = rules.Term.of(old.get("start", ""), old.get("end", ""))
        if then != measure.term:
            baseline = scale.bar(then, today)
            was = term_in_words(old.get("start", ""), old.get("end", "")) or _("no term")
    marks = {ADDED: _("added since"), CHANGED: _("changed since")}
    return {
        **line, "number": number, "bar": bar, "baseline": baseline, "was": was,
        "mark": mark, "mark_name": marks.get(mark, ""),
    }  # fmt: skip


def _warnings(measure: Measure, graph: Mapping[str, list[str]]) -> list[str]:
    found = []
    if any(measure.code in one for one in rules.circles(graph)):
        found.append(_("depends on itself through others"))
    if any(
        rules.starts_too_early(measure.term, row.measure.term)
        for row in measure.depends_on.all()
        if row.measure
    ):
        found.append(_("starts before what it depends on ends"))
    return found


def _groups(
    measures: list[Measure], rows: list[dict[str, Any]], reading: Reading
) -> list[dict[str, Any]]:
    """Return the rows under their objectives, in the order of these; those without one last."""
    groups: dict[Objective | None, list[dict[str, Any]]] = {}
    for measure, row in zip(measures, rows, strict=True):
        groups.setdefault(measure.objective, []).append(row)
    known = sorted(
        groups.items(), key=lambda one: (one[0] is None, (one[0].order or 0) if one[0] else 0)
    )
    return [
        {"title": objective.title_in(reading.language) if objective else "", "rows": own}
        for objective, own in known
    ]


# What changed


def _changes(request: HttpRequest, reading: Reading, code: str) -> HttpResponse:
    """Show what changed in a programme since a version or a day, and until another."""
    programme = _programme(code)
    frame = _frame(programme, reading)
    asked = request.GET.get("since", "")
    newest = frame["versions"][0]["number"] if frame["versions"] else ""
    before = earlier(programme, asked or newest)
    after = earlier(programme, request.GET.get("until", ""))
    page = {
        **frame,
        "before": before,
        "after": after,
        "since": asked,
        "is_wrong": bool(asked) and before is None,
        "today": timezone.localdate().isoformat(),
    }
    if before is not None:
        found = compare(before.tree, after.tree if after else tree_of(programme))
        page |= {"changes": changes_in_words(found, reading.language), "counts": counts(found)}
    context = {"reading": reading, "page": page, "register": "programmes"}
    return render(request, "portal/registers/programmes_changes.html", context)


changes = reads(_changes, stamp=registers_stamp)


# Files


def _calendar(request: HttpRequest, reading: Reading, code: str) -> HttpResponse:
    """Send the deadlines of a programme as a calendar to follow."""
    data = deadlines(_programme(code), reading.language, timezone.localdate())
    response = HttpResponse(data, content_type=MEDIA_TYPE)
    name = f"{code}-{reading.language}.ics"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


calendar = reads(_calendar, stamp=registers_stamp)


@require_safe
def proof(request: HttpRequest, code: str, report_id: int) -> FileResponse:
    """Send the proof of a confirmed report, if both sides let everybody have it."""
    report = Report.objects.filter(
        pk=report_id, measure__code=code, measure__live=True
    ).first()  # fmt: skip
    if report is None or not report.proof_may_be_shown:
        raise Http404
    return sent(report)


def sent(report: Report) -> FileResponse:
    """Return the file of a report, to be kept and not opened within our pages."""
    response = FileResponse(
        report.proof_file.open("rb"),
        as_attachment=True,
        filename=report.proof_name,
        content_type=proofs.media_type(report.proof_name),
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
