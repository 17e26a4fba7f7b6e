"""A measure: term, bodies of each side, the light with its arithmetic, reports, changes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from irtysh.portal.presenters import words
from irtysh.portal.reading import Reading
from irtysh.portal.registers import plans
from irtysh.portal.registers.paths import record_path
from irtysh.registries.programmes import rules
from irtysh.registries.programmes.compare import differences
from irtysh.registries.programmes.models import ChangeRequest, Measure, Report, Target
from irtysh.registries.programmes.wording import (
    field_in_words,
    light_words,
    percent,
    period_in_words,
    term_in_words,
)
from irtysh.registries.records.codes import code_name
from irtysh.vocabulary.codelists import codelist


def present_measure(measure: Measure, reading: Reading) -> Mapping[str, Any]:
    """Return what the page of a measure shows beyond its columns."""
    today = timezone.localdate()
    light = measure.light(today)
    limits = rules.thresholds()
    own = plans.bodies(measure.bodies.all(), reading)
    targets = Target.objects.filter(measure=measure, live=True)
    return {
        "programme": plans.own_programme(measure, reading),
        "light": light_words(light, reading.language),
        "limits": {
            "on_time": plans.value_words(Decimal(str(limits["on_time_ratio"])), reading.language),
            "at_risk": plans.value_words(Decimal(str(limits["at_risk_ratio"])), reading.language),
            "overdue": limits["overdue_days"],
        },
        "joint": plans.joint_words(measure.jointness(today), reading.language),
        "term": term_in_words(measure.start, measure.end),
        "months": measure.months,
        "bodies": [
            {"side": side, "rows": rows}
            for side in ("A", "B", "")
            if (rows := [one for one in own if one["side"] == side]) or side
        ],
        "budgets": _budgets(measure, reading),
        "needs": _needs(measure, reading),
        "leads_to": plans.leads_to(measure, reading),
        "targets": [
            plans.target_line(one, reading)
            for one in targets.prefetch_related("facts", "milestones")
        ],
        "reports": [_report(one, reading) for one in measure.reports.confirmed()],
        "changes": _changes(measure, reading),
    }  # fmt: skip


def _budgets(measure: Measure, reading: Reading) -> list[dict[str, Any]]:
    return [
        {
            "amount": plans.value_words(row.amount, reading.language),
            "currency": _symbol(row.currency, reading.language),
            "period": row.period,
            "cited": words.source_line(reading, row.source, row.locator) if row.source else None,
        }
        for row in measure.budgets.all()
    ]


def _symbol(currency: str, language: str) -> str:
    return codelist("currencies")[currency].extra.get(f"symbol_{language}", "") or currency


def _needs(measure: Measure, reading: Reading) -> list[dict[str, Any]]:
    """Return the measures that this one depends on, saying where the terms do not fit."""
    graph = {
        one.code: [row.measure.code for row in one.depends_on.all() if row.measure]
        for one in Measure.objects.filter(programme=measure.programme, live=True).prefetch_related(
            "depends_on__measure"
        )
    }
    circle = next((one for one in rules.circles(graph) if measure.code in one), ())
    return [
        {
            "title": row.measure.title_in(reading.language),
            "path": record_path("measures", row.measure.code, reading.language),
            "term": term_in_words(row.measure.start, row.measure.end),
            "note": row.text_or_other("note", reading.language)[0],
            "too_early": rules.starts_too_early(measure.term, row.measure.term),
            "in_circle": row.measure.code in circle,
        }
        for row in measure.depends_on.select_related("measure")
        if row.measure is not None and row.measure.live
    ]


def _report(report: Report, reading: Reading) -> dict[str, Any]:
    other = report.language if report.language != reading.language else ""
    return {
        "pk": report.pk,
        "period": period_in_words(report.period_start, report.period_end),
        "side": report.side,
        "confirmed_side": report.decided_side,
        "confirmed": date_format(timezone.localdate(report.decided_at), "DATE_FORMAT"),
        "body": report.body.title_in(reading.language) if report.body else "",
        "share": percent(report.share / 100, reading.language),
        "language": other,
        "done": report.done,
        "problems": report.problems,
        "ahead": report.ahead,
        "proof_address": report.proof_address,
        "proof_name": report.proof_name if report.proof_may_be_shown else "",
        "has_proof": report.has_proof,
    }


def _changes(measure: Measure, reading: Reading) -> list[dict[str, Any]]:
    """Return the changes of this measure's plan that were decided or are open, newest first."""
    known = ChangeRequest.objects.filter(register="measures", code=measure.code)
    return [
        {
            "state": one.state,
            "state_name": code_name("change_states", one.state, reading.language),
            "side": one.side,
            "day": date_format(timezone.localdate(one.proposed_at), "DATE_FORMAT"),
            "decided": date_format(timezone.localdate(one.decided_at), "DATE_FORMAT")
            if one.decided_at
            else "",
            "reason": one.reason,
            "language": one.language if one.language != reading.language else "",
            "answer": one.answer,
            "fields": [
                field_in_words("measures", field, reading.language)
                for field in differences(one.before, one.document)
            ],
        }
        for one in known.exclude(state=ChangeRequest.WITHDRAWN)
    ]
