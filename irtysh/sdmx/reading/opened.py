"""Any message of SDMX, opened by what it begins with."""

from __future__ import annotations

from pathlib import Path

from irtysh.sdmx.reading.csv import read_csv_message
from irtysh.sdmx.reading.json import read_json
from irtysh.sdmx.reading.message import Reading
from irtysh.sdmx.reading.xml import read_xml
from irtysh.vocabulary.errors import NotSdmx

_BEGINNING = 64


def open_message(path: Path) -> Reading:
    """Return a message being read: XML, JSON or CSV; raises NotSdmx and what its reader raises."""
    with path.open("rb") as stream:
        start = stream.read(_BEGINNING).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<"):
        return read_xml(path)
    if start.startswith(b"{"):
        return read_json(path)
    if start.startswith((b"DATAFLOW", b"STRUCTURE")):
        return read_csv_message(path)
    raise NotSdmx(
        form="SDMX",
        line=1,
        found=start[:40].decode("utf-8", "replace"),
        expected="<?xml, {, DATAFLOW, STRUCTURE",
    )
