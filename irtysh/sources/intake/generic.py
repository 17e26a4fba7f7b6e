"""The layout of a file that no layout knows: a person says what each column is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from irtysh.sources.intake.layout import (
    Constants,
    Head,
    Question,
    Reason,
    Recognised,
    Tally,
)
from irtysh.sources.intake.mapped_rows import (
    EDITIONS,
    CellRefused,
    MappedRows,
    MappingIncomplete,
    power_of,
)
from irtysh.sources.intake.roles import setting_of, suggest
from irtysh.sources.intake.rows import WITH_COLUMNS, rows_of
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import Fault
from irtysh.vocabulary.flow_row import FlowRow
from irtysh.vocabulary.observation import Observation

_CERTAINTY = 5
_UNITS = ("USD", "EUR", "RUB", "KZT", "CNY")
_POWERS = ("0", "3", "6", "9")


class GenericFlows:
    """Declared flows in a table whose columns a person names."""

    id = "generic-flows"
    publisher = ""
    produces: Literal["flows"] = "flows"

    def recognise(self, head: Head) -> Recognised | None:
        """Return suggestions for any table with columns, always the least certain."""
        if head.form not in WITH_COLUMNS or len(head.header) < 2:
            return None
        suggested = suggest(head)
        settings = {setting_of(one.column): one.role for one in suggested}
        reasons = tuple(
            Reason(
                reason.code, {"column": head.header[one.column], "role": one.role, **reason.params}
            )
            for one in suggested
            for reason in one.reasons
        )
        given = {one.role for one in suggested}
        is_trade = "counterpart_area" in given and given & {
            "flow",
            "value_X",
            "value_M",
            "commodity",
        }
        return Recognised(
            self.id, _CERTAINTY + 3 if is_trade else _CERTAINTY,
            (Reason("generic"), *reasons), settings, tuple(_questions(given)),
        )  # fmt: skip

    def constants(self, head: Head, settings: Mapping[str, str]) -> Constants:
        """Return unit, power of ten and valuation; raises MappingIncomplete, UnknownCode."""
        unit = settings.get("unit") or ""
        if not unit:
            raise MappingIncomplete(role="unit")
        codelist("units")[unit]
        valuation = settings.get("valuation") or "_U"
        codelist("valuations")[valuation]
        return Constants(unit, power_of(settings), {"X": valuation, "M": valuation})

    def read(self, head: Head, settings: Mapping[str, str], tally: Tally) -> Iterator[FlowRow]:
        """Yield the flows; a row that cannot be read is refused with its column."""
        reader = MappedRows(head, settings)
        reader.need_any("value", "value_X", "value_M", "weight", "quantity")
        reader.need("ref_area", "counterpart_area")
        reader.need_any("year", "period")
        if not reader.has("value_X") and not reader.has("value_M"):
            reader.need("flow")
        reader.refuse_shared_amounts(self.id)
        for line, row in rows_of(head):
            tally.lines += 1
            if not any(cell.strip() for cell in row):
                tally.left_out["blank"] += 1
                continue
            try:
                flows = list(reader.flows(line, row, tally))
            except CellRefused as refused:
                tally.refuse(Fault(refused.code, head.name, line, refused.column, refused.params))
                continue
            if not flows:
                tally.left_out["no-value"] += 1
                continue
            tally.kept += 1
            yield from flows


class GenericFigures:
    """Figures in a table whose columns a person names: any measure, no partner needed."""

    id = "generic-figures"
    publisher = ""
    produces: Literal["figures"] = "figures"

    def recognise(self, head: Head) -> Recognised | None:
        """Return suggestions where a table with columns shows no partner or direction."""
        if head.form not in WITH_COLUMNS or len(head.header) < 2:
            return None
        suggested = [one for one in suggest(head) if one.role not in ("value_X", "value_M")]
        given = {one.role for one in suggested}
        settings = {setting_of(one.column): one.role for one in suggested}
        reasons = tuple(
            Reason(
                reason.code, {"column": head.header[one.column], "role": one.role, **reason.params}
            )
            for one in suggested
            for reason in one.reasons
        )
        certainty = _CERTAINTY if "counterpart_area" in given else _CERTAINTY + 1
        questions = [
            Question("measure", ("VALUE", "WEIGHT", "COUNT", "INDEX", "GROWTH", "SHARE")),
            Question("unit", tuple(codelist("units"))),
            Question("unit_mult", _POWERS),
        ]
        if "commodity" in given and "classification" not in given:
            questions.append(Question("classification", (*EDITIONS, "HS_CHAPTER", "NAMED")))
        if "ref_area" not in given:
            questions.append(Question("ref_area"))
        return Recognised(
            self.id, certainty, (Reason("generic"), *reasons), settings, tuple(questions)
        )

    def read(self, head: Head, settings: Mapping[str, str], tally: Tally) -> list[Observation]:
        """Return the figures; a row that cannot be read is refused with its column."""
        reader = MappedRows(head, settings)
        reader.need("ref_area", "value", "measure", "unit")
        reader.need_any("year", "period")
        found = []
        for line, row in rows_of(head):
            tally.lines += 1
            if not any(cell.strip() for cell in row):
                tally.left_out["blank"] += 1
                continue
            try:
                one = reader.figure(line, row, tally)
            except CellRefused as refused:
                tally.refuse(Fault(refused.code, head.name, line, refused.column, refused.params))
                continue
            tally.kept += 1
            found.append(one)
        return found


GENERIC = (GenericFigures(), GenericFlows())


def _questions(given: set[str]) -> Iterator[Question]:
    yield Question("unit", _UNITS)
    yield Question("unit_mult", _POWERS)
    yield Question("valuation", ("_U", "FOB", "CIF", "MIXED"))
    if "commodity" in given and "classification" not in given:
        yield Question("classification", EDITIONS)
    for role in ("ref_area", "counterpart_area"):
        if role not in given:
            yield Question(role)
    if "flow" not in given and not given & {"value_X", "value_M"}:
        yield Question("flow", ("X", "M", "T"))
    if not given & {"year", "period"}:
        yield Question("year")
