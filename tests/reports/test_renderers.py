"""The four forms: the same numbers by the same ids, and the structure that readers need."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from irtysh.publication.catalogue import Offered
from irtysh.publication.catalogue_words import Described
from irtysh.publication.edition import Edition
from irtysh.reports.blocks import Chapter, Column, Contents, Paragraph, Run, Table
from irtysh.reports.render_docx import render_docx
from irtysh.reports.render_html import render_html
from irtysh.reports.render_pdf import render_pdf
from irtysh.reports.render_xlsx import render_xlsx
from irtysh.reports.rendering import render
from irtysh.vocabulary.text import LANGUAGES
from tests.reports.made import file, material, release, report

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ALPHABET = "Ә ә Ғ ғ Қ қ Ң ң Ө ө Ұ ұ Ү ү Һ һ І і ₸ ₽ №"
LANG = {"ru": "ru-RU", "kk": "kk-KZ", "en": "en-GB"}


def _plain(text: str) -> str:
    """Return a text without what typesetting puts into it: hyphens at ends of lines, blanks."""
    return re.sub(r"[\s\u00ad\u2060\ufeff-]+", "", text.replace("\N{HYPHEN}", ""))


@cache
def pdf(language: str = "ru") -> Any:
    from pypdf import PdfReader

    return PdfReader(io.BytesIO(file("pdf", language)))


@cache
def pdf_text(language: str = "ru") -> str:
    return _plain("".join(page.extract_text() for page in pdf(language).pages))


def docx(made: bytes) -> Any:
    import docx as library

    return library.Document(io.BytesIO(made))


@cache
def docx_xml(language: str = "ru") -> Any:
    with zipfile.ZipFile(io.BytesIO(file("docx", language))) as archive:
        return ET.fromstring(archive.read("word/document.xml"))


@cache
def book(language: str = "ru") -> dict[str, list[list[Any]]]:
    from python_calamine import CalamineWorkbook

    read = CalamineWorkbook.from_filelike(io.BytesIO(file("xlsx", language)))
    return {name: read.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in read.sheet_names}  # fmt: skip


def _numbers(made: Contents) -> list[Run]:
    """The runs that stand on paper with a number of the release behind them."""
    return [
        run for chapter in made.chapters for block in chapter.blocks if isinstance(block, Table)
        for row in block.on_paper().rows for run in row
        if run.number and re.fullmatch("[0-9a-f]{12}", run.evidence)
    ]  # fmt: skip


# The numbers are the same everywhere


def test_html_holds_every_number_under_its_id() -> None:
    found = re.findall(
        r'data-evidence="([^"]+)"(?: data-number="([^"]*)")?>([^<]*)<', file("html").decode()
    )
    linked = {(name, number, text) for name, number, text in found}
    for run in _numbers(report()):
        assert (run.evidence, run.number, run.text) in linked


def test_docx_holds_every_number_under_its_id() -> None:
    document = docx(file("docx"))
    addresses = {key: one._target for key, one in document.part.rels.items() if one.is_external}
    linked = set()
    for link in docx_xml().iter(f"{W}hyperlink"):
        key = link.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
        if key:
            linked.add((addresses[key], "".join(one.text or "" for one in link.iter(f"{W}t"))))
    for run in _numbers(report()):
        assert (report().entries[run.evidence].address, run.text) in linked


def test_pdf_holds_every_number_and_links_to_its_id() -> None:
    text = pdf_text()
    for run in _numbers(report()):
        assert _plain(run.text) in text
    addresses = {
        str(mark.get_object()["/A"]["/URI"])
        for page in pdf().pages
        for mark in page.get("/Annots", ())
        if "/URI" in mark.get_object().get("/A", {})
    }
    assert addresses == {one.address for one in report().evidence}
    for one in report().evidence[:40]:
        assert _plain(f"{one.what}{one.value}") in text


def test_a_workbook_holds_the_exact_numbers_beside_their_ids() -> None:
    found = set()
    for rows in book().values():
        for row in rows:
            for place, cell in enumerate(row[2:], start=2):
                if isinstance(cell, str) and re.fullmatch("[0-9a-f]{12}", cell):
                    found.add((cell, row[place - 2]))
    numbers = _numbers(report())
    assert numbers
    for run in numbers:
        assert (run.evidence, float(run.number)) in found


def test_the_pages_and_the_interface_say_the_same() -> None:
    """What the interface sends of a figure is the number behind the text of the report."""
    from irtysh.api.tables import header, rows

    place = {name: at for at, name in enumerate(header())}
    sent = {}
    for about in release().document("datasets"):
        offered = Offered(release().dataset(about["id"]), about, "case")
        told = Described(offered, "ru", Edition(release(), "ru"))
        sent |= {row[place["id"]]: row for row in rows(told, offered.dataset.stream())}
    for run in _numbers(report()):
        assert f"{sent[run.evidence][place['value']]:f}" == run.number


def test_every_id_of_the_list_is_in_every_form() -> None:
    html, sheets = file("html").decode(), str(book())
    for one in report().evidence:
        assert f'data-evidence="{one.id}"' in html
        assert one.id in sheets
        assert _plain(one.id) in pdf_text()


# PDF


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_is_tagged_and_says_what_it_is(language: str) -> None:
    made, root = pdf(language), pdf(language).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"] is not None
    assert root["/Lang"] == language
    assert made.metadata.title.startswith(report(language).title)
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    titles = [one.title for one in made.outline if not isinstance(one, list)]
    assert titles == [one.title for one in report(language).chapters]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_fills_one_page(language: str) -> None:
    made = pdf(language)
    chapters = [one for one in made.outline if not isinstance(one, list)]
    first, second = (made.get_destination_page_number(one) for one in chapters[:2])
    assert second == first + 1


def test_pdf_has_our_letters_and_every_kazakh_one() -> None:
    names = set()
    for page in pdf("kk").pages:
        for font in (page["/Resources"].get("/Font") or {}).values():
            names.add(str(font.get_object()["/BaseFont"]).partition("+")[2])
    assert "GolosText-Regular" in names
    assert all("Golos" in name or "Math" in name or "Libertinus" in name for name in names)
    made = replace(
        report("kk"), chapters=(Chapter("method", "Ә", (Paragraph((Run(ALPHABET),)),)),),
        evidence=(), numbered=False,
    )  # fmt: skip
    from pypdf import PdfReader

    read = PdfReader(io.BytesIO(render_pdf(made, material("kk").edition)))
    assert _plain(ALPHABET) in _plain("".join(page.extract_text() for page in read.pages))
    fonts = read.pages[-1]["/Resources"]["/Font"]
    assert all("Golos" in str(font.get_object()["/BaseFont"]) for font in fonts.values())


def test_pictures_have_words() -> None:
    alts = [one.alt for one in report().pictures()]
    assert alts and all(len(one) > 40 for one in alts)
    html = file("html").decode()
    assert html.count("<svg ") == html.count('role="img"') == len(alts)
    described = [one.get("descr") for one in docx_xml().iter() if one.tag.endswith("}docPr")]
    assert described == alts


# DOCX


@pytest.mark.parametrize("language", LANGUAGES)
def test_docx_is_built_of_styles(language: str) -> None:
    document, made = docx(file("docx", language)), report(language)
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings == [one.title for one in made.chapters]
    assert {"Title", "Heading 2", "Caption", "List Bullet", "Note"} <= {
        one.style.name for one in document.paragraphs
    }
    spoken = document.styles["Normal"].element.rPr.find(f"{W}lang")
    assert spoken.get(f"{W}val") == LANG[language]
    assert document.core_properties.language == LANG[language]
    assert document.core_properties.title.startswith(made.title)


def test_docx_captions_are_counted_and_heads_stand_on_each_page() -> None:
    codes = [one.text.strip() for one in docx_xml().iter(f"{W}instrText") if one.text]
    tables = sum(isinstance(b, Table) for one in report().chapters for b in one.blocks)
    assert sum(code.startswith("SEQ Таблица") for code in codes) == tables
    assert sum(code.startswith("SEQ Рисунок") for code in codes) == len(list(report().pictures()))
    grids = list(docx_xml().iter(f"{W}tbl"))
    assert len(grids) == tables + 1
    for grid in grids:
        assert next(grid.iter(f"{W}tr")).find(f"{W}trPr/{W}tblHeader") is not None


def test_bookmarks_of_the_evidence_are_all_there() -> None:
    names = {one.get(f"{W}name") for one in docx_xml().iter(f"{W}bookmarkStart")}
    wanted = {one.get(f"{W}anchor") for one in docx_xml().iter(f"{W}hyperlink")} - {None}
    assert wanted <= names


# XLSX


def test_a_workbook_has_contents_notes_and_one_table_a_sheet() -> None:
    names = list(book())
    assert names[:2] == ["Содержание", "Примечания"]
    assert names[2:] == [str(number) for number in range(1, len(names) - 1)]
    with zipfile.ZipFile(io.BytesIO(file("xlsx"))) as archive:
        for number in range(3, len(names) + 1):
            sheet = archive.read(f"xl/worksheets/sheet{number}.xml").decode()
            assert sheet.count("<tablePart ") == 1
            assert "<pane " in sheet and "mergeCell" not in sheet
        first = archive.read("xl/worksheets/sheet1.xml").decode()
        assert first.count("<hyperlink ") == len(names) - 2
    for name in names[2:]:
        header = book()[name][3]
        assert all(header) and len(set(header)) == len(header)


def test_no_text_becomes_a_formula() -> None:
    bad = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "http://x.example")
    table = Table(
        "bad", "=2+2", (Column("=A1"), Column("n", "number")),
        tuple((Run(text), Run(text, "", "1")) for text in bad),
    )  # fmt: skip
    made = replace(
        report(), title="=3+3", chapters=(Chapter("risks", "=x", (table,)),), evidence=()
    )
    with zipfile.ZipFile(io.BytesIO(render_xlsx(made, material().edition))) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "sheet" in name]
    assert not any("<f>" in sheet for sheet in sheets)
    html = render_html(replace(made, title="<script>x</script>"), material().edition).decode()
    assert "<script" not in html


# Draft, invented, the same bytes


@pytest.mark.parametrize("is_draft", [True, False])
def test_the_mark_of_a_draft_is_on_every_page_until_approval(is_draft: bool) -> None:
    from pypdf import PdfReader

    made = report() if is_draft else replace(report(), draft="")
    short = replace(made, chapters=made.chapters[:1] + made.chapters[4:6], numbered=False)
    edition = material().edition
    pages = PdfReader(io.BytesIO(render_pdf(short, edition))).pages
    assert len(pages) > 2
    for page in pages:
        text = _plain(page.extract_text())
        assert ("ПРОЕКТ" in text) is is_draft
        assert _plain(made.invented) in text
    assert ('class="draft"' in render_html(short, edition).decode()) is is_draft
    with zipfile.ZipFile(io.BytesIO(render_docx(short, edition))) as archive:
        heads = "".join(archive.read(name).decode() for name in archive.namelist()
                        if "header" in name)  # fmt: skip
    assert ('string="ПРОЕКТ"' in heads) is is_draft
    assert made.invented in heads


def test_every_sheet_of_an_invented_case_says_so() -> None:
    for name, rows in book().items():
        if name != "Примечания":
            assert any(report().invented in str(row) for row in rows[:4]), name
    assert not any("ПРОЕКТ" in str(row) for row in book()["Примечания"])


@pytest.mark.parametrize("form", ["html", "pdf", "docx", "xlsx"])
def test_the_same_report_has_the_same_bytes(form: str) -> None:
    short = replace(report(), chapters=report().chapters[7:9], numbered=False)
    render = {"html": render_html, "pdf": render_pdf, "docx": render_docx, "xlsx": render_xlsx}
    edition = material().edition
    assert render[form](short, edition) == render[form](short, edition)


def test_html_loads_nothing_from_elsewhere() -> None:
    text = file("html").decode()
    assert not re.search(r"<(script|link|iframe|img|object)\b", text)
    assert not re.search(r"url\((?!data:|#)", text)
    assert 'lang="ru"' in text and "<main>" in text and "@media print" in text


def test_what_was_pasted_into_a_record_breaks_no_file() -> None:
    pasted = Chapter("summary", "Сводка\x0b", (Paragraph((Run("слово\x0b и\ufffe [#x $ \\ @]"),)),))
    made = replace(report(), chapters=(pasted,), title="Отчёт \x01<b>")
    for form in ("docx", "xlsx", "html", "pdf"):
        assert render(made, material().edition, form)
