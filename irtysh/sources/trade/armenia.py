"""Armstat: trade by country and month, thousand dollars, imports by origin and by consignment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from irtysh.sources.intake.layout import Constants, Head, Question, Reason
from irtysh.sources.trade.columns import Columns, Row, always
from irtysh.sources.trade.flows import Plan
from irtysh.sources.trade.lookups import Reading
from irtysh.sources.trade.tables import TableLayout, full_rows, setting
from irtysh.sources.trade.wits import split_flows

_CONCEPTS = {"origin": "import_origin", "consignment": "import_consignment"}


class Armenia(TableLayout):
    """Two columns of imports are two concepts of the partner: one of them is chosen."""

    id = "armstat-monthly"
    publisher = "armstat"
    required: ClassVar = (
        "country", "year", "month", "export", "import_origin", "import_consignment",
    )  # fmt: skip

    def found(
        self, head: Head, columns: Columns
    ) -> tuple[dict[str, str], tuple[Question, ...], tuple[Reason, ...]]:
        """Ask which partner an import has: the country of origin or that of consignment."""
        reason = Reason("trade-two-import-columns")
        return {}, (Question("import_partner", tuple(_CONCEPTS), "", (reason,)),), ()

    def constants(self, head: Head, settings: Mapping[str, str]) -> Constants:
        """Return thousand dollars, with the note that names the concept chosen."""
        chosen = setting(settings, "import_partner", self.id, tuple(_CONCEPTS))
        return Constants("USD", 3, {"X": "FOB", "M": "CIF"}, f"import-by-{chosen}")

    def plan(self, head: Head, settings: Mapping[str, str], reading: Reading) -> Plan:
        """Return where the parts stand in the rows that ``rows`` makes."""
        columns = Columns(("country", "period", "flow", "value"))
        return Plan(
            width=4,
            period=columns.get("period"),
            ref_area=always("AM"),
            partner=columns.get("country"),
            flow=columns.get("flow"),
            edition=always("_Z"),
            commodity=always("TOTAL"),
            value=columns.get("value"),
            areas="iso2",
            partners="armstat",
            flows={"x": "X", "m": "M"},
            names=("year, month", "", "country", "", "", "export, import"),
        )

    def rows(
        self, head: Head, settings: Mapping[str, str], reading: Reading
    ) -> Iterable[tuple[int, Row]]:
        """Yield exports and the chosen imports; the other imports are left out and counted."""
        chosen = setting(settings, "import_partner", self.id, tuple(_CONCEPTS))
        columns = Columns(head.header)
        flows = (("X", columns.place("export")), ("M", columns.place(_CONCEPTS[chosen])))
        country, year, month = (columns.get(name) for name in ("country", "year", "month"))
        width = len(columns)

        def joined() -> Iterator[tuple[int, Row]]:
            for line, row in full_rows(head, reading):
                reading.tally.lines += 1
                reading.tally.left_out["trade-other-concept"] += 1
                yield line, [*row, country(row), f"{year(row)}-{month(row).zfill(2)}"]

        return split_flows(joined(), [width, width + 1], flows, reading)
