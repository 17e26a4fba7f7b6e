"""The schema of structure-specific data, made from a data structure: section 3A of SDMX 2.1.

It includes the official schemas by their file names: put it beside them to validate a message.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from irtysh.sdmx.structure import Component, DataStructure
from irtysh.sdmx.structure_messages.nodes import Element

ALL_DIMENSIONS = "AllDimensions"
_XS = "http://www.w3.org/2001/XMLSchema"
_ROOT = "http://www.sdmx.org/resources/sdmxml/schemas"


def schema(
    structure: DataStructure,
    urn: str,
    codes: Mapping[str, tuple[str, ...]],
    *,
    observed_by: str = "TIME_PERIOD",
    version: str = "2.1",
) -> bytes:
    """Return the schema of data of a structure.

    Parameters
    ----------
    structure : DataStructure
    urn : str
        What the data are reported against: a dataflow or the structure itself.
    codes : mapping
        Id of a component → ids that it may hold; a component that is not in it is free text.
    observed_by : str
        The dimension at the observation, or ALL_DIMENSIONS.
    version : {"2.1", "3.0"}
    """
    return _Schema(structure, urn, codes, observed_by, version).written()


class _Schema:
    def __init__(
        self,
        structure: DataStructure,
        urn: str,
        codes: Mapping[str, tuple[str, ...]],
        observed_by: str,
        version: str,
    ) -> None:
        self._structure = structure
        self._codes = codes
        self._at = observed_by
        base = f"{_ROOT}/{'v2_1' if version == '2.1' else 'v3_0'}"
        self._is_older = version == "2.1"
        self._specific, self._common = f"{base}/data/structurespecific", f"{base}/common"
        self._namespace = f"{urn}:ObsLevelDim:{observed_by}"

    def written(self) -> bytes:
        names = {
            "xs": _XS,
            None: self._namespace,
            "dsd": self._specific,
            "common": self._common,
        }
        root = etree.Element(f"{{{_XS}}}schema", nsmap=names)
        root.set("targetNamespace", self._namespace)
        root.set("elementFormDefault", "qualified")
        root.set("attributeFormDefault", "unqualified")
        imports = (
            (self._specific, "SDMXDataStructureSpecific.xsd"),
            (self._common, "SDMXCommon.xsd"),
        )
        for namespace, location in imports:
            _add(root, "import", namespace=namespace, schemaLocation=location)
        for name, allowed in self._codes.items():
            simple = _add(root, "simpleType", name=f"{name}_CODES")
            held = _add(simple, "restriction", base="xs:string")
            for code in allowed:
                _add(held, "enumeration", value=code)
        self._types(root, "")
        if self._is_older and self._at == self._structure.time.id:
            self._types(root, "TimeSeries")
        made: bytes = etree.tostring(
            root, xml_declaration=True, encoding="UTF-8", pretty_print=True
        )
        return made

    def _types(self, root: Element, prefix: str) -> None:
        """Add the types of data set, series and observation, for time series where asked."""
        is_flat = self._at == ALL_DIMENSIONS
        held, sequence = _restricted(root, f"{prefix}DataSetType", f"dsd:{prefix}DataSetType")
        self._annotated(sequence)
        _add(
            sequence,
            "element",
            name="DataProvider",
            type="common:DataProviderReferenceType",
            form="unqualified",
            minOccurs="0",
        )
        choice = _add(sequence, "choice", minOccurs="0")
        _add(
            choice,
            "element",
            name="Obs" if is_flat else "Series",
            type=f"{prefix}ObsType" if is_flat else f"{prefix}SeriesType",
            form="unqualified",
            maxOccurs="unbounded",
        )
        self._components(held, "dataset")
        if not is_flat:
            self._series(root, prefix)
        base = f"dsd:{prefix}ObsType"
        held, sequence = _restricted(root, f"{prefix}ObsType", base)
        self._annotated(sequence)
        if not prefix:
            _add(held, "attribute", name="type", type="common:IDType", use="prohibited")
        dimensions = (*self._structure.dimensions, self._structure.time)
        for one in dimensions:
            if is_flat or one.id == self._at:
                self._attribute(held, one, "required")
        if not is_flat and self._at != self._structure.time.id:
            self._attribute(held, self._structure.time, "prohibited")
        self._attribute(held, self._structure.measure, "optional")
        self._components(held, "observation")

    def _series(self, root: Element, prefix: str) -> None:
        # The base of a time series is a "TimeSeriesType", not a "TimeSeriesSeriesType".
        base = f"dsd:{prefix}Type" if prefix else "dsd:SeriesType"
        held, sequence = _restricted(root, f"{prefix}SeriesType", base)
        self._annotated(sequence)
        _add(
            sequence,
            "element",
            name="Obs",
            type=f"{prefix}ObsType",
            form="unqualified",
            minOccurs="0",
            maxOccurs="unbounded",
        )
        for one in (*self._structure.dimensions, self._structure.time):
            if one.id != self._at:
                self._attribute(held, one, "required")
        if self._at == self._structure.time.id:
            self._attribute(held, self._structure.time, "prohibited")
        self._components(held, "series")

    def _annotated(self, sequence: Element) -> None:
        _add(sequence, "element", ref="common:Annotations", minOccurs="0")

    def _components(self, held: Element, attached: str) -> None:
        for one in self._structure.attributes:
            if one.attached == attached:
                # Messages may leave attributes out (detail=dataonly), mandatory ones too.
                self._attribute(held, one, "optional")

    def _attribute(self, held: Element, component: Component, use: str) -> None:
        if component.id in self._codes:
            kind = f"{component.id}_CODES"
        elif component.role == "time":
            kind = "common:ObservationalTimePeriodType"
        else:
            kind = "xs:double" if component.role == "measure" else "xs:string"
        _add(held, "attribute", name=component.id, type=kind, use=use)


def _restricted(root: Element, name: str, base: str) -> tuple[Element, Element]:
    """Return the restriction of a new complex type and the sequence in it."""
    kind = _add(root, "complexType", name=name)
    held = _add(_add(kind, "complexContent"), "restriction", base=base)
    return held, _add(held, "sequence")


def _add(parent: Element, tag: str, **attributes: str) -> Element:
    return etree.SubElement(parent, f"{{{_XS}}}{tag}", attributes)
