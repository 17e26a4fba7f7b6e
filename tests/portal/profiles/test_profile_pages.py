"""Pages of trade profiles and mirrors: three languages, pair, area, nothing to show, refusals."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from irtysh.store import Release
from irtysh.store.vintages import Vintages
from irtysh.vocabulary.numbers import format_number
from tests.flows import flow_row, flow_rows, published_flows

LANGUAGES = ("ru", "kk", "en")


def _text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code, answer.headers)
    return unescape(answer.content.decode())


def _cells(page: str, table: str) -> list[list[str]]:
    """Return the rows of the first table of a class."""
    body = re.search(rf'<table class="{table}[^"]*".*?<tbody>(.*?)</tbody>', page, re.S)
    assert body is not None, table
    return [
        [
            " ".join(re.sub(r"</?[a-z][^>]*>", " ", cell).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
        ]
        for row in re.findall(r"<tr>(.*?)</tr>", body[1], re.S)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pair_shows_the_numbers_of_its_rows(
    profiles: Release, client: Client, language: str
) -> None:
    page = _text(client, f"/{language}/trade/profiles/KZ/RU/?dataset=TEST_TRADE")
    sums = {
        (row.flow, row.period): Decimal(row.value)
        for row in flow_rows()
        if (row.ref_area, row.counterpart_area, row.commodity) == ("KZ", "RU", "_T")
    }
    shown = {row[0]: row[1:] for row in _cells(page, "table line")}
    assert set(shown) == {period for _flow, period in sums}
    for period, cells in shown.items():
        exports, imports = (sums[flow, period] / 1000 for flow in "XM")
        plain = [format_number(value, language, 1) for value in (exports, imports)]
        assert cells[:2] == [" ".join(text.split()) for text in plain]
        balance = format_number(exports - imports, language, 1)
        small = {"en": "< 0.1"}.get(language, "< 0,1")  # never rounded to nothing
        assert cells[2] == (small if balance in ("0.0", "0,0") else " ".join(balance.split()))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path",
    ["KZ/", "RU-OMS/", "RU-OMS/KZ/", "KZ/RU/", "KZ/RU/?level=0", "RU-OMS/KZ/?period=2023-05"],
)
def test_profiles_have_charts_tables_notes_and_ways_on(
    profiles: Release, client: Client, language: str, path: str
) -> None:
    page = _text(client, f"/{language}/trade/profiles/{path}")
    for part in (
        'class="drawing drawing-wide"', 'scope="row"', "<caption>", "TEST_TRADE.csv?lang=",
        "version=", f"/{language}/explore/TEST_TRADE/?", "honesty__list", "profiles.css",
        'class="tally"',
    ):  # fmt: skip
        assert part in page, part
    marks = {"ru": "Вымышленные данные", "kk": "Ойдан шығарылған", "en": "Invented data"}
    assert marks[language] in page


def test_a_region_by_month_and_product(profiles: Release, client: Client) -> None:
    page = _text(client, "/en/trade/profiles/RU-OMS/KZ/")
    rows = _cells(page, "table months__table")
    assert rows[0][0].startswith("271019")
    assert rows[0][4] == "28.25"


def test_each_number_leads_to_the_view_that_shows_it(profiles: Release, client: Client) -> None:
    page = _text(client, "/en/trade/profiles/KZ/RU/?dataset=TEST_TRADE&level=0")
    links = re.findall(r'href="(/en/explore/TEST_TRADE/\?[^"]+)"[^>]*>([\d.,]+)</a>', page)
    assert len(links) > 12
    for link, number in links[:5]:
        seen = client.get(link, follow=True).content.decode()
        written = re.findall(r'class="figure-link[^>]*>([\d,.]+)<', seen)
        values = [Decimal(one.replace(",", "")) for one in written]
        numbers = [value.scaleb(-3) for value in values]
        apart = [one - other for one in values for other in values]
        numbers += [*apart, *(one.scaleb(-3) for one in apart)]  # a balance, in units of its own
        numbers += [one / other * 100 for one in values for other in values if other]  # a share
        rounded = {format_number(one, "en", digits) for one in numbers for digits in (1, 2)}
        assert number in rounded, (link, number)


def test_a_balance_a_share_and_a_month_lead_to_what_they_are_made_of(
    profiles: Release, client: Client
) -> None:
    page = _text(client, "/en/trade/profiles/KZ/RU/?dataset=TEST_TRADE")
    links = re.findall(r'href="(/en/explore/TEST_TRADE/\?[^"]+)"', page)
    assert any("flow=X,M" in one and "rows=flow" in one for one in links)
    assert any("counterpart_area=RU,W" in one for one in links)
    months = _text(client, "/en/trade/profiles/RU-OMS/KZ/")
    cell = re.search(r'href="([^"]+start=2023-04&end=2023-04[^"]*)"[^>]*>28\.25</a>', months)
    assert cell is not None
    assert "28.25" in client.get(cell[1], follow=True).content.decode()


def test_a_year_of_some_months_says_which(
    portal: Release, client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.IRTYSH_DATASETS = tmp_path
    rows = [
        flow_row(freq="M", period=f"2023-{month:02d}", line=month) for month in (1, 2, 3)
    ]  # fmt: skip
    published_flows(tmp_path, rows)
    page = _text(client, "/en/trade/profiles/KZ/RU/")
    assert '<h2 id="pr-headline">January–March 2023</h2>' in page
    assert '<option value="2023" selected>January–March 2023</option>' in page


def test_a_code_without_a_name_stands_once(
    portal: Release, client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.IRTYSH_DATASETS = tmp_path
    published_flows(tmp_path, [flow_row(commodity="991234", classification="_Z")])
    page = _text(client, "/en/trade/profiles/KZ/RU/")
    row = re.search(r'<th scope="row">(<span class="tallies__name".*?)</th>', page, re.S)
    assert row is not None
    assert re.sub(r"<[^>]+>", "", row[1]).count("991234") == 1


def test_a_mirror_without_years_offers_ways_on_and_nothing_empty(
    portal: Release, client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.IRTYSH_DATASETS = tmp_path
    published_flows(tmp_path, [flow_row(freq="M", period="2023-01")])
    page = _text(client, "/en/trade/mirror/KZ/RU/")
    assert "No yearly records" in page
    assert "<select" not in page and "records.csv" not in page
    assert 'href="/en/trade/profiles/KZ/RU/"' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_version_is_fixed_by_its_address(
    profiles: Release, folder: Path, client: Client, language: str
) -> None:
    version = Vintages(folder).current("TEST_TRADE").id
    page = _text(client, f"/{language}/trade/profiles/KZ/RU/?dataset=TEST_TRADE&version={version}")
    assert f"/api/{version}/datasets/TEST_TRADE.csv" in page
    answer = client.get(f"/{language}/trade/profiles/KZ/RU/?version=2001-01-01-0000000000")
    assert answer.status_code == 404


def test_an_answer_has_the_tag_of_the_datasets(profiles: Release, client: Client) -> None:
    first = client.get("/en/trade/profiles/KZ/RU/")
    again = client.get("/en/trade/profiles/KZ/RU/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert client.post("/en/trade/profiles/KZ/RU/").status_code == 405


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_invented_where_no_dataset_knows_the_area(
    profiles: Release, client: Client, language: str
) -> None:
    page = _text(client, f"/{language}/trade/profiles/UZ/")
    assert "irtysh import" in page
    assert f'href="/{language}/explore/TEST_TRADE/"' in page
    assert "<svg class=" not in page
    assert 'class="figure' not in page


def test_a_region_without_data_leads_to_the_pair_of_countries(
    profiles: Release, client: Client
) -> None:
    page = _text(client, "/en/trade/profiles/KZ-59/RU/")
    assert 'href="/en/trade/profiles/KZ/RU/"' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_any_dataset_the_way_to_import_is_shown(
    profiles: Release, client: Client, settings: Settings, tmp_path: Path, language: str
) -> None:
    settings.IRTYSH_DATASETS = tmp_path
    for path in ("trade/profiles/", "trade/profiles/RU-OMS/KZ/", "trade/mirror/RU/KZ/"):
        assert "irtysh import" in _text(client, f"/{language}/{path}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_code_is_not_there_and_near_ones_are_named(
    profiles: Release, client: Client, language: str
) -> None:
    page = _text(client, f"/{language}/trade/profiles/RU-OMSK/", 404)
    assert f'href="/{language}/trade/profiles/RU-OMS/"' in page
    assert _text(client, f"/{language}/trade/profiles/KZ/KZ/", 404)
    answer = client.get(f"/{language}/trade/profiles/ru-oms/kz/?period=2021")
    assert answer.headers["Location"] == f"/{language}/trade/profiles/RU-OMS/KZ/?period=2021"


@pytest.mark.parametrize(
    "query", ["period=1990", "level=3", "dataset=NOTHING", "edition=H0", "version=yesterday"]
)
def test_what_is_not_there_is_refused_in_words(
    profiles: Release, client: Client, query: str
) -> None:
    answer = client.get(f"/en/trade/profiles/KZ/RU/?{query}")
    assert answer.status_code in (400, 404)
    assert 'class="lead"' in answer.content.decode()


def test_words_of_an_address_are_escaped(profiles: Release, client: Client) -> None:
    for path in ("trade/profiles/%3Cscript%3E/", "trade/profiles/?area=%3Cscript%3Ealert",
                 "trade/profiles/KZ/?period=%3Cscript%3E",
                 "trade/mirror/%3Cscript%3E/KZ/"):  # fmt: skip
        assert "<script>" not in client.get(f"/en/{path}").content.decode()


@pytest.mark.parametrize(
    ("words", "code"),
    [("Казахстан", "KZ"), ("қазақстан", "KZ"), ("Kazakhstan", "KZ"), ("kz", "KZ"),
     ("Омская область", "RU-OMS"), ("ru-oms", "RU-OMS")],
)  # fmt: skip
def test_an_area_is_found_by_its_code_or_its_name_in_any_language(
    profiles: Release, client: Client, words: str, code: str
) -> None:
    answer = client.get("/en/trade/profiles/", {"area": words})
    assert answer.headers["Location"] == f"/en/trade/profiles/{code}/"


def test_words_that_fit_several_areas_are_a_choice(profiles: Release, client: Client) -> None:
    page = _text(client, "/en/trade/profiles/?area=kore&partner=RU")
    assert "area=KR&partner=RU" in page
    own = _text(client, "/en/trade/profiles/")
    assert 'href="/en/trade/profiles/RU-OMS/KZ/"' in own
    assert 'href="/en/trade/mirror/RU/KZ/"' in own


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_records_of_a_flow_stand_side_by_side(
    profiles: Release, client: Client, language: str
) -> None:
    page = _text(client, f"/{language}/trade/mirror/DE/PL/")
    rows = _cells(page, "table records")
    assert [row[0] for row in rows] == ["2023", "2022", "2021"]
    plain = [re.sub(r"\D", "", cell) for cell in rows[2][1:3]]
    assert plain == ["1000", "1030"]
    assert rows[0][2].startswith("—")
    words = {"ru": "не усреднено", "kk": "орташаланбаған", "en": "not averaged"}
    assert words[language] in rows[1][6]
    assert page.index('class="warnings"') < page.index('class="table records"')


def test_the_records_of_a_mirror_as_a_file(profiles: Release, client: Client) -> None:
    answer = client.get("/en/trade/mirror/DE/PL/records.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    by_year = {row["period"]: row for row in rows if row["exporter"] == "DE"}
    assert by_year["2021"]["exports_recorded"] == "1000"
    assert by_year["2021"]["imports_recorded"] == "1030"
    assert by_year["2023"]["imports_recorded"] == ""
    assert by_year["2022"]["reconciled"] == ""
    assert "ATTRIBUTION" in by_year["2022"]["flags"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_region_has_no_mirror_and_its_country_has(
    profiles: Release, client: Client, language: str
) -> None:
    page = _text(client, f"/{language}/trade/mirror/RU-OMS/KZ/")
    assert f'href="/{language}/trade/mirror/RU/KZ/"' in page


def test_the_profile_is_one_click_away(profiles: Release, client: Client) -> None:
    for path in ("trade/", "territories/", "explore/TEST_TRADE/?ref_area=KZ"):
        assert "/en/trade/profiles/" in _text(client, f"/en/{path}")


def test_a_page_can_be_printed(profiles: Release, client: Client) -> None:
    """The address stands on paper, and what cannot be pressed there does not."""
    page = _text(client, "/en/trade/profiles/KZ/RU/?dataset=TEST_TRADE")
    assert re.search(r'<p class="printed small">http://\S+version=', page)
    sheet = Path("irtysh/portal/static/portal/css/profiles.css").read_text(encoding="utf-8")
    printed = sheet[sheet.index("@media print") :]
    assert ".filters" in printed
    assert ".printed { display: block" in printed
