"""Numbers, intervals, places and days in words."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from irtysh.portal.presenters import words
from irtysh.portal.reading import Reading
from irtysh.portal.registers.library import alphabet_key
from irtysh.vocabulary.numbers import Qualifier
from tests.observations import observe


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ru", "от 402,05 до 402,15"),
        ("kk", "402,05 – 402,15 аралығында"),
        ("en", "from 402.05 to 402.15"),
    ],
)
def test_an_interval_in_words(release, language, expected):
    with override(language):
        said = words.interval_words(Reading(release, language), observe("402,1").interval)
    assert said == expected


def test_an_open_interval_in_words(release):
    above = observe("380", qualifier=Qualifier.GT).interval
    with override("en"):
        assert words.interval_words(Reading(release, "en"), above) == "from 380 upwards"


def test_the_page_of_a_place_is_derived_from_its_line():
    source = {"pages": [[25, 1], [26, 58], [27, 98]]}
    with override("en"):
        assert words.place_words(source, "L.97") == "p. 26, line 97"
        assert words.place_words(source, "L.98–99") == "p. 27, lines 98–99"
        assert words.place_words({}, "Sheet!B7") == "Sheet!B7"


def test_days_known_to_day_month_or_year():
    with override("ru"):
        assert words.day_words("2022-04-19") == "19 апреля 2022 г."
        assert words.day_words("2022") == "2022"
        assert words.day_words("") == ""


def test_kazakh_letters_sort_in_their_place():
    assert sorted(["я", "ә", "б", "а", "қ", "к"], key=alphabet_key) == [
        "а",
        "ә",
        "б",
        "к",
        "қ",
        "я",
    ]
