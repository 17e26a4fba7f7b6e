"""Layers of the map: which records are on it, where, and how exactly that is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from irtysh.portal.reading import Reading
from irtysh.portal.registers.paths import record_path, register_path
from irtysh.portal.registers.places import point_on_map, season_words
from irtysh.registries.places.models import Place
from irtysh.registries.places.rules import LINKS, SETTLEMENTS, TERRITORIES
from irtysh.registries.records import finding
from irtysh.registries.records.codes import code_name
from irtysh.registries.records.models import (
    Listing,
    ListingFacet,
    Reference,
    register_title,
    registers,
)
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.geojson import Shape

MOST = 300
"""Records of one layer that a page can bear; more are found in the register itself."""
_LONGEST = 200

PLACE_LAYERS: Mapping[str, tuple[str, ...]] = {
    "territories": (*TERRITORIES, "border"),
    "crossings": ("crossing",),
    "links": (*LINKS, "port", "airport"),
    "towns": (*SETTLEMENTS, "place", "site"),
}
"""Layer → the kinds of place in it."""
REGISTER_LAYERS = ("organisations", "projects", "initiatives", "events", "obstacles")
"""Registers that are a layer each."""
LAYERS = (*PLACE_LAYERS, *REGISTER_LAYERS)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader wants on the map.

    Attributes
    ----------
    layers : tuple of str
        Ids of layers; all of them if empty.
    theme : str
        Only records of this theme; places have no themes and stay.
    words : str
        Every word must occur.
    """

    reading: Reading
    layers: tuple[str, ...] = ()
    theme: str = ""
    words: str = ""

    @classmethod
    def from_query(cls, reading: Reading, query: Any) -> Asked:
        """Read the parameters of an address; what makes no sense is passed over."""
        layers = tuple(one for one in LAYERS if one in query.getlist("layer"))
        theme = query.get("theme", "")[:_LONGEST]
        return cls(reading, layers, theme, query.get("q", "").strip()[:_LONGEST])

    @property
    def is_narrowed(self) -> bool:
        """True where something is left out."""
        return bool(self.layers or self.theme or self.words)


@dataclass(slots=True)
class Item:
    """One record on the map and in the list beside it.

    Attributes
    ----------
    id : str
        Register and code, as in a link.
    side : str
        "A", "B", "AB" or "".
    point : (float, float) or None
        Latitude and longitude; None where it is not known.
    is_own : bool
        False where the point is that of a settlement nearby or of the record's place.
    drawn : str
        "point", "area" or "line": what stands on the map for it.
    area : str
        Code of the region that is the record's shape.
    note : str
        What a reader must know of the point: whose it is; or that there is none.
    """

    id: str
    title: str
    path: str
    kind: str
    side: str
    themes: tuple[str, ...] = ()
    point: tuple[float, float] | None = None
    is_own: bool = True
    drawn: str = "point"
    area: str = ""
    note: str = ""
    season: dict[str, str] = field(default_factory=dict)
    shape: Shape | None = None
    is_named: bool = False


@dataclass(slots=True)
class Layer:
    """A layer: its records in the order of their names, and how many more there are."""

    id: str
    title: str
    is_chosen: bool
    items: list[Item]
    more: int
    path: str


def layers_of(asked: Asked) -> list[Layer]:
    """Return the layers in their order; one that was not asked for is empty."""
    return [_layer(asked, name) for name in LAYERS]


def layer_title(name: str, language: str) -> str:
    """Return the heading of a layer."""
    own = {
        "territories": _("Territories"),
        "crossings": _("Border crossings"),
        "links": _("Transport links"),
        "towns": _("Towns and sites"),
    }
    return own[name] if name in own else register_title(name, language)


def _layer(asked: Asked, name: str) -> Layer:
    language = asked.reading.language
    register = "places" if name in PLACE_LAYERS else name
    is_chosen = not asked.layers or name in asked.layers
    items: list[Item] = []
    more = 0
    if is_chosen:
        fitting = _fitting(asked, name, register)
        total = fitting.count()
        listings = list(fitting.order_by(f"sort_{language}", "code")[:MOST])
        made = _places if register == "places" else _others
        items = made(asked, register, listings)
        more = total - len(items)
    path = register_path(register, language)
    return Layer(name, layer_title(name, language), is_chosen, items, more, path)


