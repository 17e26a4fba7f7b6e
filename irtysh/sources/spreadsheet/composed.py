"""One observation out of what the file's parts say of it."""

from __future__ import annotations

import re
from collections.abc import Mapping as Readable
from datetime import date

from irtysh.sdmx.dimensions import check_code
from irtysh.sources.spreadsheet.statements import Gap, Number
from irtysh.sources.spreadsheet.words import cumulative
from irtysh.vocabulary.numbers import Qualifier
from irtysh.vocabulary.observation import Observation, Status
from irtysh.vocabulary.period import UNKNOWN_PERIOD, Period

DEFAULTS = {
    "counterpart_area": "_U",
    "flow": "_Z",
    "classification": "_Z",
    "commodity": "_T",
    "unit_mult": "0",
    "valuation": "_U",
    "status": "OBSERVED",
    "share_of": "",
    "qualifier": "EQ",
}
_YEAR = re.compile(r"\d{4}(?=$|[-/])")


def gap_note(reason: str) -> str:
    """Return the id of the note that says which kind of gap a missing value is."""
    return f"missing.{reason.lower().replace('_', '-')}"


def period_of(fields: Readable[str, str]) -> Period:
    """Return the period that the parts name; raises NotAPeriod or ValueError if none fits."""
    kind = fields.get("period_kind", "")
    if fields.get("period"):
        return Period.parse(kind or "A", fields["period"])
    if fields.get("span"):
        first, last = fields["span"].split("-")
        return cumulative(int(fields["year"]), (int(first), int(last)))
    if kind == "U":
        return UNKNOWN_PERIOD
    if fields.get("day"):
        return Period.parse("P", f"{fields['year']}-{fields['day']}")
    return Period.parse(kind or "A", fields["year"])


def base_of(rule: str, period: Period) -> Period | None:
    """Return the period that an index or a growth rate compares with."""
    if rule == "unknown":
        return UNKNOWN_PERIOD
    if rule != "previous-year" or not period.is_known:
        return None
    return Period.parse(
        period.kind.value, _YEAR.sub(lambda year: f"{int(year[0]) - 1:04d}", period.code)
    )


def checked(field: str, code: str, classification: str) -> str:
    """Return a code that its list has; raises UnknownCode."""
    check_code(field, code, classification)
    return code


def compose(
    fields: Readable[str, str],
    said: Number | Gap,
    *,
    definition: str,
    source: str,
    locator: str,
    retrieved_on: date | None,
) -> Observation:
    """Return the observation of one cell; its notes are bound later, when all are known.

    Raises UnknownCode or NotAPeriod where the parts do not make one.
    """
    period = period_of(fields)
    known = {**DEFAULTS, **fields}
    classification = checked("classification", known["classification"], "")
    share_of = known["share_of"] or ("_U" if known["measure"] == "SHARE" else "")

    def code(name: str) -> str:
        return checked(name, known[name], classification)

    missing = isinstance(said, Gap)
    return Observation(
        dataflow=known["dataflow"],
        freq=code("freq") if "freq" in known else checked("freq", period.kind.value, ""),
        ref_area=code("ref_area"),
        counterpart_area=code("counterpart_area"),
        flow=code("flow"),
        classification=classification,
        commodity=code("commodity"),
        measure=code("measure"),
        period=period,
        base_period=base_of(known.get("base_period", "none"), period),
        share_of=share_of,
        qualifier=Qualifier(code("qualifier")),
        printed=said.printed if isinstance(said, Number) else "",
        value=said.value if isinstance(said, Number) else None,
        unit=code("unit"),
        unit_mult=int(known["unit_mult"]),
        valuation=code("valuation"),
        status=Status.MISSING if missing else Status(code("status")),
        definition=definition,
        source=source,
        locator=locator,
        retrieved_on=retrieved_on,
        notes=(gap_note(said.reason),) if isinstance(said, Gap) else (),
    )
