"""Runs alone, as a child process: opens a document given on standard input, prints its lines.

A PDF or DOCX can be made to exhaust memory or to crash a parser. Here that ends this process,
not the one that serves readers. It imports nothing of Irtysh, so that it starts at once. What it
prints is JSON: {"lines": [[text, page, line, paragraph, table, row], …]} or
{"error": [reason, what, found, limit]} with reason "large", "encrypted" or "damaged".
"""

from __future__ import annotations

import io
import json
import logging
import sys
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

Row = tuple[str, int, int, int, int, int]
_SILENT = frozenset({"script", "style", "noscript", "template", "head", "svg", "math", "iframe"})
_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section "
    "summary table title ul".split()
)


class RefusedDocument(Exception):
    """The document is refused: reason, and for "large" the measure, what was found, the limit."""


def bound(memory: int, seconds: int) -> None:
    """Limit this process where the system can."""
    try:
        import resource
    except ImportError:  # not a Unix system: the parent's timeout is what is left
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def pdf_lines(data: bytes, limits: dict[str, int]) -> Iterator[Row]:
    """Return the lines of a PDF with page and line; a blank password is tried."""
    from pypdf import PdfReader

    # pypdf speaks of every oddity it mends; the text is what counts here.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not _opens(reader):
        raise RefusedDocument("encrypted")
    _within("pages", len(reader.pages), limits)
    for number, page in enumerate(reader.pages, 1):
        for line, text in enumerate(page.extract_text().split("\n"), 1):
            yield text, number, line, 0, 0, 0
        # A page ends a line, not always a paragraph.


def _opens(reader: Any) -> bool:
    try:
        return bool(reader.decrypt(""))
    except Exception:  # noqa: BLE001 (a cipher this machine has no library for)
        return False


def docx_lines(data: bytes, limits: dict[str, int]) -> Iterator[Row]:
    """Return paragraphs and table rows of a DOCX in their order; cells are parted by tabs."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
        _within("parts", len(parts), limits)
        _within("unpacked_bytes", sum(part.file_size for part in parts), limits)
        if any(part.flag_bits & 1 for part in parts):
            raise RefusedDocument("encrypted")
    import docx
    from docx.table import Table, _Cell

    document = docx.Document(io.BytesIO(data))
    paragraphs = tables = 0
    for block in document.iter_inner_content():
        if not isinstance(block, Table):
            paragraphs += 1
            yield block.text.replace("\n", " "), 0, 0, paragraphs, 0, 0
            continue
        tables += 1
        for number, row in enumerate(block._tbl.tr_lst, 1):
            cells = [_Cell(cell, block).text for cell in row.tc_lst]
            yield "\t".join(" ".join(cell.split()) for cell in cells), 0, 0, 0, tables, number


def html_lines(data: bytes, limits: dict[str, int]) -> Iterator[Row]:
    """Return blocks and table rows of an HTML page given in UTF-8; nothing is fetched or run."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    root = etree.fromstring(data, parser)
    if root is None:
        return
    paragraphs = tables = rows = 0
    for text, is_row, opens_table in _html_blocks(root):
        if opens_table:
            tables, rows = tables + 1, 0
        elif is_row:
            rows += 1
            yield text, 0, 0, 0, tables, rows
        elif text.strip():
            paragraphs += 1
            yield " ".join(text.split()), 0, 0, paragraphs, 0, 0


def _html_blocks(root: Any) -> Iterator[tuple[str, bool, bool]]:
    """Walk the tree once; give (text, is a table row, a table begins)."""
    from lxml import etree

    pieces: list[str] = []
    cells: list[str] | None = None
    silent = 0

    def gathered() -> str:
        text = " ".join("".join(pieces).split())
        pieces.clear()
        return text

    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            silent += tag in _SILENT
            if tag == "tr":
                yield gathered(), False, False
                cells = []
            elif tag == "table":
                yield gathered(), False, False
                yield "", False, True
            elif tag in _BLOCKS:
                if cells is None:
                    yield gathered(), False, False
                else:
                    pieces.append(" ")
            if not silent and tag and node.text:
                pieces.append(node.text)
            continue
        if tag in ("td", "th") and cells is not None:
            cells.append(gathered())
        elif tag == "tr" and cells is not None:
            yield "\t".join(cells), True, False
            cells = None
        elif tag in _BLOCKS and cells is None:
            yield gathered(), False, False
        silent -= tag in _SILENT
        if not silent and node.tail and node is not root:
            pieces.append(node.tail)
    yield gathered(), False, False


_OPENERS: dict[str, Callable[[bytes, dict[str, int]], Iterator[Row]]] = {
    "pdf": pdf_lines,
    "docx": docx_lines,
    "html": html_lines,
}


def _within(what: str, found: int, limits: dict[str, int]) -> None:
    if found > limits[what]:
        raise RefusedDocument("large", what, found, limits[what])


def attempt(kind: str, data: bytes, limits: dict[str, int]) -> dict[str, Any]:
    """Return the lines, or why there are none; never raises for what a file may hold."""
    lines: list[Row] = []
    characters = 0
    try:
        for row in _OPENERS[kind](data, limits):
            lines.append(row)
            characters += len(row[0])
            _within("lines", len(lines), limits)
            _within("text", characters, limits)
    except RefusedDocument as refusal:
        return {"error": list(refusal.args)}
    except MemoryError:
        return {"error": ["large", "memory", "", limits["memory"]]}
    except Exception as error:  # noqa: BLE001 (whatever a parser trips over, the file is damaged)
        return {"error": ["damaged", type(error).__name__]}
    return {"lines": lines}


def main() -> None:
    """Read, bound, print."""
    kind, limits = sys.argv[1], json.loads(sys.argv[2])
    bound(limits["memory"], limits["seconds"])
    print(json.dumps(attempt(kind, sys.stdin.buffer.read(), limits)))


if __name__ == "__main__":
    main()