def _fitting(asked: Asked, name: str, register: str) -> QuerySet[Listing]:
    facets: dict[str, tuple[str, ...]] = {}
    if name in PLACE_LAYERS:
        facets["kind"] = PLACE_LAYERS[name]
    themes = _theme_facet(register)
    if asked.theme and themes:
        facets[themes] = (asked.theme,)
    return finding.found(finding.Asked(register, asked.reading.language, asked.words, facets))


def _theme_facet(register: str) -> str:
    columns = {column.name for column in registers()[register].table.columns}
    return next((name for name in ("themes", "theme") if name in columns), "")


def _places(asked: Asked, register: str, listings: list[Listing]) -> list[Item]:
    """Return places, those without a point among them: the list says that it is missing."""
    codes = [one.code for one in listings]
    found = Place.objects.filter(code__in=codes).select_related("within")
    by_code = {one.code: one for one in found.prefetch_related("geometries")}
    return [
        _place(asked.reading, listing, by_code[listing.code])
        for listing in listings
        if listing.code in by_code
    ]


def _place(reading: Reading, listing: Listing, place: Place) -> Item:
    language = reading.language
    item = _item(listing, language, code_name("place_kinds", place.kind, language))
    item.point = point_on_map(place, reading)
    item.season = season_words(place)
    item.is_named = place.kind == "city"
    if place.point() is not None:
        item.is_own = not place.is_approximate
        item.note = code_name("coordinate_precisions", place.coordinates_precision, language)
        if place.is_at_settlement:
            item.note = _("shown at the nearest settlement, not at its own place")
    elif item.point is None:
        item.note = _no_point(place)
    elif place.kind in TERRITORIES:
        item.drawn, item.area = "area", place.area
    else:
        item.drawn = "line"
    try:
        item.shape = place.geometry_on()
    except IrtyshError:
        item.shape = None
    return item


def _no_point(place: Place) -> str:
    if place.kind == "border":
        return _("drawn as a line")
    if place.kind in TERRITORIES:
        return _("has no outline of its own on the map")
    return _("not on the map: its coordinates are not known")


def _others(asked: Asked, register: str, listings: list[Listing]) -> list[Item]:
    """Return the records that have a point of their own or the point of a place they name."""
    language = asked.reading.language
    codes = [one.code for one in listings]
    places = _places_named(register, codes)
    facets = _facets(listings)
    items = []
    for listing in listings:
        kinds = facets.get((listing.pk, "kind"), [])
        column = registers()[register].table.column("kind")
        kind = code_name(column.codes, kinds[0], language) if kinds else ""
        item = _item(listing, language, kind)
        item.themes = tuple(
            facets.get((listing.pk, "themes"), []) + facets.get((listing.pk, "theme"), [])
        )
        place = places.get(listing.code)
        if place is not None:
            item.point = place.lat, place.lon
            item.is_own = False
            item.note = _("shown at: %(place)s") % {"place": place.title(language)}
        elif listing.lat is not None and listing.lon is not None:
            item.point = listing.lat, listing.lon
        if item.point is not None:
            items.append(item)
    return items


def _places_named(register: str, codes: Iterable[str]) -> dict[str, Listing]:
    """Return code → the place that a record names: its own first, else one it is tied to."""
    pointing = list(
        Reference.objects.filter(
            from_register=register, from_code__in=list(codes), to_register="places"
        ).order_by("pk")
    )
    wanted = {one.to_code for one in pointing}
    known = {
        one.code: one
        for one in Listing.objects.filter(register="places", code__in=wanted, lat__isnull=False)
    }
    found: dict[str, Listing] = {}
    for one in sorted(pointing, key=lambda pointer: pointer.field != "place"):
        if one.to_code in known:
            found.setdefault(one.from_code, known[one.to_code])
    return found


def _facets(listings: list[Listing]) -> dict[tuple[int, str], list[str]]:
    found: dict[tuple[int, str], list[str]] = {}
    kept = ListingFacet.objects.filter(
        listing__in=[one.pk for one in listings], facet__in=("kind", "themes", "theme")
    )
    for listing, facet, value in kept.values_list("listing", "facet", "value"):
        found.setdefault((listing, facet), []).append(value)
    return found


def _item(listing: Listing, language: str, kind: str) -> Item:
    return Item(
        id=f"{listing.register}/{listing.code}",
        title=listing.title(language),
        path=record_path(listing.register, listing.code, language),
        kind=kind,
        side=listing.side,
    )
