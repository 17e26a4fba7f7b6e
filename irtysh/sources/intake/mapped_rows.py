"""Rows of a table whose columns a person named, turned into flows or figures.

Nothing is kept that a code list does not have, and nothing is taken for something else in
silence: a cell that cannot be understood refuses its row with the column's name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from irtysh.sdmx.dimensions import check_code
from irtysh.sources.aliases import area, product, unit
from irtysh.sources.aliases.editions import edition
from irtysh.sources.intake import cells
from irtysh.sources.intake.layout import Head, Tally
from irtysh.sources.intake.roles import roles_in
from irtysh.vocabulary.classifications import TOTAL
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import IrtyshError, MappingDoesNotFit, UnknownCode
from irtysh.vocabulary.flow_row import FlowRow
from irtysh.vocabulary.numbers import Qualifier, parse_printed
from irtysh.vocabulary.observation import Observation, Status
from irtysh.vocabulary.period import Period

EDITIONS = (
    "HS", "H0", "H1", "H2", "H3", "H4", "H5", "H6", "TNVED", "S1", "S2", "S3", "S4", "ICIO",
)  # fmt: skip
"""Classifications that a person may choose; a column may hold any of the list."""
_NOT_APPLICABLE = "_Z"
_ALL_GOODS = ("TOTAL", TOTAL)
_REMEMBERED = 50_000

Found = TypeVar("Found")
Cells = tuple[str, ...]


class MappingIncomplete(IrtyshError):
    """A generic mapping lacks a column or a constant without which no row can be read."""


class CellRefused(Exception):
    """A cell that cannot be read, with its column; caught where rows are counted."""

    def __init__(self, code: str, params: Mapping[str, str], column: str) -> None:
        super().__init__(code)
        self.code, self.params, self.column = code, dict(params), column


class MappedRows:
    """One mapping made ready for many rows.

    Raises
    ------
    RoleTwice, UnknownCode
        What ``roles_in`` raises.
    MappingIncomplete
        The power of ten is none, or goods have no classification.
    NotADay
        ``retrieved_on`` is no day.
    """

    def __init__(self, head: Head, settings: Mapping[str, str]) -> None:
        self.head, self.settings = head, settings
        self.places = roles_in(settings, head.header)
        self.power = power_of(settings)
        self.retrieved_on = cells.day(settings.get("retrieved_on", ""))
        self._known: dict[tuple[str, str], Any] = {}
        """What was looked up already, refusals too: looking for what is near costs most."""
        if self.has("commodity"):
            self.need("classification")
        stated = settings.get("classification", "")
        if stated and "classification" not in self.places:
            edition(stated)

    def has(self, role: str) -> bool:
        """Return True if a column or a constant has the role."""
        return role in self.places or bool(self.settings.get(role))

    def need(self, *roles: str) -> None:
        """Raise MappingIncomplete for the first role that nothing has."""
        for role in roles:
            if not self.has(role):
                raise MappingIncomplete(role=role)

    def need_any(self, *roles: str) -> None:
        """Raise MappingIncomplete if nothing has any of the roles."""
        if not any(self.has(role) for role in roles):
            raise MappingIncomplete(role=" / ".join(roles))

    def refuse_shared_amounts(self, layout: str) -> None:
        """Raise MappingDoesNotFit for one weight beside two values: whose it is nobody says."""
        both = {"value_X", "value_M"} <= set(self.places)
        for role in ("weight", "quantity"):
            if both and role in self.places:
                raise MappingDoesNotFit(
                    mapping=layout, place=role, expected="value", found="value_X, value_M"
                )

    def flows(self, line: int, row: Cells, tally: Tally) -> Iterator[FlowRow]:
        """Yield the flows of a row, two where both directions have a column."""
        self._fits(row)
        freq, period = self._period(row)
        ref, partner = self._area(row, "ref_area"), self._area(row, "counterpart_area")
        classified, commodity = self._commodity(row, tally)
        weight, quantity = self._number(row, "weight"), self._number(row, "quantity")
        measured = ""
        if quantity:
            measured, factor = self._quantity_unit(row)
            quantity = f"{Decimal(quantity) * factor:f}"
        status = self._status(row) or Status.OBSERVED.value
        self._same_unit(row)
        for flow, value in self._values(row):
            if value or weight or quantity:
                yield FlowRow(
                    freq, ref, partner, flow, classified, commodity, period, value, weight,
                    quantity, measured, status, line,
                )  # fmt: skip

    def figure(self, line: int, row: Cells, tally: Tally) -> Observation:
        """Return the figure of a row; without a value it is missing."""
        self._fits(row)
        freq, code = self._period(row)
        printed = self._number(row, "value")
        classified, commodity = self._commodity(row, tally)
        measure = self._listed(row, "measure", "measures")
        status = self._status(row) or (Status.OBSERVED if printed else Status.MISSING)
        return Observation(
            dataflow=self.settings.get("dataflow", ""), freq=freq,
            ref_area=self._area(row, "ref_area"),
            counterpart_area=self._area(row, "counterpart_area")
            if self.has("counterpart_area") else _NOT_APPLICABLE,
            flow=self._flow(row) if self._text(row, "flow") else _NOT_APPLICABLE,
            classification=classified, commodity=commodity, measure=measure,
            period=Period.parse(freq, code), base_period=None,
            share_of="_U" if measure == "SHARE" else "", qualifier=Qualifier.EQ, printed=printed,
            value=parse_printed(printed) if printed else None,
            unit=self._listed(row, "unit", "units"), unit_mult=self.power, valuation="_Z",
            status=Status(status), definition="", source=self.settings.get("source", ""),
            locator=f"L{line}", retrieved_on=self.retrieved_on,
        )  # fmt: skip

    def _fits(self, row: Cells) -> None:
        if len(row) != len(self.head.header):
            params = {"found": str(len(row)), "expected": str(len(self.head.header))}
            raise CellRefused("WrongFieldCount", params, "")

    def _text(self, row: Cells, role: str) -> str:
        """Return a cell, the constant where no column has the role, "" where neither has."""
        place = self.places.get(role)
        if place is None:
            return self.settings.get(role, "")
        return row[place].strip() if place < len(row) else ""

    def _column(self, role: str) -> str:
        place = self.places.get(role)
        return role if place is None else self.head.header[place]

    def _asked(self, row: Cells, role: str, find: Callable[[str], Found]) -> Found:
        """Return what a cell means, remembered; raises CellRefused with the column."""
        key = role, self._text(row, role)
        if not key[1]:
            raise CellRefused("FieldIsBlank", {"field": self._column(role)}, self._column(role))
        if key not in self._known:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            try:
                self._known[key] = find(key[1])
            except IrtyshError as error:
                self._known[key] = error
        found = self._known[key]
        if isinstance(found, IrtyshError):
            raise CellRefused(found.code, found.params, self._column(role))
        return found  # type: ignore[no-any-return]

    def _area(self, row: Cells, role: str) -> str:
        return self._asked(row, role, lambda text: area(text).code)

    def _flow(self, row: Cells) -> str:
        return self._asked(row, "flow", _flow_of)

    def _listed(self, row: Cells, role: str, name: str) -> str:
        return self._asked(row, role, lambda text: codelist(name)[text].code)

    def _status(self, row: Cells) -> str:
        if not self._text(row, "status"):
            return ""
        return self._listed(row, "status", "statuses")

    def _values(self, row: Cells) -> Iterator[tuple[str, str]]:
        """Yield direction and value; a table with both in columns gives two."""
        beside = [role for role in ("value_X", "value_M") if role in self.places]
        for role in beside:
            yield role[-1], self._number(row, role)
        if not beside:
            yield self._asked(row, "flow", cells.flow), self._number(row, "value")

    def _number(self, row: Cells, role: str) -> str:
        if role not in self.places:
            return ""
        try:
            return cells.numeral(self._text(row, role))
        except IrtyshError as error:
            raise CellRefused(error.code, error.params, self._column(role)) from None

    def _commodity(self, row: Cells, tally: Tally) -> tuple[str, str]:
        if not self.has("commodity"):
            stated = self._text(row, "classification")
            return self._asked(row, "classification", edition) if stated else _NOT_APPLICABLE, TOTAL
        column, code = self._column("commodity"), self._text(row, "commodity")
        if not code:
            raise CellRefused("FieldIsBlank", {"field": column}, column)
        if code.upper() in _ALL_GOODS and not self._text(row, "classification"):
            return _NOT_APPLICABLE, TOTAL
        classified = self._asked(row, "classification", edition)
        try:
            if classified not in EDITIONS:
                return classified, _outside(code, classified)
            found = product(code, classified)
        except IrtyshError as error:
            raise CellRefused(error.code, error.params, column) from None
        if not found.is_known:
            tally.unknown[classified, found.code] += 1
        return found.classification or classified, found.code

    def _quantity_unit(self, row: Cells) -> tuple[str, Decimal]:
        """Return the unit and how many of it the file's own is: thousand pieces are 1000."""
        found = self._asked(row, "quantity_unit", unit)
        return found.code, found.factor

    def _same_unit(self, row: Cells) -> None:
        """Refuse a flow whose row names another unit than the one stated for all of them."""
        if "unit" not in self.places or not self._text(row, "unit"):
            return
        said = self._asked(row, "unit", _money)
        stated = self.settings.get("unit", "")
        if said[0] != stated or said[1] not in (Decimal(1), Decimal(10) ** self.power):
            params = {"expected": f"{stated} × 10^{self.power}", "found": self._text(row, "unit")}
            raise CellRefused("UnitsDiffer", params, self._column("unit"))

    def _period(self, row: Cells) -> tuple[str, str]:
        role = "period" if self.has("period") else "year"
        try:
            freq, code = cells.period(self._text(row, role))
            month = self._text(row, "month")
            if freq == "A" and month:
                return cells.period(
                    f"{code}-{month:0>2}" if cells.MONTH_NUMBER.fullmatch(month) else month
                )
            return freq, code
        except IrtyshError as error:
            raise CellRefused(error.code, error.params, self._column(role)) from None


def power_of(settings: Mapping[str, str]) -> int:
    """Return the power of ten of the values; raises MappingIncomplete where it is no number."""
    text = settings.get("unit_mult") or "0"
    power = int(text) if re.fullmatch(r"-?[0-9]{1,2}", text) else None
    if power is None or not -12 <= power <= 12:
        raise MappingIncomplete(role="unit_mult")
    return power


def _flow_of(text: str) -> str:
    """Return a direction by the word for it, or by its code in our list ("_Z")."""
    listed = codelist("flows")
    return text if text in listed else cells.flow(text)


def _outside(code: str, classified: str) -> str:
    """Return a code of goods that stand in no edition: a chapter, a named group, the total."""
    if code.upper() in _ALL_GOODS:
        return TOTAL
    check_code("commodity", code, classified)
    return code


def _money(text: str) -> tuple[str, Decimal]:
    """Return the unit of a value and its factor: a code of our list, or a name of one."""
    if text in codelist("units"):
        return text, Decimal(1)
    found = unit(text, "name")
    if not found.code:
        raise UnknownCode(code=text[:80], codelist="units", near="—")
    return found.code, found.factor
