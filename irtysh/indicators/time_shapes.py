"""How an indicator walks over a run of periods: seasons, breaks, alarms, forecasts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from irtysh.indicators.known import Known
from irtysh.indicators.results import Result
from irtysh.indicators.runs import Run, Stretch, runs, stretches
from irtysh.indicators.shapes import Scope, outcome, told
from irtysh.stats.backtest import season_pays
from irtysh.stats.cusum import LIMIT
from irtysh.stats.forecast import refusals, scenario, seasonal_forecast
from irtysh.stats.quantity import Quantity
from irtysh.vocabulary.errors import NothingToCompute, UnknownValue
from irtysh.vocabulary.period import Period

HORIZONS = {1: 2, 2: 2, 4: 4, 12: 6}
"""Steps forecast by the number of periods in a year."""


def parts_of_years(scope: Scope) -> Iterator[Result]:
    """Take running sums apart: f(C_before, C_after, whether it starts the year)."""
    for key in scope.keys:
        for stretch in stretches(scope.knowledge.levels[key]):
            yield outcome(
                scope,
                stretch.subject,
                stretch.operands,
                stretch.arguments,
                group=key.commodity,
                flags=("DERIVED",),
            )


def same_time_last_year(scope: Scope) -> Iterator[Result]:
    """Compare a quarter or month with the same one of the year before: f(y0, y1)."""
    for key in scope.keys:
        found = {one.period: one for one in stretches(scope.knowledge.levels[key])}
        for period, later in found.items():
            earlier = found.get(_year_before(period))
            if earlier is None:
                continue
            before, after = earlier.known(), later.known()
            yield outcome(
                scope,
                after,
                (before, after),
                [before.quantity, after.quantity],
                group=key.commodity,
                base_period=before.period,
                flags=_lacking(earlier, later),
            )


def seasonal_series(scope: Scope) -> Iterator[Result]:
    """Give every period of a run its value: f([y], m) → [value]."""
    for run in _runs(scope, seasonal=True):
        found, reasons = _tried(scope.definition.compute, run.quantities, run.per_year)
        if found is None:
            yield _of_run(scope, run, None, reasons)
            continue
        for value, quantity in zip(run.values, found, strict=True):
            # an estimate from the whole run, printed with the run's evidence
            yield _told(scope, run, value, quantity, period=value.period)


def seasonal_whole(scope: Scope) -> Iterator[Result]:
    """Take a run with a season as one: f([y], m)."""
    for run in _runs(scope, seasonal=True):
        found, reasons = _tried(scope.definition.compute, run.quantities, run.per_year)
        yield _of_run(scope, run, found, reasons)


def whole_run(scope: Scope) -> Iterator[Result]:
    """Take any run as one: f([y], m)."""
    for run in _runs(scope):
        found, reasons = _tried(scope.definition.compute, run.quantities, run.per_year)
        yield _of_run(scope, run, found, reasons)


def shifts(scope: Scope) -> Iterator[Result]:
    """Date the breaks of a run: f([y]) → [(place, change)]."""
    for run in _runs(scope):
        found, reasons = _tried(scope.definition.compute, run.quantities)
        if not found:
            yield _of_run(scope, run, None, reasons or ("NO_BREAK",))
            continue
        for place, change in found:
            value = run.values[place]
            yield _told(
                scope, run, value, change, period=value.period, base=run.values[place - 1].period
            )


def warnings(scope: Scope) -> Iterator[Result]:
    """Follow the running sums of departures: f([y], m) → [value or None]."""
    for run in _runs(scope):
        found, reasons = _tried(scope.definition.compute, run.quantities, run.per_year)
        if found is None:
            yield _of_run(scope, run, None, reasons)
            continue
        for value, level in zip(run.values, found, strict=True):
            if level is not None:
                flags = ("ALARM",) if abs(level.point or 0) > LIMIT else ()
                yield _told(scope, run, value, level, period=value.period, flags=flags)


def forecasts(scope: Scope) -> Iterator[Result]:
    """Look ahead from a run: f([y], steps, probability); refused with every reason."""
    level = float(scope.definition.inputs["level"])
    for run in _runs(scope):
        reasons = refusals(run.quantities, derived=run.derived)
        if reasons:
            yield from _refused(scope, run, reasons)
            continue
        seasonal = season_pays(run.quantities, run.per_year)
        for horizon in range(1, HORIZONS[run.per_year] + 1):
            arguments = [run.quantities, horizon, level]
            if seasonal:
                quantity, reasons = _tried(seasonal_forecast, *arguments, run.per_year)
            else:
                quantity, reasons = _tried(scope.definition.compute, *arguments)
            flags = ("FORECAST", "SEASON_PUT_BACK") if seasonal else ("FORECAST",)
            yield _ahead(scope, run, horizon, quantity, (*flags, *reasons))


def _refused(scope: Scope, run: Run, reasons: tuple[str, ...]) -> Iterator[Result]:
    """Give a range of scenarios where only the number of figures is against a forecast.

    As many steps ahead as there are two past growths of that length to go by.
    """
    steps = min(HORIZONS[run.per_year], len(run.values) - 2)
    if reasons == ("TOO_FEW_POINTS",) and steps > 0:
        for horizon in range(1, steps + 1):
            flags = (*reasons, "SCENARIO", "NO_POINT")
            yield _ahead(scope, run, horizon, scenario(run.quantities, horizon), flags)
    else:
        yield _ahead(scope, run, 1, None, reasons)


def _runs(scope: Scope, *, seasonal: bool = False) -> Iterator[Run]:
    for key in scope.keys:
        for run in runs(scope.knowledge, key):
            if run.per_year > 1 or not seasonal:
                yield run


def _tried(function: Callable[..., Any], *arguments: object) -> tuple[Any, tuple[str, ...]]:
    """Return what a function gives, or None and the reason why it gives nothing."""
    try:
        return function(*arguments), ()
    except UnknownValue:
        return None, ("MISSING_INPUT",)
    except NothingToCompute as nothing:
        return None, (str(nothing.params["reason"]),)


def _ahead(
    scope: Scope, run: Run, horizon: int, quantity: Quantity | None, flags: Sequence[str]
) -> Result:
    return _told(
        scope,
        run,
        run.last,
        quantity,
        period=run.after(horizon),
        base=run.last.period,
        flags=flags,
    )


def _of_run(scope: Scope, run: Run, quantity: Quantity | None, flags: Sequence[str] = ()) -> Result:
    base = run.first.period if run.first is not run.last else None
    return _told(scope, run, run.last, quantity, period=run.last.period, base=base, flags=flags)


def _told(
    scope: Scope,
    run: Run,
    value: Known,
    quantity: Quantity | None,
    *,
    period: Period,
    base: Period | None = None,
    flags: Sequence[str] = (),
) -> Result:
    subject = Known(value.key, period, None, value.unit_mult, (), valuation=value.valuation)
    cut = ("CUT_SERIES",) if run.is_cut else ()
    return told(
        scope,
        subject,
        run.values,
        quantity,
        group=value.key.commodity,
        base_period=base,
        flags=(*flags, *cut),
    )


def _lacking(*operands: Stretch) -> tuple[str, ...]:
    """Say why a stretch has no value where its running sums fell."""
    return ("CUMULATIVE_FALLS",) if any(one.falls for one in operands) else ()


def _year_before(period: Period) -> Period:
    year = period.first_year
    return Period.parse(period.kind.value, f"{year - 1:04d}{period.code[4:]}")
