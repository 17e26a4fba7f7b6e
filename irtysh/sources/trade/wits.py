"""World Bank WITS: the bulk table by product, and the panel of totals of both sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from irtysh.sources.aliases.editions import EDITIONS_CALLED
from irtysh.sources.intake.layout import Constants, Head
from irtysh.sources.trade.columns import Columns, Row, always
from irtysh.sources.trade.flows import Plan
from irtysh.sources.trade.lookups import Reading, RowRefused
from irtysh.sources.trade.numerals import GAPS
from irtysh.sources.trade.tables import TableLayout, full_rows

_VALUATION = {"X": "FOB", "M": "CIF"}
_OVERWRITTEN = {"RUS": "SVU", "DEU": "DDR", "CZE": "CSK"}
"""Successor → dissolved state under whose code the panel's origin wrote over it before 1993."""
_FIRST_YEAR = "1993"


class WitsBulk(TableLayout):
    """Reporter, partner, product, flow, thousand dollars; the leading zero is often lost."""

    id = "wits-bulk"
    publisher = "wits"
    required: ClassVar = (
        "nomenclature", "reporteriso3", "productcode", "partneriso3", "year", "tradeflowname",
        "tradevaluein1000usd",
    )  # fmt: skip

    def constants(self, head: Head, settings: Mapping[str, str]) -> Constants:
        """Return thousand dollars; exports FOB, imports CIF."""
        return Constants("USD", 3, _VALUATION)

    def plan(self, head: Head, settings: Mapping[str, str], reading: Reading) -> Plan:
        """Return where the parts of a flow stand."""
        columns = Columns(head.header)
        get, get_if, name = columns.get, columns.get_if, columns.name
        flow, product = get("tradeflowname"), get("productcode")

        def leave_out(row: Row) -> str:
            if flow(row).strip().casefold() in ("re-export", "re-import"):
                return "trade-other-flow"
            if "_" in product(row) or "-" in product(row):
                return "trade-product-group"
            return ""

        return Plan(
            width=len(columns),
            period=get("year"),
            ref_area=get("reporteriso3"),
            partner=get("partneriso3"),
            flow=flow,
            edition=get("nomenclature"),
            commodity=product,
            value=get("tradevaluein1000usd"),
            areas="wits",
            partners="wits",
            flows={
                "export": "X", "import": "M", "gross exp.": "X", "gross imp.": "M",
                "exports": "X", "imports": "M",
            },
            editions=EDITIONS_CALLED,
            weight=get_if("netweightinkgm"),
            quantity=get_if("quantity"),
            quantity_unit=get_if("quantitytoken", "qtyunit", "unit"),
            leave_out=leave_out,
            names=(
                name("year"), name("reporteriso3"), name("partneriso3"),
                name("tradeflowname"), name("productcode"), name("tradevaluein1000usd"),
                name("nomenclature"),
            ),
        )  # fmt: skip


class WitsPanel(TableLayout):
    """Totals by reporter, partner and year, a column for each flow, thousand dollars.

    The panel's origin renamed dissolved states and wrote over the values of their successors,
    so before 1993 those are refused, as reporter and as partner.
    """

    id = "wits-panel"
    publisher = "wits"
    required: ClassVar = ("reporter", "partner", "year", "export_kusd", "import_kusd")

    def constants(self, head: Head, settings: Mapping[str, str]) -> Constants:
        """Return thousand dollars; exports FOB, imports CIF."""
        return Constants("USD", 3, _VALUATION)

    def plan(self, head: Head, settings: Mapping[str, str], reading: Reading) -> Plan:
        """Return where the parts stand in the rows that ``rows`` makes."""
        columns = Columns(("reporter", "partner", "year", "flow", "value"))
        reporter, partner, year = (columns.get(name) for name in columns.names[:3])

        def leave_out(row: Row) -> str:
            if year(row) < _FIRST_YEAR:
                for cell in (reporter(row), partner(row)):
                    if cell in _OVERWRITTEN:
                        raise RowRefused(
                            "AreaOverwritten", "reporter",
                            code=cell, old=_OVERWRITTEN[cell], year=year(row),
                        )  # fmt: skip
            return ""

        return Plan(
            width=5,
            period=year,
            ref_area=reporter,
            partner=partner,
            flow=columns.get("flow"),
            edition=always("_Z"),
            commodity=always("TOTAL"),
            value=columns.get("value"),
            areas="wits",
            partners="wits",
            flows={"x": "X", "m": "M"},
            leave_out=leave_out,
            names=("year", "reporter", "partner", "", "", "export_kusd, import_kusd"),
        )

    def rows(
        self, head: Head, settings: Mapping[str, str], reading: Reading
    ) -> Iterable[tuple[int, Row]]:
        """Yield a row for each of the two flows that is given; a blank one is left out."""
        columns = Columns(head.header)
        places = [columns.place(name) for name in self.required]
        return split_flows(
            full_rows(head, reading), places[:3], (("X", places[3]), ("M", places[4])), reading
        )


def split_flows(
    rows: Iterable[tuple[int, Row]],
    common: list[int],
    flows: tuple[tuple[str, int], ...],
    reading: Reading,
) -> Iterator[tuple[int, Row]]:
    """Yield (common cells, flow, value) for each column of a flow that holds something."""
    left_out = reading.tally.left_out
    for line, row in rows:
        shared = [row[place] for place in common]
        for flow, place in flows:
            value = row[place]
            if not value or value.casefold() in GAPS:
                reading.tally.lines += 1
                left_out["trade-blank-cell"] += 1
            else:
                yield line, [*shared, flow, value]
