"""E4, the roll-up: analogues of the Interreg common indicators, counted from registers.

Each counts records, so each can be opened and checked; what one side did alone is in none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from irtysh.evaluation.strategy.ground import Ground, Record
from irtysh.evaluation.strategy.jointness import CRITERIA, SIDES, jointness
from irtysh.evaluation.strategy.measure_lights import reports_of
from irtysh.evaluation.strategy.outcome import sorted_evidence
from irtysh.evaluation.strategy.territories import sides_of_areas

Found = tuple[str, ...]
_ALIVE = frozenset({"approved", "contracted", "running"})


def partner_sides(ground: Ground, rows: Iterable[Record]) -> set[str]:
    """Return the sides of people or bodies in a list: as stated, else that of the organisation."""
    found = set()
    for row in rows:
        side = row.get("side")
        if not side and row.get("organisation"):
            side = (ground.record("organisations", str(row["organisation"])) or {}).get("side")
        if side in SIDES:
            found.add(str(side))
    return found


def standing_of(ground: Ground, project: Record) -> tuple[str, int, int]:
    criteria = {name: project.get(f"joint_{name}") for name in CRITERIA}
    found = jointness(criteria, partner_sides(ground, project.get("partners") or ()))
    return found.standing, found.low, found.high


def _joint_programmes(ground: Ground) -> Found:
    """RCO83: programmes and strategies owned by, or made for, territories of both sides."""
    return tuple(
        f"programmes/{one['id']}"
        for one in ground.records("programmes")
        if set(SIDES)
        <= (
            partner_sides(ground, one.get("owners") or ())
            | sides_of_areas(ground, one.get("territories") or ())
        )
    )


def _programmes_taken_up(ground: Ground) -> Found:
    """RCR79: those of them on whose measures both sides have reported, with a proof."""
    found = set()
    for measure in ground.records("measures"):
        said = [one for one in reports_of(ground, measure["id"]) if one.has_proof]
        if {one.side for one in said} >= set(SIDES):
            found.add(f"programmes/{measure.get('programme')}")
    return tuple(one for one in _joint_programmes(ground) if one in found)


def _joint_projects(ground: Ground) -> list[Record]:
    return [one for one in ground.records("projects") if standing_of(ground, one)[0] == "joint"]


def _pilots(ground: Ground) -> Found:
    """RCO84: joint projects that run or are completed."""
    return tuple(
        f"projects/{one['id']}"
        for one in _joint_projects(ground)
        if one.get("stage") in ("running", "closed")
    )


def _organisations(ground: Ground) -> Found:
    """RCO87: organisations that are partners of joint projects."""
    return sorted_evidence(
        f"organisations/{row['organisation']}"
        for one in _joint_projects(ground)
        for row in one.get("partners") or ()
        if row.get("organisation")
    )


def _after_the_project(ground: Ground) -> Found:
    """RCR84: partners of completed joint projects that work together in another one."""
    done, alive = set(), set()
    for one in _joint_projects(ground):
        own = {row["organisation"] for row in one.get("partners") or () if row.get("organisation")}
        if one.get("stage") == "closed":
            done |= own
        if one.get("stage") in _ALIVE:
            alive |= own
    return sorted_evidence(f"organisations/{one}" for one in done & alive)


def _joint_events(ground: Ground) -> Found:
    """RCO115: events that took place with participants of both sides."""
    return tuple(
        f"events/{one['id']}"
        for one in ground.records("events")
        if one.get("status") == "held"
        and set(SIDES) <= partner_sides(ground, one.get("participants") or ())
    )


def _solutions(ground: Ground) -> Found:
    """RCO116: joint initiatives that were decided on or realised."""
    return tuple(
        f"initiatives/{one['id']}"
        for one in ground.records("initiatives")
        if one.get("stage") in ("decided", "realised")
    )


def _solutions_taken_up(ground: Ground) -> Found:
    """RCR104: those of them that were realised."""
    return tuple(
        f"initiatives/{one['id']}"
        for one in ground.records("initiatives")
        if one.get("stage") == "realised"
    )


def _obstacle_solutions(ground: Ground) -> Found:
    """RCO117: obstacles on which a body has answered what can be done."""
    return tuple(
        f"obstacles/{one['id']}"
        for one in ground.records("obstacles")
        if one.get("status") in ("answered", "in_work", "solved")
    )


def _obstacles_solved(ground: Ground) -> Found:
    """RCR82: obstacles solved."""
    return tuple(
        f"obstacles/{one['id']}"
        for one in ground.records("obstacles")
        if one.get("status") == "solved"
    )


COUNTS: Mapping[str, Callable[[Ground], Found]] = {
    "RCO83": _joint_programmes,
    "RCR79": _programmes_taken_up,
    "RCO84": _pilots,
    "RCO87": _organisations,
    "RCR84": _after_the_project,
    "RCO115": _joint_events,
    "RCO116": _solutions,
    "RCR104": _solutions_taken_up,
    "RCO117": _obstacle_solutions,
    "RCR82": _obstacles_solved,
}
"""Code of the analogue → the records that it counts."""

LIMITS = (("RCR79", "RCO83"), ("RCR104", "RCO116"), ("RCR82", "RCO117"), ("RCR84", "RCO87"))
"""What was taken up can be no more than what was made."""

LOOKED: Mapping[str, str] = {
    "RCO83": "programmes",
    "RCR79": "measures",
    "RCO84": "projects",
    "RCO87": "organisations",
    "RCR84": "projects",
    "RCO115": "events",
    "RCO116": "initiatives",
    "RCR104": "initiatives",
    "RCO117": "obstacles",
    "RCR82": "obstacles",
}
"""Code → the register in which one looks for it."""
