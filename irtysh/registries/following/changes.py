"""What changed in the registers, narrowed to a topic: for feeds and for letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from irtysh.registries.records.codes import code_name, names_of
from irtysh.registries.records.models import (
    Listing,
    ListingFacet,
    register_title,
    registers,
    title_of,
)
from irtysh.vocabulary.errors import IrtyshError

_THEMES = ("themes", "theme")
_TERRITORIES = ("territories", "country", "parties")
_LONGEST = 80


class UnknownTopic(IrtyshError):
    """A theme, territory, register or series that the portal does not have."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What somebody wants to hear of; an empty part narrows nothing, all empty is everything.

    Attributes
    ----------
    theme : str
        A theme of the case.
    territory : str
        A territory; those within it are meant too: KZ covers KZ-55.
    register : str
    series : str
        A series of events: the series itself and its events.
    """

    theme: str = ""
    territory: str = ""
    register: str = ""
    series: str = ""

    @classmethod
    def from_query(cls, query: Any) -> Topic:
        """Read the parameters of an address or form; raises UnknownTopic."""
        topic = cls(*(str(query.get(part, "")).strip()[:_LONGEST] for part in cls.__slots__))
        topic.check()
        return topic

    def check(self) -> None:
        """Raise UnknownTopic if a part names what the portal does not have."""
        known: Mapping[str, Iterable[str]] = {
            "theme": names_of("themes", "en"),
            "territory": names_of("areas", "en"),
            "register": registers(),
        }
        for part, codes in known.items():
            value = getattr(self, part)
            if value and value not in codes:
                raise UnknownTopic(value=value)
        listed = Listing.objects.filter(register="series", code=self.series)
        if self.series and not listed.exists():
            raise UnknownTopic(value=self.series)

    def parts(self) -> dict[str, str]:
        """Return the parts that narrow something."""
        return {name: value for name, value in asdict(self).items() if value}

    def words(self, language: str) -> list[str]:
        """Return the parts in words; empty for everything."""
        names = (
            code_name("themes", self.theme, language),
            code_name("areas", self.territory, language),
            register_title(self.register, language) if self.register else "",
            title_of("series", self.series, language) if self.series else "",
        )
        return [name for name in names if name]


def changed(topic: Topic, since: datetime | None = None) -> QuerySet[Listing]:
    """Return the published records of a topic, the latest changed first."""
    found = Listing.objects.order_by("-changed_at", "register", "code")
    if since is not None:
        found = found.filter(changed_at__gt=since)
    if topic.register:
        found = found.filter(register=topic.register)
    if topic.theme:
        found = found.filter(pk__in=_with(Q(facet__in=_THEMES, value=topic.theme)))
    if topic.territory:
        found = found.filter(pk__in=_with(_within(topic.territory)))
    if topic.series:
        own = _with(Q(register="events", facet="series", value=topic.series))
        found = found.filter(Q(register="series", code=topic.series) | Q(pk__in=own))
    return found


def territories_of(listings: Iterable[Listing]) -> dict[int, list[str]]:
    """Return key of a listing → the territories it is filed under."""
    keys = [one.pk for one in listings]
    found: dict[int, list[str]] = {}
    rows = ListingFacet.objects.filter(listing__in=keys, facet__in=_TERRITORIES)
    for key, value in rows.order_by("value").values_list("listing", "value").distinct():
        found.setdefault(key, []).append(value)
    return found


def themes(language: str) -> list[tuple[str, str]]:
    """Return the themes of the case with their names."""
    return list(names_of("themes", language).items())


def territories(language: str) -> list[tuple[str, str]]:
    """Return the territories that any published record is filed under, by name."""
    rows = ListingFacet.objects.filter(facet__in=_TERRITORIES)
    codes = rows.order_by("value").values_list("value", flat=True).distinct()
    return sorted(
        ((code, code_name("areas", code, language)) for code in codes), key=lambda one: one[1]
    )


def _with(condition: Q) -> QuerySet[Any]:
    return ListingFacet.objects.filter(condition).values("listing")


def _within(territory: str) -> Q:
    return Q(facet__in=_TERRITORIES) & (
        Q(value=territory) | Q(value__startswith=f"{territory}-")
    )  # fmt: skip
