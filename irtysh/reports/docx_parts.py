"""Parts of a DOCX that python-docx has no words for: fields, links, bookmarks, alt text."""

from __future__ import annotations

from typing import Any

_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def element(tag: str, **attributes: str) -> Any:
    """Return an element of the word-processing namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    found = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        found.set(qn(f"w:{name}"), value)
    return found


def field(paragraph: Any, code: str, shown: str) -> None:
    """Append a field: its code, and what stands there until it is computed anew."""
    for kind in ("begin", "separate", "end"):
        if kind == "separate":
            run = paragraph.add_run()
            instruction = element("instrText")
            instruction.text = f" {code} "
            run._r.append(instruction)
        run = paragraph.add_run()
        run._r.append(element("fldChar", fldCharType=kind))
        if kind == "separate":
            paragraph.add_run(shown)


def external_link(paragraph: Any, address: str, text: str) -> Any:
    """Append a link to an address; return its run."""
    from docx.oxml.ns import qn

    link = element("hyperlink")
    link.set(qn("r:id"), relationship(paragraph.part, address))
    return _linked(paragraph, link, text)


def relationship(part: Any, address: str) -> str:
    """Return the relation to an address, one for all its links: looking through all costs time."""
    known: dict[str, str] = part.__dict__.setdefault("irtysh_links", {})
    if address not in known:
        known[address] = part.rels.get_or_add_ext_rel(_HYPERLINK, address)
    return known[address]


def internal_link(paragraph: Any, bookmark: str, text: str) -> Any:
    """Append a link to a bookmark of the document; return its run."""
    return _linked(paragraph, element("hyperlink", anchor=bookmark), text)


def _linked(paragraph: Any, link: Any, text: str) -> Any:
    run = paragraph.add_run(text)
    paragraph._p.remove(run._r)
    link.append(run._r)
    paragraph._p.append(link)
    return run


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """Put a bookmark around the content of a paragraph."""
    paragraph._p.insert(0, element("bookmarkStart", id=str(number), name=name))
    paragraph._p.append(element("bookmarkEnd", id=str(number)))


def describe(picture: Any, name: str, words: str) -> None:
    """Give a picture the words that a screen reader says."""
    properties = picture._inline.docPr
    properties.set("name", name)
    properties.set("descr", words)


def shade(paragraph: Any, ground: str) -> None:
    """Give a paragraph a ground."""
    paragraph._p.get_or_add_pPr().append(
        element("shd", val="clear", color="auto", fill=ground.lstrip("#"))
    )


def side_line(paragraph: Any, line: str) -> None:
    """Draw a line at the left of a paragraph."""
    borders = element("pBdr")
    borders.append(element("left", val="single", sz="18", space="8", color=line.lstrip("#")))
    paragraph._p.get_or_add_pPr().append(borders)


def speak(style: Any, language: str) -> None:
    """Set the language of a style, for hyphens, spelling and screen readers."""
    properties = style.element.get_or_add_rPr()
    properties.append(element("lang", val=language, eastAsia=language, bidi=language))


_WATERMARK = (
    '<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
    ' path="m@7,l@8,m@5,21600l@6,21600e"><v:path textpathok="t" o:connecttype="rect"/>'
    '<v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="Watermark" o:spid="_x0000_s2049" type="#_x0000_t136" alt=""'
    ' style="position:absolute;margin-left:0;margin-top:0;width:430pt;height:120pt;rotation:315;'
    "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin"'
    ' fillcolor="#e4e6e8" stroked="f"><v:fill opacity=".6"/>'
    '<v:textpath style="font-family:\'Arial\';font-size:1pt;font-weight:bold" string="{text}"/>'
    "</v:shape></w:pict>"
)


def watermark(paragraph: Any, text: str) -> None:
    """Set a word aslant behind the text of every page whose header this paragraph is in."""
    from xml.sax.saxutils import escape

    from docx.oxml import parse_xml

    drawn = parse_xml(_WATERMARK.format(text=escape(text, {'"': "&quot;"})))
    paragraph.add_run()._r.append(drawn)
