"""Spans, order, determinism, white space; and what no text may do to the proposals."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.extraction import TEXTS
from irtysh.evaluation.extraction import Proposal, propose
from irtysh.evaluation.extraction.sentences import sentences
from irtysh.sources.texts import clean, read_document, read_file
from tests.evaluation.extraction.found import cleaned, found
from tests.evaluation.extraction.test_grammar import NONE, ROWS

FILES = sorted(TEXTS.glob("*.txt"))
SENTENCES = [(row[0], row[1]) for row in (*ROWS, *NONE)]


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_spans_lie_in_the_text_and_give_the_printed_number(path: Path) -> None:
    text = clean(read_file(path))
    proposals = propose(text)
    assert proposals
    for one in proposals:
        assert 0 <= one.start < one.end <= len(text.text)
        if one.printed:
            assert text.text[one.start : one.end] == one.printed
        assert one.quote in text.text
        assert text.document.lines[one.first].place.line == one.first + 1 <= one.last + 1


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_the_same_text_gives_the_same_proposals(path: Path) -> None:
    assert propose(clean(read_file(path))) == propose(clean(read_file(path)))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_the_printed_line_breaks_do_not_matter(path: Path) -> None:
    """A document set without breaks says the same as one in narrow lines."""
    text = clean(read_file(path))
    flat = clean(read_document(text.text.encode(), "a.txt"))
    assert [_bare(one) for one in propose(flat)] == [_bare(one) for one in propose(text)]


@given(st.sampled_from(SENTENCES), st.lists(st.integers(0, 200), max_size=8), st.data())
@settings(max_examples=60, deadline=None)
def test_white_space_does_not_matter(
    row: tuple[str, str], places: list[int], data: st.DataObject
) -> None:
    language, sentence = row
    spaced = sentence
    gaps = [match.start() for match in re.finditer(" ", sentence)]
    for place in sorted({gaps[n % len(gaps)] for n in places if gaps}, reverse=True):
        more = data.draw(st.sampled_from([" ", "   ", "\u00a0", "\n", " \n "]))
        spaced = spaced[:place] + more + spaced[place:]
    before = [_bare(one) for one in found(sentence, language)]
    assert [_bare(one) for one in found("\n\n" + spaced + "  \n", language)] == before


def _bare(one: Proposal) -> Proposal:
    """Return a proposal without its place."""
    return replace(one, start=0, end=1, locator="", first=0, last=0)


@given(st.text(st.sampled_from("аоВв 0125.,%№-–()тлнмд$€ \nIVкг"), max_size=200))
@settings(max_examples=80, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    source = cleaned("Слово. " + text)
    for language in ("ru", "kk", "en"):
        for one in propose(source, language):
            assert not one.printed or source.text[one.start : one.end] == one.printed
            assert one.value == "" or re.fullmatch(r"-?\d+(?:[.,]\d+)?", one.value)
            assert 0 < one.confidence <= 1


@given(st.text(st.sampled_from('аВ .!?г5"»'), max_size=120), st.sampled_from(["ru", "kk", "en"]))
@settings(deadline=None)
def test_sentences_lose_no_letter(text: str, language: str) -> None:
    spans = sentences(text, language)
    assert all(first < last for first, last in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    kept = "".join(text[first:last] for first, last in spans)
    assert kept.replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("ru", "Это видно (рис. 2). Рис. 2. Партнёры. Дата 15. 02.2023 верна.", 3),
        ("ru", "Оборот 5 млн долл. в 2021 г. вырос. Затем упал.", 2),
        ("ru", "М. В. Лапенко и М. Ю. Онучко правы. Да.", 2),
        ("kk", "Айналым 5 млн. доллар болды. 2021 ж. өсті.", 2),
        ("en", "Exports, e.g. grain, rose. No. 5 fell. Mr. Smith agreed.", 3),
    ],
)
def test_sentences_end_where_they_end(language: str, text: str, count: int) -> None:
    assert len(sentences(text, language)) == count


def test_a_flood_of_numbers_is_no_prose() -> None:
    assert len(found("Оборот " + "5% " * 2_000, "ru")) < 60
    assert len(found("Слово " + "1 " * 20_000, "ru")) < 60
