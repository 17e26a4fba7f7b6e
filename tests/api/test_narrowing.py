"""What an address may ask for, what it may not, and who may ask."""

from __future__ import annotations

import json

import pytest
from django.core.cache import cache
from django.test import Client

from irtysh.registries.records.shelf import catalogue
from tests.api.shelf import data, get, records

ADDRESS = "/api/latest/datasets/TEST_TRADE.csv"


pytestmark = pytest.mark.usefixtures("open_shelf")


def test_any_column_narrows_and_values_of_one_add_up():
    rows = records("TEST_TRADE", "?measure=VALUE&flow=X&ref_area=KZ&ref_area=CN&period=2020")
    assert {row["ref_area"] for row in rows} == {"KZ", "CN"}
    assert {(row["measure"], row["flow"], row["period"]) for row in rows} == {
        ("VALUE", "X", "2020")
    }
    whole = records("TEST_TRADE")
    for column in ("unit", "status", "valuation", "source", "classification", "counterpart_area"):
        code = whole[0][column]
        found = records("TEST_TRADE", f"?{column}={code}")
        assert [row["id"] for row in found] == [r["id"] for r in whole if r[column] == code]


def test_start_and_end_take_whole_periods():
    years = {row["period"] for row in records("TEST_TRADE", "?start=2020&end=2022-12-31")}
    assert years == {"2020", "2021", "2022"}
    assert {row["period"] for row in records("TEST_TRADE", "?start=2023-Q2&end=2023-S1")} == {
        "2023-04", "2023-05", "2023-06",
    }  # fmt: skip
    # a year does not lie within its first half
    assert records("TEST_TRADE", "?start=2021&end=2021-06") == []


def test_a_level_is_the_length_of_the_code():
    assert {row["commodity"] for row in records("TEST_TRADE", "?level=0")} == {"_T"}
    assert all(len(row["commodity"]) == 6 for row in records("TEST_TRADE", "?level=6"))
    parts = sum(len(records("TEST_TRADE", f"?level={level}")) for level in (0, 2, 4, 6, 8, 10))
    assert parts == len(records("TEST_TRADE"))
    # the sections of printed figures are written with letters, not digits
    assert records("TRADE_PARTNER", "?level=4") == []


def test_blanks_of_an_empty_form_ask_for_nothing():
    assert records("TEST_TRADE", "?flow=&period=&start=&level=") == records("TEST_TRADE")


@pytest.mark.parametrize(
    ("query", "error", "word"),
    [
        ("?colour=red", "UnknownQueryParameter", "ref_area"),
        ("?Flow=X", "UnknownQueryParameter", "flow"),
        ("?start=yesterday", "WrongParameter", "2021-Q3"),
        ("?end=2021-13", "WrongParameter", "2021-Q3"),
        ("?end=2021-S3", "WrongParameter", "2021-Q3"),
        ("?level=3", "WrongParameter", "10"),
        ("?bom=2", "WrongParameter", "0, 1"),
        ("?lang=xx", "WrongParameter", "ru, kk, en"),
        ("?ref_area=KZZ", "WrongParameter", "KZ"),
        ("?ref_area=KZ&ref_area=kz", "WrongParameter", "KZ"),
        ("?flow=exports", "WrongParameter", "X"),
        ("?commodity=271000000000", "WrongParameter", "271"),
        ("?period=last", "WrongParameter", "2020"),
        ("?source=nobody", "WrongParameter", "test_source"),
    ],
)
@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_what_cannot_be_asked_is_answered_with_what_can(query, error, word, language):
    answer = get(ADDRESS + query, accept_language=language)
    said = json.loads(answer.body)
    assert (answer.status_code, said["error"]) == (400, error)
    assert word in said["message"]
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_code_that_exists_and_of_which_nothing_is_said_selects_nothing():
    for query in ("ref_area=FR", "flow=IN", "commodity=220421", "period=1899", "unit=EUR"):
        column = query.partition("=")[0]
        there = {row[column] for row in records("TEST_TRADE")}
        assert query.partition("=")[2] not in there
        assert records("TEST_TRADE", f"?{query}") == []


