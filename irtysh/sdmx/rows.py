"""One line of a message into one observation, or all that is wrong with the line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from irtysh.sdmx import times
from irtysh.sdmx.concepts import CODED, DEFAULTS, FREE, OWN_STATUS, SDMX_STATUS, parted
from irtysh.sdmx.dimensions import check_code
from irtysh.vocabulary.errors import IrtyshError, NotANumber
from irtysh.vocabulary.numbers import Qualifier, parse_printed
from irtysh.vocabulary.observation import Observation, Status
from irtysh.vocabulary.period import UNKNOWN_PERIOD, Period, PeriodKind

_NUMBER = re.compile(r"[+-]?\d{1,60}(\.\d{1,60})?([eE][+-]?\d{1,2})?", re.ASCII)
_MULTIPLIER = re.compile(r"-?\d{1,2}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MISSING = frozenset({"", "NaN", "nan"})

FaultInRow = tuple[str, str, dict[str, Any]]


class RowRefused(Exception):
    """Carries everything found wrong in a line: code, column and blanks of each fault."""

    def __init__(self, faults: list[FaultInRow]) -> None:
        self.faults = faults
        super().__init__(faults)


def observation_of(row: Mapping[str, str], dataflow: str) -> Observation:
    """Return the observation of a line, column → field as it stands; raises RowRefused."""
    return _Line(row).observation(dataflow)


class _Line:
    """A line being read: every field is tried, so that all faults are named at once."""

    def __init__(self, row: Mapping[str, str]) -> None:
        self._row = row
        self._faults: list[FaultInRow] = []

    def observation(self, dataflow: str) -> Observation:
        """Return the observation or raise RowRefused."""
        period = self._period("TIME_PERIOD", "PERIOD_KIND")
        codes = self._codes(period)
        base = self._base()
        value = self._value()
        self._printed_agrees(value)
        made: dict[str, Any] = {
            "unit_mult": self._multiplier(),
            "retrieved_on": self._day(),
            "notes": parted(self._row.get("NOTES", "")),
        }
        if self._faults:
            raise RowRefused(self._faults)
        made.update(codes, qualifier=Qualifier(codes["qualifier"]), status=Status(codes["status"]))
        made.update({name: self._row.get(column, "") for column, name in FREE.items()})
        return Observation(dataflow=dataflow, period=period, base_period=base, value=value, **made)

    def _codes(self, period: Period) -> dict[str, str]:
        codes = {name: self._code(column) for column, name in CODED.items()}
        codes["freq"] = codes["freq"] or period.kind.value
        codes["status"] = self._status(codes["status"])
        for column, name in CODED.items():
            if not codes[name]:
                self._fault("FieldIsBlank", column, field=column)
                continue
            try:
                check_code(name, codes[name], codes["classification"])
            except IrtyshError as error:
                self._faults.append((error.code, column, error.params))
        return codes

    def _code(self, column: str) -> str:
        """Return the code of a field: "KZ" of "KZ" and of "KZ: Kazakhstan"."""
        text = self._row.get(column, DEFAULTS.get(column, ""))
        return text.split(": ", 1)[0].strip()

    def _status(self, own: str) -> str:
        letter = self._code("OBS_STATUS")
        if letter not in OWN_STATUS:
            near = ", ".join(filter(None, OWN_STATUS))
            self._fault("UnknownCode", "OBS_STATUS", code=letter, codelist="OBS_STATUS", near=near)
            return own or Status.OBSERVED.value
        if not own:
            return OWN_STATUS[letter].value
        if letter and own in Status.__members__ and SDMX_STATUS[Status(own)] != letter:
            self._disagree("STATUS", own, "OBS_STATUS", letter)
        return own

    def _period(self, column: str, kind_column: str) -> Period:
        try:
            return times.read(self._row.get(column, "").strip(), self._code(kind_column))
        except IrtyshError as error:
            kinds = {"", *PeriodKind}
            at_fault = column if self._code(kind_column) in kinds else kind_column
            self._faults.append((error.code, at_fault, error.params))
            return UNKNOWN_PERIOD

    def _base(self) -> Period | None:
        if not self._row.get("BASE_PERIOD", "").strip() and not self._code("BASE_PERIOD_KIND"):
            return None
        return self._period("BASE_PERIOD", "BASE_PERIOD_KIND")

    def _value(self) -> Decimal | None:
        text = self._row.get("OBS_VALUE", "").strip()
        if text in _MISSING:
            return None
        if not _NUMBER.fullmatch(text):
            self._fault("NotANumber", "OBS_VALUE", text=text[:80])
            return None
        return Decimal(text)

    def _printed_agrees(self, value: Decimal | None) -> None:
        printed = self._row.get("PRINTED", "")
        if value is None or not printed:
            return
        try:
            shown = parse_printed(printed)
        except NotANumber:
            return  # words around the number are the source's own
        if shown != value:
            self._disagree("PRINTED", printed, "OBS_VALUE", str(value))

    def _multiplier(self) -> int:
        text = self._code("UNIT_MULT")
        if not _MULTIPLIER.fullmatch(text):
            self._fault("NotANumber", "UNIT_MULT", text=text[:80])
            return 0
        return int(text)

    def _day(self) -> date | None:
        text = self._row.get("RETRIEVED_ON", "").strip()
        if not text:
            return None
        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        self._fault("NotADay", "RETRIEVED_ON", text=text[:80])
        return None

    def _disagree(self, first: str, first_value: str, second: str, second_value: str) -> None:
        self._fault(
            "FieldsDisagree",
            first,
            first=first,
            first_value=first_value[:80],
            second=second,
            second_value=second_value[:80],
        )

    def _fault(self, code: str, column: str, /, **params: str) -> None:
        self._faults.append((code, column, params))
