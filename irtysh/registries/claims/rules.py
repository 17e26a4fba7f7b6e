"""What a verdict looks like, how it is rated, and which expressions a binding may hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from irtysh.evaluation.expressions import parse
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import Fault, IrtyshError


@dataclass(frozen=True, slots=True)
class Sign:
    """How a verdict is shown beside its word, which always says the same.

    Attributes
    ----------
    icon : str
        Name of a drawing: "true", "near", "under", "false", "clash", "either", "open", "none",
        "faulty".
    mood : str
        "good", "fair", "poor" or "grey": column "tone" of the code list.
    rating : int or None
        Place on the scale of RATINGS; None where the verdict is no judgement of truth.
    """

    icon: str
    mood: str
    rating: int | None = None


LONGEST = 2000
"""Letters of an expression that a form or an address may hold."""

_ICONS = {
    "VERIFIED": "true",
    "WITHIN_ROUNDING": "near",
    "UNDER_INFORMATIVE": "under",
    "CONTRADICTED": "false",
    "INCONSISTENT": "clash",
    "AMBIGUOUS": "either",
    "INDETERMINATE": "open",
    "NOT_CHECKABLE": "none",
    "ILL_FORMED": "faulty",
}
_RATED = {
    "VERIFIED": 5,
    "WITHIN_ROUNDING": 4,
    "UNDER_INFORMATIVE": 3,
    "INCONSISTENT": 2,
    "CONTRADICTED": 1,
}
RATINGS = (1, 5)
"""Worst and best of the scale: contradicted, cannot stand with the rest of its document, true but
says too little, true within rounding, true."""

ORDER = tuple(_ICONS)
"""In the order in which readers meet them."""


def sign_of(verdict: str) -> Sign:
    """Return the sign of a verdict; that of an unjudged claim where there is none."""
    if verdict not in _ICONS:
        return Sign("none", "grey")
    tone = str(codelist("claim_verdicts")[verdict].extra["tone"])
    return Sign(_ICONS[verdict], tone, _RATED.get(verdict))


def binding_faults(claim: Any) -> Iterator[Fault]:
    """Yield what the expressions of a claim's bindings do wrong: the column and what fits there."""
    for line, row in enumerate(claim.bindings.all(), start=1):
        fault = expression_fault(row.expression)
        if fault is not None:
            path = f"claims/{claim.code}"
            yield Fault(fault.code, path, line, "bindings.expression", fault.params)


def expression_fault(text: str) -> IrtyshError | None:
    """Return what is wrong with an expression, None where nothing is or where it is empty."""
    if not text:
        return None
    try:
        parse(text)
    except IrtyshError as fault:
        return fault
    return None
