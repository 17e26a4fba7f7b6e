"""OECD inter-country input-output: sales of intermediate goods and services by industry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from irtysh.sources.intake.layout import Constants, Head, Question, Reason
from irtysh.sources.trade.columns import Columns, Row, always
from irtysh.sources.trade.flows import Plan
from irtysh.sources.trade.lookups import Reading
from irtysh.sources.trade.tables import TableLayout, question_of_year, year_setting
from irtysh.vocabulary.errors import IrtyshError


class TwoIndustries(IrtyshError):
    """A table has an industry on either side; a flow has one commodity."""


class Icio(TableLayout):
    """Exporter, its industry, importer, million dollars at basic prices; no year in the file.

    These are intermediate sales, not customs values; what a country sells to itself is left out.
    """

    id = "oecd-icio"
    publisher = "oecd"
    required: ClassVar = ("exporter", "sector", "importer", "value_musd")

    def found(
        self, head: Head, columns: Columns
    ) -> tuple[dict[str, str], tuple[Question, ...], tuple[Reason, ...]]:
        """Ask for the year, which the file's name makes likely."""
        return {}, (question_of_year(head.name),), (Reason("trade-not-customs"),)

    def constants(self, head: Head, settings: Mapping[str, str]) -> Constants:
        """Return million dollars at basic prices, with the note that says what they are."""
        return Constants("USD", 6, {"X": "_U"}, "icio-intermediate-sales")

    def plan(self, head: Head, settings: Mapping[str, str], reading: Reading) -> Plan:
        """Return where the parts of a flow stand."""
        columns = Columns(head.header)
        get, name = columns.get, columns.name
        seller, buyer = get("exporter"), get("importer")

        def leave_out(row: Row) -> str:
            return "trade-domestic" if seller(row) == buyer(row) else ""

        return Plan(
            width=len(columns),
            period=always(year_setting(settings, self.id)),
            ref_area=seller,
            partner=buyer,
            flow=always("X"),
            edition=always("ICIO"),
            commodity=get("sector"),
            value=get("value_musd"),
            areas="icio",
            partners="icio",
            flows={"x": "X"},
            status=always("DERIVED"),
            leave_out=leave_out,
            names=("", name("exporter"), name("importer"), "", name("sector"), name("value_musd")),
        )


class IcioBlocks(TableLayout):
    """Blocks industry by industry: recognised so that they are refused with their reason."""

    id = "oecd-icio-blocks"
    publisher = "oecd"
    required: ClassVar = (
        "seller_country", "seller_sector", "buyer_country", "buyer_sector", "value_musd",
    )  # fmt: skip

    def constants(self, head: Head, settings: Mapping[str, str]) -> Constants:
        """Raise TwoIndustries: summing one of them away is a decision for the analyst."""
        raise TwoIndustries(columns="seller_sector, buyer_sector")

    def plan(self, head: Head, settings: Mapping[str, str], reading: Reading) -> Plan:
        """Raise TwoIndustries."""
        raise TwoIndustries(columns="seller_sector, buyer_sector")
