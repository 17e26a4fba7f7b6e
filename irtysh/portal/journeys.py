"""Journeys for business and for investors: from a question to somebody to ask, in three clicks.

The page is the first click, a link on it the second, the record or the body's site the third.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from irtysh.portal.reading import Reading, reads
from irtysh.portal.registers.paths import record_path, register_path
from irtysh.portal.registers.views import registers_stamp
from irtysh.registries.organisations.models import Organisation
from irtysh.registries.records.codes import code_name
from irtysh.registries.records.finding import Asked, found

_MOST = 6
_HELPERS = ("chamber", "zone", "representation", "agency", "authority")
"""Kinds of organisation that answer firms, the closest first."""
_OF_FIRMS = frozenset({"trade", "investment"})
"""Themes of organisations that come before others of their kind."""
_INVESTMENT = "investment"
"""Theme of a case that investors look for; a case without it shows everything."""


@dataclass(frozen=True, slots=True)
class Way:
    """A link of a journey: a list of records, narrowed, or a page of the portal."""

    title: str
    register: str = ""
    facets: tuple[tuple[str, str], ...] = ()
    page: str = ""

    def shown(self, reading: Reading) -> dict[str, Any] | None:
        """Return title, address and number of records; None where the portal has no such page."""
        if self.page:
            try:
                return {"title": self.title, "path": reverse(f"portal:{self.page}")}
            except NoReverseMatch:
                return None
        facets: dict[str, tuple[str, ...]] = {}
        for name, value in self.facets:
            facets[name] = (*facets.get(name, ()), value)
        query = f"?{urlencode(self.facets)}" if self.facets else ""
        return {
            "title": self.title,
            "path": register_path(self.register, reading.language) + query,
            "count": found(Asked(self.register, reading.language, facets=facets)).count(),
        }


def _question(reading: Reading, ask: str, note: str, *ways: Way) -> dict[str, Any]:
    return {"ask": ask, "note": note, "ways": [one for way in ways if (one := way.shown(reading))]}


def _sided(register: str, title: str, reading: Reading, **facets: str) -> list[Way]:
    """Return a list of each side."""
    return [
        Way(f"{title}: {side['name']}", register, (*facets.items(), ("side", side["id"])))
        for side in reading.sides
    ]


def _business(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Show the journey of a firm."""
    questions = [
        _question(
            reading,
            _("Where do I find a partner?"),
            _("Firms by side, branch and product, and what they offer or look for now."),
            *_sided("organisations", _("Companies"), reading, kind="company"),
            Way(_("Offers and requests"), "offers"),
            Way(_("Publish an offer or a request of your own"), page="offers-new"),
        ),
        _question(
            reading,
            _("Which rules apply?"),
            _("Step by step with the day of the last check, and the acts behind the steps."),
            Way(_("Guides: goods across the border"), "guides", (("kind", "goods"),)),
            Way(_("Guides: a business on the other side"), "guides", (("kind", "business"),)),
            Way(_("Legal acts and how they stand"), "acts"),
            Way(_("Where the rules of the two sides differ"), "harmonisation"),
        ),
        _question(
            reading,
            _("What is traded, and with whom?"),
            _("Every figure with its source and its precision."),
            Way(_("Goods"), page="goods"),
            Way(_("Turnover by year"), page="turnover"),
            Way(_("Indicators"), page="indicators"),
        ),
        _question(
            reading,
            _("What stands in the way?"),
            _("Known obstacles, the body that answers for each, and the clock."),
            Way(_("Obstacles"), "obstacles"),
            Way(_("Report an obstacle or ask"), page="ask"),
        ),
        _question(
            reading,
            _("Where do we meet?"),
            _("Forums, missions and exhibitions."),
            Way(_("Calendar"), page="event-calendar"),
        ),
    ]
    page = {"questions": questions, "contacts": _contacts(reading), "support": _support(reading)}
    return _shown(request, reading, "business", page)


def _investors(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Show the journey of an investor."""
    questions = [
        _question(
            reading,
            _("Which sites and projects are there?"),
            _("What is built and planned, at which stage, with sums where a source states them."),
            Way(_("Projects"), "projects"),
            Way(_("Initiatives"), "initiatives"),
            Way(_("Sites"), "places", (("kind", "site"),)),
            Way(_("Economic zones"), "organisations", (("kind", "zone"),)),
            Way(_("Map"), page="map"),
        ),
        _question(
            reading,
            _("Which rules apply?"),
            _("How to found a firm, and the acts on investment."),
            Way(_("Guides: a business on the other side"), "guides", (("kind", "business"),)),
            Way(_("Acts on investment"), "acts", (("themes", _INVESTMENT),)),
            Way(_("Where the rules of the two sides differ"), "harmonisation"),
        ),
        _question(
            reading,
            _("Who is there already?"),
            _("Firms with capital from the other side, and what is counted of them."),
            Way(
                _("Firms with capital from the other side"),
                "organisations",
                (("partner_capital", "yes"),),
            ),
            Way(_("Data to download"), page="data"),
        ),
        _question(
            reading,
            _("What do both sides plan?"),
            _("Programmes and their road-maps, with terms and bodies."),
            Way(_("Programmes"), "programmes"),
            Way(_("Measures on investment"), "measures", (("themes", _INVESTMENT),)),
        ),
    ]
    page = {"questions": questions, "contacts": _contacts(reading), "support": _support(reading)}
    return _shown(request, reading, "investors", page)


def _support(reading: Reading) -> list[dict[str, Any]]:
    """Return the measures on investment that a source names; empty where none is entered."""
    asked = Asked("measures", reading.language, facets={"themes": (_INVESTMENT,)})
    return [
        {
            "title": one.title(reading.language),
            "path": record_path("measures", one.code, reading.language),
        }
        for one in found(asked).order_by(f"sort_{reading.language}", "code")[:_MOST]
    ]


def _contacts(reading: Reading) -> list[dict[str, Any]]:
    """Return whom to ask on each side, those closest to firms first."""
    bodies = Organisation.objects.filter(live=True, kind__in=_HELPERS).select_related("place")
    ranked = sorted(
        bodies,
        key=lambda one: (_HELPERS.index(one.kind), _OF_FIRMS.isdisjoint(one.themes), one.code),
    )
    return [
        {
            **side,
            "bodies": [_contact(one, reading) for one in ranked if side["id"] in one.sides()][
                :_MOST
            ],
        }
        for side in reading.sides
    ]


def _contact(body: Organisation, reading: Reading) -> Mapping[str, str]:
    return {
        "title": body.title_in(reading.language),
        "kind": code_name("organisation_kinds", body.kind, reading.language),
        "path": record_path("organisations", body.code, reading.language),
        "website": body.website,
    }


def _shown(
    request: HttpRequest, reading: Reading, template: str, page: dict[str, Any]
) -> HttpResponse:
    return render(request, f"portal/{template}.html", {"reading": reading, "page": page})


business = reads(_business, stamp=registers_stamp)
investors = reads(_investors, stamp=registers_stamp)
