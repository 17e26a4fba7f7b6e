"""Lambert's azimuthal equal-area projection of the sphere: areas keep their proportions."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0072
"""Radius of the sphere with the surface of the WGS 84 ellipsoid."""


@dataclass(frozen=True, slots=True)
class EqualArea:
    """The projection centred on a point (degrees).

    >>> EqualArea(74.0, 53.0).forward(74.0, 53.0)
    (0.0, 0.0)
    """

    longitude: float
    latitude: float

    def forward(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return kilometres east and north of the centre (Snyder 1987, equations 24-2 to 24-4)."""
        east = radians(longitude - self.longitude)
        here, centre = radians(latitude), radians(self.latitude)
        cosine = sin(centre) * sin(here) + cos(centre) * cos(here) * cos(east)
        scale = EARTH_RADIUS_KM * sqrt(2 / (1 + cosine))
        x = scale * cos(here) * sin(east)
        y = scale * (cos(centre) * sin(here) - sin(centre) * cos(here) * cos(east))
        return x, y
