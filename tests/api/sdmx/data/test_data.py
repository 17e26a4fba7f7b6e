"""Data queries over HTTP: what every parameter of REST 1.5 and 2.2 chooses, and the refusals."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from lxml import etree

from irtysh.sdmx.points import Points
from irtysh.sdmx.structure import TRADE, Point
from irtysh.store.vintages import Vintage, Vintages
from tests.flows import flow_rows, published_flows

V1 = "/sdmx/v1/data"
V2 = "/sdmx/v2/data"
CSV1 = "application/vnd.sdmx.data+csv;version=1.0.0"
CSV2 = "application/vnd.sdmx.data+csv;version=2.0.0"
KEY = "A.KZ.X.H5_100199.RU.VALUE"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two vintages of declared flows: the second revises one value and withdraws one line."""
    folder = tmp_path_factory.mktemp("datasets")
    rows = list(flow_rows())
    revised = [
        row._replace(value="1.5") if row.line == 10 else row for row in rows if row.line != 20
    ]
    published_flows(folder, rows, created_at=datetime(2026, 11, 20, tzinfo=UTC))
    published_flows(folder, revised, created_at=datetime(2026, 11, 25, tzinfo=UTC))
    return folder


@pytest.fixture(autouse=True)
def shown(folder: Path, tmp_path: Path) -> Iterator[None]:
    with override_settings(IRTYSH_DATASETS=folder, IRTYSH_RELEASES=tmp_path):
        yield


@pytest.fixture(scope="module")
def vintage(folder: Path) -> Vintage:
    return Vintages(folder).current("TEST_TRADE")


@pytest.fixture(scope="module")
def points(vintage: Vintage) -> list[Point]:
    return list(Points(TRADE, vintage.dataset.stream(by_series=True)))


def body(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode()


def rows(client: Client, address: str, accept: str = CSV1, **headers: str) -> list[dict[str, str]]:
    response = client.get(address, headers={"Accept": accept, **headers})
    text = body(response)
    assert response.status_code in (200, 206), text
    return list(csv.DictReader(io.StringIO(text, newline="")))


def keys(listed: list[dict[str, str]]) -> set[tuple[str, str]]:
    return {(".".join(row[one] for one in TRADE.key), row["TIME_PERIOD"]) for row in listed}


def expected(points: list[Point], admits: Any) -> set[tuple[str, str]]:
    return {(".".join(one.key), one.time) for one in points if admits(one)}


@pytest.mark.parametrize(
    ("address", "admits"),
    [
        (f"{V1}/TEST_TRADE", lambda p: True),
        (f"{V1}/TEST_TRADE/all/all/", lambda p: True),
        (f"{V1}/IRTYSH,TEST_TRADE", lambda p: True),
        (f"{V1}/IRTYSH,TEST_TRADE,1.0/all/IRTYSH", lambda p: True),
        (f"{V1}/all,TEST_TRADE,latest/{KEY}", lambda p: p.key == tuple(KEY.split("."))),
        (f"{V1}/TEST_TRADE/A.KZ+CN.X..RU.", lambda p: p.key[0] == "A" and p.key[1] in ("KZ", "CN")
            and p.key[2] == "X" and p.key[4] == "RU"),
        (f"{V1}/TEST_TRADE/..X._T..VALUE", lambda p: p.key[2:4] == ("X", "_T")
            and p.key[5] == "VALUE"),
        (f"{V1}/TEST_TRADE/...H5_271019+_T..WEIGHT", lambda p: p.key[3] in ("H5_271019", "_T")
            and p.key[5] == "WEIGHT"),
        (f"{V1}/TEST_TRADE?startPeriod=2022", lambda p: p.time >= "2022"),
        (f"{V1}/TEST_TRADE?endPeriod=2019-12-31", lambda p: p.time == "2019"),
        (f"{V1}/TEST_TRADE/M?startPeriod=2023-Q2&endPeriod=2023-M07",
            lambda p: "2023-04" <= p.time <= "2023-07"),
        (f"{V1}/TEST_TRADE/M?startPeriod=2023-W14&endPeriod=2023-06-30T00:00:00",
            lambda p: "2023-05" <= p.time <= "2023-06"),
        (f"{V1}/TEST_TRADE/M?startPeriod=2023-03-01/P2M&endPeriod=2023-03-01/P2M",
            lambda p: "2023-03" <= p.time <= "2023-04"),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE/1.0/{KEY}/", lambda p: p.key == tuple(KEY.split("."))),
        (f"{V2}/*/IRTYSH/TEST_TRADE/+/A.KZ.X.*.RU.VALUE", lambda p: p.key[:3] == ("A", "KZ", "X")
            and p.key[4:] == ("RU", "VALUE")),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE/~/A.KZ", lambda p: p.key[:2] == ("A", "KZ")),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE/*/A.KZ.X,M", lambda p: p.key[:3] == ("A", "KZ", "X")
            or p.key[0] == "M"),
        (f"{V2}/datastructure/IRTYSH/TRADE/1.0/M", lambda p: p.key[0] == "M"),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE?c[FREQ]=M", lambda p: p.key[0] == "M"),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE?c[FREQ]=ne:A&c[TRADE_FLOW]=X",
            lambda p: p.key[0] == "M" and p.key[2] == "X"),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE?c[TIME_PERIOD]=ge:2023-03+le:2023-05",
            lambda p: "2023-03" <= p.time <= "2023-05"),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE?c[TIME_PERIOD]=ge:2019+le:2019,gt:2022",
            lambda p: p.time == "2019" or p.time > "2022"),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE?c[TIME_PERIOD]=lt:2020,2021",
            lambda p: p.time in ("2019", "2021")),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE?c[COMMODITY]=co:27+ew:19",
            lambda p: p.key[3] == "H5_271019"),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE?c[COMMODITY]=nc:H5", lambda p: p.key[3] == "_T"),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE?c[COMMODITY]=sw:H5_84,H5_10",
            lambda p: p.key[3].startswith("H5_84")),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE?c[OBS_VALUE]=ge:25000.5+lt:26000&c[MEASURE]=VALUE",
            lambda p: p.key[5] == "VALUE" and p.value is not None and 25000.5 <= p.value < 26000),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE?c[OBS_STATUS]=M,Q",
            lambda p: p.attributes["OBS_STATUS"] in ("M", "Q")),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE?c[UNIT_MEASURE]=KG",
            lambda p: p.attributes["UNIT_MEASURE"] == "KG"),
    ],
)  # fmt: skip
def test_what_is_asked_for_comes(
    client: Client, points: list[Point], address: str, admits: Any
) -> None:
    wanted = expected(points, admits)
    if "sw:H5_84,H5_10" in address:
        wanted = expected(points, lambda p: p.key[3] == "H5_840734")  # "H5_10" is a whole code
    assert keys(rows(client, address)) == wanted
    assert wanted


@pytest.mark.django_db  # a redirect is looked for where nothing is found
@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        (f"{V1}/NO_SUCH_FLOW", 404, "100"),
        (f"{V1}/XB,TEST_TRADE", 404, "100"),
        (f"{V1}/TEST_TRADE/all/SOMEBODY", 404, "100"),
        (f"{V1}/IRTYSH,TEST_TRADE,7.0", 404, "100"),
        (f"{V1}/TEST_TRADE/A.KZ.X.H5_999999", 404, "100"),
        (f"{V1}/TEST_TRADE/A.KZ.X.H5$zz", 404, "100"),
        (f"{V1}/TEST_TRADE?startPeriod=2050", 404, "100"),
        (f"{V1}/TEST_TRADE?updatedAfter=2030-01-01", 404, "100"),
        (f"{V1}/TEST_TRADE?startPeriod=yesterday", 400, "140"),
        (f"{V1}/TEST_TRADE?endPeriod=2021-13", 400, "140"),
        (f"{V1}/TEST_TRADE?detail=everything", 400, "140"),
        (f"{V1}/TEST_TRADE?lastNObservations=-1", 400, "140"),
        (f"{V1}/TEST_TRADE?firstNObservations=many", 400, "140"),
        (f"{V1}/TEST_TRADE?includeHistory=perhaps", 400, "140"),
        (f"{V1}/TEST_TRADE?updatedAfter=yesterday", 400, "140"),
        (f"{V1}/TEST_TRADE?dimensionAtObservation=COLOUR", 400, "150"),
        (f"{V1}/TEST_TRADE/A.B.C.D.E.F.G.H", 400, "150"),
        (f"{V1}/TEST_TRADE/A/all/more", 400, "140"),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE?c[COLOUR]=red", 400, "150"),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE?c[TIME_PERIOD]=ge:soon", 400, "140"),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE?attributes=COLOUR", 400, "150"),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE?measures=COLOUR", 400, "150"),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE?limit=0", 400, "140"),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE?reportingYearStartDay=July", 400, "140"),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE?asOf=2020-01-01T00:00:00Z", 404, "100"),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE?sort=OBS_VALUE:desc", 501, "501"),
        (f"{V2}/picture/IRTYSH/TEST_TRADE", 400, "150"),
    ],
)
def test_refusals_are_sdmx_errors(client: Client, address: str, status: int, code: str) -> None:
    response = client.get(address)
    assert response.status_code == status, body(response)
    root = etree.fromstring(body(response).encode())
    assert [one.get("code") for one in root] == [code]
    assert len(root[0]) >= 3  # three languages
    told = client.get(address, headers={"Accept": "application/vnd.sdmx.data+json"})
    assert told.status_code == status
    assert json.loads(body(told))["errors"][0]["code"] == int(code)


def test_first_and_last_observations_of_every_series(client: Client, points: list[Point]) -> None:
    series: dict[str, list[str]] = {}
    for point in points:
        series.setdefault(".".join(point.key), []).append(point.time)
    last = {(key, time) for key, times in series.items() for time in times[-2:]}
    assert keys(rows(client, f"{V1}/TEST_TRADE?lastNObservations=2")) == last
    both = {(key, t) for key, times in series.items() for t in {*times[:1], *times[-1:]}}
    found = rows(client, f"{V1}/TEST_TRADE?firstNObservations=1&lastNObservations=1")
    assert keys(found) == both


def test_pages_together_are_the_whole(client: Client, points: list[Point]) -> None:
    address = f"{V2}/dataflow/IRTYSH/TEST_TRADE/1.0/A.KZ"
    whole = rows(client, address)
    first = rows(client, f"{address}?limit=40")
    rest = rows(client, f"{address}?offset=40")
    assert len(first) == 40
    assert first + rest == whole


def test_a_range_of_values_is_a_part(client: Client) -> None:
    address = f"{V1}/TEST_TRADE/A.KZ.X..RU.VALUE"
    whole = rows(client, address)
    response = client.get(address, headers={"Accept": CSV1, "Range": "values=2-4"})
    assert response.status_code == 206
    assert response.headers["Content-Range"] == f"values 2-4/{len(whole)}"
    assert list(csv.DictReader(io.StringIO(body(response)))) == whole[2:5]
    assert client.get(address, headers={"Range": "values=5-2"}).status_code == 400


def test_what_changed_since(client: Client) -> None:
    found = rows(client, f"{V1}/TEST_TRADE?updatedAfter=2026-11-22T00:00:00+05:00")
    said = {(row["ACTION"], row["COMMODITY"], row["MEASURE"], row["OBS_VALUE"]) for row in found}
    before = {row.line: row for row in flow_rows()}
    gone = before[20]
    revised = f"H5_{before[10].commodity}"
    assert said == {
        ("R", revised, "VALUE", "1.5"),
        ("D", f"H5_{gone.commodity}", "VALUE", gone.value),
        ("D", f"H5_{gone.commodity}", "WEIGHT", gone.weight),
    }
    assert {row["VALID_FROM"] or row["VALID_TO"] for row in found} == {"2026-11-25T00:00:00Z"}


def test_history_holds_every_publication(client: Client, points: list[Point]) -> None:
    response = client.get(
        f"{V1}/TEST_TRADE?includeHistory=true",
        headers={"Accept": "application/vnd.sdmx.genericdata+xml;version=2.1"},
    )
    sets = [
        (one.get("action"), one.get("validFromDate") or one.get("validToDate"))
        for one in etree.fromstring(body(response).encode())
        if one.tag.endswith("DataSet")
    ]
    assert sets == [
        ("Replace", "2026-11-20T00:00:00Z"),
        ("Replace", "2026-11-25T00:00:00Z"),
        ("Delete", "2026-11-25T00:00:00Z"),
    ]


def test_as_of_an_earlier_day_the_earlier_version(client: Client) -> None:
    address = f"{V2}/dataflow/IRTYSH/TEST_TRADE/1.0/A"
    now = rows(client, address)
    then = rows(client, f"{address}?asOf=2026-11-22T00:00:00Z")
    assert len(then) == len(now) + 2
    assert "1.5" in {row["OBS_VALUE"] for row in now}
    assert "1.5" not in {row["OBS_VALUE"] for row in then}


@pytest.mark.parametrize(
    ("address", "columns"),
    [
        (f"{V1}/TEST_TRADE/{KEY}?detail=dataonly", {"TIME_PERIOD", "OBS_VALUE"}),
        (f"{V1}/TEST_TRADE/{KEY}?detail=serieskeysonly", set()),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE/1.0/{KEY}?attributes=none",
            {"TIME_PERIOD", "OBS_VALUE"}),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE/1.0/{KEY}?attributes=UNIT_MULT,OBS_STATUS",
            {"TIME_PERIOD", "OBS_VALUE", "UNIT_MULT", "OBS_STATUS"}),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE/1.0/{KEY}?attributes=dataset&measures=none",
            {"TIME_PERIOD", "SOURCE"}),
        (f"{V2}/dataflow/IRTYSH/TEST_TRADE/1.0/{KEY}?attributes=none&measures=none", set()),
    ],
)  # fmt: skip
def test_detail_chooses_the_columns(client: Client, address: str, columns: set[str]) -> None:
    found = rows(client, address)
    assert set(found[0]) == {"DATAFLOW", *TRADE.key, *columns}
    assert len(found) == (1 if "TIME_PERIOD" not in columns else 5)


@pytest.mark.parametrize(
    ("accept", "generation", "sent"),
    [
        ("*/*", V1, "application/vnd.sdmx.structurespecificdata+xml;version=2.1"),
        ("application/xml", V1, "application/vnd.sdmx.structurespecificdata+xml;version=2.1"),
        ("application/vnd.sdmx.genericdata+xml;version=2.1", V1, None),
        ("application/vnd.sdmx.generictimeseriesdata+xml;version=2.1", V1, None),
        ("application/vnd.sdmx.structurespecifictimeseriesdata+xml;version=2.1", V1, None),
        ("application/vnd.sdmx.data+json;version=1.0.0", V1, None),
        ("application/vnd.sdmx.data+json;version=2.0.0", V2, None),
        ("application/vnd.sdmx.data+xml;version=3.0.0", V2, None),
        (f"{CSV2};labels=both;keys=both", V2, f"{CSV2};labels=both;keys=both;charset=utf-8"),
        (f"{CSV1};labels=both", V1, f"{CSV1};labels=both;charset=utf-8"),
    ],
)
def test_media_types(client: Client, accept: str, generation: str, sent: str | None) -> None:
    rest = "TEST_TRADE" if generation == V1 else "dataflow/IRTYSH/TEST_TRADE/1.0"
    response = client.get(f"{generation}/{rest}/{KEY}", headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["Content-Type"] == (sent or accept)
    assert body(response)


def test_format_wins_over_accept_and_an_unknown_one_is_406(client: Client) -> None:
    address = f"{V1}/TEST_TRADE/{KEY}"
    told = client.get(f"{address}?format=jsondata", headers={"Accept": "application/xml"})
    assert json.loads(body(told))["data"]["dataSets"]
    assert client.get(f"{address}?format=parchment").status_code == 406
    refused = client.get(address, headers={"Accept": "image/png"})
    assert refused.status_code == 406


def test_an_answer_is_kept_by_its_version(client: Client, vintage: Vintage) -> None:
    address = f"{V1}/TEST_TRADE/{KEY}"
    response = client.get(address)
    tag = response.headers["ETag"]
    assert vintage.id in tag
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    other = client.get(address, headers={"If-None-Match": tag, "Accept": CSV1})
    assert other.status_code == 200
    assert other.headers["ETag"] != tag


def test_answers_are_compressed_streamed_and_open_to_other_pages(client: Client) -> None:
    response = client.get(f"{V1}/TEST_TRADE", headers={"Accept-Encoding": "gzip"})
    assert response.streaming
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    packed = b"".join(response.streaming_content)
    assert gzip.decompress(packed).rstrip().endswith(b"StructureSpecificData>")


@pytest.mark.parametrize("address", [f"{V1}/TEST_TRADE", "/sdmx/imts/TEST_TRADE"])
def test_the_length_of_a_stream_is_not_told_as_zero(client: Client, address: str) -> None:
    answer = client.head(address)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == b""
    assert "Content-Length" not in answer.headers


def test_labels_are_in_the_language_asked_for(client: Client) -> None:
    address = f"{V1}/TEST_TRADE/{KEY}"
    for language, name in (("kk", "Қазақстан"), ("ru", "Казахстан"), ("en", "Kazakhstan")):
        response = client.get(
            address, headers={"Accept": f"{CSV1};labels=both", "Accept-Language": language}
        )
        assert response.headers["Content-Language"] == language
        assert f"KZ: {name}" in body(response)


def test_a_version_in_other_digits_is_no_version(client: Client) -> None:
    answer = client.get(
        f"{V2}/dataflow/IRTYSH/TEST_TRADE/1.0/{KEY}",
        headers={"accept": "application/vnd.sdmx.data+csv;version=²"},
    )
    assert answer.status_code == 406


def test_what_one_address_asks_for_is_limited(client: Client) -> None:
    with override_settings(IRTYSH_FILES_A_MINUTE=2):
        address = f"{V1}/TEST_TRADE/{KEY}"
        answers = [client.get(f"{address}?lang=en&endPeriod={year}") for year in range(2030, 2036)]
        assert client.head(address).status_code == 200
    refused = answers[-1]
    assert (answers[0].status_code, refused.status_code) == (200, 429)
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert etree.fromstring(refused.content).find(".//{*}ErrorMessage").get("code") == "1007"
    assert "more than 2 files" in refused.content.decode()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{V2}/*/*/TEST_TRADE/*/*?c[OBS_VALUE]=gt:1", 413),
        (f"{V2}/*/*/TEST_TRADE/*/A.KZ.X.*.RU.VALUE,A.RU.X.*.KZ.VALUE", 413),
        (f"{V1}/TEST_TRADE?includeHistory=true", 413),
        ("/sdmx/v2/availability/*/*/TEST_TRADE/*/*?c[OBS_VALUE]=gt:1", 413),
        ("/sdmx/imts/TEST_TRADE?offset=6", 413),
        (f"{V2}/*/*/TEST_TRADE/*/*?c[REF_AREA]=KZ&c[TIME_PERIOD]=ge:2019", 200),
        (f"{V1}/TEST_TRADE", 200),
    ],
)
def test_millions_are_not_passed_over_for_one_answer(
    client: Client, monkeypatch: pytest.MonkeyPatch, address: str, status: int
) -> None:
    monkeypatch.setattr("irtysh.api.sdmx.data_versions.MOST_COMPARED", 5)
    assert client.get(address).status_code == status
