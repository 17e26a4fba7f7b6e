"""E2, indicators without a target: the verdict for every eligible base year.

Trend classes (Open SDG): ≥ 1.5 % a year on track, ≥ 0.5 % moderate, ≥ 0 limited, below it moving
away. One base year can be chosen to please; all of them side by side cannot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from irtysh.evaluation.strategy.figures import FigureJson, counted, figure, of_quantity, threshold
from irtysh.evaluation.strategy.ground import Ground, slug, subject
from irtysh.evaluation.strategy.outcome import Line, sorted_evidence
from irtysh.evaluation.strategy.progress import WORST, Classes, Rate, classify, rate, touched
from irtysh.evaluation.strategy.robustness import generator, rates, share_of, within
from irtysh.evaluation.strategy.series import (
    JOINED,
    PARTIAL,
    TimeSeries,
    Value,
    breaks,
    joined,
    series_of,
)
from irtysh.evaluation.strategy.words import label_of
from irtysh.indicators.catalogue import catalogue
from irtysh.stats.quantity import Quantity
from irtysh.vocabulary.errors import NothingToCompute

JUDGED = ("on_track", "moderate", "limited", WORST)


def trend_classes(ground: Ground) -> Classes:
    """Return the classes of a trend without a target, best first."""
    return tuple(
        (code, ground.parameters.number(f"trend_{code}"))
        for code in ("on_track", "moderate", "limited")
    )


def directions(ground: Ground) -> Mapping[str, str]:
    """Return indicator → up or down, for those whose trend is judged."""
    wanted: Mapping[str, str] = ground.parameters.value("trend_indicators")
    return wanted


def all_series(ground: Ground) -> list[TimeSeries]:
    """Return every series whose trend is judged, joined ones included."""
    found = series_of(ground, directions(ground))
    return [*found, *joined(ground, found)]


def trend_lines(ground: Ground) -> list[Line]:
    """Return a line for every base of every series, and one for what the bases say together."""
    lines: list[Line] = []
    groups: dict[str, list[Line]] = {}
    for one in all_series(ground):
        rows = [_line(ground, one, base) for base in one.values[:-1]]
        lines += rows
        groups.setdefault(_group(ground, one), []).extend(rows)
    for name, rows in sorted(groups.items()):
        if rows:
            lines.append(_together(name, rows))
    return lines


def _group(ground: Ground, one: TimeSeries) -> str:
    """Return which bases are held against each other: a whole and its partial sums are."""
    partial = ground.parameters.value("partial_indicator")
    whole = ground.parameters.value("implied_indicator")
    indicator = whole if one.indicator == partial else one.indicator
    kind = one.last.period.kind.value
    return slug(str(indicator), f"{one.area}-{one.counterpart}", kind if kind != "A" else "")


def named(one: TimeSeries) -> dict[str, Any]:
    """Return what a series is about, as the subject of a line."""
    title = catalogue().get(one.indicator)
    words = dict(title.title) if title else {}
    kind = label_of(f"series.{one.kind}")
    return subject(
        "indicator",
        one.indicator,
        {language: f"{text} ({kind[language]})" for language, text in words.items()},
    )


def _line(ground: Ground, one: TimeSeries, base: Value) -> Line:
    end = one.last
    line = Line(
        id=slug("E2", one.indicator, f"{one.area}-{one.counterpart}", one.kind, base.period.code),
        step="E2",
        subject=named(one),
        status="not_applicable",
        figures=_values(one, base, end),
        params={
            "base": {"period": [base.period.kind.value, base.period.code]},
            "end": {"period": [end.period.kind.value, end.period.code]},
            "series": one.kind,
            "definitions": _definitions(ground, base, end),
        },
        sentence="trend.not_applicable",
        evidence=sorted_evidence(base.evidence, end.evidence),
    )
    if breaks(ground, base, end):
        return replace(line, status="break_in_series", sentence="trend.break")
    try:
        found = rate(base.quantity, end.quantity, end.period.first_year - base.period.first_year)
    except NothingToCompute:
        return line
    return _judged(ground, one, base, line, found)


def _definitions(ground: Ground, *values: Value) -> list[str]:
    """Return what the figures behind some values are defined as, for later comparison."""
    ids = {ident for value in values for ident in value.evidence if ident in ground.by_id}
    return sorted({ground.by_id[ident].definition for ident in ids} - {""})


def _coverage(line: Line, value: Decimal) -> FigureJson:
    return figure(value, evidence=line.evidence, formula="coverage")


def _judged(ground: Ground, one: TimeSeries, base: Value, line: Line, found: Rate) -> Line:
    """Return the line with its rate and its class."""
    wanted = directions(ground)[one.indicator]
    toward = found.quantity if wanted == "up" else found.quantity.scaled(-1)
    classes = trend_classes(ground)
    low = ground.parameters.number("low_coverage")
    thin = [
        value.coverage
        for value in (base, one.last)
        if value.coverage is not None and value.coverage < low
    ]
    if one.kind == JOINED:
        status = _at_best(toward, classes)
    elif thin and one.kind != PARTIAL:
        figures = {
            **line.figures,
            "coverage": _coverage(line, min(thin)),
            "least": threshold(low, "low_coverage"),
        }
        return replace(line, status="cannot_be_judged", figures=figures, sentence="trend.thin")
    else:
        status = classify(toward.interval, classes)
    figures = {
        **line.figures,
        "rate": of_quantity(
            found.quantity,
            evidence=line.evidence,
            formula=f"E2.{found.kind}",
            unit="PC",
            signed=True,
            flags=_flags(line),
        ),
        **{code: threshold(least, f"trend_{code}", digits=1, unit="PC") for code, least in classes},
    }
    params = {**line.params, "direction": {"phrase": f"direction.{wanted}", "params": {}}}
    if status is None:
        open_between = touched(toward.interval, classes)
        params["between"] = {
            "list": [{"code": ["evaluation_statuses", code]} for code in open_between]
        }
        sentence = "trend.joined_open"
        if one.kind != JOINED:
            sentence = "trend.open"
            code, share = _likeliest(ground, one, base, line.id, classes)
            params["likeliest"] = {"code": ["evaluation_statuses", code]}
            figures["share"] = figure(
                100 * share, evidence=line.evidence, formula="E2.runs", unit="PC", digits=0
            )
        return replace(
            line, status="cannot_be_judged", figures=figures, params=params, sentence=sentence
        )
    sentence = {JOINED: "trend.joined", PARTIAL: "trend.partial"}.get(one.kind, "trend.judged")
    if found.kind == "linear":
        sentence = "trend.linear"
    # Every admissible value of both years gives this class, or it would not be given.
    return replace(
        line, status=status, figures=figures, params=params, sentence=sentence, robust="1"
    )


def _likeliest(
    ground: Ground, one: TimeSeries, base: Value, line_id: str, classes: Classes
) -> tuple[str, Decimal]:
    """Return the class that most runs give (data even within their bounds), and its share."""
    runs = ground.parameters.whole("runs")
    rng = generator(ground.parameters.whole("seed"), line_id)
    first, last = (
        within(rng, float(value.quantity.low), float(value.quantity.high), runs)
        for value in (base, one.last)
    )
    drawn = rates(first, last, one.last.period.first_year - base.period.first_year)
    toward = drawn if directions(ground)[one.indicator] == "up" else -drawn
    shares = {code: share_of(toward, classes, code) for code in JUDGED}
    return max(shares.items(), key=lambda pair: (pair[1], pair[0]))


def _at_best(toward: Quantity, classes: Classes) -> str | None:
    """Return what growth is at best where the base is a partial sum; None if that says nothing.

    The true base is no less than the sum of its listed parts, so the true growth is no more than
    the one computed. "At best limited" is a conclusion; "at best on track" is none.
    """
    best = classify(toward.interval, classes)
    return best if best in ("limited", WORST) else None


def _flags(line: Line) -> list[str]:
    return sorted({flag for one in line.figures.values() for flag in one["flags"]})


def _values(one: TimeSeries, base: Value, end: Value) -> dict[str, FigureJson]:
    return {
        name: of_quantity(
            value.quantity,
            evidence=value.evidence,
            formula=f"{one.indicator}.{one.kind}",
            unit=one.unit,
            unit_mult=one.unit_mult,
            coverage=value.coverage,
            flags=value.flags,
            digits=3 if one.unit == "INDEX" else 1,
        )
        for name, value in (("first", base), ("last", end))
    }


def _together(name: str, rows: Iterable[Line]) -> Line:
    """Return how many bases give which verdict."""
    lines = list(rows)
    evidence = sorted_evidence(line.id for line in lines)
    counts = Counter(line.status for line in lines)
    judged = {code: counts[code] for code in JUDGED if counts[code]}
    if not judged:
        status, sentence = "cannot_be_judged", "bases.none"
    elif len(judged) == 1:
        status, sentence = "bases_agree", "bases.agree"
    else:
        status, sentence = "bases_disagree", "bases.disagree"
    total = sum(judged.values())
    share = Decimal(max(judged.values(), default=0)) / total if total else None
    indicator = name.split(".")[0]
    title = catalogue().get(indicator)
    return Line(
        id=f"E2.{name}.bases",
        step="E2",
        subject=subject("indicator", indicator, dict(title.title) if title else {}),
        status=status,
        figures={
            **{code: counted(counts[code], evidence=evidence) for code in JUDGED},
            "open": counted(len(lines) - total, evidence=evidence),
            "bases": counted(len(lines), evidence=evidence),
        },
        params={"verdict": {"code": ["evaluation_statuses", next(iter(judged), "")]}},
        sentence=sentence,
        evidence=evidence,
        robust=None if share is None else str(share.quantize(Decimal("0.0001"))),
    )
