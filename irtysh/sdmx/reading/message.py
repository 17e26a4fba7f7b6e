"""What is read from a message, whichever its form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from irtysh.sdmx.data_messages.message import ALL_DIMENSIONS, TIME
from irtysh.sdmx.structure import FIGURES, TRADE, DataStructure
from irtysh.vocabulary.errors import IrtyshError, NotSdmx, SdmxStructureUnknown

_USAGE = re.compile(
    r"(?:urn:sdmx:[\w.]+=)?(?:(?P<agency>[\w.@$-]+):)?(?P<id>[\w@$-]+)(?:\((?P<version>[\w.+*-]+)\))?"
)
_NUMBER = re.compile(r"[+-]?\d{1,60}(\.\d{1,60})?([eE][+-]?\d{1,2})?", re.ASCII)
_MISSING = frozenset({"", "NaN", "nan"})


@dataclass(frozen=True, slots=True)
class Read:
    """An observation as it stands in a message.

    Attributes
    ----------
    values : dict
        Id of a component → SDMX id or text: dimensions, time, attributes.
    value : Decimal or None
        None is missing, never zero.
    action : str
        "Information", "Append", "Replace" or "Delete".
    line : int
        Of the file; 0 in JSON, which does not tell.
    place : str
        Where in the message, if there is no line: "dataSets/0/series/0:1/observations/3".
    wrong : IrtyshError or None
        Why this observation cannot be read; its other fields then mean nothing. A message that
        is itself broken is not read on: its reader raises.
    """

    values: Mapping[str, str]
    value: Decimal | None
    action: str = "Information"
    line: int = 0
    place: str = ""
    wrong: IrtyshError | None = None

    @classmethod
    def refused(cls, wrong: IrtyshError, line: int = 0, place: str = "") -> Read:
        """Return an observation that cannot be read."""
        return cls({}, None, line=line, place=place, wrong=wrong)


@dataclass(slots=True)
class Reading:
    """A message being read.

    Attributes
    ----------
    form : str
        "SDMX-ML 2.1 generic", "SDMX-CSV 2.0", …
    dataflow, agency : str
        What the data are reported against.
    observations : iterator of Read
        Lazy; one that cannot be read says so in ``wrong``, and the rest are read. Raises
        NotSdmx where the message breaks off.
    ignored : list of str
        Columns that no component has the name of.
    """

    form: str
    observations: Iterator[Read]
    dataflow: str = ""
    agency: str = ""
    ignored: list[str] = field(default_factory=list)


def usage_of(text: str) -> tuple[str, str]:
    """Return agency and id of "IRTYSH:TRADE_PARTNER(1.0)" or of such a URN; blanks if neither."""
    found = _USAGE.fullmatch(text.strip())
    return (found["agency"] or "", found["id"]) if found else ("", "")


def structure_for(components: Iterable[str]) -> DataStructure:
    """Return the one of our structures whose whole key is there; raises SdmxStructureUnknown."""
    given = set(components)
    for structure in (FIGURES, TRADE):
        if given.issuperset(structure.key):
            return structure
    missing = [one for one in TRADE.key if one not in given]
    raise SdmxStructureUnknown(missing=", ".join(missing), known="TRADE(1.0), FIGURES(1.0)")


def number(text: str, form: str, line: int) -> Decimal | None:
    """Return the value of an observation; raises NotSdmx where it is no numeral."""
    cleaned = text.strip()
    if cleaned in _MISSING:
        return None
    if not _NUMBER.fullmatch(cleaned):
        raise NotSdmx(form=form, line=line, found=cleaned[:80], expected="OBS_VALUE: 402.1")
    return Decimal(cleaned)


__all__ = [
    "ALL_DIMENSIONS",
    "TIME",
    "Read",
    "Reading",
    "number",
    "structure_for",
    "usage_of",
]
