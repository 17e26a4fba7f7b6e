"""What an evaluation is made of, as of a day: records, reports, counts, figures, claims."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from statistics import median
from typing import Any

from django.utils import timezone

from irtysh.evaluation.strategy.inputs import Inputs
from irtysh.evaluation.strategy.parameters import thresholds_as_used
from irtysh.evaluation.strategy.run import ENGINE
from irtysh.registries.claims import actions as claims
from irtysh.registries.claims import engine as judges
from irtysh.registries.claims.judged import Judged
from irtysh.registries.claims.models import Claim
from irtysh.registries.evaluations.models import Evaluation, SheetRating, kept_of
from irtysh.registries.obstacles.models import Question
from irtysh.registries.obstacles.rules import REPLY_TARGET
from irtysh.registries.programmes import rules as programmes
from irtysh.registries.programmes.models import Report
from irtysh.registries.records.bulk_export import public_records
from irtysh.store import Release

REGISTERS = (
    "programmes", "objectives", "measures", "targets", "acts", "obstacles", "offers", "events",
    "series", "projects", "initiatives", "guides", "risks", "organisations", "claims",
)  # fmt: skip
"""Registers that the evaluation reads."""
DOCUMENTS = ("sources", "datasets")
"""Documents of the release that it reads beside the figures."""


def gather(release: Release, day: date, before: Evaluation | None) -> Inputs:
    """Return the inputs of an evaluation as of a day.

    Reports, questions and ratings of later days are left out; records are as they are now, for
    their history is not kept in every register. ``before`` is the evaluation to compare with.
    """
    registers = {name: list(public_records(name)) for name in REGISTERS}
    registers |= {name: release.document(name) for name in DOCUMENTS if release.has_document(name)}
    return Inputs(
        day=day,
        release=release.id,
        engine=ENGINE,
        case=release.document("case"),
        thresholds=thresholds_as_used(),
        registers=registers,
        reports=list(_reports(day)),
        counts=_counts(day),
        results=release.document("results"),
        claims=_judgements(release),
        sheets=_sheets(day),
        before=before.outcome.to_json() if before is not None else None,
    )


def _reports(day: date) -> Iterable[dict[str, Any]]:
    """Yield reports as they stood at the end of the day: what was confirmed later only waited."""
    known = Report.objects.filter(
        measure__live=True, submitted_at__isnull=False,
        state__in=(programmes.SUBMITTED, programmes.CONFIRMED),
    )  # fmt: skip
    for report in known.select_related("measure").order_by("pk"):
        submitted = timezone.localdate(report.submitted_at)
        if submitted > day:
            continue
        decided = timezone.localdate(report.decided_at) if report.decided_at else None
        is_confirmed = report.state == programmes.CONFIRMED and decided and decided <= day
        yield {
            "measure": report.measure.code,
            "period_start": report.period_start,
            "period_end": report.period_end,
            "side": report.side,
            "share": f"{report.share / 100:.2f}",
            "has_proof": report.has_proof,
            "state": programmes.CONFIRMED if is_confirmed else programmes.SUBMITTED,
            "submitted_on": submitted,
            "decided_on": decided if is_confirmed else None,
        }


def _counts(day: date) -> dict[str, Any]:
    """Return what was counted; what nobody asked or counts is left out, never zero."""
    asked = list(Question.objects.filter(asked_on__lte=day).values_list("asked_on", "replied_on"))
    if not asked:
        return {}
    waited = [
        (replied - on).days for on, replied in asked if replied is not None and replied <= day
    ]
    questions: dict[str, Any] = {
        "received": len(asked),
        "answered": len(waited),
        "answered_in_time": sum(days <= REPLY_TARGET for days in waited),
    }
    if waited:
        questions["median_days"] = f"{median(waited):g}"
    return {"questions": questions}


def _judgements(release: Release) -> list[dict[str, Any]]:
    """Return the verdicts on the published claims, judged now where somebody has not yet."""
    codes = set(Claim.objects.filter(live=True).values_list("code", flat=True))
    found = _standing(release, codes)
    if len(found) < len(codes):
        claims.judge_claims(release)
        found = _standing(release, codes)
    return found


def _standing(release: Release, codes: set[str]) -> list[dict[str, Any]]:
    rows = Judged.objects.standing().filter(release=release.id, engine=judges.VERSION)
    return [row.result for row in rows.order_by("claim") if row.claim in codes]


def _sheets(day: date) -> list[dict[str, Any]]:
    """Return the newest rating of each criterion that was signed by the end of the day."""
    newest: dict[str, SheetRating] = {}
    signed = SheetRating.objects.select_related("evaluation").defer(*kept_of("evaluation"))
    for rating in signed.filter(signed_on__lte=day).order_by("signed_at", "pk"):
        newest[rating.criterion] = rating
    return [
        {
            "criterion": one.criterion,
            "rating": one.rating,
            "text": {one.language: one.text},
            "signed_by": one.signed_name,
            "signed_on": one.signed_on,
            "evaluation": one.evaluation.number,
        }
        for one in newest.values()
    ]
