"""The catalogue as a graph of statements in the words of DCAT-AP 3.0.1.

Profile: semiceu.github.io/DCAT-AP/releases/3.0.1. Datasets of the European vocabularies are
named by their lasting addresses; nothing here asks another machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from irtysh.publication.catalogue import Offered
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import UnknownCode
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import catalogue

PREFIXES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
_EU = "http://publications.europa.eu/resource/authority"
_MEDIA = "https://www.iana.org/assignments/media-types"
_THEMES = ("ECON", "INTR")
_LANGUAGES = {"ru": "RUS", "kk": "KAZ", "en": "ENG"}
_MOST_AREAS = 300

FORMS: Mapping[str, tuple[str, str]] = {
    "csv": ("CSV", "text/csv"),
    "xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": ("JSON", "application/json"),
    "jsonstat": ("JSON", "application/json"),
    "parquet": ("PARQUET", "application/vnd.apache.parquet"),
    "zip": ("ZIP", "application/zip"),
}
"""Form of a file → its name in the European list of file types, and its media type."""


@dataclass(frozen=True, slots=True)
class Iri:
    """A thing with an address."""

    address: str


@dataclass(frozen=True, slots=True)
class Blank:
    """A thing without an address of its own, named within the graph."""

    name: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A value: a text in a language, or a text of a type ("xsd:date")."""

    text: str
    language: str = ""
    kind: str = ""


Node = Iri | Blank
Term = Iri | Blank | Literal
Triple = tuple[Node, str, Term]
"""Subject, predicate as prefix:name, object."""


@dataclass(frozen=True)
class Entry:
    """A dataset with what the catalogue says of it.

    Attributes
    ----------
    offered : Offered
    versions : list of (str, datetime)
        Newest first.
    areas : list of str
        Codes of the areas that it is about.
    span : tuple of date or None
        First and last day.
    """

    offered: Offered
    versions: list[tuple[str, datetime]]
    areas: list[str]
    span: tuple[date, date] | None


@dataclass
class Graph:
    """Statements about the catalogue of a portal at an address (without a slash at the end)."""

    base: str
    triples: list[Triple] = field(default_factory=list)

    def say(self, subject: Node, predicate: str, *objects: Term) -> None:
        """Add a statement for each object."""
        self.triples.extend((subject, predicate, one) for one in objects)

    def kind(self, node: Node, name: str) -> Node:
        """Say of which class a node is; once is enough."""
        statement: Triple = (node, "rdf:type", Iri(expanded(name)))
        if statement not in self._kinds:
            self._kinds.add(statement)
            self.triples.append(statement)
        return node

    def __post_init__(self) -> None:
        self._kinds: set[Triple] = set()


def expanded(name: str) -> str:
    """Return the full address of prefix:name."""
    prefix, _colon, rest = name.partition(":")
    return PREFIXES[prefix] + rest


def graph_of(base: str, entries: list[Entry]) -> Graph:
    """Return the catalogue with all its datasets, their versions and distributions."""
    graph = Graph(base)
    me = graph.kind(Iri(f"{base}/catalog"), "dcat:Catalog")
    graph.say(me, "dct:title", *_said("catalogue_title"))
    graph.say(me, "dct:description", *_said("catalogue_description"))
    graph.say(me, "dct:publisher", _publisher(graph))
    graph.say(me, "dcat:contactPoint", _contact(graph))
    graph.say(me, "foaf:homepage", graph.kind(Iri(f"{base}/"), "foaf:Document"))
    graph.say(me, "dct:language", *_languages(graph))
    graph.say(me, "dcat:themeTaxonomy", _taxonomy(graph))
    graph.say(me, "dct:license", _licence(graph, ""))
    if entries:
        newest = max(entry.offered.dataset.created_at for entry in entries)
        oldest = min(entry.versions[-1][1] for entry in entries)
        graph.say(me, "dct:modified", _moment(newest))
        graph.say(me, "dct:issued", _moment(oldest))
    service = _service(graph)
    graph.say(me, "dcat:service", service)
    for entry in entries:
        node = _dataset(graph, entry, service)
        graph.say(me, "dcat:dataset", node)
        graph.say(service, "dcat:servesDataset", node)
    return graph


def _dataset(graph: Graph, entry: Entry, service: Node) -> Node:
    offered, base = entry.offered, graph.base
    me = graph.kind(Iri(f"{base}/api/datasets/#{offered.id}"), "dcat:Dataset")
    _texts(graph, me, offered)
    graph.say(me, "dct:identifier", Literal(offered.id))
    graph.say(me, "dcat:version", Literal(offered.version))
    graph.say(me, "dct:issued", _moment(entry.versions[-1][1]))
    graph.say(me, "dct:modified", _moment(offered.dataset.created_at))
    graph.say(me, "dcat:contactPoint", _contact(graph))
    graph.say(me, "dct:publisher", _publisher(graph))
    graph.say(me, "dct:language", *_languages(graph))
    for theme in _THEMES:
        graph.say(me, "dcat:theme", _theme(graph, theme))
    for key in ("keyword_trade", "keyword_region", "keyword_statistics"):
        graph.say(me, "dcat:keyword", *_said(key))
    page = graph.kind(Iri(f"{base}/ru/explore/{offered.id}/"), "foaf:Document")
    graph.say(me, "dcat:landingPage", page)
    _where_and_when(graph, me, entry)
    for source in _sources(offered):
        graph.say(me, "dct:relation", Iri(source))
    _distributions(graph, me, offered, "latest", service)
    _versions(graph, me, entry)
    return me


