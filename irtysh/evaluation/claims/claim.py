"""The claim: a quantitative statement of a document, as its register keeps it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from irtysh.vocabulary.errors import NotANumber
from irtysh.vocabulary.numbers import parse_printed

HEDGED = {
    "over": "gt",
    "at_least": "ge",
    "under": "lt",
    "at_most": "le",
    "about": "about",
    "almost": "almost",
    "fraction": "fraction",
}
"""What "equals" means beside a hedge."""


@dataclass(frozen=True, slots=True)
class Binding:
    """One reading of a claim as an expression.

    Attributes
    ----------
    expression : str
        As written; parsed when judged.
    reading : mapping language → words
        What this reading takes the sentence to mean; may be empty.
    probability : Decimal or None
        How likely the reading is, where somebody said so; printed, never computed with.
    """

    expression: str
    reading: Mapping[str, str]
    probability: Decimal | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that can be judged.

    Attributes
    ----------
    id, source, locator : str
        Name in the register; the document and the place in it.
    kind, operator, hedge : str
        Codes of claim_kinds, claim_operators, claim_hedges.
    areas : tuple of str
    flow, commodity, period, base_period : str
        As the register has them; empty where the sentence does not say.
    printed : str
        The number as printed; empty where there is none.
    granule : Decimal or None
        Size of the last significant digit, where it differs from that of the printed number.
    unit, unit_mult : str, int
    bindings : tuple of Binding
    unbound : mapping language → words
        What would be needed to check it.
    text : mapping language → words
    """

    id: str
    source: str
    locator: str
    kind: str
    operator: str
    hedge: str = "none"
    areas: tuple[str, ...] = ()
    flow: str = ""
    commodity: str = ""
    period: str = ""
    base_period: str = ""
    printed: str = ""
    granule: Decimal | None = None
    unit: str = ""
    unit_mult: int = 0
    bindings: tuple[Binding, ...] = ()
    unbound: Mapping[str, str] | None = None
    text: Mapping[str, str] | None = None

    @property
    def value(self) -> Decimal | None:
        """The number with its printed precision, in ``unit`` × 10**``unit_mult``."""
        try:
            return parse_printed(self.printed) if self.printed else None
        except NotANumber:
            return None

    @property
    def asserts(self) -> str:
        """The operator, a hedge read into a plain "equals"."""
        return HEDGED.get(self.hedge, self.operator) if self.operator == "eq" else self.operator

    @property
    def step(self) -> Decimal | None:
        """The value of the last significant digit: 380 → 10, 402 → 1, 12.6 → 0.1."""
        value = self.value
        if value is None:
            return None
        return self.granule if self.granule is not None else granule(value)

    @classmethod
    def from_document(cls, row: Mapping[str, Any]) -> Claim:
        """Read a record of the register ``claims``."""
        multiplier = row.get("unit_mult")
        printed = str(row.get("value") or "").strip()
        step = str(row.get("granule") or "").strip()
        return cls(
            id=str(row["id"]),
            source=str(row.get("source") or ""),
            locator=str(row.get("locator") or ""),
            kind=str(row.get("kind") or ""),
            operator=str(row.get("operator") or ""),
            hedge=str(row.get("hedge") or "none"),
            areas=tuple(str(code) for code in row.get("areas") or ()),
            flow=str(row.get("flow") or ""),
            commodity=str(row.get("commodity") or ""),
            period=str(row.get("period") or ""),
            base_period=str(row.get("base_period") or ""),
            printed=printed,
            granule=parse_printed(step) if step else None,
            unit=str(row.get("unit") or ""),
            unit_mult=int(multiplier or 0),
            bindings=tuple(_bindings(row.get("bindings") or ())),
            unbound=_words(row.get("unbound")),
            text=_words(row.get("text")),
        )


def granule(value: Decimal) -> Decimal:
    """Return the size of the last significant digit of a printed number."""
    exponent = int(value.as_tuple().exponent)
    if exponent < 0 or value == 0:
        return Decimal(1).scaleb(min(exponent, 0))
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))


def _bindings(rows: Sequence[Mapping[str, Any]]) -> list[Binding]:
    return [
        Binding(
            str(row.get("expression") or ""),
            _words(row.get("reading")) or {},
            Decimal(str(row["probability"])) if row.get("probability") not in (None, "") else None,
        )
        for row in rows
    ]


def _words(value: Any) -> Mapping[str, str] | None:
    if isinstance(value, Mapping):
        return {str(language): str(text) for language, text in value.items()}
    return {"": str(value)} if value else None
