"""What changed between two evaluations, and why: data, definition, target or formula."""

from __future__ import annotations

from typing import Any

from irtysh.portal.evaluation.paths import evaluation_path
from irtysh.portal.evaluation.summary import about
from irtysh.portal.reading import Reading
from irtysh.registries.evaluations.comparing import Change, changes
from irtysh.registries.evaluations.models import Evaluation
from irtysh.registries.evaluations.wording import naming, status_words
from irtysh.registries.records.codes import code_name
from irtysh.vocabulary.codelists import codelist

REASONS = "evaluation_changes"


def present_changes(before: Evaluation, after: Evaluation, reading: Reading) -> dict[str, Any]:
    """Return both evaluations and every line of which they say something else, by reason."""
    groups: dict[str, list[dict[str, Any]]] = {}
    with naming(after.release):
        for one in changes(before, after):
            row = _row(one, before, after, reading)
            groups.setdefault(one.why, []).append(row)
    return {
        "before": about(before, reading),
        "after": about(after, reading),
        "groups": [
            {
                "name": _reason(why, reading.language),
                "rows": groups[why],
            }
            for why in sorted(groups, key=_order)
        ],
        "count": sum(len(rows) for rows in groups.values()),
    }


def _order(why: str) -> int:
    known = list(codelist(REASONS))
    return known.index(why) if why in known else len(known)


def _reason(why: str, language: str) -> str:
    return code_name(REASONS, why, language)


def _row(one: Change, before: Evaluation, after: Evaluation, reading: Reading) -> dict[str, Any]:
    old = before.outcome.lines.get(one.line_id)
    new = after.outcome.lines.get(one.line_id)
    line = new or old
    was, now = before.words(reading.language), after.words(reading.language)
    said = (now if new else was).get(one.line_id, {"title": one.line_id})
    base = evaluation_path(after.number, reading.language)
    return {
        "id": one.line_id,
        "title": said["title"],
        "path": f"{base}{line.step}/#{line.id}" if new is not None and line else "",
        "before": status_words(one.before, reading.language) if one.before else None,
        "after": status_words(one.after, reading.language) if one.after else None,
        "what": one.what,
        "was": was[old.id]["text"] if old else "",
        "is": now[new.id]["text"] if new else "",
    }
