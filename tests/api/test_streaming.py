"""A large vintage is sent whole, in small pieces, in order, without a cap on rows."""

from __future__ import annotations

import csv
import gc
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client, RequestFactory

from irtysh.api.downloads import dataset
from irtysh.registries.records.shelf import catalogue
from tests.flows import flow_row, published_flows

FLOWS = 50_000
"""Each with a value and a weight: 100 000 figures."""
LARGEST = 2 * 2**20


def flows() -> Iterator[object]:
    for number in range(FLOWS):
        yield flow_row(
            ref_area=("KZ", "RU", "CN", "RU-OMS")[number % 4],
            counterpart_area=("TR", "UZ", "BY", "KG", "DE")[number % 5],
            commodity=f"{100_000 + number // 20:06d}",
            value=f"{number}.5",
            weight=str(number % 1000),
            line=number + 2,
        )


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    published_flows(folder, flows(), "LARGE")
    return folder


@pytest.fixture(autouse=True)
def _shelf(large, settings, tmp_path):
    settings.IRTYSH_DATASETS = large
    settings.IRTYSH_RELEASES = tmp_path


def pieces(form: str, query: str = "") -> list[bytes]:
    answer = Client().get(f"/api/latest/datasets/LARGE.{form}{query}")
    assert answer.status_code == 200
    return list(answer.streaming_content)


def test_a_table_of_a_hundred_thousand_rows_comes_whole_in_small_pieces():
    dataset = catalogue().get("LARGE").dataset
    assert dataset.count() == 2 * FLOWS
    sent = pieces("csv", "?bom=0")
    assert max(map(len, sent)) < LARGEST < sum(map(len, sent)) / 10
    text = b"".join(sent).decode()
    rows = csv.DictReader(io.StringIO(text, newline=""))
    ids = [row["id"] for row in rows]
    assert ids == [row["id"] for row in dataset.stream(columns=("id",))]
    assert len(set(ids)) == 2 * FLOWS


def test_a_package_is_packed_while_it_is_sent():
    sent = pieces("zip", "?measure=VALUE")
    assert len(sent) > 10
    assert max(map(len, sent)) < LARGEST
    archive = zipfile.ZipFile(io.BytesIO(b"".join(sent)))
    assert archive.testzip() is None
    assert archive.read("LARGE.csv").count(b"\r\n") == FLOWS + 1


def test_a_workbook_past_its_limit_names_a_form_without_one():
    answer = Client().get("/api/latest/datasets/LARGE.xlsx", headers={"accept-language": "en"})
    assert (answer.status_code, answer.json()["error"]) == (400, "TooManyRows")
    assert "CSV, which has no limit" in answer.json()["message"]


def test_a_parquet_file_is_closed_when_its_last_piece_is_sent():
    # asked without a client, which would close the answer itself
    request = RequestFactory().get("/", {"commodity": "100000"})
    answer = dataset(request, release="latest", dataset="LARGE", form="parquet")
    sent = b"".join(answer.streaming_content)
    assert sent[:4] == sent[-4:] == b"PAR1"
    assert len(sent) == int(answer.headers["Content-Length"])
    files = [one for one in gc.get_objects() if type(one) is io.BufferedReader]
    assert not [one for one in files if "dataset.parquet" in str(one.name) and not one.closed]
