"""Artefacts to a message in any of four forms, a piece at a time."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import groupby
from types import ModuleType
from typing import Literal

from lxml import etree

from irtysh.sdmx.artefacts.model import Artefact
from irtysh.sdmx.structure_messages import ml21, ml30
from irtysh.sdmx.structure_messages.head import Head
from irtysh.sdmx.structure_messages.json import json_message

Form = Literal["ml21", "ml30", "json1", "json2"]


def structure_message(artefacts: Iterable[Artefact], head: Head, form: Form) -> Iterator[bytes]:
    """Yield a structure message with some artefacts, valid by the official schema.

    Parameters
    ----------
    artefacts : iterable of Artefact
    head : Head
    form : {"ml21", "ml30", "json1", "json2"}
        SDMX-ML 2.1 and 3.0, SDMX-JSON 1.0 (structures of 2019) and 2.0.
    """
    # What 2.1 does not have as an artefact is told inside of another one.
    is_newer = form in ("ml30", "json2")
    listed = [one for one in artefacts if is_newer or one.kind != "representationmap"]
    if form == "ml21":
        return _xml(listed, head, ml21)
    if form == "ml30":
        return _xml(listed, head, ml30)
    return json_message(listed, head, is_newer=is_newer)


def _xml(artefacts: list[Artefact], head: Head, dialect: ModuleType) -> Iterator[bytes]:
    nodes = dialect.NODES
    places = list(dialect.ORDER)
    artefacts.sort(key=lambda one: places.index(one.kind))  # stable: the order within stays
    buffer = io.BytesIO()
    with etree.xmlfile(buffer, encoding="utf-8") as file:
        file.write_declaration()
        with file.element(f"{{{nodes.message}}}Structure", nsmap=nodes.namespaces):
            file.write(nodes.header(head))
            if artefacts:
                with file.element(f"{{{nodes.message}}}Structures"):
                    held = groupby(artefacts, key=lambda one: dialect.ORDER[one.kind][0])
                    for holder, ones in held:
                        with file.element(f"{{{nodes.structure}}}{holder}"):
                            for one in ones:
                                file.write(dialect.element(one))
                                yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.BytesIO) -> bytes:
    """Return what has been written since the last call, and forget it."""
    piece = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return piece
