"""E9, the expert sheet: six criteria (OECD-DAC 2019), signals beside them, a rating by a person.

The engine never rates: it shows signals. A rating is signed, from 1 to 4, with words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from irtysh.evaluation.strategy.figures import FigureJson, counted
from irtysh.evaluation.strategy.ground import Ground, Record, day_from, day_until, subject
from irtysh.evaluation.strategy.outcome import Line, Step, sorted_evidence
from irtysh.evaluation.strategy.terms import is_over
from irtysh.vocabulary.codelists import codelist

_LASTING = frozenset({"in_force"})


def criteria(ground: Ground) -> Step:
    """Return a line a criterion."""
    lines = tuple(_line(ground, code, signals(ground)) for code, signals in _SIGNALS.items())
    signed = [line for line in lines if line.status != "unsigned"]
    evidence = sorted_evidence(line.id for line in lines)
    return Step(
        id="E9",
        status="counted" if signed else "unsigned",
        lines=lines,
        figures={
            "signed": counted(len(signed), evidence=evidence),
            "criteria": counted(len(lines), evidence=evidence),
        },
        sentence="criteria.summary",
        evidence=evidence,
    )


def _line(ground: Ground, code: str, figures: Mapping[str, FigureJson]) -> Line:
    sheet = _sheet(ground, code)
    status, verdict = "unsigned", {"phrase": "criteria.unsigned", "params": {}}
    evidence = sorted_evidence(*(one["evidence"] for one in figures.values()))
    if sheet is not None:
        status = f"rated_{int(sheet['rating'])}"
        verdict = {
            "phrase": "criteria.signed",
            "params": {
                "words": {"text": dict(sheet.get("text") or {})},
                "by": str(sheet.get("signed_by", "")),
                "on": {"day": str(sheet["signed_on"])[:10]},
            },
        }
        evidence = sorted_evidence(evidence, [f"sheets/{code}"])
    return Line(
        id=f"E9.{code}",
        step="E9",
        subject=subject("criterion", code, dict(codelist("dac_criteria")[code].name)),
        status=status,
        figures=dict(figures),
        params={"verdict": verdict},
        sentence=f"criteria.{code}" + _variant(code, figures),
        evidence=evidence or ("registers/measures",),
    )


def _variant(code: str, figures: Mapping[str, FigureJson]) -> str:
    """Return which sentence of a criterion fits the signals that are known."""
    if code == "efficiency" and "eis" not in figures:
        return ".no_data"
    if code == "effectiveness" and "sm" not in figures:
        return ".none_due"
    return ""


def _sheet(ground: Ground, code: str) -> Record | None:
    """Return the latest rating of a criterion that was signed by the day."""
    found = []
    for one in ground.inputs.sheets:
        on = day_from(str(one.get("signed_on") or "")[:10])
        if one.get("criterion") == code and on is not None and on <= ground.day:
            found.append(one)
    return max(found, key=lambda one: str(one["signed_on"]), default=None)


def _relevance(ground: Ground) -> dict[str, FigureJson]:
    """Objectives covered by measures."""
    objectives = ground.records("objectives")
    covered = {str(one.get("objective")) for one in ground.records("measures")}
    ids = [f"objectives/{one['id']}" for one in objectives] or ["registers/objectives"]
    return {
        "objectives": counted(len(objectives), evidence=ids),
        "covered": counted(sum(one["id"] in covered for one in objectives), evidence=ids),
    }


def _coherence(ground: Ground) -> dict[str, FigureJson]:
    """Programmes that rest on acts, and those whose terms overlap on the day."""
    programmes = ground.records("programmes")
    running = [one for one in programmes if _runs(one, ground)]
    ids = [f"programmes/{one['id']}" for one in programmes] or ["registers/programmes"]
    return {
        "programmes": counted(len(programmes), evidence=ids),
        "with_acts": counted(sum(bool(one.get("acts")) for one in programmes), evidence=ids),
        "running": counted(len(running), evidence=ids),
    }


def _runs(one: Record, ground: Ground) -> bool:
    start, end = day_from(one.get("valid_from")), day_until(one.get("valid_to"))
    return start is not None and end is not None and start <= ground.day <= end


def _effectiveness(ground: Ground) -> dict[str, FigureJson]:
    """Measures done on time, indicators whose verdict hangs on the base year, targets."""
    first, second = ground.done["E1"].figures, ground.done["E2"].figures
    found = {
        "due": first["due"],
        "done_on_time": first["done_on_time"],
        "targets": second["targets"],
        "unmeasurable": second["unmeasurable"],
        "reached": second["reached"],
    }
    if "sm" in first:
        found["sm"] = first["sm"]
    return found


def _efficiency(ground: Ground) -> dict[str, FigureJson]:
    """Eis of the whole, or of a programme where only one has it."""
    step = ground.done["E3"]
    every = [step.figures, *(line.figures for line in step.lines)]
    found = [one["eis"] for one in every if "eis" in one]
    return {"eis": found[0]} if found else {}


def _impact(ground: Ground) -> dict[str, FigureJson]:
    """Sides of the profile and counts of residents that are known."""
    return {
        "known_profile": ground.done["E5"].figures["known"],
        "sides": ground.done["E5"].figures["sides"],
        "known_residents": ground.done["E7"].figures["known"],
        "asked": ground.done["E7"].figures["asked"],
    }


def _sustainability(ground: Ground) -> dict[str, FigureJson]:
    """Organisations that go on together, and acts in force beyond their programme's end."""
    after = next(line for line in ground.done["E4"].lines if line.id == "E4.count.RCR84")
    acts, lasting = set(), set()
    for programme in ground.records("programmes"):
        for row in programme.get("acts") or ():
            act = ground.record("acts", str(row.get("act")))
            if act is None:
                continue
            acts.add(act["id"])
            end = day_until(programme.get("valid_to"))
            until = day_until(act.get("valid_to"))
            stands = act.get("status") in _LASTING and not is_over(
                str(act.get("valid_to") or ""), ground.day
            )
            if stands and (until is None or end is None or until > end):
                lasting.add(act["id"])
    ids = [f"acts/{one}" for one in acts] or ["registers/acts"]
    return {
        "after": after.figures["count"],
        "acts": counted(len(acts), evidence=ids),
        "lasting": counted(len(lasting), evidence=ids),
    }


_SIGNALS: Mapping[str, Callable[[Ground], dict[str, FigureJson]]] = {
    "relevance": _relevance,
    "coherence": _coherence,
    "effectiveness": _effectiveness,
    "efficiency": _efficiency,
    "impact": _impact,
    "sustainability": _sustainability,
}
