"""The main navigation: seven sections, each with a page of its own that says what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from irtysh.portal.reading import Reading, reads


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of a section: name of its address, its title, what a reader finds there.

    ``is_aside`` marks a page of rarer use, which the row of pages folds away to stay one row.
    """

    name: str
    title: str
    note: str = ""
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A section: id, title, one sentence, its pages."""

    id: str
    title: str
    lead: str
    entries: tuple[Entry, ...]

    @property
    def name(self) -> str:
        """Name of the address of its own page."""
        return f"section-{self.id}"


SECTIONS = (
    Section(
        "cooperation",
        _("Cooperation"),
        _("What both sides have agreed to do, how far it has come, and what is only an idea yet."),
        (
            Entry("programmes", _("Programmes and road-maps"),
                  _("Goals, measures, terms, bodies and reports of both sides.")),
            Entry("evaluation", _("Evaluation"),
                  _("How the strategy stands, and what asks for a review.")),
            Entry("risks", _("Risks"), _("What may go wrong, who answers for it.")),
            Entry("projects", _("Projects"), _("Stage, partners, sums.")),
            Entry("initiatives", _("Initiatives"), _("From an idea to a decision.")),
            Entry("event-calendar", _("Calendar"),
                  _("Events ahead and past, by month and near you.")),
            Entry("series", _("Series of events"), _("Forums by number, also those missing.")),
            Entry("obstacles", _("Obstacles"), _("Who holds them, and for how long.")),
        ),
    ),
    Section(
        "partners",
        _("Business and investment"),
        _("From a question to somebody to ask: partners, sites, rules, offers."),
        (
            Entry("business", _("For business"), _("Find a partner, learn the rules, ask.")),
            Entry("investors", _("For investors"), _("Sites, projects, support, contacts.")),
            Entry("organisations", _("Organisations"), _("Each once, with its numbers and roles.")),
            Entry("offers", _("Offers and requests"), _("Checked, dated, answered.")),
        ),
    ),
    Section(
        "people",
        _("For residents"),
        _("What cooperation gives you, how to cross the border for work, study or treatment."),
        (
            Entry("benefits", _("What it gives you"), _("Six themes in plain words.")),
            Entry("guides", _("Guides"), _("What to do, step by step.")),
            Entry("ask", _("Ask or report"), _("A question gets a number and an answer.")),
            Entry("number", _("Number of the month"), _("One number, plainly explained.")),
            Entry("subscribe", _("Subscribe"), _("A letter a week on what you choose.")),
        ),
    ),
    Section(
        "figures",
        _("Figures"),
        _("What is counted, by whom, how exactly, and what does not add up."),
        (
            Entry("trade", _("Trade"), _("Turnover, partners, goods.")),
            Entry("profiles", _("Trade profiles"),
                  _("Any territory or pair: by month, partner and product.")),
            Entry("indicators", _("Indicators"), _("Formulas and results.")),
            Entry("findings", _("What does not add up"), _("Contradictions between figures.")),
            Entry("claims", _("Claims checked"), _("What documents say, and what the data say.")),
            Entry("explore", _("Explore the data"),
                  _("Any cut of any dataset: table, chart, map, download.")),
            Entry("data", _("Data to download"), _("Whole data sets with labels."), True),
            Entry("sources", _("Sources"), _("Where every figure comes from."), True),
            Entry("releases", _("Releases"), _("What changed between releases."), True),
            Entry("announcements", _("Release calendar"), _("When new data come out."), True),
            Entry("corrections", _("Corrections and notices"),
                  _("What was wrong, what is right."), True),
        ),
    ),
    Section(
        "rules",
        _("Law"),
        _("Acts with how they stand on any day, and where the rules of the two sides differ."),
        (
            Entry("acts", _("Legal acts"), _("In force, repealed, replaced, expired.")),
            Entry("harmonisation", _("Where the rules differ"), _("Topic by topic, side by side.")),
        ),
    ),
    Section(
        "area",
        _("Territories and map"),
        _("The lands along the border, their towns, crossings and links."),
        (
            Entry("map", _("Map"), _("Crossings, links, organisations, projects, events.")),
            Entry("territories", _("Territories"), _("Who borders on whom.")),
            Entry("places", _("Places"), _("Towns, crossings, roads, sites.")),
        ),
    ),
    Section(
        "knowledge",
        _("Knowledge"),
        _("The publications behind the portal, its words, and what is known to be missing."),
        (
            Entry("research", _("Research and gaps"), _("Papers, positions, statements, gaps.")),
            Entry("factors", _("What helps and hinders"), _("Factors and their evidence.")),
            Entry("glossary", _("Glossary"), _("Words and who defined them how.")),
        ),
    ),
)  # fmt: skip


def _path(name: str) -> str:
    try:
        return reverse(f"portal:{name}")
    except NoReverseMatch:
        return ""


def navigation(path: str) -> list[dict[str, Any]]:
    """Return the sections with their pages, the section and the page of an address marked.

    A page belongs to the section whose entry is the longest beginning of its address.
    """
    found = []
    here, longest = "", 0
    for section in SECTIONS:
        entries = []
        for entry in section.entries:
            own = _path(entry.name)
            if not own:
                continue
            roots = (own, *_roots(entry.name, own)[1:])
            entries.append({"title": entry.title, "note": entry.note, "path": own,
                            "roots": roots, "is_page": path == own,
                            "is_aside": entry.is_aside})  # fmt: skip
            if path.startswith(_roots(entry.name, own)) and len(own) > longest:
                here, longest = section.id, len(own)
        own = _path(section.name)
        if path.startswith(own) and len(own) > longest:
            here, longest = section.id, len(own)
        found.append({"id": section.id, "title": section.title, "lead": section.lead,
                      "path": own, "is_page": path == own, "entries": entries})  # fmt: skip
    for one in found:
        one["is_here"] = one["id"] == here
        near = [page for page in one["entries"] if path.startswith(page["roots"])]
        nearest = max(near, key=lambda page: len(page["path"]), default=None)
        for page in one["entries"]:
            page["is_here"] = one["is_here"] and page is nearest
        one["aside"] = [p for p in one["entries"] if p["is_aside"] and not p["is_here"]]
    return found


def _roots(name: str, own: str) -> tuple[str, ...]:
    """Return the beginnings of the addresses that belong to a page: of the calendar, its list's."""
    if name == "event-calendar":
        return (own.removesuffix("calendar/"),)
    return (own, _path("documents")) if name == "claims" else (own,)


def _section(request: HttpRequest, reading: Reading, section: str) -> HttpResponse:
    """Show what is in a section."""
    page = next(one for one in navigation(request.path) if one["id"] == section)
    return render(request, "portal/section.html", {"reading": reading, "page": page})


section_page = reads(_section)
