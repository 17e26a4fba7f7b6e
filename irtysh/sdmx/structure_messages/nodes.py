"""Elements of SDMX-ML that 2.1 and 3.0 write alike, but for their namespaces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from irtysh.sdmx.artefacts.model import Artefact, Item, Note, Ref
from irtysh.sdmx.structure import AGENCY
from irtysh.sdmx.structure_messages.head import Head
from irtysh.vocabulary.text import Text

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
Element = Any
"""An element of lxml, which brings no types."""


class Nodes:
    """Makes elements in the namespaces of one version."""

    def __init__(self, version: str, *, newer: bool) -> None:
        root = f"http://www.sdmx.org/resources/sdmxml/schemas/{version}"
        self.message, self.structure, self.common = (
            f"{root}/{name}" for name in ("message", "structure", "common")
        )
        self.newer = newer
        self.namespaces = {"mes": self.message, "str": self.structure, "com": self.common}

    def made(self, tag: str, text: str = "", /, **attributes: str) -> Element:
        """Return an element of the structure namespace; empty attributes are left out."""
        element = etree.Element(
            f"{{{self.structure}}}{tag}",
            {name: value for name, value in attributes.items() if value},
            nsmap=self.namespaces,
        )
        element.text = text or None
        return element

    def under(self, parent: Element, tag: str, text: str = "", /, **attributes: str) -> Element:
        """Return a new element of the structure namespace, put under another."""
        element = etree.SubElement(
            parent,
            f"{{{self.structure}}}{tag}",
            {name: value for name, value in attributes.items() if value},
        )
        element.text = text or None
        return element

    def of_common(self, parent: Element, tag: str, text: str = "") -> Element:
        """Return a new element of the common namespace, put under another."""
        element = etree.SubElement(parent, f"{{{self.common}}}{tag}")
        element.text = text or None
        return element

    def maintainable(self, tag: str, artefact: Artefact, **attributes: str) -> Element:
        """Return an artefact's element with annotations, names and descriptions."""
        element = self.made(
            tag,
            id=artefact.id,
            urn=artefact.ref.urn(newer=self.newer),
            agencyID=artefact.agency,
            version=artefact.version,
            **attributes,
        )
        self.annotate(element, artefact.notes)
        self.name(element, artefact.names, artefact.descriptions)
        return element

    def name(self, element: Element, names: Text, descriptions: Text | None = None) -> None:
        """Put names and descriptions under an element, in every language they have."""
        said: tuple[tuple[str, Mapping[str, str]], ...] = (
            ("Name", names),
            ("Description", descriptions or {}),
        )
        for tag, texts in said:
            for language, text in texts.items():
                if text:
                    self.of_common(element, tag, clean(text)).set(_LANG, language)

    def annotate(self, element: Element, notes: tuple[Note, ...]) -> None:
        """Put annotations under an element."""
        if not notes:
            return
        holder = self.of_common(element, "Annotations")
        for note in notes:
            one = self.of_common(holder, "Annotation")
            if note.id:
                one.set("id", note.id)
            if note.title:
                self.of_common(one, "AnnotationTitle", clean(note.title))
            self.of_common(one, "AnnotationType", note.type)
            for language, text in (note.texts or {}).items():
                self.of_common(one, "AnnotationText", clean(text)).set(_LANG, language)

    def item(self, tag: str, scheme: Ref, item: Item) -> Element:
        """Return an item's element with its names."""
        element = self.made(
            tag,
            id=item.id,
            urn=Ref(scheme.kind, scheme.id, item.id, scheme.agency, scheme.version).urn(),
        )
        self.name(element, item.names, item.descriptions)
        return element

    def header(self, head: Head) -> Element:
        """Return the header of a structure message."""
        element = etree.Element(f"{{{self.message}}}Header", nsmap=self.namespaces)
        said: Mapping[str, str] = {
            "ID": head.id,
            "Test": str(head.is_test).lower(),
            "Prepared": head.prepared.isoformat(timespec="seconds"),
        }
        for tag, text in said.items():
            etree.SubElement(element, f"{{{self.message}}}{tag}").text = text
        sender = etree.SubElement(element, f"{{{self.message}}}Sender", id=AGENCY)
        self.name(sender, head.sender)
        return element


def clean(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return "".join(
        one if one in "\t\n" or " " <= one < "\ud800" or "\ue000" <= one < "\ufffe" else "�"
        for one in text
    )
