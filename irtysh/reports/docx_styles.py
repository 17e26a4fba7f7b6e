"""Styles of the DOCX: headings, captions, tables, running head, page numbers, watermark."""

from __future__ import annotations

from typing import Any

from irtysh.indicators.charts.palette import hue
from irtysh.reports import docx_parts as parts
from irtysh.reports.blocks import Contents

LOCALES = {"ru": "ru-RU", "kk": "kk-KZ", "en": "en-GB"}
FACE = "Arial"
"""A face with every Kazakh letter that word processors have or know a twin of."""
_MILLIMETRE = 36000
BODY_WIDTH = 172 * _MILLIMETRE
"""Width of the text in English Metric Units: A4 less two margins of 19 mm."""

_HEADINGS = ((1, 17, "ink", 18, 8), (2, 13, "side-a", 16, 6), (3, 10.5, "ink", 12, 4))
_PLAIN = (
    ("Body Text", 10, "ink", 6),
    ("Own words", 10, "ink", 6),
    ("Small", 8.5, "ink-soft", 4),
    ("Note", 10, "ink", 8),
    ("Facts", 10, "ink", 2),
    ("Picture", 10, "ink", 2),
    ("Table text", 8.5, "ink", 0),
    ("Table number", 8.5, "ink", 0),
    ("Table heading", 8, "ink-soft", 0),
    ("After table", 6, "ink", 4),
    ("TOC 1", 10, "ink", 3),
)


def prepare(document: Any, contents: Contents) -> None:
    """Set page, styles, language, header and footer of an empty document."""
    _page(document.sections[0])
    _styles(document, LOCALES[contents.language])
    _head(document.sections[0], contents)
    _foot(document.sections[0], contents)


def _page(section: Any) -> None:
    section.page_width, section.page_height = 210 * _MILLIMETRE, 297 * _MILLIMETRE
    section.left_margin = section.right_margin = 19 * _MILLIMETRE
    section.top_margin, section.bottom_margin = 24 * _MILLIMETRE, 22 * _MILLIMETRE
    section.header_distance = section.footer_distance = 11 * _MILLIMETRE


def _styles(document: Any, locale: str) -> None:
    styles = document.styles
    _lettered(styles["Normal"], 10, "ink")
    parts.speak(styles["Normal"], locale)
    for name, size, ink, after in _PLAIN:
        one = _style(styles, name)
        _lettered(one, size, ink)
        _spaced(one, 0, after)
    for level, size, ink, before, after in _HEADINGS:
        one = styles[f"Heading {level}"]
        _lettered(one, size, ink, bold=True)
        _spaced(one, before, after)
        one.paragraph_format.keep_with_next = True
    for name, size, ink, after in (
        ("Title", 26, "ink", 14), ("Subtitle", 12, "side-a", 2), ("TOC Heading", 13, "side-a", 6),
        ("Caption", 9, "ink", 4), ("List Bullet", 10, "ink", 3),
    ):  # fmt: skip
        one = _style(styles, name)
        _lettered(one, size, ink, bold=name != "List Bullet")
        _spaced(one, 14 if name == "TOC Heading" else 0, after)
    _details(styles)


def _details(styles: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER

    styles["Title"].element.get_or_add_pPr()
    for border in styles["Title"].element.pPr.findall(_tag("pBdr")):
        styles["Title"].element.pPr.remove(border)
    styles["Subtitle"].paragraph_format.space_before = 60 * 12700
    styles["Subtitle"].font.italic = False
    styles["Table number"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    styles["Table heading"].font.bold = True
    for name in ("Table text", "Table number", "Table heading"):
        _spaced(styles[name], 1.5, 1.5)
    styles["Table heading"].paragraph_format.keep_with_next = True
    styles["Picture"].paragraph_format.keep_with_next = True
    styles["TOC 1"].paragraph_format.tab_stops.add_tab_stop(
        BODY_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )


def _tag(name: str) -> str:
    from docx.oxml.ns import qn

    found: str = qn(f"w:{name}")
    return found


def _style(styles: Any, name: str) -> Any:
    from docx.enum.style import WD_STYLE_TYPE

    if name in styles:
        return styles[name]
    made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = styles["Normal"]
    return made


def _lettered(style: Any, size: float, ink: str, *, bold: bool = False) -> None:
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size, style.font.bold = FACE, Pt(size), bold or None
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(hue(ink).lstrip("#").upper())
    faces = style.element.rPr.rFonts
    for name in list(faces.attrib):
        if name.endswith("Theme"):
            del faces.attrib[name]
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        faces.set(_tag(kind), FACE)


def _spaced(style: Any, before: float, after: float) -> None:
    from docx.shared import Pt

    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.15


def _head(section: Any, contents: Contents) -> None:
    paragraph = section.header.paragraphs[0]
    paragraph.style = "Small"
    paragraph.add_run(f"{contents.title} – {contents.subtitle}")
    if contents.draft:
        paragraph.add_run(f" – {contents.draft}").bold = True
    if contents.invented:
        line = section.header.add_paragraph(style="Small")
        line.add_run(contents.invented).bold = True
    if contents.draft:
        parts.watermark(paragraph, contents.draft)


def _foot(section: Any, contents: Contents) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT

    paragraph = section.footer.paragraphs[0]
    paragraph.style = "Small"
    paragraph.paragraph_format.tab_stops.add_tab_stop(BODY_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{contents.facts[1][0]} {contents.release}\t")
    parts.field(paragraph, "PAGE", "1")
    paragraph.add_run(" / ")
    parts.field(paragraph, "NUMPAGES", "1")
