"""Each kind of document is read with its places; a bad one is refused by name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from irtysh.sources.texts import DEFAULT_LIMITS, TextDocument, read_document, read_file
from irtysh.sources.texts.faults import (
    DocumentDamaged,
    DocumentEncodingUnclear,
    DocumentEncrypted,
    DocumentKindUnknown,
    DocumentMissing,
    DocumentTooLarge,
    DocumentWithoutText,
)
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain
from tests.sources.texts.made import docx_of, pdf_of, zip_of


def places(document: TextDocument) -> list[tuple[str, str]]:
    return [(line.locator(), line.text) for line in document.lines if line.text.strip()]


def test_a_text_has_lines() -> None:
    document = read_document("Первая строка\r\n\r\nОборот вырос.\n".encode(), "a.txt")
    assert places(document) == [("L.1", "Первая строка"), ("L.3", "Оборот вырос.")]
    assert (document.kind, document.encoding) == ("text", "utf-8")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251", "koi8-r", "cp866"])
def test_encodings_are_found(encoding: str) -> None:
    text = "Внешнеторговый оборот области увеличился на 12,3 процента по сравнению с прошлым годом."
    document = read_document(text.encode(encoding), "a.txt")
    assert document.lines[0].text == text
    assert bool(document.remarks) is (encoding in ("cp1251", "koi8-r", "cp866"))


def test_a_pdf_has_pages_and_lines() -> None:
    data = pdf_of([["Turnover rose.", "By 8.4% in 2022."], ["Second page."]])
    assert places(read_document(data, "a.pdf")) == [
        ("p.1 L.1", "Turnover rose."),
        ("p.1 L.2", "By 8.4% in 2022."),
        ("p.2 L.1", "Second page."),
    ]


def test_a_docx_has_paragraphs_and_cells() -> None:
    data = docx_of(["Бірінші абзац.", "Екінші абзац."], [["Топ", "2021"], ["Астық", "12,4"]])
    document = read_document(data, "a.docx")
    assert places(document) == [
        ("par.1", "Бірінші абзац."),
        ("par.2", "Екінші абзац."),
        ("tab.1 r.1 c.1", "Топ\t2021"),
        ("tab.1 r.2 c.1", "Астық\t12,4"),
    ]
    assert document.lines[-1].locator(len("Астық\t")) == "tab.1 r.2 c.2"


def test_an_html_page_has_blocks_and_rows_and_no_scripts() -> None:
    page = """<!doctype html><html><head><meta charset="utf-8"><title>Т</title></head><body>
      <script>var x = "99 млн долл.";</script><style>p{}</style>
      <p>Оборот &mdash; 5&nbsp;млн <b>долл.</b></p><ul><li>Первое<li>Второе</ul>
      <table><tr><th>Группа<th>2021</tr><tr><td>Зерно<td>1,5</tr></table>
      <!-- тайна --><noscript>нет</noscript><p>Конец</p></body></html>"""
    document = read_document(page.encode(), "page.html")
    assert places(document) == [
        ("par.1", "Оборот — 5 млн долл."),
        ("par.2", "Первое"),
        ("par.3", "Второе"),
        ("tab.1 r.1 c.1", "Группа\t2021"),
        ("tab.1 r.2 c.1", "Зерно\t1,5"),
        ("par.4", "Конец"),
    ]


def test_a_page_in_its_own_encoding_is_read() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body><p>Экспорт</p></body></html>'
    assert places(read_document(page.encode("cp1251"), "a.htm")) == [("par.1", "Экспорт")]


def test_external_entities_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("тайна", encoding="utf-8")
    page = (
        f'<!DOCTYPE html [<!ENTITY e SYSTEM "file://{secret}">]><html><body><p>Слово &e;</p>'
        "</body></html>"
    )
    document = read_document(page.encode(), "a.html")
    assert "тайна" not in " ".join(line.text for line in document.lines)


def test_a_locator_spans_lines() -> None:
    document = read_document("один\nдва\nтри".encode(), "a.txt")
    assert document.locator((0, 0), (0, 3)) == "L.1"
    assert document.locator((0, 0), (2, 1)) == "L.1–3"
    pages = read_document(pdf_of([["one", "two"], ["three"]]), "a.pdf")
    assert pages.locator((0, 0), (1, 0)) == "p.1 L.1–2"
    assert pages.locator((1, 0), (2, 0)) == "p.1 L.2 – p.2 L.1"


OLE = b"\xd0\xcf\x11\xe0" + bytes(40)
BAD: list[tuple[str, bytes, type[IrtyshError]]] = [
    ("a.pdf", b"%PDF-1.7\nrubbish", DocumentDamaged),
    ("a.pdf", b"no pdf at all", DocumentDamaged),
    ("a.docx", b"no docx at all", DocumentDamaged),
    ("a.docx", zip_of({"word/document.xml": b"<w"}), DocumentDamaged),
    ("a.docx", docx_of(["Слово"])[:900], DocumentDamaged),
    ("a.zip", zip_of({"a.txt": b"text"}), DocumentKindUnknown),
    ("a.doc", OLE, DocumentKindUnknown),
    ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), DocumentEncrypted),
    ("a.pdf", pdf_of([["secret"]], password="key"), DocumentEncrypted),
    ("a.bin", b"\x00\x01\x02", DocumentKindUnknown),
    ("a.txt", b"", DocumentWithoutText),
    ("a.txt", b"12 34\n", DocumentWithoutText),
    ("a.pdf", pdf_of([[]]), DocumentWithoutText),
    ("a.txt", b"\xe0\xe1", DocumentEncodingUnclear),
]


@pytest.mark.parametrize(
    ("file", "data", "error"), BAD, ids=[f"{f}-{e.__name__}-{n}" for n, (f, _, e) in enumerate(BAD)]
)
def test_a_bad_document_is_refused_by_name(
    file: str, data: bytes, error: type[IrtyshError]
) -> None:
    with pytest.raises(error) as refusal:
        read_document(data, file)
    for language in LANGUAGES:
        assert file in explain(refusal.value, language)


def test_a_blank_password_opens() -> None:
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_of([["open to all"]]))))
    writer.encrypt("", "owner", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    assert places(read_document(out.getvalue(), "a.pdf")) == [("p.1 L.1", "open to all")]


SMALL = replace(DEFAULT_LIMITS, file_bytes=10**6, unpacked_bytes=10**6, lines=50, text=10_000)


@pytest.mark.parametrize(
    ("file", "data", "what"),
    [
        ("a.txt", b"x" * 1_000_001, "file_bytes"),
        ("a.txt", b"line\n" * 60, "lines"),
        ("a.txt", b"w" * 20_000, "text"),
        ("a.html", b"<html>" + b"<p>a</p>" * 60, "lines"),
        ("a.docx", zip_of({"word/document.xml": bytes(3_000_000)}), "unpacked_bytes"),
        ("a.pdf", pdf_of([["a"]] * 3), "pages"),
    ],
)
def test_what_is_too_large_is_refused(file: str, data: bytes, what: str) -> None:
    limits = replace(SMALL, pages=2) if what == "pages" else SMALL
    with pytest.raises(DocumentTooLarge) as refusal:
        read_document(data, file, limits)
    assert refusal.value.params["what"] == what


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentMissing):
        read_file(tmp_path / "none.pdf")
    with pytest.raises(DocumentMissing):
        read_file(tmp_path)
