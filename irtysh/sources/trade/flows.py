"""Rows of any publisher's trade table turned into flows by one loop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from irtysh.sources.trade.columns import Getter, Row
from irtysh.sources.trade.lookups import Good, Memory, Reading, RowRefused
from irtysh.sources.trade.numerals import is_plain, mended, times
from irtysh.vocabulary.errors import NotANumber
from irtysh.vocabulary.flow_row import FlowRow

_PRINTED = 500
"""Totals that a file prints and that are kept to be compared with the sum of its rows."""


def _observed(_row: Row) -> str:
    return "OBSERVED"


@dataclass(frozen=True, slots=True)
class Plan:
    """Where each part of a flow stands in a row, and how its texts are to be understood.

    Attributes
    ----------
    width : int
        Cells of a full row.
    period, ref_area, partner, flow, commodity, value : callable
        Take the cell's text from a row.
    areas, partners : str
        Schemes of the two areas.
    flows : dict
        Text in lower case → X or M.
    edition : callable
        Classification of the row's commodity.
    editions : dict
        Text of the edition → our code of it.
    weight, quantity, quantity_unit : callable or None
    weight_factor : Decimal
        Kilograms in the file's unit of weight.
    units : str
        Scheme of the quantity's units.
    status : callable
        OBSERVED or another code of the list; "value/weight/quantity" where they differ.
    leave_out : callable or None
        Reason why a row is not read, or empty: a breakdown that would count twice.
    decimal_mark : str
    zero_is_missing : callable or None
        True where a quantity of 0 is the publisher's way to say that there is none.
    """

    width: int
    period: Getter
    ref_area: Getter
    partner: Getter
    flow: Getter
    edition: Getter
    commodity: Getter
    value: Getter
    areas: str
    partners: str
    flows: dict[str, str]
    editions: dict[str, str] | None = None
    weight: Getter | None = None
    weight_factor: Decimal = Decimal(1)
    quantity: Getter | None = None
    quantity_unit: Getter | None = None
    units: str = "any"
    status: Getter = _observed
    leave_out: Callable[[Row], str] | None = None
    decimal_mark: str = "."
    names: tuple[str, ...] = ("", "", "", "", "", "", "")
    """Columns as the file spells them: period, ref_area, partner, flow, commodity, value and,
    where it has one, edition."""


class _ByYear(dict[str, Memory[str]]):
    def __init__(self, reading: Reading, column: str, scheme: str) -> None:
        super().__init__()
        self._of = (reading, column, scheme)

    def __missing__(self, year: str) -> Memory[str]:
        reading, column, scheme = self._of
        self[year] = reading.areas(column, scheme, year)
        return self[year]


class _ByEdition(dict[str, Memory[Good]]):
    def __init__(
        self, reading: Reading, column: str, named: str, editions: dict[str, str] | None
    ) -> None:
        super().__init__()
        self._reading, self._column, self._named = reading, column, named
        self._editions = editions

    def __missing__(self, text: str) -> Memory[Good]:
        edition = self._editions.get(text.strip().upper()) if self._editions else text
        if edition is None:
            raise RowRefused(
                "UnknownLabel", self._named, "classifications",
                label=text, codelist="classifications", near=", ".join(self._editions or ()),
            )  # fmt: skip
        self[text] = self._reading.goods(self._column, edition)
        return self[text]


def read_flows(rows: Iterable[tuple[int, Row]], plan: Plan, reading: Reading) -> Iterator[FlowRow]:
    """Yield the flows of rows, counting every row in the tally.

    One loop for all publishers, written for speed: 10^7 rows pass through it, so the common
    case is a look-up in a dictionary and a match of one pattern for each cell.
    """
    tally, width = reading.tally, plan.width
    period_at, value_at, leave_out, status_at = plan.period, plan.value, plan.leave_out, plan.status
    ref_at, partner_at, flow_at = plan.ref_area, plan.partner, plan.flow
    edition_at, good_at, weight_at = plan.edition, plan.commodity, plan.weight
    names = plan.names
    periods = reading.periods(names[0])
    reporters = _ByYear(reading, names[1], plan.areas)
    partners = _ByYear(reading, names[2], plan.partners)
    flows = reading.coded(names[3], plan.flows, "flows")
    goods = _ByEdition(reading, names[4], names[6] if len(names) > 6 else "", plan.editions)
    numbers = _Numbers(reading, plan)
    factor = plan.weight_factor
    is_scaled = factor != 1
    edited = plan.names[4] != ""
    quantity_of = numbers.quantity if plan.quantity else None
    try:
        for line, row in rows:
            tally.lines += 1
            reading.line = line
            try:
                if len(row) != width:
                    row = _fitted(row, width)
                if leave_out is not None and (reason := leave_out(row)):
                    tally.left_out[reason] += 1
                    continue
                freq, period = periods[period_at(row)]
                year = period[:4]
                ref = reporters[year][ref_at(row)]
                partner = partners[year][partner_at(row)]
                flow = flows[flow_at(row)]
                good = goods[edition_at(row)][good_at(row)]
                value = value_at(row)
                gap = ""
                if not is_plain(value):
                    value, gap = numbers.read(value, names[5])
                weight = ""
                if weight_at is not None:
                    weight = weight_at(row)
                    if not is_plain(weight):
                        weight, _ = numbers.read(weight, "")
                    if is_scaled:
                        weight = times(weight, factor)
                quantity, measured = quantity_of(row) if quantity_of else ("", "")
                status = status_at(row)
            except RowRefused as refusal:
                reading.refuse(refusal)
                continue
            if gap:
                status = _of_a_gap(gap, status, alone=not (weight or quantity))
            if good.is_pseudo:
                status = "SUPPRESSED"
            if not good.is_known:
                tally.unknown[good.classification, good.code] += 1
            if ref == partner:
                reading.doubt("ReporterIsPartner", names[2], "", text=ref)
            if good.code == "_T" and value and edited and len(tally.printed) < _PRINTED:
                tally.printed[f"{ref} {partner} {flow} _T {period}"] = Decimal(value)
            tally.kept += 1
            yield FlowRow(
                freq, ref, partner, flow, good.classification, good.code, period,
                value, weight, quantity, measured, status, line,
            )  # fmt: skip
    finally:
        reading.finish()


def _of_a_gap(gap: str, status: str, *, alone: bool) -> str:
    """Return the status of a row whose value is a sign: weight and quantity keep their own."""
    said = "SUPPRESSED" if gap == "CONFIDENTIAL" else "MISSING"
    if alone:
        return said
    parts = status.split("/")
    return "/".join([said, *(parts[1:] or [status, status])])


def _fitted(row: Row, width: int) -> Row:
    """Return a row whose only surplus is blank cells; raises RowRefused."""
    if len(row) < width or any(cell.strip() for cell in row[width:]):
        raise RowRefused("WrongFieldCount", found=str(len(row)), expected=str(width))
    return row[:width]


class _Numbers:
    """The cells with numbers that are not plain numerals, and the quantities."""

    def __init__(self, reading: Reading, plan: Plan) -> None:
        self._reading, self._mark = reading, plan.decimal_mark
        self._quantity, self._unit = plan.quantity, plan.quantity_unit
        self._units = reading.units("", plan.units)

    def read(self, text: str, column: str) -> tuple[str, str]:
        """Return (numeral, gap); raises RowRefused. Gaps of the value are remarked by sign."""
        try:
            numeral, gap = mended(text, self._mark)
        except NotANumber:
            raise RowRefused("CellNotANumber", column, text=text) from None
        if gap and column:
            sign = text.strip()
            self._reading.doubt("GapInValues", column, gap + sign, sign=sign, reason=gap)
        if numeral.startswith("-"):
            self._reading.doubt("NegativeValue", column, "", text=text.strip())
        return numeral, gap

    def quantity(self, row: Row) -> tuple[str, str]:
        """Return quantity and its unit; without a unit there is no quantity, whatever stands."""
        assert self._quantity is not None
        text = self._quantity(row)
        if not is_plain(text):
            text, _ = self.read(text, "")
        if not text:
            return "", ""
        code, factor = self._units[self._unit(row)] if self._unit else ("", Decimal(1))
        if not code:
            return "", ""
        return times(text, factor), code
