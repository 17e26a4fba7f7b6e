"""Artefacts as SDMX-ML 3.0: every reference is a URN, and maps are artefacts of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from irtysh.sdmx.artefacts.model import (
    Agreement,
    Artefact,
    Categorisation,
    Constraint,
    Flow,
    Hierarchy,
    MappedCodes,
    MetadataStructure,
    Node,
    Ref,
    Scheme,
    Structure,
    StructureMap,
)
from irtysh.sdmx.structure import Component
from irtysh.sdmx.structure_messages.nodes import Element, Nodes

NODES = Nodes("v3_0", newer=True)
_WHOLE = (Flow, Hierarchy, Agreement, StructureMap, MappedCodes)
"""What the schema takes with its references only, so that a stub has them too."""
_PARENT = re.compile(r"[A-Za-z][A-Za-z0-9_\-]*", re.ASCII)

ORDER: Mapping[str, tuple[str, str]] = {
    "agencyscheme": ("AgencySchemes", "AgencyScheme"),
    "categorisation": ("Categorisations", "Categorisation"),
    "categoryscheme": ("CategorySchemes", "CategoryScheme"),
    "codelist": ("Codelists", "Codelist"),
    "conceptscheme": ("ConceptSchemes", "ConceptScheme"),
    "contentconstraint": ("DataConstraints", "DataConstraint"),
    "dataflow": ("Dataflows", "Dataflow"),
    "dataproviderscheme": ("DataProviderSchemes", "DataProviderScheme"),
    "datastructure": ("DataStructures", "DataStructure"),
    "hierarchicalcodelist": ("Hierarchies", "Hierarchy"),
    "metadataflow": ("Metadataflows", "Metadataflow"),
    "metadatastructure": ("MetadataStructures", "MetadataStructure"),
    "organisationunitscheme": ("OrganisationUnitSchemes", "OrganisationUnitScheme"),
    "provisionagreement": ("ProvisionAgreements", "ProvisionAgreement"),
    "representationmap": ("RepresentationMaps", "RepresentationMap"),
    "structureset": ("StructureMaps", "StructureMap"),
}
"""Kind → the element that holds artefacts of it and the element of one; in the schema's order."""

_UNVERSIONED = ("agencyscheme", "dataproviderscheme", "organisationunitscheme")
"""Kinds that 3.0 has in one version only, which is not written."""

_ITEM_TAGS = {
    "agencyscheme": "Agency",
    "dataproviderscheme": "DataProvider",
    "organisationunitscheme": "OrganisationUnit",
    "categoryscheme": "Category",
    "conceptscheme": "Concept",
    "codelist": "Code",
}


def element(artefact: Artefact) -> Element:
    """Return an artefact's element; a stub says that the rest is elsewhere."""
    tag = ORDER[artefact.kind][1]
    attributes = {"isExternalReference": str(artefact.is_stub).lower()}
    if isinstance(artefact, Scheme) and artefact.is_partial:
        attributes["isPartial"] = "true"
    if isinstance(artefact, Constraint):
        attributes["role"] = "Actual"
    if isinstance(artefact, Hierarchy):
        attributes["hasFormalLevels"] = "false"
    made = NODES.maintainable(tag, artefact, **attributes)
    if artefact.kind in _UNVERSIONED:
        del made.attrib["version"]
    if not artefact.is_stub or isinstance(artefact, _WHOLE):
        _FILL[type(artefact)](made, artefact)
    return made


def _refer(parent: Element, tag: str, ref: Ref) -> None:
    NODES.under(parent, tag, ref.urn(newer=True))


def _scheme(made: Element, scheme: Scheme) -> None:
    tag = _ITEM_TAGS[scheme.kind]
    for item in scheme.items:
        one = NODES.item(tag, scheme.ref, item)
        made.append(one)
        # The schema of 3.0 takes fewer ids for a parent than for a code: "_T" and "01" are not
        # among them. The hierarchies have what is left out here.
        if _PARENT.fullmatch(item.parent):
            NODES.under(one, "Parent", item.parent)
        if item.codelist:
            _refer(NODES.under(one, "CoreRepresentation"), "Enumeration", item.codelist)


def _structure(made: Element, artefact: Structure) -> None:
    structure = artefact.structure
    parts = NODES.under(made, "DataStructureComponents")
    listed = NODES.under(parts, "DimensionList", id="DimensionDescriptor")
    for place, component in enumerate(structure.dimensions, 1):
        _component(listed, "Dimension", component, artefact, position=str(place))
    time = NODES.under(listed, "TimeDimension", id=structure.time.id)
    _concept(time, structure.time, artefact)
    NODES.under(
        NODES.under(time, "LocalRepresentation"), "TextFormat", textType="ObservationalTimePeriod"
    )
    attributes = NODES.under(parts, "AttributeList", id="AttributeDescriptor")
    for component in structure.attributes:
        usage = "mandatory" if component.mandatory else "optional"
        one = _component(attributes, "Attribute", component, artefact, usage=usage)
        _attached(NODES.under(one, "AttributeRelationship"), component, artefact)
    measures = NODES.under(parts, "MeasureList", id="MeasureDescriptor")
    _component(measures, "Measure", structure.measure, artefact, usage="optional")


