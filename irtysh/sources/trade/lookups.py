"""Texts of a file turned into our codes: asked once, remembered, refused with near ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from irtysh.sources.aliases import UnitMatch, area, product, unit
from irtysh.sources.intake.layout import Tally
from irtysh.sources.trade.moments import moment
from irtysh.vocabulary.errors import AmbiguousCode, Fault, IrtyshError, NotAPeriod

_REMEMBERED = 100_000
"""Texts kept by one memory: a column of free text must not fill the machine."""
_SHOWN = 40

Found = TypeVar("Found")


class RowRefused(Exception):
    """A row cannot be read; caught where rows are counted, never seen outside of this room."""

    def __init__(self, code: str, column: str = "", unknown: str = "", /, **params: Any) -> None:
        super().__init__(code)
        self.code, self.column, self.unknown, self.params = code, column, unknown, params

    def again(self) -> RowRefused:
        """Return an equal one: the first carries the trace of its own row."""
        return RowRefused(self.code, self.column, self.unknown, **self.params)


class Memory(dict[str, Found]):
    """Text → what it means, found once; a text not understood is refused every time."""

    def __init__(self, find: Callable[[str], Found]) -> None:
        super().__init__()
        self._find = find
        self._refused: dict[str, RowRefused] = {}

    def __missing__(self, text: str) -> Found:
        if text in self._refused:
            raise self._refused[text].again()
        if len(self) > _REMEMBERED:
            self.clear()
        try:
            found = self[text] = self._find(text)
        except RowRefused as refusal:
            if len(self._refused) < _REMEMBERED:
                self._refused[text] = refusal
            raise
        return found


@dataclass(frozen=True, slots=True)
class Good:
    """A commodity as the file names it: our code, and what has to be said about it."""

    classification: str
    code: str
    is_pseudo: bool = False
    is_known: bool = True


@dataclass(slots=True)
class Reading:
    """One pass over one file: where it is, what it has met.

    Attributes
    ----------
    file : str
    tally : Tally
    line : int
        The line being read.
    """

    file: str
    tally: Tally
    line: int = 0
    _doubts: dict[tuple[str, str], tuple[Fault, list[int]]] = field(default_factory=dict)
    _strange: Counter[tuple[str, str]] = field(default_factory=Counter)

    def doubt(self, code: str, column: str = "", key: str = "", /, **params: str) -> None:
        """Remark on this row: the first of its kind keeps its line, the others are counted."""
        known = self._doubts.get((code, key))
        if known:
            known[1][0] += 1
        elif sum(1 for kind, _ in self._doubts if kind == code) < _SHOWN:
            fault = Fault(code, self.file, self.line, column, params, "warning")
            self._doubts[code, key] = (fault, [1])

    def finish(self) -> None:
        """Write the remarks down with their counts."""
        for fault, (count,) in self._doubts.values():
            counted = {**fault.params, "count": str(count)}
            self.tally.remarks.append(
                Fault(fault.code, fault.file, fault.line, fault.column, counted, "warning")
            )

    def refuse(self, refusal: RowRefused) -> None:
        """Count the row as refused."""
        if refusal.unknown:
            self.tally.unknown[refusal.unknown, str(next(iter(refusal.params.values()), ""))] += 1
        self.tally.refuse(
            Fault(refusal.code, self.file, self.line, refusal.column, dict(refusal.params))
        )

    def areas(self, column: str, scheme: str, year: str) -> Memory[str]:
        """Return the memory of a column of areas as they were in a year."""
        on = date(int(year), 1, 1)

        def find(text: str) -> str:
            try:
                match = area(text.strip(), scheme, on)
            except AmbiguousCode as error:
                # Nothing is wrong with the name: several territories have it, and they are named.
                raise RowRefused(error.code, column, "areas", **error.params) from None
            except IrtyshError as error:
                raise RowRefused(
                    "UnknownLabel", column, "areas",
                    label=text, codelist="areas", near=str(error.params.get("near", "—")),
                ) from None  # fmt: skip
            if match.remark:
                params = {"text": text, "code": match.code, "year": year}
                self.doubt(match.remark, column, text, **params)
            return str(match.code)

        return Memory(find)

    def goods(self, column: str, edition: str) -> Memory[Good]:
        """Return the memory of a column of commodity codes of an edition."""

        if edition == "_Z":
            return Memory(lambda _text: Good("_Z", "_T"))

        def find(text: str) -> Good:
            try:
                match = product(text.strip(), edition)
            except IrtyshError:
                raise RowRefused("NotAnHsCode", column, edition, value=text) from None
            if match.remark == "LeadingZeroRestored":
                self.doubt("ZerosRestored", column, "", text=text.strip(), code=str(match.code))
            if match.is_pseudo:
                self.doubt("PseudoCommodity", column, text, code=str(match.code))
            return Good(match.classification, match.code, match.is_pseudo, match.is_known)

        return Memory(find)

    def periods(self, column: str) -> Memory[tuple[str, str]]:
        """Return the memory of a column of periods."""

        def find(text: str) -> tuple[str, str]:
            try:
                return moment(text)
            except NotAPeriod:
                raise RowRefused("MomentUnreadable", column, value=text) from None

        return Memory(find)

    def units(self, column: str, scheme: str) -> Memory[tuple[str, Decimal]]:
        """Return the memory of a column of units; "" where the file says that there is none."""

        def find(text: str) -> tuple[str, Decimal]:
            if text.strip() in ("", "?"):
                return "", Decimal(1)
            try:
                match = _measured(text.strip(), scheme)
            except IrtyshError:
                self.doubt("QuantityUnitUnknown", column, text, text=text)
                return "", Decimal(1)
            return match.code, match.factor

        return Memory(find)

    def coded(
        self, column: str, codes: dict[str, str], codelist: str, *, names: bool = True
    ) -> Memory[str]:
        """Return the memory of a column whose texts are listed here; others are refused."""

        def find(text: str) -> str:
            cleaned = text.strip().casefold() if names else text.strip()
            if cleaned in codes:
                return codes[cleaned]
            raise RowRefused(
                "UnknownLabel", column, codelist,
                label=text, codelist=codelist, near=", ".join(sorted(codes)[:8]),
            )  # fmt: skip

        return Memory(find)


def _measured(text: str, scheme: str) -> UnitMatch:
    """Return the unit of a code, or of a name where the column holds names."""
    return unit(text, scheme if text.isdigit() else "name")
