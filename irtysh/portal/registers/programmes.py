"""A programme: its tree, how its measures stand, its versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from irtysh.portal.reading import Reading
from irtysh.portal.registers import facts, plans
from irtysh.portal.registers.paths import record_path
from irtysh.registries.evaluations.models import Evaluation
from irtysh.registries.programmes import rules
from irtysh.registries.programmes.models import Measure, Objective, Programme, Target
from irtysh.registries.programmes.wording import term_in_words
from irtysh.registries.records.codes import code_name


def present_programme(programme: Programme, reading: Reading) -> Mapping[str, Any]:
    """Return what the page of a programme shows beyond its columns."""
    today = timezone.localdate()
    measures = plans.measures_of(programme)
    lights = [one.light(today).state for one in measures]
    targets = list(
        Target.objects.filter(programme=programme, live=True).prefetch_related(
            "facts", "milestones"
        )
    )
    path = record_path("programmes", programme.code, reading.language)
    return {
        "validity": plans.validity(programme, today),
        "term": term_in_words(programme.valid_from, programme.valid_to),
        "owners": plans.bodies(programme.owners.all(), reading),
        "tree": _tree(programme, measures, targets, reading),
        "counts": {"measures": len(measures), "targets": len(targets)},
        "tally": plans.tally(lights, reading.language),
        "needs_review": rules.needs_review(lights),
        "review_percent": rules.thresholds()["review_percent"],
        "reviews": _reviews(programme, reading),
        "one_sided": sum(one.jointness(today).is_one_sided for one in measures),
        "versions": _versions(programme, path),
        "roadmap_path": f"{path}roadmap/",
        "changes_path": f"{path}changes/",
        "calendar_path": f"{path}deadlines.ics",
        "targetless": sum(one.target is None for one in targets),
        # Its own parts stand in the tree already.
        "backward": [
            group
            for group in facts.backward(programme, reading)
            if not {one["register"] for one in group["items"]}
            & {"objectives", "measures", "targets"}
        ],
        "dataless": sum(not list(one.facts.all()) for one in targets),
    }


def _reviews(programme: Programme, reading: Reading) -> list[dict[str, str]]:
    """Return what the newest evaluation asks to review in the programme, with the way there."""
    newest = Evaluation.objects.newest()
    if newest is None:
        return []
    words = newest.words(reading.language)
    return [
        {
            "title": words[line.id]["title"],
            "path": f"/{reading.language}/evaluation/{newest.number}/E10/#{line.id}",
        }
        for line in newest.outcome.triggers
        if line.id.endswith(f".{programme.code}")
    ]


def _versions(programme: Programme, path: str) -> list[dict[str, Any]]:
    return [
        {
            "number": one.number,
            "label": one.label,
            "day": date_format(one.made_on, "DATE_FORMAT"),
            "path": f"{path}changes/?since={one.number}",
        }
        for one in programme.versions.defer("tree")
    ]


def _tree(
    programme: Programme, measures: list[Measure], targets: list[Target], reading: Reading
) -> list[dict[str, Any]]:
    """Return goals with what hangs on them; what hangs on none comes last, without a heading."""
    today = timezone.localdate()
    objectives = list(
        Objective.objects.filter(programme=programme, live=True).prefetch_related("leads_to")
    )
    objectives.sort(key=lambda one: (one.order or 0, one.code))
    known = {one.pk for one in objectives}

    def hangs_on(one: Measure | Target) -> int | None:
        return one.objective_id if one.objective_id in known else None

    def lines(of: int | None) -> dict[str, Any]:
        return {
            "measures": [
                {
                    **plans.measure_line(one, reading, today),
                    "leads_to": plans.leads_to(one, reading),
                    "targets": [
                        plans.target_line(each, reading)
                        for each in targets
                        if each.measure_id == one.pk
                    ],
                }
                for one in measures
                if hangs_on(one) == of
            ],
            "targets": [
                plans.target_line(one, reading)
                for one in targets
                if one.measure_id is None and hangs_on(one) == of
            ],
        }

    def node(objective: Objective, above: frozenset[int]) -> dict[str, Any]:
        below = above | {objective.pk}
        return {
            "title": objective.title_in(reading.language),
            "path": record_path("objectives", objective.code, reading.language),
            "level": code_name("objective_levels", objective.level, reading.language),
            "summary": objective.summary_in(reading.language),
            "leads_to": plans.leads_to(objective, reading),
            "children": [
                node(one, below)
                for one in objectives
                if one.parent_id == objective.pk and one.pk not in below
            ],
            **lines(objective.pk),
        }

    roots = [one for one in objectives if one.parent_id not in known]
    found = [node(one, frozenset()) for one in roots]
    loose = lines(None)
    if loose["measures"] or loose["targets"]:
        found.append({"title": "", "children": [], **loose})
    return found