def _versions(graph: Graph, me: Node, entry: Entry) -> None:
    """Name every version, each with files of its own and a link to the one before it."""
    before: Node | None = None
    offered = entry.offered
    for version, created_at in reversed(entry.versions):
        node = graph.kind(Iri(f"{graph.base}/api/datasets/#{offered.id}/{version}"), "dcat:Dataset")
        _texts(graph, node, offered)
        graph.say(node, "dcat:version", Literal(version))
        graph.say(node, "dct:issued", _moment(created_at))
        graph.say(node, "dcat:isVersionOf", me)
        graph.say(me, "dcat:hasVersion", node)
        if before is not None:
            graph.say(node, "dcat:previousVersion", before)
        _distribution(graph, node, offered, version, "zip")
        before = node
    if before is not None:
        graph.say(me, "dcat:hasCurrentVersion", before)


def _texts(graph: Graph, node: Node, offered: Offered) -> None:
    graph.say(node, "dct:title", *_texts_of(offered.about.get("title"), offered.id))
    said = list(_texts_of(offered.about.get("description"), offered.id))
    if offered.invented or offered.about.get("invented"):
        warnings = catalogue("downloads")["invented_data"]
        said = [
            Literal(f"{warnings.get(one.language or 'en')} {one.text}", one.language)
            for one in said
        ]
    graph.say(node, "dct:description", *said)


def _distributions(graph: Graph, me: Node, offered: Offered, version: str, service: Node) -> None:
    for form in FORMS:
        _distribution(graph, me, offered, version, form)
    if offered.dataset.span() is None:
        return  # SDMX has no data without a time
    node = graph.kind(Iri(f"{graph.base}/api/datasets/#{offered.id}/sdmx"), "dcat:Distribution")
    graph.say(me, "dcat:distribution", node)
    graph.say(node, "dct:title", *_said("form_sdmx"))
    graph.say(node, "dcat:accessURL", Iri(f"{graph.base}/sdmx/v1/data/IRTYSH,{offered.id},1.0"))
    graph.say(node, "dcat:accessService", service)
    graph.say(node, "dct:format", _file_type(graph, "XML"))
    graph.say(node, "dcat:mediaType", _media_type(graph, "application/xml"))
    _terms(graph, node, offered)


def _distribution(graph: Graph, me: Node, offered: Offered, version: str, form: str) -> None:
    address = f"{graph.base}/api/{version}/datasets/{offered.id}.{form}"
    file_type, media_type = FORMS[form]
    node = graph.kind(Iri(f"{address}#distribution"), "dcat:Distribution")
    graph.say(me, "dcat:distribution", node)
    graph.say(node, "dct:title", *_said(f"form_{form}"))
    graph.say(node, "dcat:accessURL", Iri(address))
    graph.say(node, "dcat:downloadURL", Iri(address))
    graph.say(node, "dct:format", _file_type(graph, file_type))
    graph.say(node, "dcat:mediaType", _media_type(graph, media_type))
    graph.say(node, "dct:language", *_languages(graph))
    if form == "jsonstat":
        standard = graph.kind(Iri("https://json-stat.org/full/"), "dct:Standard")
        graph.say(node, "dct:conformsTo", standard)
    _terms(graph, node, offered)


def _terms(graph: Graph, node: Node, offered: Offered) -> None:
    graph.say(node, "dct:license", _licence(graph, _plain(offered.about.get("licence"))))
    rights = graph.kind(Blank("rights"), "dct:RightsStatement")
    graph.say(node, "dct:rights", rights)
    _once(graph, rights, "rdfs:label", *_of_downloads("licence_text"))


def _licence(graph: Graph, named: str) -> Node:
    """Return the licence: at its own address where that is known, else the portal's words."""
    if named.startswith(("http://", "https://")):
        return graph.kind(Iri(named), "dct:LicenseDocument")
    if named:
        node = graph.kind(Blank("licence-" + named.encode().hex()[:24]), "dct:LicenseDocument")
        _once(graph, node, "rdfs:label", Literal(named))
        return node
    node = graph.kind(Blank("licence"), "dct:LicenseDocument")
    _once(graph, node, "rdfs:label", *_of_downloads("licence_text"))
    return node


