"""A graph written as Turtle, RDF/XML and JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from irtysh.publication.catalogue_graph import PREFIXES, Blank, Graph, Iri, Literal, Node, Term

TYPES = {
    "jsonld": "application/ld+json",
    "ttl": "text/turtle; charset=utf-8",
    "rdf": "application/rdf+xml; charset=utf-8",
}
"""Ending of the address → media type."""

_UNSAFE = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IN_TURTLE = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def written(graph: Graph, form: str) -> bytes:
    """Return the graph in one of the forms of TYPES."""
    return _WRITERS[form](graph).encode()


def turtle(graph: Graph) -> str:
    """Return the graph as Turtle (W3C, 2014), a block for each subject."""
    lines = [f"@prefix {prefix}: <{address}> ." for prefix, address in PREFIXES.items()]
    for subject, statements in _by_subject(graph).items():
        said = [
            f"  {'a' if predicate == 'rdf:type' else predicate} "
            + ", ".join(_turtle(one) for one in objects)
            for predicate, objects in statements.items()
        ]
        lines += ["", _turtle(subject), " ;\n".join(said) + " ."]
    return "\n".join(lines) + "\n"


def rdf_xml(graph: Graph) -> str:
    """Return the graph as RDF/XML (W3C, 2014), a description for each subject."""
    spaces = "".join(f"\n  xmlns:{name}={quoteattr(at)}" for name, at in PREFIXES.items())
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<rdf:RDF{spaces}>"]
    for subject, statements in _by_subject(graph).items():
        lines.append(f"<rdf:Description {_xml_name(subject, 'about')}>")
        for predicate, objects in statements.items():
            lines += [_xml(predicate, one) for one in objects]
        lines.append("</rdf:Description>")
    return "\n".join([*lines, "</rdf:RDF>"]) + "\n"


def json_ld(graph: Graph) -> str:
    """Return the graph as JSON-LD 1.1 (W3C, 2020), an object for each subject."""
    things = []
    for subject, statements in _by_subject(graph).items():
        thing: dict[str, Any] = {"@id": _json_name(subject)}
        for predicate, objects in statements.items():
            if predicate == "rdf:type":
                thing["@type"] = [_short(one) for one in objects]
            else:
                thing[predicate] = [_json(one) for one in objects]
        things.append(thing)
    return json.dumps({"@context": PREFIXES, "@graph": things}, ensure_ascii=False, indent=1)


_WRITERS: Mapping[str, Callable[[Graph], str]] = {
    "jsonld": json_ld,
    "ttl": turtle,
    "rdf": rdf_xml,
}


def _by_subject(graph: Graph) -> dict[Node, dict[str, list[Term]]]:
    found: dict[Node, dict[str, list[Term]]] = {}
    for subject, predicate, term in graph.triples:
        found.setdefault(subject, {}).setdefault(predicate, []).append(term)
    return found


def _turtle(term: Term) -> str:
    match term:
        case Iri():
            return f"<{_address(term)}>"
        case Blank():
            return f"_:{_blank(term)}"
        case Literal(text, language, kind):
            quoted = '"' + "".join(_IN_TURTLE.get(sign, sign) for sign in text) + '"'
            return quoted + (f"@{language}" if language else f"^^{kind}" if kind else "")


def _xml(predicate: str, term: Term) -> str:
    if not isinstance(term, Literal):
        return f"  <{predicate} {_xml_name(term, 'resource')}/>"
    marks = ""
    if term.language:
        marks = f' xml:lang="{term.language}"'
    elif term.kind:
        prefix, _colon, name = term.kind.partition(":")
        marks = f" rdf:datatype={quoteattr(PREFIXES[prefix] + name)}"
    return f"  <{predicate}{marks}>{escape(_NOT_XML.sub('', term.text))}</{predicate}>"


def _xml_name(node: Node, attribute: str) -> str:
    if isinstance(node, Blank):
        return f'rdf:nodeID="{_blank(node)}"'
    return f"rdf:{attribute}={quoteattr(_address(node))}"


def _json(term: Term) -> Any:
    if not isinstance(term, Literal):
        return {"@id": _json_name(term)}
    if term.language:
        return {"@value": term.text, "@language": term.language}
    return {"@value": term.text, "@type": term.kind} if term.kind else term.text


def _json_name(node: Node) -> str:
    return f"_:{_blank(node)}" if isinstance(node, Blank) else _address(node)


def _short(term: Term) -> str:
    """Return the name of a class with its prefix."""
    assert isinstance(term, Iri)
    for prefix, address in PREFIXES.items():
        if term.address.startswith(address):
            return f"{prefix}:{term.address.removeprefix(address)}"
    return term.address


def _address(node: Iri) -> str:
    """Return an address in which no sign ends it too early."""
    return _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", node.address)


def _blank(node: Blank) -> str:
    return re.sub(r"[^A-Za-z0-9_]", "_", node.name)
