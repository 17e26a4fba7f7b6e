"""The documents of a release: what the case says, with the names of every code it uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from irtysh.sources.case import Case
from irtysh.sources.case.tables import CODED, COMMODITIES, Row
from irtysh.vocabulary.codelists import Codelist, codelist
from irtysh.vocabulary.observation import Observation

ALWAYS_WHOLE = (
    "hs_sections", "flows", "units", "measures", "period_kinds", "statuses", "qualifiers",
    "source_kinds", "flags", "classifications", "valuations",
)  # fmt: skip
"""Short lists that pages need beyond the codes in use."""


def case_documents(case: Case) -> dict[str, Any]:
    """Return the case's own content as release documents; ``case_from`` is its inverse."""
    return {
        "case": case.about,
        **case.documents,
        "inventory": list(case.inventory),
        "pages": case.pages,
        "own_codelists": case.own_codelists,
        "geometry": case.geometry,
        "rows": {row.observation.id: [row.file, *row.inventory] for row in case.rows},
        "order": [row.observation.id for row in case.rows],
    }


CASE_FRAME = frozenset({"case", "inventory", "pages", "own_codelists", "geometry", "rows", "order"})
"""Documents of a release that are not files of records of the case."""


def case_from(
    documents: Mapping[str, Any], observations: Iterable[Observation], kinds: Iterable[str]
) -> Case:
    """Rebuild the case that a release was made of."""
    by_id = {observation.id: observation for observation in observations}
    rows = []
    for observation_id in documents["order"]:
        file, *inventory = documents["rows"][observation_id]
        rows.append(Row(by_id[observation_id], file, 0, tuple(inventory)))
    return Case(
        about=documents["case"],
        rows=tuple(rows),
        documents={
            kind: documents[kind] for kind in kinds if kind in documents and kind not in CASE_FRAME
        },
        inventory=tuple(documents["inventory"]),
        pages=documents["pages"],
        own_codelists=documents["own_codelists"],
        geometry=documents["geometry"],
    )


def used_codes(case: Case) -> dict[str, dict[str, Any]]:
    """Return list → code → names and parent, for every code in use and everything above it.

    A release carries its own names, so a past page reads as it did then.
    """
    used: dict[str, set[str]] = {name: set(codelist(name)) for name in ALWAYS_WHOLE}
    for row in case.rows:
        observation = row.observation
        for column, name in CODED.items():
            value = getattr(observation, column)
            used.setdefault(name, set()).add(str(getattr(value, "value", value)))
        commodities = COMMODITIES.get(observation.classification)
        if commodities:
            used.setdefault(commodities, set()).add(observation.commodity)
    areas = used.setdefault("areas", set())
    areas |= {side["area"] for side in case.about["sides"]}
    areas |= set(case.about.get("perimeter") or ())
    areas |= {item["area"] for item in case.documents["territories"] if item.get("area")}
    return {name: _entries(codelist(name), codes) for name, codes in used.items()}


def _entries(whole: Codelist, codes: set[str]) -> dict[str, Any]:
    wanted = set()
    for code in codes:
        while code in whole and code not in wanted:
            wanted.add(code)
            code = whole[code].parent
    return {
        code: {"name": dict(whole[code].name), "parent": whole[code].parent, **whole[code].extra}
        for code in whole
        if code in wanted
    }
