"""World Bank indicators: the interface's JSON and the table of the downloaded zip.

One observation a country, year and indicator; aggregates stand among the countries and are
remarked. The unit is in neither form: known indicators have it in our definitions, others ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal

import yaml

from irtysh.sources.intake.layout import Head, Question, Reason, Recognised, Tally
from irtysh.sources.intake.text import cells_of
from irtysh.sources.trade.json_records import first_records, records
from irtysh.sources.trade.lookups import Memory, Reading, RowRefused
from irtysh.sources.trade.numerals import mended
from irtysh.sources.trade.tables import setting, whole
from irtysh.vocabulary.errors import NotANumber, NotAPeriod, NotReadable
from irtysh.vocabulary.numbers import Qualifier
from irtysh.vocabulary.observation import Observation, Status
from irtysh.vocabulary.period import Period
from irtysh.vocabulary.places import DEFINITIONS

_HEADER = ("Country Name", "Country Code", "Indicator Name", "Indicator Code")
_MEASURES = ("VALUE", "COUNT", "INDEX", "SHARE", "GROWTH")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class _Cell:
    line: int
    area: str
    indicator: str
    year: str
    text: str
    width: int = len(_HEADER)
    """Cells of the row; fewer than name, code, indicator and its code are a row cut off."""


class _WorldBank:
    id: str
    publisher: str = "world-bank"
    produces: Literal["figures"] = "figures"

    def recognise(self, head: Head) -> Recognised | None:
        """Return why the file has this layout, or None."""
        indicator = self.indicator(head)
        if not indicator:
            return None
        reason = Reason("trade-indicator", {"indicator": indicator})
        known = _known().get(indicator)
        settings = {name: str(value) for name, value in known.items()} if known else {}
        questions: tuple[Question, ...] = ()
        if not known:
            asked = (Reason("trade-unit-not-stated", {"indicator": indicator}),)
            questions = (
                Question("measure", _MEASURES, "", asked),
                Question("unit", (), "", asked),
                Question("unit_mult", ("0", "3", "6", "9"), "", asked),
            )
        return Recognised(self.id, 95, (reason,), settings, questions)

    def indicator(self, head: Head) -> str:
        """Return the indicator of the first row, or empty if this is another file."""
        raise NotImplementedError

    def cells(self, head: Head) -> Iterable[_Cell]:
        """Yield the cells of the file."""
        raise NotImplementedError

    def read(self, head: Head, settings: Mapping[str, str], tally: Tally) -> list[Observation]:
        """Return an observation for every cell; a blank one is MISSING, never zero."""
        measure = setting(settings, "measure", self.id)
        unit, power = setting(settings, "unit", self.id), whole(settings, "unit_mult", self.id)
        reading, areas = Reading(head.name, tally), dict[str, Memory[str]]()
        found = []
        for cell in self.cells(head):
            tally.lines += 1
            reading.line = cell.line
            if cell.width < len(_HEADER):
                expected = str(len(_HEADER))
                reading.refuse(
                    RowRefused("WrongFieldCount", found=str(cell.width), expected=expected)
                )
                continue
            try:
                period = Period.parse("A", cell.year)
                if cell.year not in areas:
                    areas[cell.year] = reading.areas("Country Code", "worldbank", cell.year)
                area = areas[cell.year][cell.area]
                numeral, _ = mended(cell.text)
            except RowRefused as refusal:
                reading.refuse(refusal)
                continue
            except NotAPeriod:
                reading.refuse(RowRefused("PeriodUnreadable", "date", value=cell.year, kind="A"))
                continue
            except NotANumber:
                reading.refuse(RowRefused("CellNotANumber", cell.year, text=cell.text))
                continue
            tally.kept += 1
            found.append(
                Observation(
                    dataflow=f"WB_{re.sub('[^A-Z0-9]', '_', cell.indicator.upper())}",
                    freq="A", ref_area=area, counterpart_area="_Z",
                    flow=settings.get("flow", "_Z"), classification="_Z", commodity="_T",
                    measure=measure, period=period, base_period=None, share_of="",
                    qualifier=Qualifier.EQ, printed=numeral,
                    value=Decimal(numeral) if numeral else None,
                    unit=unit, unit_mult=power, valuation="_U",
                    status=Status.OBSERVED if numeral else Status.MISSING,
                    definition="", source=settings.get("source", "world-bank"),
                    locator=f"{head.name}:{cell.line}", retrieved_on=None,
                )
            )  # fmt: skip
        reading.finish()
        return found


class WorldBankAnswer(_WorldBank):
    """The answer of the interface: a page's description, then its records."""

    id = "world-bank-json"

    def indicator(self, head: Head) -> str:
        """Return the indicator of the first record."""
        if head.form != "json":
            return ""
        first = first_records(head.path, head.encoding or "utf-8", "", 1)
        if not first or not {"indicator", "country", "date", "value"} <= first[0].keys():
            return ""
        return str(_part(first[0], "indicator", "id"))

    def cells(self, head: Head) -> Iterator[_Cell]:
        """Yield the records; an aggregate has no ISO code of three letters, so its own is taken."""
        for number, record in enumerate(records(head.path, head.encoding or "utf-8", ""), 1):
            value = record.get("value")
            yield _Cell(
                number,
                str(record.get("countryiso3code") or _part(record, "country", "id")),
                str(_part(record, "indicator", "id")),
                str(record.get("date") or ""),
                "" if value is None else str(value),
            )


class WorldBankTable(_WorldBank):
    """The table of the downloaded zip: four lines of titles, then a column a year."""

    id = "world-bank-csv"

    def indicator(self, head: Head) -> str:
        """Return the indicator of the first row below the header."""
        rows = (head.header, *head.rows)
        for place, row in enumerate(rows[:10]):
            if tuple(row[:4]) == _HEADER and place + 1 < len(rows) and len(rows[place + 1]) > 3:
                return rows[place + 1][3]
        return ""

    def cells(self, head: Head) -> Iterator[_Cell]:
        """Yield the cells under the years."""
        years: list[tuple[int, str]] = []
        for line, row in cells_of(head.path, head.encoding or "utf-8", head.delimiter or ","):
            if not years:
                if tuple(cell.removeprefix("\ufeff") for cell in row[:4]) == _HEADER:
                    years = [(at, name) for at, name in enumerate(row) if _YEAR.fullmatch(name)]
                continue
            if len(row) < len(_HEADER):
                yield _Cell(line, "", "", "", "", len(row))
                continue
            for at, year in years:
                yield _Cell(line, row[1], row[3], year, row[at] if at < len(row) else "")
        if not years:
            raise NotReadable(reason=", ".join(_HEADER))


def _part(record: Mapping[str, Any], name: str, key: str) -> Any:
    inner = record.get(name)
    return inner.get(key, "") if isinstance(inner, dict) else ""


@cache
def _known() -> Mapping[str, Mapping[str, Any]]:
    path = DEFINITIONS / "publishers" / "world_bank_indicators.yaml"
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded
