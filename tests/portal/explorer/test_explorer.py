"""Pages of the explorer, in three languages and for both structures of data."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from pytest_django import Settings

from irtysh.portal.explorer.choosers import fits
from irtysh.publication.views import DIMENSIONS
from irtysh.store import Release
from irtysh.store.vintages import Vintage
from tests.flows import flow_row, flow_rows, published_flows
from tests.release import published

LANGUAGES = ("ru", "kk", "en")
DATASETS = ("TRADE_PARTNER", "TRADE_GOODS", "REGION_EXPORTS", "ENTERPRISES", "TEST_TRADE")


def _text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code, answer.headers)
    return unescape(answer.content.decode())


def _table(page: str) -> list[list[str]]:
    """Return the cells of the table as text."""
    body = re.search(r'<table class="table pivot[^"]*">(.*?)</table>', page, re.S)
    assert body is not None
    return [
        [
            " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"<sup.*?</sup>", "", cell)).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
        ]
        for row in re.findall(r"<tr>(.*?)</tr>", body[1], re.S)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_dataset_is_listed_and_found_by_words_topic_and_origin(
    explorer: Release, client: Client, language: str
) -> None:
    ids = [one["id"] for one in explorer.document("datasets")]
    page = _text(client, f"/{language}/explore/")
    for dataset in (*ids, "TEST_TRADE"):
        assert f'href="/{language}/explore/{dataset}/"' in page
    found = _text(client, f"/{language}/explore/?kind=imported")
    assert re.findall(rf'<h3><a href="/{language}/explore/(\w+)/"', found) == ["TEST_TRADE"]
    word = {"ru": "экспорта", "kk": "экспорты", "en": "exports"}[language]
    assert "AGRI_EXPORT" in _text(client, f"/{language}/explore/?q={word}")
    goods = _text(client, f"/{language}/explore/?topic=goods")
    assert "/TRADE_GOODS/" in goods
    assert f'href="/{language}/explore/BORDER/"' not in goods


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dataset", DATASETS)
def test_a_dataset_opens_with_a_table_its_source_and_ways_on(
    explorer: Release, client: Client, language: str, dataset: str
) -> None:
    page = _text(client, f"/{language}/explore/{dataset}/")
    assert len(_table(page)) > 1
    for part in (
        "<caption>",
        'scope="row"',
        'scope="col"',
        "/sdmx/v1/data/IRTYSH,",
        "readSDMX",
        "import sdmx",
        f"/datasets/{dataset}.zip",
        f"/datasets/{dataset}.csv?lang=",
    ):
        assert part in page, part  # fmt: skip
    assert page.count('aria-live="polite"') == 1


def test_numbers_are_written_in_the_readers_manner(explorer: Release, client: Client) -> None:
    asked = (
        "freq=A&flow=T&counterpart_area=KZ&measure=VALUE&rows=flow&cols=period&start=2021&end=2021"
    )
    said = {
        language: _table(_text(client, f"/{language}/explore/TRADE_PARTNER/?{asked}"))[1][1]
        for language in LANGUAGES
    }
    assert said["ru"].startswith("402,1")
    assert said["kk"].startswith("402,1")
    assert said["en"].startswith("402.1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_stand_in_the_readers_alphabet_and_codes_where_asked(
    explorer: Release, client: Client, language: str
) -> None:
    asked = "ref_area=KZ&flow=X&commodity=_T&measure=VALUE&rows=counterpart_area&cols=period"
    page = _text(client, f"/{language}/explore/TEST_TRADE/?{asked}&sort=name")
    names = [row[0] for row in _table(page)[1:]]
    assert (
        names
        == {
            "ru": ["Все страны", "Китай", "Омская область", "Россия"],
            "kk": ["Барлық елдер", "Қытай", "Омбы облысы", "Ресей"],
            "en": ["All countries", "China", "Omsk Region", "Russia"],
        }[language]
    )
    codes = _table(_text(client, f"/{language}/explore/TEST_TRADE/?{asked}&show=codes"))
    assert {row[0] for row in codes[1:]} == {"W", "CN", "RU", "RU-OMS"}
    both = _table(_text(client, f"/{language}/explore/TEST_TRADE/?{asked}&show=both"))
    assert "RU-OMS" in " ".join(row[0] for row in both)


def test_goods_named_in_another_language_say_in_which(explorer: Release, client: Client) -> None:
    asked = "ref_area=KZ&counterpart_area=RU&flow=X&measure=VALUE&rows=commodity&cols=period"
    page = _text(client, f"/kk/explore/TEST_TRADE/?{asked}")
    assert re.search(r'<th scope="row"[^>]* lang="en">Cereals', page)
    own = _text(client, f"/en/explore/TEST_TRADE/?{asked}")
    assert not re.search(r'<th scope="row"[^>]* lang="', own)


def test_a_form_is_led_to_the_shortest_address(explorer: Release, client: Client) -> None:
    said = "flow=X&flow=M&start=&end=&rows=period&rows=&cols=flow&show=&calc=&level="
    answer = client.get(f"/en/explore/TRADE_PARTNER/?{said}")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/en/explore/TRADE_PARTNER/?flow=X,M&rows=period&cols=flow"
    assert client.get(answer.headers["Location"]).status_code == 200


def test_an_imported_dataset_of_invented_data_says_so_on_page_list_and_picture(
    explorer: Release, client: Client
) -> None:
    marks = {"ru": "Вымышленные данные", "kk": "Ойдан шығарылған", "en": "Invented data"}
    for language, mark in marks.items():
        assert mark in _text(client, f"/{language}/explore/TEST_TRADE/")
        assert mark in _text(client, f"/{language}/explore/?kind=imported")
        assert mark in _text(client, f"/{language}/explore/TEST_TRADE/chart.svg")
        assert mark not in _text(client, f"/{language}/explore/TRADE_PARTNER/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_dataset_is_not_there_and_near_ones_are_named(
    explorer: Release, client: Client, language: str
) -> None:
    page = _text(client, f"/{language}/explore/TRADE_PARTNERS/", 404)
    assert f'href="/{language}/explore/TRADE_PARTNER/"' in page


@pytest.mark.parametrize(
    ("query", "said"),
    [("flows=X", "flow"), ("calc=sum", "previous"), ("start=soon", "2023-04")],
)
def test_a_wrong_address_says_what_is_possible(
    explorer: Release, client: Client, query: str, said: str
) -> None:
    for language in LANGUAGES:
        assert said in _text(client, f"/{language}/explore/TRADE_PARTNER/?{query}", 400)


def test_a_version_that_is_not_there_is_said_to_be_missing(
    explorer: Release, client: Client
) -> None:
    asked = "?version=2020-01-01-0123456789"
    for dataset in ("TRADE_PARTNER", "TEST_TRADE"):
        assert "2020-01-01-0123456789" in _text(client, f"/en/explore/{dataset}/{asked}", 404)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_view_offers_to_drop_what_emptied_it(
    explorer: Release, client: Client, language: str
) -> None:
    page = _text(client, f"/{language}/explore/TRADE_PARTNER/?flow=X&start=2050")
    offered = re.findall(r'class="drops">.*?href="\?([^"]*)"', page, re.S)
    assert offered == ["flow=X"]
    assert _table(_text(client, f"/{language}/explore/TRADE_PARTNER/?{offered[0]}"))


def test_a_fixed_version_keeps_its_value_and_latest_follows(
    explorer: Release, client: Client, imported: tuple[Path, list[Vintage]]
) -> None:
    asked = (
        "ref_area=KZ&counterpart_area=RU&flow=X&commodity=_T&measure=VALUE&rows=flow&cols=period"
        "&start=2021&end=2021"
    )
    new, old = imported[1]

    def value(version: str) -> float:
        page = _text(client, f"/en/explore/TEST_TRADE/?{version}{asked}")
        return float(_table(page)[1][1].replace(",", ""))

    assert round(value(f"version={new.id}&") - value(f"version={old.id}&"), 6) == 7
    assert value("") == value(f"version={new.id}&")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cell_shows_its_value_in_every_version(
    explorer: Release, client: Client, imported: tuple[Path, list[Vintage]], language: str
) -> None:
    asked = (
        "ref_area=KZ&counterpart_area=RU&flow=X&commodity=_T&measure=VALUE&rows=flow&cols=period"
        "&start=2021&end=2021"
    )
    page = _text(client, f"/{language}/explore/TEST_TRADE/?{asked}")
    link = re.search(r'class="figure-link" href="([^"]+/cell/\?k=[^"]+)"', page)
    assert link is not None
    cell = _text(client, link[1])
    for vintage in imported[1]:
        assert vintage.id in cell
    assert re.search(r"\(\+7([.,]0+)?\)", cell)
    assert client.get(f"/{language}/explore/TEST_TRADE/cell/?k=nonsense").status_code == 404


def test_a_cell_of_the_case_leads_to_its_figure(explorer: Release, client: Client) -> None:
    page = _text(client, "/en/explore/TRADE_PARTNER/")
    link = re.search(r'href="([^"]+/cell/\?k=[^"]+)"', page)
    assert link is not None
    cell = _text(client, link[1])
    figure = re.search(r'href="(/en/figures/[0-9a-f]{12}/)"', cell)
    assert figure is not None
    assert client.get(figure[1]).status_code == 200


@pytest.mark.parametrize("chart", ["line", "bars"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_stands_alone_with_title_source_and_version(
    explorer: Release, client: Client, language: str, chart: str
) -> None:
    asked = (
        "ref_area=KZ&flow=X&commodity=_T&measure=VALUE&rows=counterpart_area&cols=period"
        f"&chart={chart}"
    )
    page = _text(client, f"/{language}/explore/TEST_TRADE/?{asked}")
    assert page.count('role="img"') == 2
    answer = client.get(f"/{language}/explore/TEST_TRADE/chart.svg?{asked}")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    drawing = ET.fromstring(answer.content.decode())
    said = " ".join(drawing.itertext())
    for part in ("TEST_TRADE", "test_source"):
        assert part in said
    assert drawing.find("{http://www.w3.org/2000/svg}title") is not None
    assert "var(" not in answer.content.decode()


def test_a_chart_that_does_not_fit_says_why(explorer: Release, client: Client) -> None:
    mixed = _text(client, "/en/explore/TRADE_PARTNER/?counterpart_area=KZ&rows=measure&cols=period")
    assert "different units" in mixed
    assert "chart__wide" not in mixed


def test_a_map_is_offered_where_regions_vary(explorer: Release, client: Client) -> None:
    from irtysh.indicators.charts.direct import Words
    from irtysh.indicators.charts.direct_map import classes, map_drawn
    from irtysh.indicators.charts.geometry import Geometry

    shapes = Geometry(explorer.document("geometry"))
    values = {"RU-OMS": 5.0, "RU-NVS": 3.0, "KZ-59": 1.0, "KZ-55": None, "XX": 9.0}
    told = Words("m", "Title", "Words", "unit", ("Source",), "en")
    drawn = map_drawn(shapes, values, told)
    for text in (drawn.wide, drawn.narrow, drawn.alone):
        ET.fromstring(text)
        assert "no data" in text
        assert "url(#direct-hatch)" in text
    assert classes([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]) == [1.0, 2.0, 3.0, 4.0, 5.0]
    assert classes([2.0, 2.0]) == [2.0]


def test_a_long_list_is_searched_by_the_server(explorer: Release, client: Client) -> None:
    page = _text(client, "/en/explore/TEST_TRADE/?flow=X&find-commodity=wheat")
    tree = re.search(r'data-chooser="commodity".*?</details>', page, re.S)
    assert tree is not None
    assert re.findall(r'name="commodity" value="(\w+)"', tree[0]) == ["100199"]
    part = _text(client, "/en/explore/TEST_TRADE/codes/?in=commodity&find-commodity=2710&flow=X")
    assert re.findall(r'value="(\w+)"', part) == ["271019"]
    assert client.get("/en/explore/TEST_TRADE/codes/?in=colour").status_code == 404


@pytest.mark.parametrize(
    ("text", "words", "language"),
    [
        ("Легковые автомобили", "автомобилей", "ru"),
        ("Қазақстан облыстары", "облысы", "kk"),
        ("Petroleum oils", "oil", "en"),
    ],
)
def test_a_search_finds_other_endings(text: str, words: str, language: str) -> None:
    assert fits("2710", text, words, language)
    assert fits("2710", text, "27", language)
    assert not fits("2710", text, "zzz", language)


def test_what_is_computed_names_its_formula(explorer: Release, client: Client) -> None:
    asked = "ref_area=KZ&flow=X&commodity=_T&measure=VALUE&rows=counterpart_area&cols=period"
    page = _text(client, f"/en/explore/TEST_TRADE/?{asked}&calc=previous&start=2020")
    assert "/en/indicators/growth-previous/" in page
    assert re.search(r"\+\d+\.\d", _table(page)[1][1])


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("calc=previous", "just before it"),
        ("calc=year", "the same one of the year before"),
        ("calc=index&base=2020", "The base is the period that was chosen"),
    ],
)
def test_a_convention_says_what_the_explorer_compares_with(
    explorer: Release, client: Client, asked: str, said: str
) -> None:
    page = _text(client, f"/en/explore/TEST_TRADE/?ref_area=KZ&rows=flow&cols=period&{asked}")
    assert said in page
    assert "previous known" not in page and "first known" not in page


def test_an_index_without_a_base_begins_with_the_first_period(
    explorer: Release, client: Client
) -> None:
    asked = "ref_area=KZ&counterpart_area=RU&commodity=_T&measure=VALUE&rows=flow&cols=period"
    answer = client.get(f"/en/explore/TEST_TRADE/?{asked}&calc=index")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("calc=index&base=2019")


def test_a_share_is_offered_only_of_a_whole_that_is_printed(
    explorer: Release, client: Client, settings: Settings, tmp_path: Path
) -> None:
    assert '<option value="share"' in _text(client, "/en/explore/TEST_TRADE/")
    settings.IRTYSH_DATASETS = tmp_path
    published_flows(tmp_path, flow_rows(months=False, totals=False))
    assert '<option value="share"' not in _text(client, "/en/explore/TEST_TRADE/")
    asked = "rows=commodity&cols=period&ref_area=KZ&calc=share"
    assert "prints no total of all goods" in _text(client, f"/en/explore/TEST_TRADE/?{asked}")


def test_a_wide_table_keeps_its_headings_on_paper_and_can_be_turned(
    explorer: Release, client: Client
) -> None:
    asked = "ref_area=RU-OMS&counterpart_area=KZ&freq=M&measure=VALUE&rows=flow"
    page = _text(client, f"/en/explore/TEST_TRADE/?{asked}&cols=period")
    assert 'data-at="April 2023"' in page
    swap = re.search(r'<a class="legend__swap" href="\?([^"]+)"', page)
    assert swap is not None
    turned = _text(client, f"/en/explore/TEST_TRADE/?{swap[1]}")
    assert len(_table(turned)) == 13
    assert "data-at" not in turned


def test_other_pages_lead_to_the_explorer(explorer: Release, client: Client) -> None:
    assert 'href="/kk/explore/TRADE_GOODS/"' in _text(client, "/kk/data/")
    assert 'href="/kk/explore/TRADE_GOODS/"' in _text(client, "/kk/data/TRADE_GOODS/")
    assert 'href="/kk/explore/"' in _text(client, "/kk/trade/")
    assert 'href="/kk/explore/TRADE_GOODS/"' in _text(client, "/kk/trade/goods/")


def test_an_unchanged_view_is_not_sent_again(explorer: Release, client: Client) -> None:
    first = client.get("/en/explore/TEST_TRADE/")
    again = client.get("/en/explore/TEST_TRADE/", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert again.status_code == 304
    other = client.get("/en/explore/TEST_TRADE/?flow=X")
    assert other.headers["ETag"] != first.headers["ETag"]


def test_nothing_can_be_sent_to_the_explorer(explorer: Release, client: Client) -> None:
    assert client.post("/en/explore/TEST_TRADE/").status_code == 405


def test_a_place_of_half_the_dataset_is_no_cell(
    explorer: Release, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = "~".join({"ref_area": "CN", "measure": "VALUE"}.get(name, "*") for name in DIMENSIONS)
    address = f"/en/explore/TEST_TRADE/cell/?k={wide}"
    monkeypatch.setattr("irtysh.portal.explorer.history.MOST_ROWS", 10)
    assert client.get(address).status_code == 404
    monkeypatch.setattr("irtysh.portal.explorer.history.MOST_ROWS", 10_000)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_territories_of_the_case_have_names_in_an_imported_dataset(
    db: None, client: Client, settings: Settings, tmp_path: Path, language: str
) -> None:
    settings.IRTYSH_RELEASES = published("sandbox")
    settings.IRTYSH_DATASETS = tmp_path
    rows = [
        flow_row(ref_area="XT-N", counterpart_area=one, line=line)
        for line, one in enumerate(("XM", "XO", "XV"), start=2)
    ]
    published_flows(tmp_path, rows)
    page = _text(client, f"/{language}/explore/TEST_TRADE/?rows=counterpart_area&cols=period")
    names = " ".join(row[0] for row in _table(page))
    assert {"ru": "Орландия", "kk": "Орландия", "en": "Orland"}[language] in names
    assert "XO" not in names


@pytest.mark.parametrize("dataset", ["ENTERPRISES", "BORDER", "TARGETS", "INVESTMENT", "FREIGHT"])
def test_every_table_can_be_turned_also_where_periods_are_not_dated(
    explorer: Release, client: Client, dataset: str
) -> None:
    page = _text(client, f"/en/explore/{dataset}/")
    swap = re.search(r'<a class="legend__swap" href="\?([^"]+)"', page)
    assert swap is not None
    assert len(_table(_text(client, f"/en/explore/{dataset}/?{swap[1]}"))) > 1
