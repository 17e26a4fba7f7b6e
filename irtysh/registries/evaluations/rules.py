"""What may be done with evaluations, sheets and tasks, and why not; how they are kept.

An evaluation is kept as bytes: a database that reads JSON its own way would return other ones.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from irtysh.evaluation.strategy.inputs import Inputs
from irtysh.evaluation.strategy.outcome import Outcome, canonical, digest_of
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.places import DEFINITIONS

OPEN, TAKEN, DONE, DECLINED = "open", "taken", "done", "declined"
STATES = (OPEN, TAKEN, DONE, DECLINED)
"""Codes of definitions/codelists/task_states.csv."""
UNFINISHED = (OPEN, TAKEN)
STEPS = {
    "take": {OPEN: TAKEN, TAKEN: TAKEN},
    "done": {OPEN: DONE, TAKEN: DONE},
    "decline": {OPEN: DECLINED, TAKEN: DECLINED},
}
"""What is done with a task → from which state to which; nothing else is possible."""
RATINGS = (1, 2, 3, 4)

OFFICE, SHELL, DAILY, CASE = "office", "shell", "daily", "case"
REASONS = (OFFICE, SHELL, DAILY, CASE)
"""Codes of definitions/codelists/evaluation_reasons.csv: what an evaluation was made for."""


class EvaluationFrozen(IrtyshError):
    """Somebody wanted to change or delete an evaluation or a signed rating."""


class EvaluationNotFound(IrtyshError):
    """No evaluation has this number."""


class DayNotCome(IrtyshError):
    """An evaluation was asked for as of a day that is still to come."""


class EvaluatedLater(IrtyshError):
    """A new evaluation was asked for as of a day before the newest one."""


class CriterionSigned(IrtyshError):
    """A criterion of an evaluation's sheet was signed already."""


class RatingNotARating(IrtyshError):
    """A rating is not a whole number from 1 to 4."""


class RatingSaysNothing(IrtyshError):
    """A rating was to be signed without a word on why."""


class NotTheNewest(IrtyshError):
    """A sheet of an evaluation that has a successor was to be signed."""


class TaskNotOpen(IrtyshError):
    """A task is in a state in which that cannot be done."""


class AnswerNeeded(IrtyshError):
    """A task was to be closed without an answer."""


@cache
def task_days() -> int:
    """Return how many days there are for a task of review (definitions/thresholds/tasks.yaml)."""
    path = DEFINITIONS / "thresholds" / "tasks.yaml"
    with path.open(encoding="utf-8") as stream:
        loaded: dict[str, Any] = yaml.load(stream, Loader=yaml.CSafeLoader)
    return int(loaded["task_days"]["value"])


def packed(plain: Any) -> bytes:
    """Return JSON as it is kept: canonical, then compressed."""
    return zlib.compress(canonical(plain).encode(), level=9)


def unpacked(data: bytes | memoryview) -> Any:
    """Return what ``packed`` kept."""
    return json.loads(zlib.decompress(bytes(data)))


def content_digest(inputs: Inputs) -> str:
    """Return a hash of what is evaluated, whatever the day and the evaluation before."""
    return digest_of({**inputs.to_json(), "day": "", "before": None})


def statuses(outcome: Outcome) -> dict[str, str]:
    """Return line id → status of all that was said."""
    return {line_id: line.status for line_id, line in outcome.lines.items()}


def first_difference(before: Any, after: Any, path: str = "") -> tuple[str, Any, Any] | None:
    """Return where two JSON values first differ, in the order of their keys, and both values.

    None where they are the same; of lists of unlike length, the two lengths.
    """
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in sorted({*before, *after}):
            if (key in before) != (key in after):
                return (f"{path}.{key}".removeprefix("."), before.get(key), after.get(key))
            if found := first_difference(before[key], after[key], f"{path}.{key}"):
                return found
        return None
    if isinstance(before, list) and isinstance(after, list):
        for number, (one, other) in enumerate(zip(before, after, strict=False)):
            if found := first_difference(one, other, f"{path}[{number}]"):
                return found
        shared = min(len(before), len(after))
        if len(before) != len(after):
            return (f"{path}[{shared}]".removeprefix("."), len(before), len(after))
        return None
    if type(before) is type(after) and before == after:
        return None
    return (path.removeprefix("."), before, after)
