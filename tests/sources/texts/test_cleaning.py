"""Broken words are joined, furniture is dropped, and every letter knows where it stood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.sources.texts import Cleaned, clean, read_document
from irtysh.sources.texts.document import Line, Place, TextDocument


def cleaned(text: str) -> Cleaned:
    return clean(read_document(text.encode(), "a.txt"))


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("экспорт сельско-\nхозяйственной продукции", "экспорт сельскохозяйственной продукции"),
        ("торгово-\nэкономические связи", "торгово-экономические связи"),
        ("cross-\nborder trade", "cross-border trade"),
        ("Machinery and equip-\nment rose", "Machinery and equipment rose"),
        ("за 2018-\n2023 годы", "за 2018- 2023 годы"),
        ("мяг\u00adкий перенос", "мягкий перенос"),
        ("населения1. Затем", "населения. Затем"),
        ("до 3 тыс. т1. При этом", "до 3 тыс. т. При этом"),
        ("до 2030 г.1 В ней", "до 2030 г. В ней"),
        ("площадь 5 км2 велика", "площадь 5 км2 велика"),
        ("сеялки СКП-2,1 и Q1", "сеялки СКП-2,1 и Q1"),
        ("по данным [1; 15, с. 19] и [3].", "по данным и."),
        ("партнёры (рис. 2) области", "партнёры области"),
        ("өсті (2-сурет) деді", "өсті деді"),
        ("много   пробелов\u00a0тут", "много пробелов тут"),
        ("первый\n\nВторой", "первый\n\nВторой"),
        ("первая строка,\n\nи продолжение", "первая строка, и продолжение"),
        ("ВВЕДЕНИЕ\nТекст начался", "ВВЕДЕНИЕ\n\nТекст начался"),
        ("• первое;\n• второе", "• первое;\n\n• второе"),
    ],
)
def test_what_the_printer_did_is_undone(printed: str, wanted: str) -> None:
    assert cleaned(printed).text == wanted


@pytest.mark.parametrize(
    "line",
    [
        "Рис. 2. Внешняя торговля в 2021 г.",
        "Таблица 3. Состав",
        "Источник: составлено по данным 2021 г.",
        "Fig. 2. Trade partners in 2021",
        "Source: author, 2021",
        "2-сурет. Тауар айналымы",
        "Дереккөз: автор",
        "1 Указ от 12.02.2016 № 17. URL: http://example.org (дата обращения: 14.12.2023).",
        "https://example.org/a?b=12%",
        "Ключевые слова: рост, 5 млн",
        "25",
    ],
)
def test_furniture_is_dropped(line: str) -> None:
    found = cleaned(f"Текст до неё.\n\n{line}\n\nТекст после неё.")
    assert found.text == "Текст до неё.\n\nТекст после неё."
    assert set(found.dropped) == {2}


def test_a_caption_does_not_swallow_the_text_after_it() -> None:
    found = cleaned("Рис. 1. Рост\n\nОборот вырос на 5 %.\nИ ещё раз.")
    assert found.text == "Оборот вырос на 5 %. И ещё раз."


def test_a_running_head_goes_page_numbers_too() -> None:
    lines = [
        Line(text, Place(page=page, line=n))
        for page in (1, 2, 3, 4)
        for n, text in enumerate(["Журнал, 2024", f"Мысль {'абвг'[page - 1]}.", str(page)], 1)
    ]
    found = clean(TextDocument("a.pdf", "pdf", tuple(lines)))
    assert found.text == "Мысль а. Мысль б. Мысль в. Мысль г."


def test_a_table_with_years_is_a_grid_not_a_sentence() -> None:
    found = cleaned(
        "Состав, млн долл.\n\nГруппа 2013 г. 2017 г.\nЗерно 12,4 13\nМашины 121 69,5\nИсточник: я"
    )
    assert found.text == "Состав, млн долл."
    (grid,) = found.grids
    assert [cell.text for cell in grid.head] == ["Группа", "2013", "2017"]
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["Зерно", "12,4", "13"],
        ["Машины", "121", "69,5"],
    ]


words = st.text(st.sampled_from("абвг -1.,[]()№\n\u00ad\u00a0•"), max_size=120)


@given(words)
def test_every_letter_knows_its_place(text: str) -> None:
    document = TextDocument(
        "a.txt", "text", tuple(Line(t, Place(line=n)) for n, t in enumerate(text.split("\n"), 1))
    )
    found = clean(document)
    assert len(found.text) == len(found.lines) == len(found.columns)
    for offset, character in enumerate(found.text):
        line, column = found.origin(offset)
        if not character.isspace():
            assert document.lines[line].text[column] == character
    assert all(found.text[start:end].strip() for start, end in found.paragraphs())


@given(words)
def test_cleaning_the_clean_changes_nothing_but_marks(text: str) -> None:
    once = clean(
        TextDocument("a", "text", (Line("слово " + text.replace("\n", " "), Place(line=1)),))
    )
    assert "  " not in once.text.replace("\n", "")
    assert once.text == once.text.strip()
