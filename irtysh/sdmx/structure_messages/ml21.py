"""Artefacts as SDMX-ML 2.1: schema SDMXStructure.xsd and those it includes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

from irtysh.sdmx.artefacts.model import (
    ITEMS_OF,
    URN_CLASSES,
    Agreement,
    Artefact,
    Categorisation,
    CodeMap,
    Constraint,
    Flow,
    Hierarchy,
    MetadataStructure,
    Node,
    PartMap,
    Ref,
    Scheme,
    Structure,
    StructureMap,
)
from irtysh.sdmx.structure import Component
from irtysh.sdmx.structure_messages.nodes import Element, Nodes

NODES = Nodes("v2_1", newer=False)

ORDER: Mapping[str, tuple[str, str]] = {
    "agencyscheme": ("OrganisationSchemes", "AgencyScheme"),
    "dataproviderscheme": ("OrganisationSchemes", "DataProviderScheme"),
    "organisationunitscheme": ("OrganisationSchemes", "OrganisationUnitScheme"),
    "dataflow": ("Dataflows", "Dataflow"),
    "metadataflow": ("Metadataflows", "Metadataflow"),
    "categoryscheme": ("CategorySchemes", "CategoryScheme"),
    "categorisation": ("Categorisations", "Categorisation"),
    "codelist": ("Codelists", "Codelist"),
    "hierarchicalcodelist": ("HierarchicalCodelists", "HierarchicalCodelist"),
    "conceptscheme": ("Concepts", "ConceptScheme"),
    "metadatastructure": ("MetadataStructures", "MetadataStructure"),
    "datastructure": ("DataStructures", "DataStructure"),
    "structureset": ("StructureSets", "StructureSet"),
    "contentconstraint": ("Constraints", "ContentConstraint"),
    "provisionagreement": ("ProvisionAgreements", "ProvisionAgreement"),
}
"""Kind → the element that holds artefacts of it and the element of one; in the schema's order."""

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
    attributes = {"isExternalReference": str(artefact.is_stub).lower(), "isFinal": "false"}
    if isinstance(artefact, Scheme) and (artefact.is_partial or artefact.is_stub):
        attributes["isPartial"] = str(artefact.is_partial).lower()
    if isinstance(artefact, Constraint):
        attributes["type"] = "Actual"
    made = NODES.maintainable(tag, artefact, **attributes)
    # The schema takes no agreement without its references, so that a stub has them too.
    if not artefact.is_stub or isinstance(artefact, Agreement):
        _FILL[type(artefact)](made, artefact)
    return made


def _refer(parent: Element, tag: str, ref: Ref) -> Element:
    """Put a reference under an element: Ref in no namespace, as 2.1 has it."""
    holder = NODES.under(parent, tag)
    kind = ITEMS_OF[ref.kind] if ref.item else ref.kind
    package, name = URN_CLASSES[kind].split(".")
    attributes = {"id": ref.item or ref.id}
    if ref.item:
        attributes |= {
            "maintainableParentID": ref.id,
            "maintainableParentVersion": ref.version,
        }
    else:
        attributes["version"] = ref.version
    etree.SubElement(
        holder, "Ref", {**attributes, "agencyID": ref.agency, "package": package, "class": name}
    )
    return holder


def _local(parent: Element, tag: str, **attributes: str) -> None:
    etree.SubElement(NODES.under(parent, tag), "Ref", attributes)


def _scheme(made: Element, scheme: Scheme) -> None:
    tag = _ITEM_TAGS[scheme.kind]
    for item in scheme.items:
        one = NODES.item(tag, scheme.ref, item)
        made.append(one)
        if item.parent:
            _local(one, "Parent", id=item.parent)
        if item.codelist:
            _refer(NODES.under(one, "CoreRepresentation"), "Enumeration", item.codelist)


def _structure(made: Element, artefact: Structure) -> None:
    structure = artefact.structure
    parts = NODES.under(made, "DataStructureComponents")
    listed = NODES.under(parts, "DimensionList", id="DimensionDescriptor")
    for place, component in enumerate(structure.dimensions, 1):
        _component(listed, "Dimension", component, artefact, position=str(place))
    time = NODES.under(
        listed,
        "TimeDimension",
        id=structure.time.id,
        position=str(len(structure.dimensions) + 1),
    )
    _concept(time, structure.time, artefact)
    NODES.under(
        NODES.under(time, "LocalRepresentation"), "TextFormat", textType="ObservationalTimePeriod"
    )
    attributes = NODES.under(parts, "AttributeList", id="AttributeDescriptor")
    for component in structure.attributes:
        one = _component(
            attributes,
            "Attribute",
            component,
            artefact,
            assignmentStatus="Mandatory" if component.mandatory else "Conditional",
        )
        _attached(NODES.under(one, "AttributeRelationship"), component, artefact)
    measures = NODES.under(parts, "MeasureList", id="MeasureDescriptor")
    _component(measures, "PrimaryMeasure", structure.measure, artefact)


def _attached(holder: Element, component: Component, artefact: Structure) -> None:
    if component.attached == "dataset":
        NODES.under(holder, "None")
    elif component.attached == "series":
        for dimension in artefact.structure.key:
            _local(holder, "Dimension", id=dimension)
    else:
        _local(holder, "PrimaryMeasure", id=artefact.structure.measure.id)


