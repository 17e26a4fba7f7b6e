"""Artefacts as SDMX-JSON: structures 1.0 (draft of 2019) and 2.0."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

from irtysh.sdmx.artefacts.model import (
    Agreement,
    Artefact,
    Categorisation,
    CodeMap,
    Constraint,
    Flow,
    Hierarchy,
    Item,
    MappedCodes,
    MetadataStructure,
    Node,
    Note,
    Ref,
    Scheme,
    Structure,
    StructureMap,
)
from irtysh.sdmx.structure import AGENCY, Component
from irtysh.sdmx.structure_messages.head import Head
from irtysh.vocabulary.text import LANGUAGES, Text

Json = dict[str, Any]
_SCHEMAS = {
    False: "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/develop/structure-message/"
    "tools/schemas/1.0/sdmx-json-structure-schema.json",
    True: "https://json.sdmx.org/2.0.0/sdmx-json-structure-schema.json",
}
_HOLDERS = {
    "agencyscheme": "agencySchemes",
    "dataproviderscheme": "dataProviderSchemes",
    "organisationunitscheme": "organisationUnitSchemes",
    "categoryscheme": "categorySchemes",
    "categorisation": "categorisations",
    "conceptscheme": "conceptSchemes",
    "codelist": "codelists",
    "hierarchicalcodelist": "hierarchicalCodelists",
    "datastructure": "dataStructures",
    "dataflow": "dataflows",
    "provisionagreement": "provisionAgreements",
    "contentconstraint": "contentConstraints",
    "metadatastructure": "metadataStructures",
    "metadataflow": "metadataflows",
    "structureset": "structureSets",
    "representationmap": "representationMaps",
}
_NEWER_HOLDERS = {
    "contentconstraint": "dataConstraints",
    "hierarchicalcodelist": "hierarchies",
    "structureset": "structureMaps",
}
_ITEMS = {
    "agencyscheme": "agencies",
    "dataproviderscheme": "dataProviders",
    "organisationunitscheme": "organisationUnits",
    "categoryscheme": "categories",
    "conceptscheme": "concepts",
    "codelist": "codes",
}


def json_message(artefacts: list[Artefact], head: Head, *, is_newer: bool) -> Iterator[bytes]:
    """Yield a message with some artefacts, each as a piece of its own."""
    writer = _Writer(head.language, is_newer)
    meta = {
        "schema": _SCHEMAS[is_newer],
        "id": head.id,
        "test": head.is_test,
        "prepared": head.prepared.isoformat(timespec="seconds"),
        "contentLanguages": [head.language, *(one for one in LANGUAGES if one != head.language)],
        "sender": {"id": AGENCY, **writer.named(head.sender)},
    }
    yield b'{"meta":' + _written(meta) + b',"data":{'
    artefacts.sort(key=lambda one: list(_HOLDERS).index(one.kind))
    for number, (kind, ones) in enumerate(groupby(artefacts, key=lambda one: one.kind)):
        holder = _NEWER_HOLDERS.get(kind, _HOLDERS[kind]) if is_newer else _HOLDERS[kind]
        yield (b"," if number else b"") + _written(holder) + b":["
        for place, one in enumerate(ones):
            yield (b"," if place else b"") + _written(writer.artefact(one))
        yield b"]"
    yield b"}}"


def _written(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


class _Writer:
    """Makes JSON of artefacts for a reader of one language."""

    def __init__(self, language: str, is_newer: bool) -> None:
        self._language = language
        self._newer = is_newer

    def named(self, names: Text, descriptions: Text | None = None) -> Json:
        """Return the name that suits the reader best, and all of them."""
        made: Json = {"name": self._best(names), "names": dict(names)}
        if descriptions:
            # 1.0 keeps "description" for 2.0's readers too: its schema lets it pass.
            made["description"] = self._best(descriptions)
            made["descriptions"] = dict(descriptions)
        return made

    def artefact(self, artefact: Artefact) -> Json:
        """Return an artefact; a stub says that the rest is elsewhere."""
        made: Json = {
            "id": artefact.id,
            "agencyID": artefact.agency,
            "version": artefact.version,
            **self.named(artefact.names, artefact.descriptions),
            "isExternalReference": artefact.is_stub,
            "links": [{"rel": "self", "urn": self._urn(artefact.ref)}],
        }
        if not self._newer:
            made["isFinal"] = False
        if artefact.notes:
            made["annotations"] = [self._note(note) for note in artefact.notes]
        # The schema takes no agreement without its references, so that a stub has them too.
        if not artefact.is_stub or isinstance(artefact, Agreement):
            made.update(_FILL[type(artefact)](self, artefact))
        return made

    def _best(self, texts: Text) -> str:
        return texts.get(self._language) or next(iter(texts.values()), "")

    def _urn(self, ref: Ref) -> str:
        return ref.urn(newer=self._newer)

    def _note(self, note: Note) -> Json:
        made: Json = {"type": note.type}
        if note.id:
            made["id"] = note.id
        if note.title:
            made["title"] = note.title
        if note.texts:
            made.update(text=self._best(note.texts), texts=dict(note.texts))
        return made

    def scheme(self, scheme: Scheme) -> Json:
        made: Json = {_ITEMS[scheme.kind]: [self._item(item, scheme) for item in scheme.items]}
        if scheme.is_partial:
            made["isPartial"] = True
        if self._newer and not scheme.items:
            del made[_ITEMS[scheme.kind]]
        return made

    def _item(self, item: Item, scheme: Scheme) -> Json:
        made: Json = {"id": item.id, **self.named(item.names, item.descriptions)}
        if item.parent:
            made["parent"] = item.parent
        if item.codelist:
            made["coreRepresentation"] = {"enumeration": self._urn(item.codelist)}
        return made

    def structure(self, artefact: Structure) -> Json:
        structure = artefact.structure
        dimensions = [
            self._component(component, artefact) | {"position": place}
            for place, component in enumerate(structure.dimensions)
        ]
        time = {
            "id": structure.time.id,
            "conceptIdentity": self._concept(artefact.concepts, structure.time.id),
            "localRepresentation": self._format("ObservationalTimePeriod"),
        }
        listed: Json = {"id": "DimensionDescriptor", "dimensions": dimensions}
        measure = self._component(structure.measure, artefact)
        measures: Json = {"id": "MeasureDescriptor"}
        if self._newer:
            listed["timeDimension"] = time
            measures["measures"] = [measure | {"usage": "optional"}]
        else:
            for dimension in dimensions:
                dimension["type"] = "Dimension"
            more = {"position": len(dimensions), "type": "TimeDimension"}
            listed["timeDimensions"] = [time | more]
            measures["primaryMeasure"] = measure
        attributes = [self._attribute(one, artefact) for one in structure.attributes]
        parts = {
            "dimensionList": listed,
            "attributeList": {"id": "AttributeDescriptor", "attributes": attributes},
            "measureList": measures,
        }
        return {"dataStructureComponents": parts}

    def _attribute(self, component: Component, artefact: Structure) -> Json:
        made = self._component(component, artefact)
        key = list(artefact.structure.key)
        if self._newer:
            made["usage"] = "mandatory" if component.mandatory else "optional"
            made["attributeRelationship"] = {
                "observation": {"observation": {}},
                "series": {"dimensions": key},
                "dataset": {"dataflow": {}},
            }[component.attached]
        else:
            made["assignmentStatus"] = "Mandatory" if component.mandatory else "Conditional"
            made["attributeRelationship"] = {
                "observation": {"primaryMeasure": artefact.structure.measure.id},
                "series": {"dimensions": key},
                "dataset": {"none": {}},
            }[component.attached]
        return made

    def _component(self, component: Component, artefact: Structure) -> Json:
        codes = artefact.codelists.get(component.id)
        text_type = "Double" if component.role == "measure" else "String"
        return {
            "id": component.id,
            "conceptIdentity": self._concept(artefact.concepts, component.id),
            "localRepresentation": (
                {"enumeration": self._urn(codes)} if codes else self._format(text_type)
            ),
        }

    def _concept(self, concepts: Ref, concept: str) -> str:
        return self._urn(replace(concepts, item=concept))

    def _format(self, text_type: str) -> Json:
        if self._newer:
            return {"format": {"dataType": text_type}}
        return {"textFormat": {"textType": text_type}}

    def flow(self, flow: Flow) -> Json:
        made: Json = {"structure": self._urn(flow.structure)}
        if self._newer and flow.targets:
            made["targets"] = list(flow.targets)
        return made

    def agreement(self, agreement: Agreement) -> Json:
        flow = "dataflow" if self._newer else "structureUsage"
        return {flow: self._urn(agreement.flow), "dataProvider": self._urn(agreement.provider)}

    def categorisation(self, one: Categorisation) -> Json:
        return {"source": self._urn(one.source), "target": self._urn(one.target)}

    def constraint(self, constraint: Constraint) -> Json:
        keys: list[Json] = [
            {"id": name, "values": list(values)} for name, values in constraint.values.items()
        ]
        made: Json = {"constraintAttachment": {"dataflows": [self._urn(constraint.flow)]}}
        start, end = constraint.start, constraint.end
        if start and end:
            bounds = {
                "startPeriod": {"period": start.date().isoformat(), "isInclusive": True},
                "endPeriod": {"period": end.date().isoformat(), "isInclusive": True},
            }
            keys.append({"id": "TIME_PERIOD", "timeRange": bounds})
        made["cubeRegions"] = [
            {"include" if self._newer else "isIncluded": True, "keyValues": keys}
        ]
        made["role" if self._newer else "type"] = "Actual"
        if not self._newer and start and end:
            made["referencePeriod"] = {"startTime": start.isoformat(), "endTime": end.isoformat()}
        return made

    def hierarchy(self, hierarchy: Hierarchy) -> Json:
        codes = [self._node(node) for node in hierarchy.nodes]
        if self._newer:
            return {"hasFormalLevels": False, "hierarchicalCodes": codes}
        tree = {
            "id": hierarchy.id,
            **self.named(hierarchy.names),
            "leveled": False,
            "hierarchicalCodes": codes,
        }
        included = {hierarchy.codelist.id: self._urn(hierarchy.codelist)}
        return {"includedCodelists": included, "hierarchies": [tree]}

    def _node(self, node: Node) -> Json:
        made: Json = {"id": node.code.item, "code": self._urn(node.code)}
        if node.below:
            made["hierarchicalCodes"] = [self._node(one) for one in node.below]
        return made

    def metadata(self, artefact: MetadataStructure) -> Json:
        attributes = [
            {
                "id": name,
                "minOccurs": 0,
                "maxOccurs": 1,
                "conceptIdentity": self._concept(artefact.concepts, name),
                "localRepresentation": self._format("String"),
            }
            for name in artefact.attributes
        ]
        if self._newer:
            listed = {"id": "MetadataAttributeDescriptor", "metadataAttributes": attributes}
            return {"metadataStructureComponents": {"metadataAttributeList": listed}}
        target = f"{self._urn(artefact.ref)}.DATAFLOW_TARGET".replace(
            ".MetadataStructure=", ".MetadataTarget="
        )
        of_flow = {
            "id": "DATAFLOW",
            "objectType": "Dataflow",
            "localRepresentation": self._format("IdentifiableReference"),
        }
        parts = {
            "metadataTargets": [{"id": "DATAFLOW_TARGET", "identifiableObjectTargets": [of_flow]}],
            "reportStructures": [
                {"id": "REPORT", "metadataAttributes": attributes, "metadataTargets": [target]}
            ],
        }
        return {"metadataStructureComponents": parts}

    def structure_map(self, artefact: StructureMap) -> Json:
        if self._newer:
            return {
                "source": self._urn(artefact.source),
                "target": self._urn(artefact.target),
                "componentMaps": [
                    {"source": [one.source], "target": [one.target]}
                    | (
                        {"representationMap": Ref("representationmap", f"MAP_{one.codes}").urn()}
                        if one.codes
                        else {}
                    )
                    for one in artefact.parts
                ],
                "fixedValueMaps": [
                    {"target": name, "values": [value]} for name, value in artefact.fixed.items()
                ],
            }
        return {
            "structureMaps": [self._older_map(artefact)],
            "codelistMaps": [self._code_map(one) for one in artefact.code_maps],
        }

    def _older_map(self, artefact: StructureMap) -> Json:
        home = f"urn:sdmx:org.sdmx.infomodel.mapping.CodelistMap={artefact.agency}:{artefact.id}"
        return {
            "id": artefact.id,
            **self.named(artefact.names),
            "annotations": [self._note(note) for note in artefact.fixed_notes],
            "source": self._urn(artefact.source),
            "target": self._urn(artefact.target),
            "componentMaps": [
                {
                    "source": _part(artefact.source, one.source),
                    "target": _part(artefact.target, one.target),
                }
                | (
                    {
                        "representationMapping": {
                            "codelistMap": f"{home}({artefact.version}).MAP_{one.codes}"
                        }
                    }
                    if one.codes
                    else {}
                )
                for one in artefact.parts
            ],
        }

    def _code_map(self, codes: CodeMap) -> Json:
        return {
            "id": codes.id,
            "name": codes.id,
            "names": dict.fromkeys(LANGUAGES, codes.id),
            "source": self._urn(codes.source),
            "target": self._urn(codes.target),
            "codeMaps": [
                {
                    "source": self._urn(replace(codes.source, item=ours)),
                    "target": self._urn(replace(codes.target, item=theirs)),
                }
                for ours, theirs in codes.codes
            ],
        }

    def mapped_codes(self, artefact: MappedCodes) -> Json:
        codes = artefact.codes
        mapped = [({"value": ours}, theirs) for ours, theirs in codes.explicit]
        rules: list[tuple[Json, str]] = [
            ({"value": pattern, "isRegEx": True}, theirs) for pattern, theirs in codes.patterns
        ]
        return {
            "source": [{"codelist": self._urn(codes.source)}],
            "target": [{"codelist": self._urn(codes.target)}],
            "representationMappings": [
                {"sourceValues": [ours], "targetValues": [theirs]}
                for ours, theirs in (*mapped, *rules)
            ],
        }


def _part(structure: Ref, component: str) -> str:
    """Return the URN of a component of a structure."""
    kinds = {"TIME_PERIOD": "TimeDimension"}
    kinds |= dict.fromkeys(("UNIT_MULT", "UNIT_MEASURE", "OBS_STATUS"), "DataAttribute")
    kind = kinds.get(component, "Dimension")
    return (
        f"urn:sdmx:org.sdmx.infomodel.datastructure.{kind}="
        f"{structure.agency}:{structure.id}({structure.version}).{component}"
    )


_FILL: Mapping[type, Callable[[_Writer, Any], Json]] = {
    Scheme: _Writer.scheme,
    Structure: _Writer.structure,
    Flow: _Writer.flow,
    Agreement: _Writer.agreement,
    Categorisation: _Writer.categorisation,
    Constraint: _Writer.constraint,
    Hierarchy: _Writer.hierarchy,
    MetadataStructure: _Writer.metadata,
    StructureMap: _Writer.structure_map,
    MappedCodes: _Writer.mapped_codes,
}
