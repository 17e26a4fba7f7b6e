"""Tables of exports by product without partners, and of partners without products.

Open Trade Statistics (HS4), the Globe of Economic Complexity (HS4; ten first partners), the
matrix by SITC of the package economiccomplexity.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from irtysh.sources.intake.layout import Constants, Head, Question, Reason
from irtysh.sources.trade.columns import Columns, always
from irtysh.sources.trade.flows import Plan
from irtysh.sources.trade.lookups import Reading
from irtysh.sources.trade.tables import (
    HS_EDITIONS,
    TableLayout,
    question_of_edition,
    question_of_year,
    setting,
    whole,
    year_setting,
    years_in,
)


class _Exports(TableLayout):
    """Exports to the world in dollars; the columns tell the publishers apart."""

    areas: ClassVar[str]
    product: ClassVar[str] = "hs4"
    amount: ClassVar[str] = "export_value_usd"
    exporter: ClassVar[str] = "exporter"

    def fits(self, columns: Columns) -> bool:
        """Return True if the columns are these and no others."""
        return len(columns) == len(self.required) and super().fits(columns)

    def constants(self, head: Head, settings: Mapping[str, str]) -> Constants:
        """Return dollars, FOB."""
        return Constants("USD", 0, {"X": "FOB"})

    def plan(self, head: Head, settings: Mapping[str, str], reading: Reading) -> Plan:
        """Return where the parts of a flow stand."""
        columns = Columns(head.header)
        get, name = columns.get, columns.name
        return Plan(
            width=len(columns),
            period=get("year") if "year" in columns else always(self._year(settings)),
            ref_area=get(self.exporter),
            partner=always("W"),
            flow=always("X"),
            edition=always(self._edition(settings)),
            commodity=get(self.product),
            value=get(self.amount),
            areas=self.areas,
            partners="any",
            flows={"x": "X"},
            status=always(self._status()),
            names=("year", name(self.exporter), "", "", name(self.product), name(self.amount)),
        )

    def _year(self, settings: Mapping[str, str]) -> str:
        return year_setting(settings, self.id)

    def _edition(self, settings: Mapping[str, str]) -> str:
        return setting(settings, "classification", self.id, HS_EDITIONS)

    def _status(self) -> str:
        return "OBSERVED"


class OpenTradeStatistics(_Exports):
    """Year, exporter, HS4, dollars; NaN is no export stated, not zero."""

    id = "ots-exports"
    publisher = "open-trade-statistics"
    required: ClassVar = ("year", "exporter", "hs4", "export_value_usd")
    areas = "wits"

    def found(
        self, head: Head, columns: Columns
    ) -> tuple[dict[str, str], tuple[Question, ...], tuple[Reason, ...]]:
        """Ask for the edition, which nothing in the file names."""
        return {}, (question_of_edition(),), ()


class GlobeExports(_Exports):
    """Exporter (two letters), HS4, dollars; the year stands in the file's name at best."""

    id = "globe-exports"
    publisher = "globe"
    required: ClassVar = ("exporter_iso2", "hs4", "export_value_usd")
    areas = "iso2"
    exporter = "exporter_iso2"

    def found(
        self, head: Head, columns: Columns
    ) -> tuple[dict[str, str], tuple[Question, ...], tuple[Reason, ...]]:
        """Ask for year and edition."""
        return {}, (question_of_year(head.name), question_of_edition()), ()


class SitcExports(_Exports):
    """Exporter, SITC revision 2, mean of several years: which period it stands for is asked."""

    id = "sitc-exports"
    publisher = "economiccomplexity"
    required: ClassVar = ("exporter", "sitc4", "value")
    areas = "wits"
    product = "sitc4"
    amount = "value"

    def found(
        self, head: Head, columns: Columns
    ) -> tuple[dict[str, str], tuple[Question, ...], tuple[Reason, ...]]:
        """Ask for year and unit: a mean of years is the flow of none of them."""
        years = ", ".join(years_in(head.name)) or "—"
        mean = Question("year", (), "", (Reason("trade-mean-of-years", {"years": years}),))
        unstated = (Reason("trade-unit-not-stated", {"indicator": "value"}),)
        return {}, (mean, Question("unit_mult", ("0", "3", "6"), "", unstated)), ()

    def constants(self, head: Head, settings: Mapping[str, str]) -> Constants:
        """Return dollars with the power of ten that a person has stated."""
        return Constants("USD", whole(settings, "unit_mult", self.id), {"X": "FOB"})

    def _edition(self, settings: Mapping[str, str]) -> str:
        return "S2"

    def _status(self) -> str:
        return "DERIVED"


class GlobePartners(_Exports):
    """The ten first partners of each exporter, million dollars: not all its trade."""

    id = "globe-partners"
    publisher = "globe"
    required: ClassVar = ("exporter_iso2", "rank", "partner_iso2", "export_musd")
    areas = "iso2"
    exporter = "exporter_iso2"
    amount = "export_musd"

    def found(
        self, head: Head, columns: Columns
    ) -> tuple[dict[str, str], tuple[Question, ...], tuple[Reason, ...]]:
        """Ask for the year."""
        return {}, (question_of_year(head.name),), (Reason("trade-first-partners-only"),)

    def constants(self, head: Head, settings: Mapping[str, str]) -> Constants:
        """Return million dollars, with the note that only the first partners are listed."""
        return Constants("USD", 6, {"X": "FOB"}, "first-partners-only")

    def plan(self, head: Head, settings: Mapping[str, str], reading: Reading) -> Plan:
        """Return where the parts of a flow stand."""
        columns = Columns(head.header)
        get, name = columns.get, columns.name
        return Plan(
            width=len(columns),
            period=always(self._year(settings)),
            ref_area=get("exporter_iso2"),
            partner=get("partner_iso2"),
            flow=always("X"),
            edition=always("_Z"),
            commodity=always("TOTAL"),
            value=get("export_musd"),
            areas="iso2",
            partners="iso2",
            flows={"x": "X"},
            names=("", name("exporter_iso2"), name("partner_iso2"), "", "", name("export_musd")),
        )
