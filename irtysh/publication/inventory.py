"""Where every row of a case's inventory can be seen in the portal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from irtysh.sources.case import Case
from irtysh.sources.case.layout import PAGE_MARK

_PAGES = {
    "publications": "publications/{id}/",
    "people": "research/#{id}",
    "gaps": "research/#{id}",
    "territories": "places/{id}/",
    "places": "places/{id}/",
    "stakeholders": "territories/#{id}",
    "acts": "law/{id}/",
    "glossary": "glossary/{id}/",
    "factors": "factors/{id}/",
    "event_series": "event-series/{id}/",
    "benefits": "benefits/{id}/",
    **{
        kind: f"{kind}/{{id}}/"
        for kind in (
            "organisations",
            "harmonisation",
            "programmes",
            "objectives",
            "measures",
            "targets",
            "projects",
            "initiatives",
            "events",
            "obstacles",
            "offers",
            "guides",
        )
    },
    "statements": "research/#{id}",
    "sources": "sources/{id}/",
    "datasets": "data/{id}/",
}
"""Kind of document → the address of an item in the portal, below the language."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the inventory with its standing.

    Attributes
    ----------
    row : dict
        The row of inventory.csv.
    addresses : tuple of str
        Portal addresses below the language; empty where the row waits for a later part.
    """

    row: dict[str, str]
    addresses: tuple[str, ...]


def lines(case: Case) -> Iterator[Line]:
    """Yield every row with the addresses where it can be seen, in the order of the file."""
    by_number: dict[str, list[str]] = {}
    for row in case.rows:
        for number in row.inventory:
            by_number.setdefault(number, []).append(f"figures/{row.observation.id}/")
    for entry in case.inventory:
        addresses = [*by_number.get(entry["number"], ())]
        for reference in entry["files"].split(";"):
            addresses += _address(reference.strip())
        yield Line(dict(entry), tuple(dict.fromkeys(addresses)))


def _address(reference: str) -> list[str]:
    if reference.startswith(PAGE_MARK):
        return [reference.removeprefix(PAGE_MARK)]
    file, _, item = reference.partition("#")
    kind = file.rpartition("/")[2].partition(".")[0].partition("-")[0]
    if file.startswith("pages/"):
        return [f"{kind}/"]
    if kind in _PAGES and item:
        return [_PAGES[kind].format(id=item)]
    return []
