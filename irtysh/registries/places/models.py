"""Places: territories, towns, crossings, links, sites."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from irtysh.registries.places import rules
from irtysh.registries.records.codes import code_name, language_now, side_of_area
from irtysh.registries.records.models import Record, keeps
from irtysh.stats.geodesy import great_circle_km
from irtysh.vocabulary.geojson import Shape, read_geometry
from irtysh.vocabulary.season import is_open
from irtysh.vocabulary.wording import explain

_SCHEMA = {
    "country": "Country", "region": "AdministrativeArea", "district": "AdministrativeArea",
    "city": "City", "airport": "Airport", "river": "RiverBodyOfWater",
}  # fmt: skip
"""Kind of place → its type in schema.org; Place where there is no closer one."""


@keeps("places")
class Place(Record):
    """A territory, town, crossing, transport link or site."""

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(
                    # A comparison with a missing number is neither true nor false, and passes.
                    lat__isnull=False,
                    lon__isnull=False,
                    lat__range=(-90, 90),
                    lon__range=(-180, 180),
                ),
                name="place_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(regime="") | Q(kind=rules.CROSSING), name="place_regime_of_crossing"
            ),
        ]

    def clean(self) -> None:
        """Refuse what the rules refuse, in the words of the reader."""
        super().clean()
        wrong: dict[str, list[str]] = {}
        shapes = [row.geojson for row in self.geometries.all()]
        names = ("kind", "regime", "lat", "lon", "season_from", "season_to")
        columns = {name: getattr(self, name) for name in names}
        for column, error in rules.wrong_in(columns, shapes):
            said = explain(error, language_now())
            # Rows have no field of their own in the form's list of errors.
            field = "__all__" if column == "geometries" else column
            wrong.setdefault(field, []).append(said)
        if wrong:
            raise ValidationError(wrong)

    # What it is

    @property
    def is_crossing(self) -> bool:
        """True for a border crossing."""
        return bool(self.kind == rules.CROSSING)

    @property
    def is_link(self) -> bool:
        """True for what leads somewhere: a road, a railway, a river."""
        return self.kind in rules.LINKS

    @property
    def is_outside(self) -> bool:
        """True where the place is said to lie outside the core area."""
        return bool(self.outside) or self.role == "outside"

    @property
    def is_at_settlement(self) -> bool:
        """True where the coordinates are of the nearest settlement, not of the place itself."""
        return bool(self.coordinates_precision == rules.NEAREST_SETTLEMENT)

    @property
    def is_approximate(self) -> bool:
        """True where the point is not the place's own."""
        return bool(self.coordinates_precision)

    def sides(self) -> set[str]:
        """Return the sides that the place belongs to; of a border or a crossing that joins them.

        A stated side wins; else that of the territory; else those of what it lies between.
        """
        if self.side:
            return {self.side}
        areas = [self.area] if self.area else self.between
        return {side for side in map(side_of_area, areas) if side}

    # When

    def open_on(self, day: date | None = None) -> bool | None:
        """Return whether the season runs on a day (today); None where it is not known."""
        return is_open(self.season_from, self.season_to, day or timezone.localdate())

    def geometry_on(self, day: date | None = None) -> Shape | None:
        """Return the shape that holds on a day (today); None where there is none.

        Raises NotAGeometry and its kin if what was stored is not a shape.
        """
        held = rules.valid_on(
            self.geometries.all(),
            day or timezone.localdate(),
            lambda row: (row.valid_from, row.valid_to),
        )
        return read_geometry(held.geojson) if held is not None else None

    # Where

    def from_core(self) -> tuple[float, Place] | None:
        """Return the distance to the nearest city of the core, km, and that city.

        None where the place has no point, or the core has no settlement with one.
        """
        point = self.point()
        cities = core_settlements() if point else []
        if point is None or not cities:
            return None
        away = [(great_circle_km(point, (float(one.lat), float(one.lon))), one) for one in cities]
        return min(away, key=lambda pair: pair[0])

    def json_ld(self, language: str, address: str) -> dict[str, Any]:
        """Return the place in the words of schema.org."""
        found = super().json_ld(language, address)
        found["@type"] = _SCHEMA.get(self.kind, "Place")
        if point := self.point():
            geo: dict[str, Any] = {
                "@type": "GeoCoordinates", "latitude": point[0], "longitude": point[1],
            }  # fmt: skip
            if self.is_approximate:
                geo["description"] = code_name(
                    "coordinate_precisions", self.coordinates_precision, language
                )
            found["geo"] = geo
        if self.within is not None:
            found["containedInPlace"] = {
                "@type": _SCHEMA.get(self.within.kind, "Place"),
                "name": self.within.title_in(language),
            }
        if self.address:
            found["sameAs"] = self.address
        return found


def core_settlements() -> list[Place]:
    """Return the cities of the core that have a point; its smaller settlements if it has none."""
    core = Place.objects.filter(
        live=True, role="core", lat__isnull=False, kind__in=rules.SETTLEMENTS
    ).order_by("code")
    found = list(core)
    return [one for one in found if one.kind == "city"] or found
