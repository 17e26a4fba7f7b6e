"""Messages of SDMX with our own data structures, as layouts: what we send can be taken in again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Literal

from irtysh.sdmx.reading.message import Read, Reading, structure_for
from irtysh.sdmx.reading.opened import open_message
from irtysh.sdmx.reading.rows import figures, flows
from irtysh.sources.intake.layout import Constants, Head, Reason, Recognised, Tally
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import Fault, IrtyshError, MappingDoesNotFit
from irtysh.vocabulary.flow_row import FlowRow
from irtysh.vocabulary.observation import Observation

_FORMS = ("csv", "json", "xml")
_WEIGHT = ("KG", "0")
_POWER = re.compile(r"-?[0-9]{1,2}")
_AHEAD = 1000
"""Observations among which a sound one shows the structure of a message."""


class _Message:
    """A message whose observations have the components of one of our structures."""

    publisher = "sdmx"
    id: str
    structure: str

    def recognise(self, head: Head) -> Recognised | None:
        """Return that it is a message of this structure; None for anything else."""
        if head.form not in _FORMS:
            return None
        if head.form == "csv" and not {"DATAFLOW", "STRUCTURE_ID"} & set(head.header):
            return None
        try:
            reading, ahead = _opened(head)
            sound = next((read for read in ahead if read.wrong is None), None)
            if sound is None or structure_for(sound.values).id != self.structure:
                return None
        except IrtyshError:
            return None
        reason = Reason(
            "sdmx-message",
            {"form": reading.form, "structure": self.structure, "dataflow": reading.dataflow},
        )
        return Recognised(self.id, 95, (reason,), {"dataset": reading.dataflow})


class SdmxFlows(_Message):
    """Declared flows: the structure TRADE."""

    id = "sdmx-flows"
    structure = "TRADE"
    produces: Literal["flows"] = "flows"

    def constants(self, head: Head, settings: Mapping[str, str]) -> Constants:
        """Return unit and valuations of the values; raises MappingDoesNotFit where units differ.

        Observations that ``read`` will refuse have no say.
        """
        units: set[tuple[str, str]] = set()
        valuation: dict[str, str] = {}
        definition = ""
        for read in open_message(head.path).observations:
            given = read.values
            if given.get("MEASURE") != "VALUE" or _unit_fault(read, head.name):
                continue
            units.add((given["UNIT_MEASURE"], given.get("UNIT_MULT", "0")))
            if given.get("VALUATION") and given.get("TRADE_FLOW"):
                valuation[given["TRADE_FLOW"]] = given["VALUATION"]
            definition = definition or given.get("DEFINITION", "")
        if len(units) != 1:
            found = ", ".join(sorted(f"{unit} × 10^{power}" for unit, power in units)) or "—"
            raise MappingDoesNotFit(
                mapping=self.id, place="UNIT_MEASURE, UNIT_MULT", expected="USD × 10^0", found=found
            )
        unit, power = units.pop()
        return Constants(unit, int(power), valuation, definition)

    def read(self, head: Head, settings: Mapping[str, str], tally: Tally) -> Iterator[FlowRow]:
        """Yield the flows, measures of one key together; sorted on disk, whatever their order."""
        reads = _weighed(open_message(head.path), tally, head.name)
        for row in flows(reads, tally.refuse, head.name):
            tally.kept += 1
            yield row


class SdmxFigures(_Message):
    """Printed figures: the structure FIGURES."""

    id = "sdmx-figures"
    structure = "FIGURES"
    produces: Literal["figures"] = "figures"

    def read(self, head: Head, settings: Mapping[str, str], tally: Tally) -> list[Observation]:
        """Return the figures, of the dataset that the settings name or the message itself."""
        reading = open_message(head.path)
        dataset = settings.get("dataset") or reading.dataflow
        reads = _counted(reading.observations, tally)
        found = list(figures(reads, dataset, tally.refuse, head.name))
        tally.kept += len(found)
        return found


def _opened(head: Head) -> tuple[Reading, list[Read]]:
    """Return a message and its first observations: one of the first may be bad, not all."""
    reading = open_message(head.path)
    return reading, list(islice(reading.observations, _AHEAD))


def _counted(reads: Iterator[Read], tally: Tally) -> Iterator[Read]:
    for read in reads:
        tally.lines += 1
        yield read


def _weighed(reading: Reading, tally: Tally, file: str) -> Iterator[Read]:
    """Yield the observations whose value has a unit and whose weight is in kilograms."""
    for read in _counted(reading.observations, tally):
        fault = _unit_fault(read, file)
        if fault is None:
            yield read
        else:
            tally.refuse(fault)


def _unit_fault(read: Read, file: str) -> Fault | None:
    """Return what is wrong with the unit of a value or a weight; None for everything else."""
    given = read.values
    unit, power = given.get("UNIT_MEASURE", ""), given.get("UNIT_MULT", "0")
    params: dict[str, str] = {}
    match given.get("MEASURE"):
        case "WEIGHT" if (unit, power) != _WEIGHT:
            params = {"expected": "KG × 10^0", "found": f"{unit} × 10^{power}"[:60]}
            return Fault("UnitsDiffer", file, read.line, "UNIT_MEASURE", params)
        case "VALUE" if not unit:
            params = {"field": "UNIT_MEASURE"}
            return Fault("FieldIsBlank", file, read.line, "UNIT_MEASURE", params)
        case "VALUE" if unit not in codelist("units"):
            params = {"code": unit[:80], "codelist": "units", "near": "USD, EUR, RUB, KZT"}
            return Fault("UnknownCode", file, read.line, "UNIT_MEASURE", params)
        case "VALUE" if not _POWER.fullmatch(power):
            return Fault("NotANumber", file, read.line, "UNIT_MULT", {"text": power[:40]})
    return None


SDMX = (SdmxFlows(), SdmxFigures())
