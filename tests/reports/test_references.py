"""The analyst's paragraphs: numbers only as references, refusals that say where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.reports.choices import KINDS, KindUnknown, choices
from irtysh.reports.references import (
    DigitTyped,
    FigureReferenceUnknown,
    QuantityEscaped,
    ReferenceBroken,
    faults,
    paragraphs,
)
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain
from tests.reports.made import material


@pytest.mark.parametrize(
    "text, kind",
    [
        ("Оборот вырос на 9,4 %.", DigitTyped),
        ("Рост ½.", DigitTyped),
        ("Рост ٣ раза.", DigitTyped),
        ("Форум ⅩⅦ.", DigitTyped),
        ("Это {figure:000000000000}.", FigureReferenceUnknown),
        ("Это {result:r-000000000000}.", FigureReferenceUnknown),
        ("Это {evaluation:E2.nothing}.", FigureReferenceUnknown),
        ("Это {claim:nothing}.", FigureReferenceUnknown),
        ("Это {finding:nothing}.", FigureReferenceUnknown),
        ("Это {figure}.", ReferenceBroken),
        ("Это {number:x}.", ReferenceBroken),
        ("Это } скобка.", ReferenceBroken),
        ("Это {figure:", ReferenceBroken),
        ("Рост {text:9,4}.", QuantityEscaped),
        ("Рост {text:9 %}.", QuantityEscaped),
        ("Сумма {text:12 400}.", QuantityEscaped),
    ],
)
def test_what_is_refused(text: str, kind: type) -> None:
    found = faults(material(), text)
    assert [type(one) for one in found][:1] == [kind]
    with pytest.raises(kind):
        paragraphs(material(), text)
    for language in LANGUAGES:
        assert explain(found[0], language)


def test_a_refusal_names_line_and_character() -> None:
    found = faults(material(), "Первая строка.\nВторая 12 и {claim:none}")
    assert [(one.params["line"], one.params["column"]) for one in found] == [
        ("2", "8"),
        ("2", "13"),
    ]


@pytest.mark.parametrize(
    "text", ["{text:2018–2023}", "{text:2021}", "{text:01.07.2026}", "{text:2026-07-01}",
             "{text:G20}", "{text:№ 12-ФЗ}", "Без чисел, но «в кавычках»."],
)  # fmt: skip
def test_what_passes(text: str) -> None:
    assert faults(material(), text) == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_offered_can_be_written(kind: str) -> None:
    found, count = choices(material(), kind, most=40)
    assert len(found) == min(count, 40)
    for one in found:
        made = paragraphs(material(), f"Слово {one.reference} слово.")
        assert made[0].runs[1].evidence
        if kind in ("figure", "result") and one.value:
            assert made[0].runs[1].text.replace("\N{NO-BREAK SPACE}", " ") == one.value.replace(
                "\N{NO-BREAK SPACE}", " "
            )


def test_choices_are_searched() -> None:
    every, _count = choices(material(), "figure", most=1000)
    some, count = choices(material(), "figure", "2023 тальвия", most=1000)
    assert 0 < count < len(every) and len(some) == count
    with pytest.raises(KindUnknown):
        choices(material(), "number")


def test_parts_of_a_reference() -> None:
    name = material().edition.document("charts")[0]["evidence"][0]
    parts = ("", "|number", "|period", "|source")
    text = " ".join(f"{{figure:{name}{part}}}" for part in parts)
    runs = [run for run in paragraphs(material(), text)[0].runs if run.evidence]
    assert len({run.text for run in runs}) == 4
    assert runs[0].text.startswith(runs[1].text)
    wrong = faults(material(), f"{{figure:{name}|size}}")
    assert isinstance(wrong[0], FigureReferenceUnknown)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader_and_no_digit_slips_through(text: str) -> None:
    found = faults(material(), text)
    if not found:
        plain = "".join(run.text for one in paragraphs(material(), text) for run in one.runs
                        if not run.evidence)  # fmt: skip
        assert "{text:" in text or not any(letter.isdecimal() for letter in plain)


def test_one_long_word_is_read_at_once() -> None:
    assert not faults(material(), "а" * 20_000)
    assert isinstance(faults(material(), "а" * 20_000 + "1")[0], DigitTyped)
