"""A case with its claims judged as the portal judges them, and the oracle of the paper's claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import yaml

from irtysh.evaluation.claims import Claim, Judgement, Reading, judge_release
from irtysh.publication.rivals import decisions
from irtysh.sources.case import Case, read_case
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.places import CASES, ROOT

PATH = ROOT / "tests" / "golden" / "claims_of_the_paper.yaml"


@dataclass(frozen=True)
class Judged:
    """Claims of a case, their judgements in the same order, and its figures by id."""

    case: Case
    claims: Mapping[str, Claim]
    judgements: Mapping[str, Judgement]
    observations: Mapping[str, Observation]


@cache
def judged(name: str) -> Judged:
    """Read and judge a case of the repository."""
    case, faults = read_case(CASES / name)
    assert not faults
    chosen = decisions(
        case.observations, case.documents["preferences"] or {}, case.documents["sources"]
    )
    with case.naming():
        found = judge_release(
            case.observations,
            case.documents,
            case.about["headline"],
            case.documents["claims"],
            frozenset(one["observation"] for one in chosen if one["observation"]),
        )
    return Judged(
        case,
        {str(row["id"]): Claim.from_document(row) for row in case.documents["claims"]},
        {one.claim: one for one in found},
        {one.id: one for one in case.observations},
    )


def rows() -> list[dict[str, Any]]:
    """Return the oracle, one row a line of the methods' table."""
    with PATH.open(encoding="utf-8") as stream:
        loaded: list[dict[str, Any]] = yaml.safe_load(stream)
    return loaded


def reading(judgement: Judgement, words: str) -> Reading:
    """Return the only reading whose English words hold ``words``."""
    (found,) = (one for one in judgement.readings if words in one.words.get("en", ""))
    return found


def agrees(expected: str | Mapping[str, str], value: Decimal | None) -> bool:
    """True if a number is the expected one, as rounded as the oracle prints it."""
    if value is None:
        return False
    if isinstance(expected, Mapping):
        wanted, margin = Decimal(expected["value"]), Decimal(expected["within"])
    else:
        wanted = Decimal(expected)
        margin = Decimal(1).scaleb(int(wanted.as_tuple().exponent)) / 2
    return abs(value - wanted) <= margin
