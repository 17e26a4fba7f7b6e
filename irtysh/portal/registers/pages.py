"""What each register adds to the list and to the page of a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from irtysh.portal.reading import Reading
from irtysh.portal.registers import (
    announcements,
    claims,
    events,
    guides,
    initiatives,
    law,
    measures,
    objectives,
    obstacles,
    offers,
    organisations,
    places,
    programmes,
    projects,
    risks,
    series,
    targets,
)
from irtysh.registries.records.finding import Asked
from irtysh.registries.records.models import Record

Present = Callable[[Any, Reading], Mapping[str, Any]]
"""A record and what is read → what its template needs beyond what every record shows."""


PresentList = Callable[[HttpRequest, Reading, Asked], Mapping[str, Any]]
"""The request, what is read and what is asked → what the list's template needs."""


def nothing_more(record: Record, reading: Reading) -> Mapping[str, Any]:
    """Add nothing: the record's columns say it all."""
    return {}


def nothing_in_list(request: HttpRequest, reading: Reading, asked: Asked) -> Mapping[str, Any]:
    """Add nothing to the list."""
    return {}


@dataclass(frozen=True)
class Page:
    """How a register is shown.

    Attributes
    ----------
    template : str
        Of one record; extends portal/registers/record.html.
    present : callable
        What the template needs beyond the generic.
    hidden : tuple of str
        Columns that the template shows in its own way.
    present_list : callable
        What the register's own list template (portal/registers/NAME_list.html) needs.
    has_past : bool
        True where the page of a record shows what held in the release that is read.
    """

    template: str = "portal/registers/record.html"
    present: Present = nothing_more
    hidden: tuple[str, ...] = ()
    present_list: PresentList = nothing_in_list
    has_past: bool = False


PAGES: dict[str, Page] = {
    "places": Page(
        template="portal/registers/places.html",
        present=places.present_place,
        hidden=places.HIDDEN,
    ),
    "organisations": Page(
        template="portal/registers/organisations.html",
        present=organisations.present_organisation,
        hidden=("kind", "side", "products", "former_names", "activities", "inn", "ogrn", "bin"),
    ),
    "acts": Page(
        template="portal/registers/acts.html",
        present=law.present_act,
        present_list=law.present_acts,
        hidden=("kind", "level", "status", "status_as_of", "status_source", "relations", "checks",
                "other_addresses", "title_in_prose", "title_in_prose_locator",
                "title_in_footnote", "title_in_footnote_locator", "issuer_stated"),
    ),
    "harmonisation": Page(
        template="portal/registers/harmonisation.html",
        present=law.present_requirement,
        present_list=law.present_matrix,
        hidden=("topic", "gap"),
    ),
    "programmes": Page(
        template="portal/registers/programmes.html",
        present=programmes.present_programme,
        hidden=("kind", "valid_from", "valid_to", "owners"),
    ),
    "objectives": Page(
        template="portal/registers/objectives.html",
        present=objectives.present_objective,
        hidden=("programme", "level", "order", "leads_to"),
    ),
    "measures": Page(
        template="portal/registers/measures.html",
        present=measures.present_measure,
        hidden=("programme", "order", "start", "end", "report_every", "bodies", "budgets",
                "depends_on", "leads_to"),
    ),
    "targets": Page(
        template="portal/registers/targets.html",
        present=targets.present_target,
        hidden=("programme", "level", "unit", "direction", "baseline", "baseline_period", "target",
                "target_period", "qualifier", "milestones", "facts", "set_by", "set_on"),
    ),
    "projects": Page(
        template="portal/registers/projects.html",
        present=projects.present_project,
        present_list=projects.present_projects,
        hidden=("kind", "stage", "amounts", "partners", "joint_development",
                "joint_implementation", "joint_staffing", "joint_financing"),
    ),
    "initiatives": Page(
        template="portal/registers/initiatives.html",
        present=initiatives.present_initiative,
        hidden=("kind", "stage", "arguments", "evidence"),
    ),
    "series": Page(
        template="portal/registers/series.html",
        present=series.present_series,
        hidden=("kind", "is_numbered"),
    ),
    "events": Page(
        template="portal/registers/events.html",
        present=events.present_event,
        present_list=events.present_events,
        hidden=events.HIDDEN,
    ),
    "obstacles": Page(
        template="portal/registers/obstacles.html",
        present=obstacles.present,
        present_list=obstacles.present_list,
        hidden=obstacles.HIDDEN,
    ),
    "offers": Page(
        template="portal/registers/offers.html", present=offers.present, hidden=offers.HIDDEN
    ),
    "factors": Page(),
    "glossary": Page(),
    "publications": Page(),
    "guides": Page(
        template="portal/registers/guides.html",
        present=guides.present_guide,
        present_list=guides.present_guides,
        hidden=guides.HIDDEN,
    ),
    "risks": Page(
        template="portal/registers/risks.html",
        present=risks.present,
        present_list=risks.present_list,
        hidden=risks.HIDDEN,
    ),
    "announcements": Page(
        present=announcements.present, present_list=announcements.present_list
    ),
    "corrections": Page(
        present=announcements.present, present_list=announcements.present_corrections
    ),
    "claims": Page(
        template="portal/registers/claims.html",
        present=claims.present,
        present_list=claims.present_list,
        hidden=claims.HIDDEN,
        has_past=True,
    ),
}  # fmt: skip
"""Register → its pages."""
