"""Which side of the border a place belongs to, with the sides of the real case."""

from __future__ import annotations

import pytest

from irtysh.registries.records.actions import write
from irtysh.registries.records.models import Listing


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "sides"),
    [
        ({"side": "B", "area": "RU-OMS"}, {"B"}),
        ({"area": "KZ-55"}, {"B"}),
        ({"area": "RU-OMS", "between": ["RU-OMS", "KZ"]}, {"A"}),
        ({"between": ["RU-OMS", "KZ-55"]}, {"A", "B"}),
        ({"area": "CN"}, set()),
        ({}, set()),
    ],
)
def test_sides(portal, more, sides) -> None:
    name = dict.fromkeys(("ru", "kk", "en"), "Place")
    document = {"id": "place", "kind": "crossing", "name": name, **more}
    place = write(register="places", document=document, by=None)
    assert place.sides() == sides
    assert Listing.objects.get(code="place").side == "".join(sorted(sides))
