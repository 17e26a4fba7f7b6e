"""UN Comtrade: the legacy bulk table, the new bulk table, the new interface's JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from irtysh.sources.aliases.editions import EDITIONS_CALLED
from irtysh.sources.intake.layout import Constants, Head, Reason, Recognised
from irtysh.sources.trade.columns import Columns, Getter, Row, always
from irtysh.sources.trade.flows import Plan
from irtysh.sources.trade.json_records import first_records, records
from irtysh.sources.trade.lookups import Reading
from irtysh.sources.trade.tables import TableLayout

_VALUATION = {"X": "FOB", "M": "CIF"}
_USD = Constants("USD", 0, _VALUATION)
_TRUE = {"1", "true", "True", "TRUE"}


class ComtradeLegacy(TableLayout):
    """The bulk table of the database as it was until 2022, 35 columns, annual or monthly.

    Its flag says what the United Nations estimated: 2 the quantity, 4 the weight, 6 both.
    """

    id = "comtrade-legacy"
    publisher = "un-comtrade"
    required: ClassVar = (
        "Classification", "Period", "Trade Flow Code", "Reporter Code", "Partner Code",
        "Commodity Code", "Trade Value (US$)",
    )  # fmt: skip

    def constants(self, head: Head, settings: Mapping[str, str]) -> Constants:
        """Return dollars; exports FOB, imports CIF, as the publisher's notes say."""
        return _USD

    def plan(self, head: Head, settings: Mapping[str, str], reading: Reading) -> Plan:
        """Return where the parts of a flow stand."""
        columns = Columns(head.header)
        get, get_if, name = columns.get, columns.get_if, columns.name
        flag = get_if("Flag") or always("0")
        flow = get("Trade Flow Code")
        breakdowns = _breakdowns(
            columns,
            ("2nd Partner Code", "trade-second-partner", ("", "0")),
            ("Customs Proc. Code", "trade-customs-procedure", ("", "0", "C00")),
            ("Mode of Transport Code", "trade-transport-mode", ("", "0")),
        )

        def leave_out(row: Row) -> str:
            if flow(row) in ("3", "4"):
                return "trade-other-flow"
            return breakdowns(row)

        return Plan(
            width=len(columns),
            period=get("Period"),
            ref_area=get("Reporter Code"),
            partner=get("Partner Code"),
            flow=flow,
            edition=get("Classification"),
            commodity=get("Commodity Code"),
            value=get("Trade Value (US$)"),
            areas="comtrade",
            partners="comtrade",
            flows={"1": "M", "2": "X"},
            editions=EDITIONS_CALLED,
            weight=get_if("Netweight (kg)"),
            quantity=get_if("Qty"),
            quantity_unit=get_if("Qty Unit Code"),
            units="comtrade",
            status=lambda row: _LEGACY_FLAGS.get(flag(row), "OBSERVED"),
            leave_out=leave_out,
            names=(
                name("Period"), name("Reporter Code"), name("Partner Code"),
                name("Trade Flow Code"), name("Commodity Code"),
                name("Trade Value (US$)"), name("Classification"),
            ),
        )  # fmt: skip


_LEGACY_FLAGS = {
    "2": "OBSERVED/OBSERVED/ESTIMATED",
    "4": "OBSERVED/ESTIMATED/OBSERVED",
    "6": "OBSERVED/ESTIMATED/ESTIMATED",
}

_NEW = (
    "typeCode", "freqCode", "period", "reporterCode", "flowCode", "partnerCode", "partner2Code",
    "classificationCode", "cmdCode", "customsCode", "mosCode", "motCode", "qtyUnitCode", "qty",
    "isQtyEstimated", "netWgt", "isNetWgtEstimated", "cifvalue", "fobvalue", "primaryValue",
    "isReported", "isAggregate",
)  # fmt: skip
"""Columns of the new database that are read; bulk files and answers have more."""


class ComtradeBulk(TableLayout):
    """The bulk table of the new database, and its interface's answer as CSV."""

    id = "comtrade-bulk"
    publisher = "un-comtrade"
    required: ClassVar = (
        "reporterCode", "partnerCode", "flowCode", "cmdCode", "period", "classificationCode",
        "primaryValue",
    )  # fmt: skip

    def constants(self, head: Head, settings: Mapping[str, str]) -> Constants:
        """Return dollars; exports FOB, imports CIF."""
        return _USD

    def plan(self, head: Head, settings: Mapping[str, str], reading: Reading) -> Plan:
        """Return where the parts of a flow stand."""
        return _plan(Columns(head.header), reading)


