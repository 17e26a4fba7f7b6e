"""What the lines of the integration profile share (step E5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from irtysh.evaluation.strategy.figures import FigureJson, figure
from irtysh.evaluation.strategy.ground import Ground, subject
from irtysh.evaluation.strategy.outcome import Line, sorted_evidence
from irtysh.evaluation.strategy.words import label_of
from irtysh.indicators.results import Result
from irtysh.stats.quantity import HUNDRED, ZERO, Quantity, result
from irtysh.vocabulary.interval import Interval
from irtysh.vocabulary.period import Period


def profile_line(
    name: str,
    figures: Mapping[str, FigureJson],
    *,
    missing: Iterable[str] = (),
    params: Mapping[str, Any] | None = None,
    areas: Mapping[str, str] | None = None,
) -> Line:
    """Return a line of the profile; what is missing makes it one without data."""
    lacking = list(missing)
    filled = dict(params or {})
    if lacking:
        blanks = {key: {"code": ["areas", code]} for key, code in (areas or {}).items()}
        filled["lacking"] = {
            "list": [{"phrase": f"missing.{one}", "params": blanks} for one in lacking]
        }
    evidence = sorted_evidence(*(one["evidence"] for one in figures.values()))
    return Line(
        id=f"E5.profile.{name}",
        step="E5",
        subject=subject("profile", name, label_of(f"profile.{name}.name")),
        status="no_data" if lacking else "described",
        figures=dict(figures),
        params=filled,
        sentence="profile.no_data" if lacking else f"profile.{name}",
        evidence=evidence or ("E0",),
    )


def latest(ground: Ground, indicator: str, *, flow: str = "", area: str = "") -> Result | None:
    """Return the latest yearly result of the pair that has bounds; None where there is none."""
    found = [
        one
        for one in ground.results
        if one.indicator == indicator
        and ground.is_pair(one.area, one.counterpart)
        and one.period.kind.value == "A"
        and one.base_period is None
        and one.figure.interval is not None
        and (not flow or one.flow == flow)
        and (not area or one.area == area)
    ]
    return max(found, key=lambda one: (one.period, closeness(one)), default=None)


def closeness(one: Result) -> tuple[bool, Decimal, str]:
    interval = one.figure.interval
    assert interval is not None
    return interval.is_bounded, -interval.width if interval.is_bounded else ZERO, one.source


def shown(one: Result, **rest: Any) -> FigureJson:
    value = one.figure
    assert value.low is not None and value.high is not None
    return figure(
        value.point,
        value.low,
        value.high,
        evidence=value.evidence,
        formula=value.formula,
        unit=value.unit,
        unit_mult=one.unit_mult,
        coverage=value.coverage,
        flags=value.flags,
        **rest,
    )


def period_of(period: Period) -> dict[str, list[str]]:
    return {"period": [period.kind.value, period.code]}


def pair_of(ground: Ground) -> dict[str, str]:
    return {
        "area": ground.headline.get("ref_area", ""),
        "partner": ground.headline.get("counterpart_area", ""),
    }


def simple(name: str, indicator: str, missing: str, **rest: Any) -> Callable[[Ground], Line]:
    """Return a question that one indicator of the catalogue answers."""

    def ask(ground: Ground) -> Line:
        found = latest(ground, indicator)
        if found is None:
            return profile_line(name, {}, missing=[missing], areas=pair_of(ground))
        return profile_line(
            name, {"value": shown(found, **rest)}, params={"when": period_of(found.period)}
        )

    return ask


def code_of(ground: Ground, name: str) -> str:
    return str(ground.parameters.value(f"{name}_code"))


def in_units(one: Result) -> Quantity:
    value = one.figure
    assert value.interval is not None
    return Quantity(value.point, value.interval).scaled(Decimal(10) ** one.unit_mult)


def share_of(part: Quantity, whole: Quantity) -> Quantity:
    bounds = part.interval / whole.interval
    point = None
    if part.point is not None and whole.point:
        point = HUNDRED * part.point / whole.point
    return result(point, HUNDRED * bounds.low, HUNDRED * bounds.high)


def distance(one: Interval, other: Interval) -> Interval:
    """Return the bounds of |x − y|."""
    gap = one - other
    if gap.low >= 0:
        return gap
    if gap.high <= 0:
        return -gap
    return Interval(ZERO, max(gap.high, -gap.low))
