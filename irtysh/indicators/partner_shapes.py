"""How an indicator walks over a ranking of partners whose total is not named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from irtysh.indicators.known import Known, SeriesKey
from irtysh.indicators.results import Result
from irtysh.indicators.shapes import Scope, outcome
from irtysh.indicators.tables import WHOLE
from irtysh.stats.quantity import Quantity
from irtysh.vocabulary.numbers import Qualifier
from irtysh.vocabulary.observation import Observation


def partner_total(scope: Scope) -> Iterator[Result]:
    """Bound the total of a ranking with "others below c": f([y_k], c)."""
    for listed, threshold in _rankings(scope):
        arguments = [_quantities(listed), threshold.value]
        yield _of_ranking(scope, listed, threshold, arguments, "W")


def partner_bounds(scope: Scope) -> Iterator[Result]:
    """Bound each listed partner's share of that total: f([y_k], number, c)."""
    for listed, threshold in _rankings(scope):
        for number, partner in enumerate(listed):
            arguments = [_quantities(listed), number, threshold.value]
            counterpart = partner.key.counterpart_area
            yield _of_ranking(scope, listed, threshold, arguments, counterpart)


def _rankings(scope: Scope) -> Iterator[tuple[list[Known], Observation]]:
    """Find every "each other partner below c" with the partners that are listed beside it."""
    for link in scope.knowledge.links:
        below = link.qualifier in (Qualifier.LT, Qualifier.LE)
        if link.measure != "SHARE" or link.counterpart_area != "_O" or not below:
            continue
        listed = [
            value
            for key in scope.keys
            if _beside(key, link)
            for value in scope.knowledge.at(key, link.period)[:1]
            if value.bounded and not value.rule
        ]
        listed = _countries(listed)
        if listed and link.value:
            yield _by_size(listed), link


def _beside(key: SeriesKey, link: Observation) -> bool:
    return (
        key.counterpart_area not in ("W", "_O", "_U")
        and key.commodity == WHOLE
        and (key.dataflow, key.ref_area, key.flow) == (link.dataflow, link.ref_area, link.flow)
    )


def _countries(listed: Sequence[Known]) -> list[Known]:
    """Leave out regions of a country that is listed itself: they would count twice."""
    areas = {value.key.counterpart_area for value in listed}
    return [
        value
        for value in listed
        if value.key.counterpart_area.partition("-")[0] not in areas
        or "-" not in value.key.counterpart_area
    ]


def _by_size(listed: Sequence[Known]) -> list[Known]:
    def size(value: Known) -> Decimal:
        assert value.quantity is not None
        return -value.quantity.high

    return sorted(listed, key=size)


def _quantities(listed: Sequence[Known]) -> list[Quantity | None]:
    return [value.quantity for value in listed]


def _of_ranking(
    scope: Scope,
    listed: Sequence[Known],
    threshold: Observation,
    arguments: Sequence[object],
    counterpart: str,
) -> Result:
    first = listed[0]
    key = first.key._replace(counterpart_area=counterpart)
    said = Known(key, threshold.period, None, 0, (threshold.id,))
    subject = Known(key, threshold.period, None, first.unit_mult, ())
    return outcome(
        scope,
        subject,
        (*listed, said),
        arguments,
        group=WHOLE,
        flags=("NO_POINT",),
    )