def _attached(holder: Element, component: Component, artefact: Structure) -> None:
    if component.attached == "dataset":
        NODES.under(holder, "Dataflow")
    elif component.attached == "series":
        for dimension in artefact.structure.key:
            NODES.under(holder, "Dimension", dimension)
    else:
        NODES.under(holder, "Observation")


def _concept(one: Element, component: Component, artefact: Structure) -> None:
    _refer(one, "ConceptIdentity", replace(artefact.concepts, item=component.id))


def _component(
    holder: Element, tag: str, component: Component, artefact: Structure, **attributes: str
) -> Element:
    one = NODES.under(holder, tag, id=component.id, **attributes)
    _concept(one, component, artefact)
    local = NODES.under(one, "LocalRepresentation")
    if component.id in artefact.codelists:
        _refer(local, "Enumeration", artefact.codelists[component.id])
    else:
        text_type = "Double" if component.role == "measure" else "String"
        NODES.under(local, "TextFormat", textType=text_type)
    return one


def _flow(made: Element, flow: Flow) -> None:
    if not flow.is_stub:
        _refer(made, "Structure", flow.structure)
    for target in flow.targets:  # without a target the schema takes no flow of metadata
        NODES.under(made, "Target", target)


def _agreement(made: Element, agreement: Agreement) -> None:
    _refer(made, "Dataflow", agreement.flow)
    _refer(made, "DataProvider", agreement.provider)


def _categorisation(made: Element, categorisation: Categorisation) -> None:
    _refer(made, "Source", categorisation.source)
    _refer(made, "Target", categorisation.target)


def _constraint(made: Element, constraint: Constraint) -> None:
    _refer(NODES.under(made, "ConstraintAttachment"), "Dataflow", constraint.flow)
    region = NODES.under(made, "CubeRegion", include="true")
    for name, values in constraint.values.items():
        key = NODES.under(region, "KeyValue", id=name, include="true")
        for value in values:
            NODES.under(key, "Value", value)
    if constraint.times:
        # Not as a range: sdmx1 reads none, and a range does not say which periods are left out.
        time = NODES.under(region, "KeyValue", id="TIME_PERIOD", include="true")
        for value in constraint.times:
            NODES.under(time, "Value", value)


def _hierarchy(made: Element, hierarchy: Hierarchy) -> None:
    # The schema wants one code at least, so that even a stub has the first.
    for node in hierarchy.nodes[: 1 if hierarchy.is_stub else None]:
        _node(made, node, is_alone=hierarchy.is_stub)


def _node(holder: Element, node: Node, *, is_alone: bool) -> None:
    one = NODES.under(holder, "HierarchicalCode", id=node.code.item)
    _refer(one, "Code", node.code)
    for below in () if is_alone else node.below:
        _node(one, below, is_alone=False)


def _metadata(made: Element, artefact: MetadataStructure) -> None:
    parts = NODES.under(made, "MetadataStructureComponents")
    listed = NODES.under(parts, "MetadataAttributeList", id="MetadataAttributeDescriptor")
    for name in artefact.attributes:
        one = NODES.under(listed, "MetadataAttribute", id=name, minOccurs="0", maxOccurs="1")
        _refer(one, "ConceptIdentity", replace(artefact.concepts, item=name))
        NODES.under(NODES.under(one, "LocalRepresentation"), "TextFormat", textType="String")


def _structure_map(made: Element, artefact: StructureMap) -> None:
    _refer(made, "Source", artefact.source)
    _refer(made, "Target", artefact.target)
    for part in artefact.parts:
        one = NODES.under(made, "ComponentMap")
        NODES.under(one, "Source", part.source)
        NODES.under(one, "Target", part.target)
        if part.codes:
            _refer(one, "RepresentationMap", Ref("representationmap", f"MAP_{part.codes}"))
    for name, value in artefact.fixed.items():
        one = NODES.under(made, "FixedValueMap")
        NODES.under(one, "Target", name)
        NODES.under(one, "Value", value)


def _representation_map(made: Element, artefact: MappedCodes) -> None:
    _refer(made, "SourceCodelist", artefact.codes.source)
    _refer(made, "TargetCodelist", artefact.codes.target)
    for ours, theirs in artefact.codes.explicit:
        _value(made, ours, theirs)
    for pattern, theirs in artefact.codes.patterns:
        _value(made, pattern, theirs, isRegEx="true")


def _value(made: Element, ours: str, theirs: str, **attributes: str) -> None:
    one = NODES.under(made, "RepresentationMapping")
    NODES.under(one, "SourceValue", ours, **attributes)
    NODES.under(one, "TargetValue", theirs)


_FILL: Mapping[type, Callable[[Element, Any], None]] = {
    Scheme: _scheme,
    Structure: _structure,
    Flow: _flow,
    Agreement: _agreement,
    Categorisation: _categorisation,
    Constraint: _constraint,
    Hierarchy: _hierarchy,
    MetadataStructure: _metadata,
    StructureMap: _structure_map,
    MappedCodes: _representation_map,
}