@pytest.mark.django_db
def test_bom_is_a_parameter_of_csv_alone():
    assert get("/api/latest/datasets/TEST_TRADE.json?bom=0").status_code == 400


@pytest.mark.django_db
def test_a_version_is_of_its_own_dataset():
    version = catalogue().get("TEST_TRADE").version
    assert data("TEST_TRADE", "csv", version=version) == data("TEST_TRADE", "csv")
    other = catalogue().get("TRADE_PARTNER").version
    assert get(f"/api/{other}/datasets/TEST_TRADE.csv").status_code == 404


def test_pages_of_other_sites_may_read_and_may_ask_first():
    asked = Client().options(
        ADDRESS, headers={"origin": "https://example.org", "access-control-request-method": "GET"}
    )
    assert asked.status_code == 204
    assert asked["Access-Control-Allow-Origin"] == "*"
    assert "If-None-Match" in asked["Access-Control-Allow-Headers"]
    answer = get(ADDRESS, origin="https://example.org")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in answer["Access-Control-Expose-Headers"]
    kept = get(ADDRESS, if_none_match=answer["ETag"])
    assert (kept.status_code, kept["Access-Control-Allow-Origin"]) == (304, "*")


def test_the_tag_changes_with_the_question_the_form_and_the_language():
    asked = [
        ADDRESS,
        ADDRESS + "?flow=X",
        ADDRESS + "?bom=0",
        ADDRESS + "?lang=kk",
        ADDRESS.replace("csv", "json"),
        ADDRESS + "?level=6",
        ADDRESS + "?start=2020",
    ]
    tags = [get(one)["ETag"] for one in asked]
    assert len(set(tags)) == len(tags)


def test_the_language_is_that_of_the_header_and_the_cache_knows_it():
    answer = get(ADDRESS, accept_language="de, kk;q=0.9, en;q=0.5")
    assert answer["Content-Language"] == "kk"
    assert "Accept-Language" in answer["Vary"]
    assert "Accept-Language" not in get(ADDRESS + "?lang=en")["Vary"]
    # a cookie would not be seen by a cache
    client = Client()
    client.cookies["django_language"] = "en"
    assert client.get(ADDRESS, headers={"accept-language": "ru"})["Content-Language"] == "ru"


def test_a_stream_is_packed_for_those_who_can_unpack():
    answer = Client().get(ADDRESS, headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    packed = b"".join(answer)
    assert len(packed) < len(data("TEST_TRADE", "csv")) / 3


def test_too_many_files_wait_but_kept_copies_are_free(settings):
    settings.IRTYSH_FILES_A_MINUTE = 3
    cache.clear()
    tag = get(ADDRESS)["ETag"]
    for _ in range(5):
        assert get(ADDRESS, if_none_match=tag).status_code == 304
        assert Client().head(ADDRESS).status_code == 200
    # windows are fixed: at worst the minute turns once meanwhile
    statuses = [get(ADDRESS).status_code for _ in range(9)]
    assert statuses.count(200) <= 5
    refused = next(
        answer for answer in (get(ADDRESS) for _ in range(9)) if answer.status_code == 429
    )
    assert 1 <= int(refused["Retry-After"]) <= 60
    said = json.loads(refused.body)
    assert (said["error"], said["params"]["limit"]) == ("AskedTooOften", 3)
    assert get(ADDRESS, if_none_match=tag).status_code == 304
    cache.clear()
    settings.IRTYSH_FILES_A_MINUTE = 0
    assert get(ADDRESS).status_code == 200


def test_a_blank_language_is_none_and_the_cache_knows_it():
    answer = get(f"{ADDRESS}?lang=", **{"accept-language": "kk"})
    assert answer.headers["Content-Language"] == "kk"
    assert "Accept-Language" in answer.headers["Vary"]


def test_a_file_that_is_made_whole_has_a_limit(monkeypatch):
    monkeypatch.setattr("irtysh.api.downloads.PARQUET_ROWS", 10)
    answer = get(ADDRESS.replace(".csv", ".parquet"))
    assert (answer.status_code, json.loads(answer.body)["params"]["form"]) == (400, "PARQUET")
    assert get(f"{ADDRESS.replace('.csv', '.parquet')}?period=1900").status_code == 200
