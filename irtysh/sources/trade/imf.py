"""International Monetary Fund, IMTS: the wide table with years as columns, and SDMX-CSV."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from irtysh.sources.intake.layout import Constants, Head
from irtysh.sources.trade.columns import Columns, Row, always
from irtysh.sources.trade.flows import Plan
from irtysh.sources.trade.lookups import Reading, RowRefused
from irtysh.sources.trade.numerals import GAPS
from irtysh.sources.trade.tables import TableLayout, full_rows
from irtysh.vocabulary.errors import MappingDoesNotFit

_PERIOD = re.compile(r"(?:19|20)\d{2}(?:-?(?:M(?:0?[1-9]|1[0-2])|Q[1-4]|0[1-9]|1[0-2]))?")
_FLOWS = {"xg_fob_usd": "X", "mg_cif_usd": "M"}
"""Exports FOB, imports CIF; imports FOB are the same flow valued anew, a balance is derived."""
_OTHER = {"MG_FOB_USD": "trade-second-valuation", "TBG_USD": "trade-balance"}
_MADE = ("period", "reporter", "partner", "indicator", "scale", "value")


class _Imts(TableLayout):
    publisher = "imf"
    areas_at: ClassVar[tuple[tuple[str, ...], ...]]
    scale_at: ClassVar[tuple[str, ...]] = ("SCALE.ID", "SCALE", "UNIT_MULT")

    def constants(self, head: Head, settings: Mapping[str, str]) -> Constants:
        """Return dollars with the scale that the first row states: millions, as a rule."""
        return Constants("USD", int(self._scale(head)), {"X": "FOB", "M": "CIF"})

    def plan(self, head: Head, settings: Mapping[str, str], reading: Reading) -> Plan:
        """Return where the parts stand in the rows that ``rows`` makes."""
        columns, scale = Columns(_MADE), self._scale(head)
        indicator, scale_of = columns.get("indicator"), columns.get("scale")

        def leave_out(row: Row) -> str:
            if scale_of(row) != scale:
                raise RowRefused("UnitsDiffer", "SCALE", expected=scale, found=scale_of(row))
            return _OTHER.get(indicator(row), "")

        return Plan(
            width=len(_MADE),
            period=columns.get("period"),
            ref_area=columns.get("reporter"),
            partner=columns.get("partner"),
            flow=indicator,
            edition=always("_Z"),
            commodity=always("TOTAL"),
            value=columns.get("value"),
            areas="imf",
            partners="imf",
            flows=_FLOWS,
            leave_out=leave_out,
            names=("TIME_PERIOD", "COUNTRY", "COUNTERPART_COUNTRY", "INDICATOR", "", "OBS_VALUE"),
        )

    def places(self, head: Head) -> list[int]:
        """Return where reporter, partner, indicator and scale stand."""
        columns = Columns(head.header)
        found = [columns.place(*names, layout=self.id) for names in self.areas_at]
        return [*found, columns.place(*self.scale_at, layout=self.id)]

    def _scale(self, head: Head) -> str:
        place = self.places(head)[-1]
        first = next((row[place] for row in head.rows if len(row) > place), "")
        power = _power(first)
        if not power:
            raise MappingDoesNotFit(
                mapping=self.id, place=head.header[place], expected="0, 3, 6, 9", found=first
            )
        return power


class ImtsWide(_Imts):
    """A row a series, a column a year; a last year that is still empty is left out and remarked."""

    id = "imf-imts-wide"
    required: ClassVar = (
        "COUNTRY.ID", "COUNTERPART_COUNTRY.ID", "INDICATOR.ID", "FREQUENCY.ID", "SCALE.ID",
    )  # fmt: skip
    areas_at = (("COUNTRY.ID",), ("COUNTERPART_COUNTRY.ID",), ("INDICATOR.ID",))

    def fits(self, columns: Columns) -> bool:
        """Return True if codes and at least one period are among the columns."""
        return super().fits(columns) and any(map(_PERIOD.fullmatch, columns.names))

    def rows(
        self, head: Head, settings: Mapping[str, str], reading: Reading
    ) -> Iterable[tuple[int, Row]]:
        """Yield a row for each cell that is given; blank ones are left out and counted."""
        return self._cells(head, reading)

    def _cells(self, head: Head, reading: Reading) -> Iterator[tuple[int, Row]]:
        tally = reading.tally
        places = self.places(head)
        periods = [(at, name) for at, name in enumerate(head.header) if _PERIOD.fullmatch(name)]
        filled = dict.fromkeys((name for _, name in periods), 0)
        for line, row in full_rows(head, reading):
            reporter, partner, indicator, scale = (row[place] for place in places)
            for at, name in periods:
                if row[at].strip().casefold() in GAPS:
                    tally.lines += 1
                    tally.left_out["trade-blank-cell"] += 1
                    continue
                filled[name] += 1
                yield line, (name, reporter, partner, indicator, _power(scale), row[at])
        for name, count in filled.items():
            if not count:
                reading.line = head.header_line
                reading.doubt("ColumnWithoutValues", name, name, column=name)


class ImtsLong(_Imts):
    """A row an observation, SDMX-CSV 1.0 or 2.0: what the publisher's interface answers."""

    id = "imf-imts-sdmx-csv"
    required: ClassVar = ("COUNTRY", "COUNTERPART_COUNTRY", "INDICATOR", "TIME_PERIOD", "OBS_VALUE")
    areas_at = (("COUNTRY",), ("COUNTERPART_COUNTRY",), ("INDICATOR",))

    def rows(
        self, head: Head, settings: Mapping[str, str], reading: Reading
    ) -> Iterable[tuple[int, Row]]:
        """Yield the observations in the order of the plan."""
        columns = Columns(head.header)
        places = self.places(head)
        period, value = columns.get("TIME_PERIOD"), columns.get("OBS_VALUE")
        for line, row in full_rows(head, reading):
            reporter, partner, indicator, scale = (row[place] for place in places)
            yield line, (period(row), reporter, partner, indicator, _power(scale), value(row))


def _power(text: str) -> str:
    """Return the power of ten that a scale names by number or word; empty if it names none."""
    names = {"units": "0", "thousands": "3", "millions": "6", "billions": "9"}
    cleaned = text.strip().casefold()
    return cleaned if re.fullmatch(r"\d{1,2}", cleaned) else names.get(cleaned, "")
