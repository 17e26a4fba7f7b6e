"""The way of a record through its stages, as a reader sees it."""

from __future__ import annotations

from typing import Any

from irtysh.portal.presenters import words
from irtysh.portal.reading import Reading
from irtysh.registries.records.codes import code_name
from irtysh.registries.records.stages import Path


def track(record: Any, path: Path, codes: str, reading: Reading) -> dict[str, Any]:
    """Return the stages in order with the present one marked, and every step that was taken.

    A stage counts as passed only where a step says so: a proposal need not have been studied.
    """
    stage = record.stage
    on_the_way = stage in path.order
    taken = {one for step in record.steps.all() for one in (step.from_stage, step.to_stage)}
    return {
        "is_known": bool(stage),
        "aside": "" if on_the_way or not stage else code_name(codes, stage, reading.language),
        "stages": [
            {
                "name": code_name(codes, one, reading.language),
                "is_now": one == stage,
                "is_past": one in taken and one != stage,
            }
            for one in path.order
        ],
        "steps": [
            {
                "day": words.day_words(step.on_date),
                "from": code_name(codes, step.from_stage, reading.language),
                "to": code_name(codes, step.to_stage, reading.language),
                "reason": step.reason,
                "language": step.language if step.language != reading.language else "",
                "side": step.side,
            }
            for step in record.steps.order_by("-on_date", "-pk")
        ],
    }