def _concept(one: Element, component: Component, artefact: Structure) -> None:
    concepts = artefact.concepts
    ref = Ref(concepts.kind, concepts.id, component.id, concepts.agency, concepts.version)
    _refer(one, "ConceptIdentity", ref)


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
    _refer(made, "Structure", flow.structure)


def _agreement(made: Element, agreement: Agreement) -> None:
    _refer(made, "StructureUsage", agreement.flow)
    _refer(made, "DataProvider", agreement.provider)


def _categorisation(made: Element, categorisation: Categorisation) -> None:
    _refer(made, "Source", categorisation.source)
    _refer(made, "Target", categorisation.target)


def _constraint(made: Element, constraint: Constraint) -> None:
    _refer(NODES.under(made, "ConstraintAttachment"), "Dataflow", constraint.flow)
    region = NODES.under(made, "CubeRegion", include="true")
    for name, values in constraint.values.items():
        key = NODES.of_common(region, "KeyValue")
        key.set("id", name)
        for value in values:
            NODES.of_common(key, "Value", value)
    if constraint.start and constraint.end:
        # Not a ReferencePeriod: sdmx1 stops at one.
        key = NODES.of_common(region, "KeyValue")
        key.set("id", "TIME_PERIOD")
        span = NODES.of_common(key, "TimeRange")
        for tag, day in (("StartPeriod", constraint.start), ("EndPeriod", constraint.end)):
            NODES.of_common(span, tag, day.date().isoformat()).set("isInclusive", "true")


def _hierarchy(made: Element, hierarchy: Hierarchy) -> None:
    _refer(made, "IncludedCodelist", hierarchy.codelist).set("alias", hierarchy.codelist.id)
    tree = NODES.under(made, "Hierarchy", id=hierarchy.id, leveled="false")
    NODES.name(tree, hierarchy.names)
    for node in hierarchy.nodes:
        _node(tree, node)


def _node(holder: Element, node: Node) -> None:
    one = NODES.under(holder, "HierarchicalCode", id=node.code.item)
    _refer(one, "Code", node.code)
    for below in node.below:
        _node(one, below)


def _metadata(made: Element, artefact: MetadataStructure) -> None:
    parts = NODES.under(made, "MetadataStructureComponents")
    target = NODES.under(parts, "MetadataTarget", id="DATAFLOW_TARGET")
    of_flow = NODES.under(target, "IdentifiableObjectTarget", id="DATAFLOW", objectType="Dataflow")
    NODES.under(
        NODES.under(of_flow, "LocalRepresentation"), "TextFormat", textType="IdentifiableReference"
    )
    report = NODES.under(parts, "ReportStructure", id="REPORT")
    for name in artefact.attributes:
        one = NODES.under(report, "MetadataAttribute", id=name, minOccurs="0", maxOccurs="1")
        concepts = artefact.concepts
        _refer(one, "ConceptIdentity", Ref(concepts.kind, concepts.id, name))
        NODES.under(NODES.under(one, "LocalRepresentation"), "TextFormat", textType="String")
    _local(report, "MetadataTarget", id="DATAFLOW_TARGET")


def _structure_set(made: Element, artefact: StructureMap) -> None:
    """Fill in a structure set; 2.1 has no fixed values, so they are told in an annotation."""
    for code_map in artefact.code_maps:
        _code_map(made, code_map)
    mapped = NODES.under(made, "StructureMap", id=artefact.id)
    NODES.annotate(mapped, artefact.fixed_notes)
    NODES.name(mapped, artefact.names)
    _refer(mapped, "Source", artefact.source)
    _refer(mapped, "Target", artefact.target)
    for part in artefact.parts:
        _part(mapped, part)


def _part(mapped: Element, part: PartMap) -> None:
    one = NODES.under(mapped, "ComponentMap")
    for tag, name in (("Source", part.source), ("Target", part.target)):
        is_time = name == "TIME_PERIOD"
        is_attribute = name in ("UNIT_MULT", "UNIT_MEASURE", "OBS_STATUS")
        kind = "Attribute" if is_attribute else "TimeDimension" if is_time else "Dimension"
        listed = "AttributeDescriptor" if is_attribute else "DimensionDescriptor"
        _local(
            one,
            tag,
            **{"id": name, "containerID": listed, "class": kind, "package": "datastructure"},
        )
    if part.codes:
        holder = NODES.under(one, "RepresentationMapping")
        _local(holder, "CodelistMap", id=f"MAP_{part.codes}")


def _code_map(made: Element, code_map: CodeMap) -> None:
    one = NODES.under(made, "CodelistMap", id=code_map.id)
    NODES.of_common(one, "Name", code_map.id).set(
        "{http://www.w3.org/XML/1998/namespace}lang", "en"
    )
    _refer(one, "Source", code_map.source)
    _refer(one, "Target", code_map.target)
    for ours, theirs in code_map.codes:
        mapped = NODES.under(one, "CodeMap")
        _local(mapped, "Source", id=ours)
        _local(mapped, "Target", id=theirs)


_FILL: Mapping[type, Callable[[Element, Any], None]] = {
    Scheme: _scheme,
    Structure: _structure,
    Flow: _flow,
    Agreement: _agreement,
    Categorisation: _categorisation,
    Constraint: _constraint,
    Hierarchy: _hierarchy,
    MetadataStructure: _metadata,
    StructureMap: _structure_set,
}
