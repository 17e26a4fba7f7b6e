"""What was read, made into our observations and flows.

One observation that cannot be read is refused with its place and reason; the rest are read on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

from irtysh.sdmx import times
from irtysh.sdmx.artefacts.codes import edition_and_code
from irtysh.sdmx.concepts import OWN_STATUS, joined
from irtysh.sdmx.dimensions import check_code
from irtysh.sdmx.identifiers import EMPTY, own_code
from irtysh.sdmx.points import TOTAL, numeral
from irtysh.sdmx.reading.message import TIME, Read
from irtysh.sdmx.rows import RowRefused, observation_of
from irtysh.sdmx.spilling import spill_sorted
from irtysh.sdmx.structure import FIGURES
from irtysh.vocabulary.errors import Fault, IrtyshError
from irtysh.vocabulary.flow_row import FlowRow
from irtysh.vocabulary.observation import Observation, Status

_CODED = tuple(one.id for one in FIGURES.components if one.codelist)
_REMEMBERED = 100_000
_AMOUNTS = ("VALUE", "WEIGHT", "QUANTITY")
_LOCATOR = re.compile(r"line (\d{1,12})", re.ASCII)
Refuse = Callable[[Fault], None]
_KEY = ("REF_AREA", "COUNTERPART_AREA", "TRADE_FLOW", "COMMODITY", "FREQ", TIME)


def figures(
    reads: Iterable[Read], dataflow: str, refuse: Refuse, file: str = ""
) -> Iterator[Observation]:
    """Yield the observations of a message of structure FIGURES.

    ``refuse`` is called once for each that cannot be read, with the first thing wrong with it.
    OBS_LOW, OBS_HIGH and PREFERRED follow from the rest and are not read; REPEAT only keeps keys
    apart.
    """
    for read in reads:
        if read.wrong is not None:
            refuse(_fault(read, file, read.wrong))
            continue
        try:
            yield observation_of(_row(read), dataflow)
        except RowRefused as refused:
            code, column, params = refused.faults[0]
            refuse(Fault(code, file, read.line, column, params))
        except IrtyshError as error:
            refuse(_fault(read, file, error))


def _fault(read: Read, file: str, error: IrtyshError, column: str = "") -> Fault:
    return Fault(error.code, file, read.line, column or read.place, error.params)


def _row(read: Read) -> dict[str, str]:
    """Return the fields as ``observation_of`` has them: our codes, "" for what is empty."""
    row = dict(read.values)
    for name in _CODED:
        if name in row:
            row[name] = own_code(row[name])
    for name in ("SHARE_OF", "BASE_PERIOD"):
        if row.get(name) == EMPTY:
            row[name] = ""
    if row.get("BASE_PERIOD") == "_U":
        row.update(BASE_PERIOD="", BASE_PERIOD_KIND="U")
    row["OBS_VALUE"] = "" if read.value is None else numeral(read.value)
    row["NOTES"] = joined(tuple(row["NOTES"].split(";"))) if row.get("NOTES") else ""
    row.setdefault("VALUATION", "")
    return row


def flows(
    reads: Iterable[Read], refuse: Refuse, file: str = "", in_memory: int = 50_000
) -> Iterator[FlowRow]:
    """Yield the flows of a message of structure TRADE: measures of one key put into one row.

    Whatever the order of the message, flows come sorted by area, partner, direction, goods,
    frequency and time. Where the measures of a flow came to be in different ways, the status is
    that of value, weight and quantity with "/" between. ``refuse`` is called once for each
    observation that cannot be read.
    """
    sound = _sound(reads, refuse, file)
    ordered = spill_sorted(sound, _place, in_memory)
    for _, group in groupby(ordered, key=_place):
        yield _flow(list(group), refuse, file)


def _sound(reads: Iterable[Read], refuse: Refuse, file: str) -> Iterator[Read]:
    checked: dict[tuple[str, str], IrtyshError | None] = {}
    for read in reads:
        fault = _unsound(read, file, checked)
        if fault is None:
            yield read
        else:
            refuse(fault)


def _unsound(
    read: Read, file: str, checked: dict[tuple[str, str], IrtyshError | None]
) -> Fault | None:
    """Return the first thing wrong with an observation of a flow; None if it can be read.

    Codes are asked for once: ``checked`` holds what became of them.
    """
    if read.wrong is not None:
        return _fault(read, file, read.wrong)
    given = read.values
    for name in (*_KEY, "MEASURE"):
        if not given.get(name):
            return Fault("FieldIsBlank", file, read.line, name, {"field": name})
    if given["MEASURE"] not in _AMOUNTS:
        params = {"code": given["MEASURE"], "codelist": "MEASURE", "near": ", ".join(_AMOUNTS)}
        return Fault("UnknownCode", file, read.line, "MEASURE", params)
    for name, check in _CHECKS.items():
        text = given.get(name, "")
        if not text:
            continue
        if (name, text) not in checked:
            if len(checked) > _REMEMBERED:
                checked.clear()
            try:
                check(text)
                checked[name, text] = None
            except IrtyshError as error:
                checked[name, text] = error
        wrong = checked[name, text]
        if wrong is not None:
            return _fault(read, file, wrong, name)
    freq, kind = own_code(given["FREQ"]), times.read(given[TIME], "").kind.value
    if freq != kind:
        params = {"first": "FREQ", "first_value": freq, "second": TIME, "second_value": given[TIME]}
        return Fault("FieldsDisagree", file, read.line, "FREQ", params)
    return None


def _listed(field: str) -> Callable[[str], object]:
    return lambda text: check_code(field, own_code(text))


_CHECKS: Mapping[str, Callable[[str], object]] = {
    "FREQ": _listed("freq"),
    "REF_AREA": _listed("ref_area"),
    "COUNTERPART_AREA": _listed("counterpart_area"),
    "TRADE_FLOW": _listed("flow"),
    TIME: lambda text: times.read(text, ""),
    "CLASSIFICATION": _listed("classification"),
    "COMMODITY": lambda text: check_code("classification", _goods(text, "")[0]),
    "UNIT_MEASURE": _listed("unit"),
    "STATUS": _listed("status"),
}
"""Component → what raises where its text means nothing here; all are read later without fear."""


def _place(read: Read) -> tuple[str, ...]:
    given = read.values
    edition = given.get("CLASSIFICATION", "") if given["COMMODITY"] == TOTAL else ""
    return (*(given[name] for name in _KEY), edition)


def _flow(group: list[Read], refuse: Refuse, file: str) -> FlowRow:
    by_measure: dict[str, Read] = {}
    for read in group:
        measure = read.values["MEASURE"]
        if measure in by_measure:
            params = {"first": str(by_measure[measure].line), "measure": measure}
            refuse(Fault("FlowTwice", file, read.line, "MEASURE", params))
        else:
            by_measure[measure] = read
    first = group[0].values
    edition, goods = _goods(first["COMMODITY"], first.get("CLASSIFICATION", ""))
    quantity = by_measure.get("QUANTITY")
    return FlowRow(
        freq=own_code(first["FREQ"]),
        ref_area=own_code(first["REF_AREA"]),
        counterpart_area=own_code(first["COUNTERPART_AREA"]),
        flow=own_code(first["TRADE_FLOW"]),
        classification=edition,
        commodity=goods,
        period=times.read(first[TIME], "").code,
        value=_amount(by_measure.get("VALUE")),
        weight=_amount(by_measure.get("WEIGHT")),
        quantity=_amount(quantity),
        quantity_unit=own_code(quantity.values.get("UNIT_MEASURE", "")) if quantity else "",
        status=_status([by_measure.get(name) for name in _AMOUNTS]),
        line=_line(group),
    )


def _line(group: list[Read]) -> int:
    """Return the line of the publisher's file if the message tells it, else the message's own."""
    for read in group:
        found = _LOCATOR.fullmatch(read.values.get("LOCATOR", ""))
        if found:
            return int(found[1])
    return min(read.line for read in group)


def _goods(identifier: str, classification: str) -> tuple[str, str]:
    code = own_code(identifier)
    if code == TOTAL:
        return own_code(classification) if classification else EMPTY, TOTAL
    edition, goods = edition_and_code(identifier)
    return (edition, goods) if goods else (EMPTY, code)


def _amount(read: Read | None) -> str:
    return "" if read is None or read.value is None else numeral(read.value)


def _status(reads: list[Read | None]) -> str:
    """Return the status of a row: what is left out was suppressed, or says nothing of the rest."""
    given = [(read, status_of(read.values)) for read in reads if read is not None]
    words = [word for read, word in given if read.value is not None]
    if any(read.value is None and word == Status.SUPPRESSED.value for read, word in given):
        return Status.SUPPRESSED.value
    if len(set(words)) > 1:
        by_measure = ("" if read is None else status_of(read.values) for read in reads)
        return "/".join(word or Status.OBSERVED.value for word in by_measure)
    return words[0] if words else Status.MISSING.value


def status_of(values: Mapping[str, str]) -> str:
    """Return our word for how a value came to be: STATUS, else what OBS_STATUS means."""
    own = values.get("STATUS", "")
    return own or OWN_STATUS.get(values.get("OBS_STATUS", ""), Status.OBSERVED).value
