"""E3, effectiveness: SR = weighted mean of A and SM; Eis = SM / (spent / planned); ER = SR · Eis.

Bands 0.9, 0.8, 0.7 (the Russian method of evaluating state programmes). Without budgets there is
no Eis, and the label says so; without enough of a programme's own figures there is no number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np

from irtysh.evaluation.strategy.data_gate import coverage
from irtysh.evaluation.strategy.figures import FigureJson, counted, figure, of_quantity, threshold
from irtysh.evaluation.strategy.ground import Ground, Record, decimal, label, subject
from irtysh.evaluation.strategy.measure_lights import done_share, due, light_of
from irtysh.evaluation.strategy.outcome import Line, Step, sorted_evidence
from irtysh.evaluation.strategy.progress import Classes, touched
from irtysh.evaluation.strategy.robustness import generator, share_of, weights, within
from irtysh.evaluation.strategy.target_progress import achieved
from irtysh.stats.quantity import ONE, ZERO, Quantity, result

_WORST = {"moving_away": "unsatisfactory"}


@dataclass(frozen=True, slots=True)
class Parts:
    """What a programme's effectiveness is made of.

    Attributes
    ----------
    achieved : tuple of Quantity
        A of every target that has a fact, at most one.
    sm : Decimal or None
        Share of due measures done on time.
    eis : Decimal or None
        SM / (spent / planned); None without both sums in one currency.
    known, wanted : int
        Targets with a fact and due measures heard of; all targets and due measures.
    evidence : tuple of str
    """

    achieved: tuple[Quantity, ...]
    sm: Decimal | None
    eis: Decimal | None
    known: int
    wanted: int
    evidence: tuple[str, ...]
    money: Mapping[str, FigureJson] = field(default_factory=dict)

    @property
    def coverage(self) -> Decimal | None:
        """Known / wanted; None where nothing is wanted yet."""
        return Decimal(self.known) / self.wanted if self.wanted else None


def band_classes(ground: Ground) -> Classes:
    """Return the published bands, best first."""
    return tuple(
        (code, ground.parameters.number(f"band_{code}"))
        for code in ("high", "medium", "satisfactory")
    )


def effectiveness(ground: Ground) -> Step:
    """Return the effectiveness of every programme and of all together."""
    by_programme: dict[str, tuple[list[Record], list[Record]]] = {}
    for place, register in enumerate(("targets", "measures")):
        for row in ground.records(register):
            own = by_programme.setdefault(str(row.get("programme", "")), ([], []))
            own[place].append(row)
    lines = [
        _programme_line(ground, programme, parts_of(ground, targets, measures))
        for programme, (targets, measures) in sorted(by_programme.items())
    ]
    whole = parts_of(ground, ground.records("targets"), ground.records("measures"))
    base = _line(ground, "E3.all", subject("programme", "all", {}), whole, "effectiveness.all")
    gate = ground.parameters.number("coverage_gate")
    k = coverage(ground.done["E0"])
    status, figures, sentence = base.status, dict(base.figures), base.sentence
    if k < gate and status not in ("no_data", "insufficient"):
        status, sentence = "insufficient", "effectiveness.all.gated"
        figures = {}
    figures |= {
        "k": ground.done["E0"].figures["k"],
        "gate": threshold(gate, "coverage_gate"),
        "programmes": counted(
            len(lines),
            evidence=sorted_evidence(line.id for line in lines) or ("registers/programmes",),
        ),
    }
    return Step("E3", status, tuple(lines), figures, base.params, sentence, base.evidence)


def parts_of(ground: Ground, targets: Iterable[Record], measures: Iterable[Record]) -> Parts:
    """Return what the effectiveness of some targets and measures is made of."""
    rows, steps = list(targets), list(measures)
    found = [share for row in rows if (share := achieved(ground, row)) is not None]
    due_ones = [one for one in steps if due(one, ground.day)]
    heard = [one for one in due_ones if not light_of(ground, one).is_grey]
    sm = done_share(ground, steps)
    eis, money = _efficiency(sm, steps)
    return Parts(
        achieved=tuple(_capped(one) for one in found),
        sm=sm,
        eis=eis,
        known=len(found) + len(heard),
        wanted=len(rows) + len(due_ones),
        evidence=sorted_evidence(
            (f"targets/{one['id']}" for one in rows), (f"measures/{one['id']}" for one in steps)
        ),
        money=money,
    )


def _capped(share: Quantity) -> Quantity:
    """Return A cut at one: overshooting one target does not make up for another."""
    point = None if share.point is None else min(share.point, ONE)
    return result(point, min(share.low, ONE), min(share.high, ONE))


def _efficiency(
    sm: Decimal | None, measures: Iterable[Record]
) -> tuple[Decimal | None, dict[str, FigureJson]]:
    """Return Eis and the two sums, of the one currency in which both are stated."""
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    evidence: list[str] = []
    for one in measures:
        planned, spent = _money(one.get("budgets")), _money(one.get("spending"))
        for currency in planned.keys() & spent.keys():
            before = sums.get(currency, (ZERO, ZERO))
            sums[currency] = before[0] + planned[currency], before[1] + spent[currency]
            evidence.append(f"measures/{one['id']}")
    if sm is None or len(sums) != 1:
        return None, {}
    ((currency, (planned_sum, spent_sum)),) = sums.items()
    if planned_sum <= 0 or spent_sum <= 0:
        return None, {}
    figures = {
        name: figure(value, evidence=evidence, formula=f"E3.{name}", unit=currency, digits=0)
        for name, value in (("planned", planned_sum), ("spent", spent_sum))
    }
    return sm / (spent_sum / planned_sum), figures


def _money(rows: Any) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for row in rows or ():
        amount = decimal(row.get("amount"))
        if amount is not None:
            currency = str(row.get("currency", ""))
            found[currency] = found.get(currency, ZERO) + amount
    return found


def implementation(ground: Ground, parts: Parts) -> Quantity | None:
    """Return SR, the weighted mean of A and SM; None where there is neither."""
    terms: list[tuple[Decimal, Quantity]] = []
    if parts.achieved:
        count = len(parts.achieved)
        mean = result(
            _mean([one.point for one in parts.achieved]),
            sum((one.low for one in parts.achieved), ZERO) / count,
            sum((one.high for one in parts.achieved), ZERO) / count,
        )
        terms.append((ground.parameters.number("weight_targets"), mean))
    if parts.sm is not None:
        terms.append((ground.parameters.number("weight_measures"), Quantity.exactly(parts.sm)))
    whole = sum((weight for weight, _ in terms), ZERO)
    if not whole:
        return None
    point = _mean([one.point for _, one in terms], [weight for weight, _ in terms])
    return result(
        point,
        sum((weight * one.low for weight, one in terms), ZERO) / whole,
        sum((weight * one.high for weight, one in terms), ZERO) / whole,
    )


def _mean(
    points: Iterable[Decimal | None], given: Iterable[Decimal] | None = None
) -> Decimal | None:
    values = list(points)
    known = [one for one in values if one is not None]
    if len(known) < len(values) or not known:
        return None
    parts = list(given) if given is not None else [ONE] * len(known)
    return sum((w * v for w, v in zip(parts, known, strict=True)), ZERO) / sum(parts, ZERO)


def _programme_line(ground: Ground, programme: str, parts: Parts) -> Line:
    record = ground.record("programmes", programme)
    about = subject("programme", programme, label(record, programme))
    return _line(ground, f"E3.programme.{programme}", about, parts, "effectiveness.programme")


def _line(ground: Ground, line_id: str, about: dict[str, Any], parts: Parts, sentence: str) -> Line:
    evidence = parts.evidence or ("registers/targets", "registers/measures")
    gate = ground.parameters.number("coverage_gate")
    figures: dict[str, FigureJson] = {
        "known": counted(parts.known, evidence=evidence),
        "wanted": counted(parts.wanted, evidence=evidence),
    }
    sr = implementation(ground, parts)
    if sr is None:
        status, sentence = "no_data", f"{sentence}.no_data"
        return Line(line_id, "E3", about, status, figures, {}, sentence, evidence)
    if parts.coverage is not None and parts.coverage < gate:
        figures["gate"] = threshold(gate, "coverage_gate")
        figures["covered"] = figure(parts.coverage, evidence=evidence, formula="E3.coverage")
        return Line(
            line_id, "E3", about, "insufficient", figures, {}, f"{sentence}.insufficient", evidence
        )
    er = sr if parts.eis is None else _scaled(sr, parts.eis)
    figures |= _numbers(ground, parts, sr, er, evidence)
    classes = band_classes(ground)
    open_between = [_WORST.get(code, code) for code in touched(er.interval, classes)]
    judged = len(open_between) == 1
    kind = "with" if parts.eis is not None else "without"
    params = {
        "between": {"list": [{"code": ["evaluation_statuses", code]} for code in open_between]}
    }
    status = open_between[0] if judged else "cannot_be_judged"
    robust = _robust(ground, line_id, parts, status) if judged else None
    return Line(
        line_id,
        "E3",
        about,
        status,
        figures,
        params,
        f"{sentence}.{kind}" if judged else f"{sentence}.open",
        evidence,
        None if robust is None else str(robust),
    )


def _scaled(sr: Quantity, eis: Decimal) -> Quantity:
    point = None if sr.point is None else sr.point * eis
    return result(point, sr.low * eis, sr.high * eis)


def _numbers(
    ground: Ground, parts: Parts, sr: Quantity, er: Quantity, evidence: Iterable[str]
) -> dict[str, FigureJson]:
    where = tuple(evidence)
    found = {
        "sr": of_quantity(sr, evidence=where, formula="E3.SR"),
        "er": of_quantity(er, evidence=where, formula="E3.ER"),
        **{
            f"band_{code}": threshold(least, f"band_{code}", digits=1)
            for code, least in band_classes(ground)
        },
        **parts.money,
    }
    if parts.sm is not None:
        found["sm"] = figure(parts.sm, evidence=where, formula="E1.SM")
    if parts.eis is not None:
        found["eis"] = figure(parts.eis, evidence=where, formula="E3.Eis")
    return found


def _robust(ground: Ground, line_id: str, parts: Parts, status: str) -> Decimal:
    """Return the share of runs in the same band: weights varied, A within its bounds."""
    runs = ground.parameters.whole("runs")
    rng = generator(ground.parameters.whole("seed"), line_id)
    columns: list[Any] = [
        within(rng, float(one.low), float(one.high), runs) for one in parts.achieved
    ]
    count = len(columns)
    given = [float(ground.parameters.number("weight_targets")) / count] * count if count else []
    if parts.sm is not None:
        columns.append(np.full(runs, float(parts.sm)))
        given.append(float(ground.parameters.number("weight_measures")))
    spread = float(ground.parameters.number("weight_spread"))
    drawn = weights(rng, given, spread, runs)
    values = (np.column_stack(columns) * drawn).sum(axis=1) * float(parts.eis or 1)
    return share_of(values, band_classes(ground), status)
