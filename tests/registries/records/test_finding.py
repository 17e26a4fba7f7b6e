"""Finding records: words in three languages, facets, order, pages."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from irtysh.registries.organisations.models import Organisation
from irtysh.registries.records.actions import keep, write
from irtysh.registries.records.finding import Asked, counts_of, facet_names, page_of
from irtysh.registries.records.listing import relist, stamp
from irtysh.registries.records.models import Listing
from irtysh.registries.records.sorting import sort_key

pytestmark = pytest.mark.django_db

FIRMS = (
    ("zavod", "company", "Ёлкинский завод", "Ёлкин зауыты", "Yolkin plant", "RU"),
    ("akimat", "authority", "Акимат области", "Облыс әкімдігі", "Akimat of the region", "KZ"),
    ("university", "university", "Университет", "Өңірлік университет", "University", "KZ"),
)


@pytest.fixture(autouse=True)
def firms() -> None:
    for code, kind, ru, kk, en, country in FIRMS:
        write(
            register="organisations", by=None,
            document={"id": code, "kind": kind, "country": country,
                      "name": {"ru": ru, "kk": kk, "en": en}},
        )  # fmt: skip


def found(query: str = "", language: str = "ru") -> list[str]:
    asked = Asked.from_query("organisations", language, QueryDict(query))
    return [one.code for one in page_of(asked)[1]]


@pytest.mark.parametrize(
    ("language", "words", "code"),
    [
        ("ru", "заводом", "zavod"), ("ru", "елкинский", "zavod"), ("ru", "унив", "university"),
        ("kk", "зауыттың", "zavod"), ("kk", "әкімдікке", "akimat"), ("en", "plants", "zavod"),
    ],
)  # fmt: skip
def test_other_endings_and_beginnings_find_a_record(language, words, code):
    assert found(f"q={words}", language) == [code]


def test_every_word_must_be_there():
    assert found("q=акимат завод") == []


def test_words_of_another_language_do_not_find():
    assert found("q=plant", "ru") == []


def test_facets_narrow_and_count_what_the_list_would_hold():
    asked = Asked.from_query("organisations", "ru", QueryDict("country=KZ"))
    assert found("country=KZ") == ["akimat", "university"]
    assert counts_of(asked)["kind"] == {"authority": 1, "university": 1}
    assert counts_of(asked)["country"] == {"KZ": 2, "RU": 1}
    assert found("country=KZ&kind=authority") == ["akimat"]
    assert set(found("country=KZ&country=RU")) == {"akimat", "university", "zavod"}


def test_names_are_in_the_order_of_each_alphabet():
    assert found() == ["akimat", "zavod", "university"]
    assert found(language="kk") == ["zavod", "akimat", "university"]
    names = ["Айна", "Әлем", "Ғылым", "Құс", "Қала", "Өзен", "Ұя", "Үй", "Іні"]
    assert sorted(names, key=sort_key) == [
        "Айна", "Әлем", "Ғылым", "Қала", "Құс", "Өзен", "Ұя", "Үй", "Іні",
    ]  # fmt: skip


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=99999999", "order=%00", "kind=", "q="])
def test_a_query_that_makes_no_sense_shows_the_whole_list(query):
    assert len(found(query)) == 3


def test_a_page_beyond_the_last_is_empty():
    assert found("page=2") == []


def test_a_draft_is_not_found_and_a_taken_back_record_leaves_the_list():
    firm = Organisation.objects.get(code="zavod")
    firm.name_ru = "Комбинат"
    firm.save_revision()
    assert found("q=комбинат") == [] and found("q=завод") == ["zavod"]
    firm.refresh_from_db()
    firm.unpublish()
    assert found("q=завод") == []
    firm.delete()
    assert not Listing.objects.filter(code="zavod").exists()


def test_every_change_grows_the_stamp_and_shows_at_once():
    before = stamp()
    firm = Organisation.objects.get(code="zavod")
    firm.country = "KZ"
    keep(record=firm, by=None)
    assert stamp() > before
    assert found("country=RU") == []
    assert "country" in facet_names("organisations")


def test_listing_anew_gives_the_same():
    before = list(Listing.objects.order_by("code").values_list("code", "title_ru", "words_kk"))
    assert relist() == 3
    assert (
        list(Listing.objects.order_by("code").values_list("code", "title_ru", "words_kk")) == before
    )


@pytest.mark.parametrize("page", ["²", "-1", "x", "9" * 30, ""])
def test_a_page_that_makes_no_sense_is_the_first(page):
    assert Asked.from_query("organisations", "ru", QueryDict(f"page={page}")).page == 1
