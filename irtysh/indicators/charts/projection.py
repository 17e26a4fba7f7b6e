"""Lambert's azimuthal equal-area projection of the sphere: areas keep their proportions."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt

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

    def backward(self, x: float, y: float) -> tuple[float, float]:
        """Return longitude and latitude of a point (Snyder 1987, equations 20-14, 20-15, 24-16).

        Kilometres in, degrees out; the antipode of the centre, a circle here, is no point.
        """
        distance = hypot(x, y)
        if distance == 0:
            return self.longitude, self.latitude
        angle = 2 * asin(min(1.0, distance / (2 * EARTH_RADIUS_KM)))
        centre = radians(self.latitude)
        height = cos(angle) * sin(centre) + y * sin(angle) * cos(centre) / distance
        east = atan2(
            x * sin(angle),
            distance * cos(centre) * cos(angle) - y * sin(centre) * sin(angle),
        )
        return self.longitude + degrees(east), degrees(asin(max(-1.0, min(1.0, height))))
