"""Downloads: what a file says equals the release, and says what it is."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from irtysh.api.sdmx.faults import MethodNotServed, SdmxBroken
from irtysh.registries.records.shelf import releases
from irtysh.store import Publication, Releases
from irtysh.store.parquet import read_parquet
from irtysh.vocabulary.numbers import Qualifier
from irtysh.vocabulary.wording import explain
from tests.observations import observe

TEXT = {"ru": "Торговля", "kk": "Сауда", "en": "Trade"}
ROWS = [
    observe("402,1", notes=("coverage",), definition="def"),
    observe("380", source="press", qualifier=Qualifier.GT),
    observe("", "2018"),
    observe("0", "2019"),
    observe("5,5", dataflow="OTHER", locator="=1+1"),
]
DOCUMENTS = {
    "case": {"id": "small", "title": TEXT, "invented": True, "languages": ["ru", "kk", "en"]},
    "datasets": [
        {"id": name, "title": TEXT, "description": TEXT} for name in ("TRADE_PARTNER", "OTHER")
    ],
    "sources": [
        {"id": "paper", "title": TEXT, "address": "https://example.org"},
        {"id": "press", "title": TEXT},
    ],
    "notes": {"coverage": TEXT, "def": TEXT},
    "preferred": [{"observation": ROWS[0].id, "rivals": [ROWS[0].id, ROWS[1].id], "reason": TEXT}],
    "codes": {},
    "findings": [],
}


@pytest.fixture
def release(tmp_path, settings):
    settings.IRTYSH_RELEASES = tmp_path / "releases"
    files = {"charts/ru/turnover.svg": b"<svg/>"}
    return Releases(settings.IRTYSH_RELEASES).publish(Publication(ROWS, DOCUMENTS, files))


def get(path: str, **headers) -> object:
    return Client().get(f"/api/{path}", headers=headers)


def body(answer) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content


def records(release, form="csv", query=""):
    content = body(get(f"latest/datasets/TRADE_PARTNER.{form}{query}"))
    if form == "csv":
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    return json.loads(content)["rows"]


def test_csv_equals_the_release(release):
    rows = {row["id"]: row for row in records(release)}
    assert set(rows) == {row.id for row in ROWS if row.dataflow == "TRADE_PARTNER"}
    first = rows[ROWS[0].id]
    assert (first["printed"], first["value"]) == ("402,1", "402.1")
    assert (first["low"], first["high"]) == ("402.05", "402.15")
    assert first["unit_multiplier"] == "1000000"
    assert first["source_address"] == "https://example.org"
    assert first["release"] == release.id


def test_missing_is_empty_and_zero_is_zero(release):
    by_period = {row["period"]: row for row in records(release) if row["period"] != "2021"}
    assert by_period["2018"]["value"] == ""
    assert by_period["2018"]["status"] == "MISSING"
    assert by_period["2019"]["value"] == "0"


def test_an_open_bound_is_empty(release):
    bound = next(row for row in records(release) if row["qualifier"] == "GT")
    assert (bound["low"], bound["high"]) == ("380", "")
    assert bound["preferred"] == "no"


def test_all_formats_hold_the_same_numbers(release, tmp_path):
    as_csv = {row["id"]: row["value"] for row in records(release)}
    as_json = {row["id"]: row["value"] or "" for row in records(release, "json")}
    book = body(get("latest/datasets/TRADE_PARTNER.xlsx"))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(1).to_python()
    header, *rows = sheet
    ids, values = header.index("id"), header.index("value")
    as_xlsx = {row[ids]: row[values] for row in rows}
    path = tmp_path / "a.parquet"
    path.write_bytes(body(get("latest/datasets/TRADE_PARTNER.parquet")))
    as_parquet = {row["id"]: row["value"] for row in read_parquet(path)}
    assert as_csv == as_json
    assert set(as_csv) == set(as_xlsx) == set(as_parquet)
    for name, text in as_csv.items():
        assert (float(text) if text else "") == as_xlsx[name]
        assert (float(text) if text else None) == (
            None if as_parquet[name] is None else float(as_parquet[name])
        )


def test_filters_narrow(release):
    assert {row["period"] for row in records(release, query="?period=2021")} == {"2021"}
    assert len(records(release, query="?period=2018&period=2019")) == 2
    assert records(release, query="?period=1900") == []


def test_a_text_is_never_a_formula(release):
    content = body(get("latest/datasets/OTHER.csv")).decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(content)))
    assert row["locator"] == "'=1+1"


def test_an_invented_case_says_so_in_every_form(release):
    about = json.loads(body(get("latest/datasets/OTHER.json?lang=en")))["about"]
    assert "INVENTED" in json.dumps(about)
    book = body(get("latest/datasets/OTHER.xlsx?lang=en"))
    front = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert any("INVENTED" in str(cell) for row in front for cell in row)
    assert json.loads(get("latest/documents/findings.json").content)["invented"] is True


def test_labels_are_in_the_language_asked_for(release):
    for language, word in (("ru", "Казахстан"), ("kk", "Қазақстан"), ("en", "Kazakhstan")):
        rows = records(release, query=f"?lang={language}")
        assert rows[0]["counterpart_area_label"] == word


def test_the_release_is_the_tag(release):
    path = "latest/datasets/TRADE_PARTNER.csv"
    first = get(path)
    again = get(path, if_none_match=first["ETag"])
    assert again.status_code == 304
    assert get(path + "?period=2021")["ETag"] != first["ETag"]
    assert "max-age=60" in first["Cache-Control"]
    by_name = get(f"{release.id}/datasets/TRADE_PARTNER.csv")
    assert "max-age=31536000" in by_name["Cache-Control"]
    assert body(by_name) == body(first)


def test_a_new_release_changes_latest_and_leaves_the_old_one(release):
    old = get("latest/datasets/TRADE_PARTNER.csv")
    new = releases().publish(Publication(ROWS[:2], DOCUMENTS))
    assert len(records(new)) == 2
    assert body(get(f"{release.id}/datasets/TRADE_PARTNER.csv")) == body(old)
    listed = json.loads(get("releases.json").content)["releases"]
    assert {row["id"] for row in listed} == {release.id, new.id}


def test_a_figure_with_its_history(release):
    found = json.loads(get(f"latest/figures/{ROWS[0].id}.json").content)
    assert found["rows"][0]["printed"] == "402,1"
    assert [revision["kind"] for revision in found["revisions"]] == ["added"]


def test_charts_are_files_to_take_away(release):
    answer = get("latest/charts/ru/turnover.svg")
    assert answer.content == b"<svg/>"
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.django_db  # editors' redirects are looked up before a 404 leaves
@pytest.mark.parametrize(
    "path",
    [
        "latest/datasets/NONE.csv",
        "2020-01-01-0123456789/datasets/TRADE_PARTNER.csv",
        "latest/documents/none.json",
        "latest/figures/000000000000.json",
        "latest/charts/ru/none.svg",
        "latest/datasets/TRADE_PARTNER.exe",
    ],
)
def test_what_is_not_there_is_a_404(release, path):
    answer = get(path)
    assert answer.status_code == 404
    error = json.loads(answer.content)
    assert error["error"] in ("UnknownCode", "ReleaseNotFound")
    assert "{" not in error["message"]


@pytest.mark.parametrize("path", ["", "nosuch", "nosuch/", "latest/"])
def test_an_unknown_address_is_an_error_for_machines_not_a_page(release, path, db):
    answer = get(path)
    assert answer.status_code == 404
    assert json.loads(answer.content)["error"] == "UnknownCode"


def test_an_unknown_language_is_said_not_guessed(release, db):
    answer = get("latest/datasets/TRADE_PARTNER.csv?lang=xx")
    assert answer.status_code == 400
    said = json.loads(answer.content)
    assert (said["params"]["name"], said["params"]["value"]) == ("lang", "xx")
    assert "ru, kk, en" in said["message"]


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_an_error_is_said_in_the_language_asked_for(release, db, language):
    other = "kk" if language == "ru" else "ru"
    asked = {"Accept-Language": other}
    path = "latest/datasets/TRADE_PARTNER.csv?what=1"
    named = get(f"{path}&lang={language}", **asked)
    plain = get(path, **{"Accept-Language": language})
    assert (named.status_code, plain.status_code) == (400, 400)
    message = json.loads(named.content)["message"]
    assert message == json.loads(plain.content)["message"]
    assert message != json.loads(get(path, **asked).content)["message"]
    # a language that there is not leaves the choice to the header, which caches must know
    assert "Accept-Language" in get(f"{path}&lang=xx", **asked)["Vary"]


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_nothing_is_written_here(language):
    ask = Client(enforce_csrf_checks=True)
    answer = ask.post("/api/releases.json", headers={"Accept-Language": language})
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    said = json.loads(answer.content)
    assert (said["error"], said["params"]) == ("MethodNotAllowed", {"method": "POST"})
    assert said["message"] == explain(MethodNotServed(method="POST"), language)


def test_numbers_of_many_digits_are_whole_in_every_form(tmp_path, settings):
    settings.IRTYSH_RELEASES = tmp_path / "releases"
    rows = [observe("1,62222297740817"), observe("0,0000000012345", "2020"), observe("7,5", "2019")]
    Releases(settings.IRTYSH_RELEASES).publish(Publication(rows, DOCUMENTS))
    path = tmp_path / "a.parquet"
    path.write_bytes(body(get("latest/datasets/TRADE_PARTNER.parquet")))
    lines = body(get("latest/datasets/TRADE_PARTNER.csv")).decode("utf-8-sig")
    for name in ("value", "low", "high"):
        as_csv = {one["id"]: Decimal(one[name]) for one in csv.DictReader(io.StringIO(lines))}
        assert {one["id"]: one[name] for one in read_parquet(path)} == as_csv
        assert name != "value" or as_csv[rows[0].id] == Decimal("1.62222297740817")
    cube = json.loads(body(get("latest/datasets/TRADE_PARTNER.jsonstat")), parse_float=Decimal)
    values = cube["value"]
    present = values.values() if isinstance(values, dict) else values
    assert {Decimal("1.62222297740817"), Decimal("1.2345E-9")} < set(present)


def test_a_kept_copy_is_good_until_something_new_is_published(release, settings):
    addresses = ("releases.json", "datasets/", "latest/datasets/TRADE_PARTNER.csv",
                 f"{release.id}/datasets/TRADE_PARTNER.csv")  # fmt: skip
    tags = {address: get(address)["ETag"] for address in addresses}
    for address, tag in tags.items():
        assert get(address, **{"If-None-Match": tag}).status_code == 304, address
    Releases(settings.IRTYSH_RELEASES).publish(Publication(ROWS[:-1], DOCUMENTS))
    again = {name: get(name, **{"If-None-Match": tag}).status_code for name, tag in tags.items()}
    assert list(again.values()) == [200, 200, 200, 304]


@pytest.mark.parametrize("form", ["csv", "json", "jsonstat", "zip", "parquet"])
def test_what_cannot_be_read_is_our_mistake_and_no_empty_file(release, monkeypatch, form):
    def broken(*_args, **_more):
        raise RuntimeError("secret")
        yield

    monkeypatch.setattr("irtysh.store.dataset.Dataset.stream", broken)
    answer = get(f"latest/datasets/TRADE_PARTNER.{form}?lang=kk")
    assert answer.status_code == 500
    assert "ETag" not in answer
    said = json.loads(answer.content)
    assert said["error"] == "ServerError"
    assert said["message"] == explain(SdmxBroken(), "kk")


def test_pages_of_other_sites_may_ask_as_their_libraries_do():
    wanted = "x-requested-with, content-type, if-none-match"
    answer = Client().options(
        "/api/releases.json",
        headers={"Origin": "https://example.org", "Access-Control-Request-Headers": wanted},
    )
    allowed = answer["Access-Control-Allow-Headers"].lower().split(", ")
    assert set(wanted.split(", ")) <= set(allowed)


def test_what_a_file_says_of_itself_has_the_same_keys_in_every_language(release):
    keys = [
        list(json.loads(body(get(f"latest/datasets/OTHER.json?lang={language}")))["about"])
        for language in ("ru", "kk", "en")
    ]
    assert keys[0] == keys[1] == keys[2]
    assert "citation" in keys[0] or "cite" in keys[0]
