"""Which page each register has: its address, and what it adds to the page of a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from irtysh.portal.reading import Reading
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
    segment : str
        Its part of the address, the same in every language.
    template : str
        Of one record; extends portal/registers/record.html.
    present : callable
        What the template needs beyond the generic.
    hidden : tuple of str
        Columns that the template shows in its own way.
    present_list : callable
        What the register's own list template (portal/registers/NAME_list.html) needs.
    """

    segment: str
    template: str = "portal/registers/record.html"
    present: Present = nothing_more
    hidden: tuple[str, ...] = ()
    present_list: PresentList = nothing_in_list


PAGES: dict[str, Page] = {
    "places": Page("places"),
    "organisations": Page("organisations"),
    "acts": Page("law"),
    "harmonisation": Page("harmonisation"),
    "programmes": Page("programmes"),
    "objectives": Page("objectives"),
    "measures": Page("measures"),
    "targets": Page("targets"),
    "projects": Page("projects"),
    "initiatives": Page("initiatives"),
    "series": Page("event-series"),
    "events": Page("events"),
    "obstacles": Page("obstacles"),
    "offers": Page("offers"),
    "factors": Page("factors"),
    "glossary": Page("glossary"),
    "publications": Page("publications"),
    "guides": Page("guides"),
}
"""Register → its pages."""


def record_path(register: str, code: str, language: str) -> str:
    """Return the lasting address of a record, below the host."""
    return f"/{language}/{PAGES[register].segment}/{code}/"