class ComtradeApi(ComtradeBulk):
    """The new interface's answer in JSON: the records of the bulk table under "data"."""

    id = "comtrade-api"

    def recognise(self, head: Head) -> Recognised | None:
        """Return why the file has this layout, or None."""
        if head.form != "json":
            return None
        first = first_records(head.path, head.encoding or "utf-8", "data", 1)
        if not first or not all(name in first[0] for name in self.required):
            return None
        reason = Reason("trade-columns", {"columns": ", ".join(self.required)})
        return Recognised(self.id, self.certainty, (reason,))

    def plan(self, head: Head, settings: Mapping[str, str], reading: Reading) -> Plan:
        """Return where the parts of a flow stand among the names that are read."""
        return _plan(Columns(_NEW), reading)

    def rows(
        self, head: Head, settings: Mapping[str, str], reading: Reading
    ) -> Iterable[tuple[int, Row]]:
        """Yield the records; the number of the record stands for its line."""
        return _records_as_rows(records(head.path, head.encoding or "utf-8", "data"))


def _records_as_rows(found: Iterable[dict[str, Any]]) -> Iterator[tuple[int, Row]]:
    for number, record in enumerate(found, 1):
        yield number, [_text(record.get(name)) for name in _NEW]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value)


def _plan(columns: Columns, reading: Reading) -> Plan:
    get, get_if, name = columns.get, columns.get_if, columns.name
    flow = get("flowCode")
    kind = get_if("typeCode") or always("C")
    breakdowns = _breakdowns(
        columns,
        ("partner2Code", "trade-second-partner", ("", "0")),
        ("customsCode", "trade-customs-procedure", ("", "C00")),
        ("motCode", "trade-transport-mode", ("", "0")),
        ("mosCode", "trade-mode-of-supply", ("", "0")),
    )

    def leave_out(row: Row) -> str:
        if kind(row) != "C":
            return "trade-services"
        if flow(row) not in ("M", "X"):
            return "trade-other-flow"
        return breakdowns(row)

    return Plan(
        width=len(columns),
        period=get("period"),
        ref_area=get("reporterCode"),
        partner=get("partnerCode"),
        flow=flow,
        edition=get("classificationCode"),
        commodity=get("cmdCode"),
        value=get("primaryValue"),
        areas="comtrade",
        partners="comtrade",
        flows={"m": "M", "x": "X"},
        editions=EDITIONS_CALLED,
        weight=get_if("netWgt"),
        quantity=get_if("qty"),
        quantity_unit=get_if("qtyUnitCode"),
        units="comtrade",
        status=_status(columns, reading),
        leave_out=leave_out,
        names=(
            name("period"), name("reporterCode"), name("partnerCode"),
            name("flowCode"), name("cmdCode"), name("primaryValue"), name("classificationCode"),
        ),
    )  # fmt: skip


def _status(columns: Columns, reading: Reading) -> Getter:
    """Return what says how value, weight and quantity came to be.

    A value that the country did not report was added up by the United Nations: derived. An
    import whose only valuation is FOB is remarked: the dataset says CIF.
    """
    get_if = columns.get_if
    no, yes = always("0"), always("1")
    is_reported = get_if("isReported") or yes
    weight = get_if("isNetWgtEstimated") or no
    quantity = get_if("isQtyEstimated") or no
    cif, fob = get_if("cifvalue"), get_if("fobvalue")
    flow, column = columns.get("flowCode"), columns.name("fobvalue")

    def status(row: Row) -> str:
        if cif and fob and flow(row) == "M" and cif(row) in ("", "0", "0.0") and fob(row):
            reading.doubt("ImportAtFob", column)
        said = "OBSERVED" if is_reported(row) in _TRUE else "DERIVED"
        weighed = "ESTIMATED" if weight(row) in _TRUE else said
        counted = "ESTIMATED" if quantity(row) in _TRUE else said
        return said if weighed == counted == said else f"{said}/{weighed}/{counted}"

    return status


def _breakdowns(columns: Columns, *parts: tuple[str, str, tuple[str, ...]]) -> Getter:
    """Return why a row is part of another row of the file, or empty for a row that is whole."""
    found = [(columns.get(name), reason, whole) for name, reason, whole in parts if name in columns]

    def reason_of(row: Row) -> str:
        for cell, reason, whole in found:
            if cell(row) not in whole:
                return reason
        return ""

    return reason_of