def _where_and_when(graph: Graph, me: Node, entry: Entry) -> None:
    for area in entry.areas[:_MOST_AREAS]:
        graph.say(me, "dct:spatial", _area(graph, area))
    if entry.span:
        period = graph.kind(Blank(f"span-{entry.offered.id}"), "dct:PeriodOfTime")
        start, end = entry.span
        graph.say(period, "dcat:startDate", Literal(start.isoformat(), kind="xsd:date"))
        graph.say(period, "dcat:endDate", Literal(end.isoformat(), kind="xsd:date"))
        graph.say(me, "dct:temporal", period)


def _area(graph: Graph, code: str) -> Node:
    try:
        known = codelist("areas")[code]
    except UnknownCode:
        node = graph.kind(Blank(f"area-{code}"), "dct:Location")
        _once(graph, node, "skos:prefLabel", Literal(code))
        return node
    iso3 = known.extra.get("iso3", "")
    node = Iri(f"{_EU}/country/{iso3}") if iso3 else Blank(f"area-{code}")
    graph.kind(node, "dct:Location")
    names = [Literal(known.name[language], language) for language in LANGUAGES]
    _once(graph, node, "skos:prefLabel", *names)
    return node


def _service(graph: Graph) -> Node:
    node = graph.kind(Iri(f"{graph.base}/sdmx/v1/"), "dcat:DataService")
    graph.say(node, "dct:title", *_said("service_title"))
    graph.say(node, "dcat:endpointURL", Iri(f"{graph.base}/sdmx/v1/"))
    graph.say(node, "dcat:contactPoint", _contact(graph))
    graph.say(node, "dct:publisher", _publisher(graph))
    for theme in _THEMES:
        graph.say(node, "dcat:theme", _theme(graph, theme))
    graph.say(node, "dcat:keyword", *_said("keyword_statistics"))
    standard = graph.kind(Iri("https://sdmx.org/"), "dct:Standard")
    graph.say(node, "dct:conformsTo", standard)
    return node


def _publisher(graph: Graph) -> Node:
    node = graph.kind(Iri(f"{graph.base}/#publisher"), "foaf:Agent")
    _once(graph, node, "foaf:name", *_said("publisher"))
    return node


def _contact(graph: Graph) -> Node:
    node = graph.kind(Iri(f"{graph.base}/#contact"), "vcard:Organization")
    graph.kind(node, "vcard:Kind")
    _once(graph, node, "vcard:fn", *_said("contact"))
    _once(graph, node, "vcard:hasURL", Iri(f"{graph.base}/ru/ask/"))
    return node


def _taxonomy(graph: Graph) -> Node:
    node = graph.kind(Iri(f"{_EU}/data-theme"), "skos:ConceptScheme")
    _once(graph, node, "dct:title", Literal("Data theme", "en"))
    return node


def _theme(graph: Graph, code: str) -> Node:
    names = {"ECON": "Economy and finance", "INTR": "International issues"}
    node = graph.kind(Iri(f"{_EU}/data-theme/{code}"), "skos:Concept")
    _once(graph, node, "skos:prefLabel", Literal(names[code], "en"))
    _once(graph, node, "skos:inScheme", _taxonomy(graph))
    return node


def _languages(graph: Graph) -> Iterator[Node]:
    for language in LANGUAGES:
        address = f"{_EU}/language/{_LANGUAGES[language]}"
        yield graph.kind(Iri(address), "dct:LinguisticSystem")


def _file_type(graph: Graph, name: str) -> Node:
    return graph.kind(Iri(f"{_EU}/file-type/{name}"), "dct:MediaTypeOrExtent")


def _media_type(graph: Graph, name: str) -> Node:
    return graph.kind(Iri(f"{_MEDIA}/{name}"), "dct:MediaType")


def _once(graph: Graph, node: Node, predicate: str, *objects: Term) -> None:
    """Add statements about a node that several others point at."""
    mark: Triple = (node, predicate, objects[0])
    if mark not in graph._kinds:
        graph._kinds.add(mark)
        graph.say(node, predicate, *objects)


def _sources(offered: Offered) -> list[str]:
    """Return the addresses of the sources that an imported dataset names."""
    listed = offered.about.get("sources") or ()
    found = [one.get("address") or "" for one in listed if isinstance(one, Mapping)]
    return [one for one in dict.fromkeys(found) if one.startswith(("http://", "https://"))]


def _texts_of(texts: Any, otherwise: str) -> Iterator[Literal]:
    if isinstance(texts, Mapping) and any(texts.values()):
        for language in LANGUAGES:
            if texts.get(language):
                yield Literal(str(texts[language]), language)
    else:
        yield Literal(texts if isinstance(texts, str) and texts else otherwise)


def _said(key: str) -> list[Literal]:
    texts = catalogue("open_data")[key]
    return [Literal(texts[language], language) for language in LANGUAGES]


def _of_downloads(key: str) -> list[Literal]:
    texts = catalogue("downloads")[key]
    return [Literal(texts[language], language) for language in LANGUAGES]


def _moment(moment: datetime) -> Literal:
    return Literal(moment.isoformat(), kind="xsd:dateTime")


def _plain(licence: Any) -> str:
    if isinstance(licence, Mapping):
        return str(licence.get("en") or next(iter(licence.values()), ""))
    return str(licence or "")
