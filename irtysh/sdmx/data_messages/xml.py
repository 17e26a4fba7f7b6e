"""What the XML messages share: escaping, the head, the note at the end.

The structure of a message is called by the id of its data structure definition: rsdmx asks for a
definition of that name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache

from irtysh.sdmx.data_messages.message import DataSet, Message

SCHEMAS = "http://www.sdmx.org/resources/sdmxml/schemas"
_MARKS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_BLANKS = {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
"""A parser would make one space of each, were they not written as references."""

_TABLE = str.maketrans(
    {
        **_MARKS,
        **_BLANKS,
        **{
            chr(point): "\N{REPLACEMENT CHARACTER}"
            for point in range(32)
            if point not in (9, 10, 13)
        },
        "\ufffe": "\N{REPLACEMENT CHARACTER}",
        "\uffff": "\N{REPLACEMENT CHARACTER}",
    }
)


@lru_cache(maxsize=65_536)
def escaped(text: str) -> str:
    """Return a text for an attribute or an element of XML.

    Characters that XML 1.0 has no way to write become U+FFFD.
    """
    return text.translate(_TABLE)


def instant(moment: datetime) -> str:
    """Return a moment with its zone, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def usage(message: Message, version: str) -> str:
    """Return the element that names what the data are reported against."""
    kind, agency, identifier, number = message.usage
    name = "StructureUsage" if kind == "Dataflow" else "Structure"
    if version == "2.1":
        written = f'<Ref agencyID="{agency}" id="{escaped(identifier)}" version="{number}"/>'
    else:
        written = escaped(message.urn)
    return f"<com:{name}>{written}</com:{name}>"


def head(message: Message, structure: str) -> Iterator[str]:
    """Yield the header; ``structure`` is its element Structure, different in each form."""
    yield "<mes:Header>"
    yield f"<mes:ID>{escaped(message.id)}</mes:ID>"
    yield f"<mes:Test>{str(message.is_test).lower()}</mes:Test>"
    yield f"<mes:Prepared>{instant(message.prepared)}</mes:Prepared>"
    yield f'<mes:Sender id="{escaped(message.sender)}">'
    for language, name in message.sender_name.items():
        yield f'<com:Name xml:lang="{language}">{escaped(name)}</com:Name>'
    yield "</mes:Sender>"
    yield structure
    yield "<mes:DataSetAction>Information</mes:DataSetAction>"
    if message.release:
        yield f"<mes:DataSetID>{escaped(message.release)}</mes:DataSetID>"
    yield f"<mes:Extracted>{instant(message.prepared)}</mes:Extracted>"
    if message.begin:
        yield f"<mes:ReportingBegin>{escaped(message.begin)}</mes:ReportingBegin>"
    if message.end:
        yield f"<mes:ReportingEnd>{escaped(message.end)}</mes:ReportingEnd>"
    # The name stands in Source: sdmx1 breaks off at a Name in the head of a message with data.
    for language, name in message.name.items():
        yield f'<mes:Source xml:lang="{language}">{escaped(name)}</mes:Source>'
    yield "</mes:Header>\n"


def foot(message: Message, version: str) -> Iterator[str]:
    """Yield the footer with what must be known about the whole; nothing where there is nothing."""
    notes = list(message.notes())
    if not notes:
        return
    yield f'<foot:Footer xmlns:foot="{SCHEMAS}/{version}/message/footer">'
    for note in notes:
        yield f'<foot:Message code="{note.code}" severity="Information">'
        for language, text in note.text.items():
            yield f'<com:Text xml:lang="{language}">{escaped(text)}</com:Text>'
        yield "</foot:Message>"
    yield "</foot:Footer>\n"


def validity(data_set: DataSet, prefix: str = "") -> str:
    """Return the attributes of a data set that say what it does and when it held."""
    written = f' {prefix}action="{data_set.action}"'
    if data_set.valid_from is not None:
        written += f' {prefix}validFromDate="{instant(data_set.valid_from)}"'
    if data_set.valid_to is not None:
        written += f' {prefix}validToDate="{instant(data_set.valid_to)}"'
    return written
