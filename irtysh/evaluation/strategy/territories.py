"""Which side of the border an area belongs to, and what is known of its people and product."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from irtysh.evaluation.strategy.ground import Ground, decimal
from irtysh.stats.quantity import Quantity
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.observation import Observation, Status


def ancestors(area: str) -> list[str]:
    """Return an area and everything above it."""
    known = codelist("areas")
    found = [area]
    while found[-1] in known and known[found[-1]].parent and known[found[-1]].parent not in found:
        found.append(known[found[-1]].parent)
    return found


def sides_of_areas(ground: Ground, areas: Iterable[str]) -> set[str]:
    """Return the sides that some areas touch: of a part of a side and of the state around it."""
    found = set()
    for area in areas:
        above = set(ancestors(area)) - {"W"}
        for side, own in ground.sides.items():
            if own in above or area in set(ancestors(own)) - {"W"}:
                found.add(side)
    return found


def known_of(ground: Ground, area: str, commodity: str) -> list[Observation]:
    """Return yearly values of something about an area alone, as known on the day, in time."""
    found = [
        one
        for one in ground.observations
        if one.commodity == commodity
        and one.ref_area == area
        and one.value is not None
        and one.status is not Status.TARGET
        and one.period.end is not None
        and one.period.end <= ground.day
    ]
    return sorted(found, key=lambda one: (one.period, one.id))


def quantity_of(one: Observation) -> Quantity:
    """Return a printed value in the unit itself."""
    assert one.value is not None and one.base_interval is not None
    return Quantity(one.value.scaleb(one.unit_mult), one.base_interval)


def population(ground: Ground, side: str) -> tuple[Decimal, tuple[str, ...]] | None:
    """Return the residents of a side and where that is known from; None where it is not."""
    given = (ground.inputs.counts.get("population") or {}).get(side)
    number = decimal(given)
    if number is not None and number > 0:
        return number, ("counts/population",)
    code = str(ground.parameters.value("population_code"))
    rows = known_of(ground, ground.sides.get(side, ""), code)
    if not rows:
        return None
    last = rows[-1]
    value = quantity_of(last).point
    return (value, (last.id,)) if value else None
