"""The columns of a message: one a field of the observation, in the order of the key."""

from __future__ import annotations

import csv
import io

from irtysh.vocabulary.observation import Status

CODED = {
    "FREQ": "freq",
    "REF_AREA": "ref_area",
    "COUNTERPART_AREA": "counterpart_area",
    "TRADE_FLOW": "flow",
    "CLASSIFICATION": "classification",
    "COMMODITY": "commodity",
    "MEASURE": "measure",
    "QUALIFIER": "qualifier",
    "UNIT_MEASURE": "unit",
    "VALUATION": "valuation",
    "STATUS": "status",
}
"""Column → field whose values are codes."""

FREE = {
    "SHARE_OF": "share_of",
    "PRINTED": "printed",
    "DEFINITION": "definition",
    "SOURCE": "source",
    "LOCATOR": "locator",
}
"""Column → field of free text, kept to the letter."""

COLUMNS = (
    "FREQ",
    "REF_AREA",
    "COUNTERPART_AREA",
    "TRADE_FLOW",
    "CLASSIFICATION",
    "COMMODITY",
    "MEASURE",
    "PERIOD_KIND",
    "TIME_PERIOD",
    "BASE_PERIOD_KIND",
    "BASE_PERIOD",
    "SHARE_OF",
    "OBS_VALUE",
    "QUALIFIER",
    "PRINTED",
    "UNIT_MEASURE",
    "UNIT_MULT",
    "VALUATION",
    "OBS_STATUS",
    "STATUS",
    "DEFINITION",
    "SOURCE",
    "LOCATOR",
    "RETRIEVED_ON",
    "NOTES",
)
REQUIRED = ("REF_AREA", "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE")
SYNONYMS = {"FLOW": "TRADE_FLOW", "UNIT": "UNIT_MEASURE"}
DEFAULTS = {
    "COUNTERPART_AREA": "_U",
    "TRADE_FLOW": "_U",
    "CLASSIFICATION": "_Z",
    "COMMODITY": "_T",
    "MEASURE": "VALUE",
    "QUALIFIER": "EQ",
    "UNIT_MULT": "0",
    "VALUATION": "_U",
}

SDMX_STATUS = {
    Status.OBSERVED: "A",
    Status.DERIVED: "A",
    Status.MIRROR: "A",
    Status.RESIDUAL: "A",
    Status.ESTIMATED: "E",
    Status.TARGET: "F",
    Status.SUPPRESSED: "Q",
    Status.MISSING: "M",
}
"""The letter of CL_OBS_STATUS nearest to ours; the column STATUS keeps the exact word."""

OWN_STATUS = {
    "A": Status.OBSERVED,
    "E": Status.ESTIMATED,
    "F": Status.TARGET,
    "Q": Status.SUPPRESSED,
    "M": Status.MISSING,
    "O": Status.MISSING,
    "": Status.OBSERVED,
}
"""What a letter means where STATUS is not given."""


def joined(items: tuple[str, ...]) -> str:
    """Write several texts into one field, quoted where one holds the separator."""
    if not items:
        return ""
    stream = io.StringIO(newline="")
    # The writer quotes line breaks only if its own line end is one.
    csv.writer(stream, delimiter=";", lineterminator="\r\n").writerow(items)
    return stream.getvalue().removesuffix("\r\n")


def parted(text: str) -> tuple[str, ...]:
    """Return the texts of a field; the inverse of ``joined``."""
    if not text:
        return ()
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    return tuple(item for row in rows for item in row)
