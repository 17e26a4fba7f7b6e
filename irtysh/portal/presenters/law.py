"""Acts: what they are called, how they stand to one another, and what is known of their force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from irtysh.portal.presenters import words
from irtysh.portal.presenters.kinds import act_kind_words, relation_words, status_words
from irtysh.portal.reading import Reading


def law_page(reading: Reading) -> dict[str, Any]:
    """Return the acts, newest first, with their status as far as anybody has checked it."""
    acts = [_act(reading, act) for act in reading.document("acts")]
    acts.sort(key=lambda act: act["sort"], reverse=True)
    return {"acts": acts, "total": len(acts)}


def act_page(reading: Reading, act_id: str) -> dict[str, Any] | None:
    """Return one act with its relations, both ways."""
    acts = {act["id"]: act for act in reading.document("acts")}
    act = acts.get(act_id)
    if act is None:
        return None
    return {
        "act": _act(reading, act),
        "summary": reading.text(act.get("summary")),
        "parties": [reading.code("areas", code) for code in act.get("parties") or ()],
        "addresses": [
            address
            for address in (
                act.get("address"),
                *(other["address"] for other in act.get("other_addresses") or ()),
            )
            if address
        ],
        "accessed": words.day_words(act.get("accessed_on")),
        "valid_from": words.day_words(act.get("valid_from")),
        "valid_to": words.day_words(act.get("valid_to")),
        "title_translated": reading.language in (act.get("title_translated") or ()),
        "other_titles": [
            reading.text(act[name])
            for name in ("title_in_prose", "title_in_footnote")
            if act.get(name)
        ],
        "relations": [
            {
                "words": relation_words(relation["kind"]),
                "act": _act(reading, acts[relation["act"]]),
                "note": reading.text(relation.get("note")),
            }
            for relation in act.get("relations") or ()
            if relation["act"] in acts
        ],
        "mentioned_by": [
            {"words": relation_words(relation["kind"]), "act": _act(reading, other)}
            for other in acts.values()
            for relation in other.get("relations") or ()
            if relation["act"] == act_id
        ],
        "cited": words.cited(reading, act),
    }


def _act(reading: Reading, act: Mapping[str, Any]) -> dict[str, Any]:
    status, is_doubtful = status_words(act.get("status") or "unchecked")
    return {
        "id": act["id"],
        "title": reading.text(act["title"]),
        "short": reading.text(act.get("short_title")),
        "kind": act_kind_words(act.get("kind") or ""),
        "number": act.get("number") or "",
        "date": words.day_words(act.get("date")),
        "sort": str(act.get("date") or ""),
        "issuer": reading.text(act.get("issuer")),
        "status": status,
        "status_is_doubtful": is_doubtful,
        "status_as_of": words.day_words(act.get("status_as_of")),
    }
