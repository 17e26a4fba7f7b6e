"""Finding records: words, facets, order, pages; one way for pages, downloads and feeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet

from irtysh.registries.records.listing import stamp
from irtysh.registries.records.models import Listing, ListingFacet, registers
from irtysh.vocabulary.stems import stems

PAGE = 20
_LONGEST = 200
_ORDERS = ("name", "day", "changed")
NEWEST_FIRST = ("acts", "events", "obstacles", "offers")
"""Registers whose lists begin with the newest."""


@dataclass(frozen=True)
class Asked:
    """What a reader wants to see of a register.

    Attributes
    ----------
    register, language : str
    words : str
        Every word must occur, also as the beginning of a longer one.
    facets : dict
        Facet → values; any of the values of a facet, all of the facets.
    order : str
        "name", "day" (newest first) or "changed".
    page : int
        From 1.
    """

    register: str
    language: str
    words: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = ""
    page: int = 1

    @classmethod
    def from_query(cls, register: str, language: str, query: Any) -> Asked:
        """Read the parameters of an address; what makes no sense is passed over."""
        number = query.get("page", "1")
        known = facet_names(register)
        return cls(
            register,
            language,
            query.get("q", "").strip()[:_LONGEST],
            {
                name: tuple(dict.fromkeys(value for value in query.getlist(name) if value))
                for name in known
                if any(query.getlist(name))
            },
            query.get("order", "") if query.get("order", "") in _ORDERS else "",
            max(int(number), 1) if number.isdecimal() and len(number) < 7 else 1,
        )

    def query(self, **changed: Any) -> str:
        """Return the query string of this question, changed in some respect."""
        asked = replace(self, **changed)
        pairs: list[tuple[str, str]] = [("q", asked.words)] if asked.words else []
        pairs += [(name, value) for name, values in asked.facets.items() for value in values]
        pairs += [("order", asked.order)] if asked.order else []
        pairs += [("page", str(asked.page))] if asked.page > 1 else []
        return urlencode(pairs)

    @property
    def is_narrowed(self) -> bool:
        """True where the list is not the whole register."""
        return bool(self.words or self.facets)


def facet_names(register: str) -> tuple[str, ...]:
    """Return the facets of a register that any record has, in the order of its columns."""
    return _facet_names(register, stamp())


@lru_cache(maxsize=64)
def _facet_names(register: str, _stamp: int) -> tuple[str, ...]:
    used = set(
        ListingFacet.objects.filter(register=register).values_list("facet", flat=True).distinct()
    )
    own = [column.name for column in registers()[register].table.columns if column.is_facet]
    return (*(name for name in own if name in used), *sorted(used - set(own)))


def found(asked: Asked) -> QuerySet[Listing]:
    """Return the listed records that a question fits."""
    listings = Listing.objects.filter(register=asked.register)
    for stem in dict.fromkeys(stems(asked.words, asked.language)):
        listings = listings.filter(**{f"words_{asked.language}__contains": f" {stem}"})
    for name, values in asked.facets.items():
        fitting = ListingFacet.objects.filter(register=asked.register, facet=name, value__in=values)
        listings = listings.filter(pk__in=fitting.values("listing"))
    return listings


def ordered(asked: Asked) -> QuerySet[Listing]:
    """Return what fits, in the order asked for."""
    order = asked.order or ("day" if asked.register in NEWEST_FIRST else "name")
    keys = {
        "name": (f"sort_{asked.language}", "code"),
        "day": ("-day", f"sort_{asked.language}", "code"),
        "changed": ("-changed_at", "code"),
    }
    return found(asked).order_by(*keys[order])


def page_of(asked: Asked) -> tuple[int, list[Listing]]:
    """Return how many records fit, and those of one page."""
    first = (asked.page - 1) * PAGE
    total = total_of(asked)
    return total, list(ordered(asked)[first : first + PAGE]) if first < total else []


def total_of(asked: Asked) -> int:
    """Return how many records fit."""
    if not asked.is_narrowed:
        return _whole(asked.register, stamp())
    return found(asked).count()


def counts_of(asked: Asked) -> dict[str, dict[str, int]]:
    """Return facet → value → how many records the list would hold with it, most first.

    A facet by which the list is narrowed is counted as if it were not, so that a reader can
    change it; all others share one question to the database.
    """
    if not asked.is_narrowed:
        return {facet: dict(counts) for facet, counts in _whole_counts(asked.register, stamp())}
    values = ListingFacet.objects.filter(register=asked.register)
    counts = _counted(
        values.exclude(facet__in=list(asked.facets)).filter(listing__in=found(asked).values("pk"))
    )
    for facet in asked.facets:
        others = replace(
            asked, facets={name: v for name, v in asked.facets.items() if name != facet}
        )
        own = values.filter(facet=facet)
        if others.is_narrowed:
            own = own.filter(listing__in=found(others).values("pk"))
        counts.update(_counted(own))
    return counts


@lru_cache(maxsize=256)
def _whole(register: str, _stamp: int) -> int:
    return Listing.objects.filter(register=register).count()


@lru_cache(maxsize=64)
def _whole_counts(
    register: str, _stamp: int
) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    counts = _counted(ListingFacet.objects.filter(register=register))
    return tuple((facet, tuple(of_it.items())) for facet, of_it in counts.items())


def _counted(values: QuerySet[ListingFacet]) -> dict[str, dict[str, int]]:
    rows = values.values_list("facet", "value").annotate(n=Count("pk"))
    counts: dict[str, dict[str, int]] = {}
    for facet, value, number in rows.order_by("facet", "-n", "value"):
        counts.setdefault(facet, {})[value] = number
    return counts
