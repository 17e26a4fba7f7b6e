"""A small workbook with every trait of the real ones, and a mapping for it."""

from __future__ import annotations

import copy
import io
from datetime import date
from typing import Any

import xlsxwriter

from irtysh.sources.spreadsheet import Mapping, make_mapping

_THREE = {"ru": "р", "kk": "қ", "en": "e"}

DESCRIPTION: dict[str, Any] = {
    "id": "small",
    "title": _THREE,
    "source": "small-source",
    "words": "ru",
    "decimals": 1,
    "constants": {
        "dataflow": "REGION_EXPORTS",
        "flow": "X",
        "measure": "VALUE",
        "unit": "USD",
        "unit_mult": 3,
    },
    "definition": {"id": "definition", "text": _THREE},
    "sheets": [
        {"name": "^Всего$", "slug": "total", "set": {"counterpart_area": "W"}},
        {"name": "^СНГ$", "slug": "cis", "set": {"counterpart_area": "CIS"}},
    ],
    "ignore_sheets": ["^Содержание$"],
    "expects": [{"cell": "A2", "finds": r"тыс\.долларов США"}],
    "headings": [{"row": 3, "gives": "year", "fill": "right"}, {"row": 4, "gives": "span"}],
    "labels": [{"column": "A", "gives": "ref_area", "aliases": {"Российская Федерация": "RU"}}],
    "rows": {
        "first": 5,
        "special": [
            {"label": "^Российская Федерация, млн", "set": {"unit_mult": 6}},
            {"label": "^Справочно", "leave_out": True},
        ],
    },
    "notes": {
        "start": r"^\s*1\s+\S",
        "known": [
            {
                "id": "registration",
                "finds": "зарегистрированных",
                "binds": {"sheets": ["."]},
                "text": _THREE,
            },
            {
                "id": "without-kazakhstan",
                "finds": "Республикой Казахстан",
                "binds": {
                    "sheets": ["."],
                    "since": date(2010, 7, 1),
                    "until": date(2011, 12, 31),
                    "except_areas": ["RU"],
                },
                "text": _THREE,
            },
            {"id": "with-eaeu", "finds": "^С учетом данных", "text": _THREE},
        ],
    },
}
DESCRIPTION["labels"][0]["aliases"]["Российская Федерация, млн. долларов США"] = "RU"

SPANS = ("I квартал", "I      полугодие", "январь-сентябрь", "январь-              декабрь")
YEARS = ("2009 год", "2010 год", "2011 год", "2012 год2")
ROWS: tuple[tuple[Any, ...], ...] = (
    ("Российская Федерация, млн. долларов США", *range(1, 17)),
    ("Омская область", *([10.5] * 8), "12,5", "1\u00a0097,25", *([3] * 6)),
    (
        "в том числе:        Ямало-Ненецкий      авт. округ",
        *(["-"] * 4),
        *(["…"] * 4),
        *([None] * 8),
    ),
    ("г.Москва", *([0] * 16)),
    ("Республика Северная  Осетия - Алания 3", *([0.05] * 16)),
    ("Справочно: прочее", *([9] * 16)),
    ("Еврейская авт.область", *([7.25] * 16)),
)
NOTES = (
    "1  По данным участников, зарегистрированных на территории субъекта.",
    "Без учета торговли с 1июля 2010г. с Республикой Казахстан.",
    "2 С учетом данных о торговле со странами ЕАЭС.",
    "3  Примечание, которого описание не знает.",
)


def described(**changes: Any) -> Mapping:
    """Return the small mapping with some of its fields changed."""
    loaded = copy.deepcopy(DESCRIPTION)
    loaded.update(changes)
    return make_mapping(loaded, "small.yaml")


def workbook(rows: tuple[tuple[Any, ...], ...] = ROWS, *, unit: str = "тыс.долларов США") -> bytes:
    """Return the XLSX: merged two-row headings, glued footnotes, notes under the table."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.add_worksheet("Содержание").write(0, 0, "Содержание")
    for name in ("Всего ", "СНГ"):
        sheet = book.add_worksheet(name)
        sheet.write(0, 0, "Экспорт 1  ")
        sheet.write(1, 0, f"{name}; {unit}")
        for place, year in enumerate(YEARS):
            sheet.merge_range(2, 1 + 4 * place, 2, 4 + 4 * place, year)
        for column in range(16):
            sheet.write(3, 1 + column, SPANS[column % 4])
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(4 + number, column, value)
        for number, note in enumerate(NOTES):
            sheet.write(5 + len(rows) + number, 0, note)
    book.close()
    return stream.getvalue()
