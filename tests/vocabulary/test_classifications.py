"""Editions as trees: complete, with parents, and honest about the language of a name."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter

import pytest

from irtysh.vocabulary.classifications import (
    EDITIONS,
    HS_EDITIONS,
    Named,
    classification,
    correspondence,
)
from irtysh.vocabulary.codelists import Codelist, codelist
from irtysh.vocabulary.errors import UnknownCode
from irtysh.vocabulary.revisions import CHAIN, route, steps
from irtysh.vocabulary.text import LANGUAGES


def test_hs_2022_has_its_published_size() -> None:
    codes = classification("H6")
    assert Counter(map(codes.level, codes)) == {0: 1, 2: 97, 4: 1229, 6: 5613}
    sections = {codes.section(code) for code in codes} - {"", "_T"}
    assert len(sections) == 21


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_parent_exists_and_the_tree_hangs_together(edition: str) -> None:
    codes = classification(edition)
    assert isinstance(codes, Codelist)
    assert codes.roots == ("_T",)
    seen = 0
    waiting = list(codes.roots)
    while waiting:
        code = waiting.pop()
        assert code in codes
        seen += 1
        for child in codes.children(code):
            assert codes.parent(child) == code
            waiting.append(child)
    assert seen == len(codes) == len(list(codes))


def test_a_name_says_in_which_language_it_is() -> None:
    codes = classification("H6")
    assert codes.named("27", "kk").language == "kk"
    fallback = codes.named("271019", "ru")
    assert fallback.language == "en"
    assert fallback.text == codes.label("271019", "ru") == codes["271019"].name["kk"]
    assert codes.label("_T", "ru") == "Все товары"
    assert codes["271019"].parent == "2710"
    assert codes["271019"].extra["unit"] == "kg"


def test_a_heading_has_its_russian_title_of_the_edition() -> None:
    heading = classification("H6").named("8443", "ru")
    assert heading.language == "ru" and heading.text.startswith("Машины печатные")
    assert classification("H6").named("8443", "kk") == heading  # nearer to a reader than English
    assert classification("H6").named("8443", "en").language == "en"
    assert classification("TNVED").named("8443", "ru") == heading
    assert classification("H0").named("8443", "ru").language == "en"  # before the nomenclature
    changed = {classification(f"H{edition}").named("8443", "ru").text for edition in (2, 6)}
    assert len(changed) == 2


@pytest.mark.parametrize("edition", [*HS_EDITIONS, "HS", "TNVED"])
def test_russian_titles_are_sentences_of_codes_that_exist(edition: str) -> None:
    codes = classification(edition)
    titles = {code: codes.named(code, "ru") for code in codes if len(code) == 4}
    russian = [one.text for one in titles.values() if one.language == "ru"]
    assert len(russian) >= (900 if edition not in ("H0", "H1") else 0)
    for title in russian:
        assert title[0].isupper() and not title.isupper() and title == title.strip(" :")
        assert not re.search(r"[a-zA-Z][а-яё]|[а-яё][a-zA-Z]", title), title


def test_tn_ved_goes_below_six_digits_without_titles() -> None:
    codes = classification("TNVED")
    assert codes.parent("0101210000") == "010121"
    assert "0101210000" in codes.children("010121")
    assert codes.named("0101210000", "ru") == Named("", "")
    assert "01012100" in codes  # eight digits of a customs file
    assert "0101999999" not in codes  # no such subheading
    assert codes["0101210000"].parent == "010121"


def test_sitc_and_icio() -> None:
    sitc = classification("S3")
    assert sitc.parent("00111") == "0011"
    assert sitc.section("0011") == ""
    assert classification("ICIO").named("C19", "kk").language == "kk"
    assert len(classification("ICIO")) == 51


def test_an_unknown_code_and_edition_are_named_errors() -> None:
    with pytest.raises(UnknownCode, match="2710"):
        _ = classification("H6")["271099999"]
    with pytest.raises(UnknownCode, match="H6"):
        classification("H7")
    with pytest.raises(UnknownCode):
        classification("H6").named("XXXX", "en")
    assert classification("H6").get("XXXX") is None


def test_sections_and_chapters_of_a_code() -> None:
    assert correspondence("271019", "section") == "V"
    assert correspondence("271019", "chapter") == "27"
    assert correspondence("XXXX", "section") == correspondence("XXXX", "chapter") == ""
    chapters = codelist("hs_chapters")
    for edition in HS_EDITIONS:
        for code in classification(edition):
            if code[:2] in chapters and code != "_T":
                assert correspondence(code, "section") == classification(edition).section(code)


def test_steps_between_editions() -> None:
    assert route("H6", "H4") == ("H6", "H5", "H4")
    assert route("S3", "H1") == ("S3", "H0", "H1")
    assert steps("H3", "H3") == ()
    (forward,), (back,) = steps("H5", "H6"), steps("H6", "H5")
    assert {(a, b) for a, bs in forward.items() for b in bs} == {
        (b, a) for a, bs in back.items() for b in bs
    }
    assert sum(map(len, back.values())) == 15657
    with pytest.raises(UnknownCode):
        route("H6", "TNVED")
    assert all(CHAIN.index(edition) >= 0 for edition in HS_EDITIONS)


def test_nothing_is_read_before_it_is_asked_for() -> None:
    program = (
        "import irtysh.vocabulary.classifications as c, sys;"
        "print(c._loaded.cache_info().currsize, 'duckdb' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["0", "False"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_chapters_are_named_in_every_language(language: str) -> None:
    codes = classification("H6")
    for chapter in codes.children("_T"):
        if chapter != "99":
            assert codes.named(chapter, language).language == language
