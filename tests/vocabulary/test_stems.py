"""Endings of one word lead to one stem; different words keep different ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.vocabulary.stems import stem, stems

KAZAKH = """\
облыс облысы облысының облыстың облысында облысына облысынан облысымен облыстар облыстық
шекара шекарада шекараның шекарасы шекаралық шекарасында шекарадағы
сауда сауданың саудасы саудасының саудада саудаға саудамен
экспорт экспорты экспорттың экспортының экспортқа экспортта экспорттан
импорт импорты импортының импортқа
айналым айналымы айналымының айналымын айналымында
тауар тауарлар тауарлардың тауарлары тауарларының тауарларын тауармен
үлес үлесі үлесінің үлестің үлесін үлестер
тоқсан тоқсаны тоқсанда тоқсанның тоқсандағы
қазақстан қазақстанның қазақстанға қазақстанмен қазақстанда қазақстаннан қазақстандық
ресей ресейдің ресеймен ресейге ресейде
ынтымақтастық ынтымақтастығы ынтымақтастығының ынтымақтастықты ынтымақтастыққа
серіктес серіктесі серіктестер серіктестері серіктестерінің
кәсіпорын кәсіпорындар кәсіпорны кәсіпорынның кәсіпорындарының
жүк жүгі жүктің жүктер жүктері
дереккөз дереккөзі дереккөздер дереккөздің дереккөздері
жыл жылы жылғы жылдың жылдары жылда жылдар
өңір өңірлер өңірдің өңірлік өңірі
омбы омбының омбыда омбыға омбымен
инвестиция инвестициялар инвестициясы инвестициялық
республика республикасы республикасының республикалық
басшы басшысы басшының басшылар
көлем көлемі көлемінің көлемін
мемлекет мемлекеті мемлекеттік мемлекеттер
топ тобы топтар тобының
құжат құжаты құжаттар құжаттың"""
RUSSIAN = """\
область области областью областей
граница границы границе границей
торговля торговли торговлю торговлей
товарооборот товарооборота товарообороту
экспорт экспорта экспорту экспортом"""
ENGLISH = """\
border borders
trade trades trading traded
export exports exported exporting
region regions"""


@pytest.mark.parametrize("forms", KAZAKH.splitlines())
def test_kazakh_endings_meet(forms: str) -> None:
    assert len({stem(word, "kk") for word in forms.split()}) == 1


@pytest.mark.parametrize("forms", RUSSIAN.splitlines())
def test_russian_endings_meet(forms: str) -> None:
    assert len({stem(word, "ru") for word in forms.split()}) == 1


@pytest.mark.parametrize("forms", ENGLISH.splitlines())
def test_english_endings_meet(forms: str) -> None:
    assert len({stem(word, "en") for word in forms.split()}) == 1


@pytest.mark.parametrize(("language", "lists"), [("kk", KAZAKH), ("ru", RUSSIAN), ("en", ENGLISH)])
def test_different_words_keep_apart(language: str, lists: str) -> None:
    first = [forms.split()[0] for forms in lists.splitlines()]
    assert len({stem(word, language) for word in first}) == len(first)


def test_a_sentence_is_a_list_of_stems_in_its_order() -> None:
    assert stems("Омбы облысының экспорты", "kk") == stems("омбы, ОБЛЫС – экспорт!", "kk")


def test_parts_of_a_compound_are_words() -> None:
    assert stems("сауда-экономикалық", "kk") == stems("сауда экономика", "kk")
    assert stems("торгово-экономическое", "ru")[1] == stem("экономический", "ru")


def test_numbers_and_codes_stay_as_they_are() -> None:
    assert stems("2021 XV12 103", "ru") == ["2021", "xv12", "103"]


def test_yo_is_written_as_ye() -> None:
    assert stems("учёт", "ru") == stems("учет", "ru")


def test_a_language_without_rules_keeps_its_words() -> None:
    assert stems("Grenze", "de") == ["grenze"]


def test_nothing_has_no_stems() -> None:
    assert stems("", "kk") == []
    assert stems(" — … !", "ru") == []


@given(st.text(alphabet="аәбдғегіклмнңосттуүұшықйр", min_size=1, max_size=16))
def test_a_stem_is_a_beginning_of_its_word_and_never_empty(word: str) -> None:
    found = stem(word, "kk")
    assert found
    # The last letter may be a voiced one brought back: тоб-ы, топ.
    assert word.startswith(found[:-1])
    assert len(found) >= min(2, len(word))
