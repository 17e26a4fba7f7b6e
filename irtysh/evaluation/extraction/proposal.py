"""What is proposed: one statement with its place, before a person has confirmed anything."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from irtysh.vocabulary.text import LANGUAGES


@dataclass(frozen=True, slots=True)
class Proposal:
    """A statement that data may confirm or refute.

    Attributes
    ----------
    start, end : int
        The number (or, where there is none, the cue) in the cleaned text; for a cell of a table,
        both -1.
    locator : str
        Where it stands in the document.
    first, last : int
        Index of its first and last line in the document.
    language : str
    kind, operator, hedge : str
        Codes of the lists of claim kinds, operators and hedges.
    printed : str
        The number as printed, words included; empty where the statement has none.
    value : str
        As the register of claims reads it: digits with one decimal mark; empty for words.
    unit, unit_mult : str, int
        Code of the list of units, empty where it is not in the list; power of ten.
    areas : tuple of str
    flow, commodity : str
    period, base_period : str
        As ``Period.parse`` reads them; empty where the sentence names none.
    confidence : Decimal
        0 to 1; an order of reading for the reviewer, not a probability.
    reasons : tuple of str
        Codes with their details after a colon: "hedge:over", "commodity-near:меслин".
    quote : str
        The sentence. For the reviewer's working file only, never for publication.
    """

    start: int
    end: int
    locator: str
    first: int
    last: int
    language: str
    kind: str
    operator: str
    hedge: str
    printed: str = ""
    value: str = ""
    unit: str = ""
    unit_mult: int = 0
    areas: tuple[str, ...] = ()
    flow: str = ""
    commodity: str = ""
    period: str = ""
    base_period: str = ""
    confidence: Decimal = Decimal(0)
    reasons: tuple[str, ...] = ()
    quote: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return everything, the quotation included, as plain data.

        Value and unit are those of the register: fractions in words are in per cent.
        """
        value, unit = self.judged
        return {
            "span": [self.start, self.end],
            "locator": self.locator,
            "lines": [self.first + 1, self.last + 1],
            "language": self.language,
            "kind": self.kind,
            "operator": self.operator,
            "hedge": self.hedge,
            "printed": self.printed,
            "value": value,
            "unit": unit,
            "unit_mult": self.unit_mult,
            "areas": list(self.areas),
            "flow": self.flow,
            "commodity": self.commodity,
            "period": self.period,
            "base_period": self.base_period,
            "confidence": str(self.confidence),
            "reasons": list(self.reasons),
            "quote": self.quote,
        }

    def to_record(self, identifier: str, source: str) -> dict[str, Any]:
        """Return a row of claims.yaml; what a person must write is left empty.

        ``review`` holds what helps the reviewer. It is deleted when the row is accepted.
        """
        value, unit = self.judged
        return {
            "id": identifier,
            "source": source,
            "locator": self.locator,
            "text": dict.fromkeys(LANGUAGES, ""),
            "kind": self.kind,
            "areas": list(self.areas),
            "flow": self.flow,
            "commodity": self.commodity,
            "period": self.period,
            "base_period": self.base_period,
            "operator": self.operator,
            "value": value,
            "granule": "",
            "unit": unit,
            "unit_mult": self.unit_mult,
            "hedge": self.hedge,
            "bindings": [],
            "unbound": dict.fromkeys(LANGUAGES, ""),
            "themes": [],
            "inventory": [],
            "review": {
                "printed": self.printed,
                "quote": self.quote,
                "confidence": str(self.confidence),
                "reasons": list(self.reasons),
            },
        }

    @property
    def judged(self) -> tuple[str, str]:
        """Value and unit for the register: a third is 33.3 %; grew twofold, +100 %."""
        if self.unit != "RATIO" or not self.value or self.kind == "level":
            return self.value, self.unit
        times = Decimal(self.value)
        fell, times = times < 0, abs(times)
        per_cent = 100 * times
        if times >= 1 and self.kind in ("change", "target"):
            per_cent = 100 * (1 - 1 / times) if fell else 100 * (times - 1)
        elif times >= 1:
            return self.value, self.unit
        said = f"{per_cent:.1f}".removesuffix(".0")
        return f"-{said}" if fell else said, "PC"
