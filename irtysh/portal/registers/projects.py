"""A project: where it stands, how far it is joint, what it costs; and the register in sum."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from irtysh.portal.presenters import words
from irtysh.portal.reading import Reading
from irtysh.portal.registers.facts import linked
from irtysh.portal.registers.steps import track
from irtysh.registries.projects.models import Project
from irtysh.registries.projects.rules import CRITERIA, PATH, totals
from irtysh.registries.records.codes import code_name
from irtysh.registries.records.finding import Asked, found
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.numbers import format_number


def present_project(project: Project, reading: Reading) -> Mapping[str, Any]:
    """Return stage, steps, partners by side, sums and the test of jointness."""
    joint = project.jointness()
    return {
        "track": track(project, PATH, "project_stages", reading),
        "partners": _partners(project, reading),
        "amounts": _amounts(project, reading),
        "criteria": [_criterion(project, name) for name in CRITERIA],
        "score": f"{joint.low}" if joint.low == joint.high else f"{joint.low}–{joint.high}",
        "joint": Project.facet_value_label("joint", joint.standing, reading.language),
        "is_one_sided": joint.standing == "one_sided",
        "term": [words.day_words(day) for day in (project.start, project.end)],
    }


def _criterion(project: Project, name: str) -> dict[str, str]:
    met = getattr(project, f"joint_{name}")
    heading = {
        "development": _("Developed together"),
        "implementation": _("Carried out together"),
        "staffing": _("Staffed together"),
        "financing": _("Financed together"),
    }[name]
    says = _("no source says") if met is None else _("yes") if met else _("no")
    return {"name": heading, "met": says, "is_unknown": "1" if met is None else ""}


def _partners(project: Project, reading: Reading) -> list[dict[str, Any]]:
    found_rows = []
    for row in project.partners.select_related("organisation"):
        card = linked("organisations", row.organisation.code, reading) if row.organisation else {}
        sides = {row.side} if row.side else row.organisation.sides() if row.organisation else set()
        found_rows.append(
            {
                "name": card.get("text") or row.text_or_other("name", reading.language)[0],
                "path": card.get("path", ""),
                "role": code_name("partner_roles", row.role, reading.language),
                "side": min(sides, default=""),
                "amount": money(row.amount, row.currency, reading) if row.amount else "",
            }
        )
    return sorted(found_rows, key=lambda one: one["side"] or "Z")


def _amounts(project: Project, reading: Reading) -> list[dict[str, Any]]:
    return [
        {
            "kind": code_name("amount_kinds", row.kind, reading.language),
            "qualifier": code_name("qualifiers", row.qualifier, reading.language),
            "text": money(row.amount, row.currency, reading),
            "as_of": words.day_words(row.as_of),
            "cited": words.source_line(reading, row.source, row.locator) if row.source else None,
        }
        for row in project.amounts.all()
        if row.amount is not None
    ]


def money(amount: Decimal, currency: str, reading: Reading) -> str:
    """Write a sum with the sign of its currency."""
    codes = codelist("currencies")
    symbol = codes[currency].extra.get(f"symbol_{reading.language}") if currency in codes else ""
    whole = amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else (
        amount.normalize()
    )  # fmt: skip
    return f"{format_number(whole, reading.language)} {symbol or currency}"


def present_projects(request: HttpRequest, reading: Reading, asked: Asked) -> Mapping[str, Any]:
    """Return how many projects stand where, and sums of the joint ones by currency."""
    codes = found(asked).values_list("code", flat=True)
    projects = Project.objects.filter(code__in=codes[:_MOST]).prefetch_related(
        "amounts", "partners__organisation"
    )
    stages: dict[str, int] = {}
    amounts, counted, left_out, without = [], 0, 0, 0
    for project in projects:
        stages[project.stage] = stages.get(project.stage, 0) + 1
        own = project.totals()
        if not own:
            without += 1
        elif project.jointness().standing == "one_sided":
            left_out += 1
        else:
            counted += 1
            amounts += [("", amount, currency) for currency, amount in own.items()]
    return {
        "stages": [
            {"name": code_name("project_stages", stage, reading.language) or _("stage not known"),
             "count": stages[stage]}
            for stage in (*PATH.order, "suspended", "cancelled", "")
            if stage in stages
        ],
        "sums": [money(sum_, currency, reading) for currency, sum_ in sorted(
            totals(amounts).items())],
        "counted": counted,
        "left_out": left_out,
        "without": without,
    }  # fmt: skip


_MOST = 5000
"""Projects of which sums are made; beyond, the list alone is shown."""
