"""SDMX-ML 2.1 generic and structure-specific and 3.0, read piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from irtysh.sdmx.data_messages.message import ALL_DIMENSIONS
from irtysh.sdmx.reading.message import Read, Reading, number, usage_of
from irtysh.vocabulary.errors import NotSdmx

_ROOTS = {
    "GenericData": "generic",
    "GenericTimeSeriesData": "generic",
    "StructureSpecificData": "specific",
    "StructureSpecificTimeSeriesData": "specific",
}
_VERSIONS = {
    "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message": "2.1",
    "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message": "3.0",
}
_MAX_DEPTH = 12
"""A message of ours is five deep; what goes deeper is no data."""


def read_xml(path: Path) -> Reading:
    """Open a message; raises NotSdmx if it is none of these forms."""
    parser = _Parser(path)
    parser.open()
    return Reading(parser.form, parser.observations(), parser.dataflow, parser.agency)


class _Parser:
    def __init__(self, path: Path) -> None:
        self.form = "SDMX-ML"
        self.dataflow = self.agency = ""
        self._observed_by = ""
        self._is_generic = False
        self._depth = 0
        self._events = _events(path)

    def open(self) -> None:
        """Read up to the first data set."""
        event, root = self._next()
        self._depth = 1
        namespace, name = _names(root.tag)
        version = _VERSIONS.get(namespace)
        if root.getroottree().docinfo.doctype:
            raise self._wrong(root, "<!DOCTYPE", "without DOCTYPE")
        if name not in _ROOTS or version is None:
            raise self._wrong(root, name, ", ".join(_ROOTS))
        self._is_generic = _ROOTS[name] == "generic"
        self.form = f"SDMX-ML {version}" + (" generic" if self._is_generic else "")
        while True:
            event, element = self._next()
            local = _names(element.tag)[1]
            if event == "end" and local == "Structure" and element.get("structureID"):
                self._structure(element)
            if event == "end" and local == "Header":
                return
            if local == "DataSet":
                raise self._wrong(element, "DataSet", "Header")

    def _structure(self, element: Any) -> None:
        self._observed_by = element.get("dimensionAtObservation") or ""
        for one in element.iter():
            if one.tag == "Ref":
                self.agency, self.dataflow = one.get("agencyID") or "", one.get("id") or ""
            elif (one.text or "").strip().startswith("urn:"):
                self.agency, self.dataflow = usage_of(one.text)

    def observations(self) -> Iterator[Read]:
        """Yield the observations; memory holds one series' key and one observation."""
        own: dict[str, str] = {}
        series: dict[str, str] = {}
        action = "Information"
        while True:
            try:
                event, element = self._next()
            except StopIteration:
                return
            local = _names(element.tag)[1]
            if event == "start":
                if local == "DataSet":
                    action = _action(element)
                    own = {} if self._is_generic else _plain(element)
                elif local == "Series":
                    series = {} if self._is_generic else _plain(element)
                continue
            if local in ("SeriesKey", "Attributes") and self._is_generic:
                parent = _names(element.getparent().tag)[1]
                if parent == "Series":
                    series.update(_values(element))
                elif parent == "DataSet":
                    own.update(_values(element))
            elif local == "Obs":
                try:
                    yield self._observation(element, {**own, **series}, action)
                except NotSdmx as wrong:
                    yield Read.refused(wrong, element.sourceline or 0)
                _forget(element)
            elif local == "Series":
                series = {}
                _forget(element)

    def _observation(self, element: Any, known: dict[str, str], action: str) -> Read:
        values, text = dict(known), ""
        if self._is_generic:
            for one in element:
                local = _names(one.tag)[1]
                if local == "ObsDimension":
                    values[one.get("id") or self._observed_by] = one.get("value") or ""
                elif local == "ObsValue":
                    text = one.get("value") or ""
                elif local in ("ObsKey", "Attributes"):
                    values.update(_values(one))
        else:
            values.update(_plain(element))
            text = values.pop("OBS_VALUE", "")
        if "" in values or ALL_DIMENSIONS in values:
            raise self._wrong(element, "ObsDimension", "dimensionAtObservation")
        line = element.sourceline or 0
        return Read(values, number(text, self.form, line), action, line)

    def _next(self) -> tuple[str, Any]:
        try:
            event, element = next(self._events)
        except etree.XMLSyntaxError as error:
            raise NotSdmx(
                form=self.form,
                line=error.lineno or 0,
                found=str(error.msg)[:200],
                expected="XML",
            ) from None
        self._depth += 1 if event == "start" else -1
        if self._depth > _MAX_DEPTH:
            raise self._wrong(element, f"depth {self._depth}", f"≤ {_MAX_DEPTH}")
        return event, element

    def _wrong(self, element: Any, found: str, expected: str) -> NotSdmx:
        line = element.sourceline or 0
        return NotSdmx(form=self.form, line=line, found=found[:80], expected=expected)


def _names(tag: str) -> tuple[str, str]:
    """Return namespace and local name. A file cut within a tag has names that lxml refuses."""
    namespace, _, local = tag.rpartition("}")
    return namespace.removeprefix("{"), local


def _events(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield the starts and ends of elements; the file is let go of with the iterator."""
    with path.open("rb") as stream:
        yield from etree.iterparse(
            stream,
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )


def _plain(element: Any) -> dict[str, str]:
    """Return the attributes without a namespace: those of the data structure."""
    return {str(name): str(value) for name, value in element.attrib.items() if name[0] != "{"}


def _values(element: Any) -> dict[str, str]:
    return {str(one.get("id")): one.get("value") or "" for one in element}


def _action(element: Any) -> str:
    for name, value in element.attrib.items():
        if _names(name)[1] == "action":
            return str(value)
    return "Information"


def _forget(element: Any) -> None:
    """Let go of what has been read, and of what stood before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
