"""Every form of a dataset says the same, of the case and of an import alike."""

from __future__ import annotations

import csv
import io
import json
import math
import warnings
import zipfile
from decimal import Decimal
from typing import Any

import csvw
import pytest
from django.test import Client
from jsonstat_validator import validate_jsonstat
from python_calamine import CalamineWorkbook

from irtysh.api import downloads, json_stat
from irtysh.api.formats import as_csv
from irtysh.api.tables import header
from irtysh.registries.records.shelf import catalogue
from irtysh.store.parquet import read_parquet
from tests.api.shelf import ROWS, data, get, parsed, records
from tests.flows import flow_row, flow_rows, published_flows
from tests.release import published

BOTH = ("TRADE_PARTNER", "TEST_TRADE")
FORMS = tuple(downloads.TYPES)


pytestmark = pytest.mark.usefixtures("open_shelf")


def number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def test_an_imported_dataset_has_the_values_of_its_flows():
    rows = records("TEST_TRADE", "?measure=VALUE")
    flows = list(flow_rows())
    assert len(rows) == len(flows)
    said = {
        (r["ref_area"], r["counterpart_area"], r["flow"], r["commodity"], r["period"]): r["value"]
        for r in rows
    }
    for flow in flows:
        key = (flow.ref_area, flow.counterpart_area, flow.flow, flow.commodity, flow.period)
        assert number(said[key]) == number(flow.value)
    assert {row["release"] for row in rows} == {catalogue().get("TEST_TRADE").version}


def test_an_imported_dataset_calls_territories_of_the_case_by_their_names(tmp_path, settings):
    settings.IRTYSH_RELEASES = published("sandbox")
    settings.IRTYSH_DATASETS = tmp_path
    published_flows(tmp_path, [flow_row(ref_area="XT-N", counterpart_area="XO")])
    assert {row["counterpart_area_label"] for row in records("TEST_TRADE", "?lang=en")} == {
        "Orland (invented)"
    }


@pytest.mark.parametrize("dataset", BOTH)
def test_csv_json_xlsx_and_parquet_hold_the_same_rows(dataset, tmp_path):
    from_csv = records(dataset)
    keys = [(row["id"], row["value"], row["low"], row["high"]) for row in from_csv]
    from_json = parsed(dataset, "json")["rows"]
    assert [(r["id"], *(r[k] or "" for k in ("value", "low", "high"))) for r in from_json] == keys
    book = CalamineWorkbook.from_filelike(io.BytesIO(data(dataset, "xlsx")))
    names, *cells = book.get_sheet_by_index(1).to_python()
    assert names == header()
    places = [names.index(name) for name in ("id", "value")]
    assert [[row[place] for place in places] for row in cells] == [
        [key[0], float(key[1]) if key[1] else ""] for key in keys
    ]
    path = tmp_path / "d.parquet"
    path.write_bytes(data(dataset, "parquet"))
    from_parquet = read_parquet(path)
    assert [(row["id"], row["value"], row["low"], row["high"]) for row in from_parquet] == [
        (key[0], *(number(cell) for cell in key[1:])) for key in keys
    ]
    wanted = [row["preferred"] == "yes" for row in from_csv]
    assert [row["preferred"] for row in from_parquet] == wanted


def test_parquet_says_which_of_two_rivals_is_preferred(tmp_path):
    path = tmp_path / "d.parquet"
    path.write_bytes(data("TRADE_PARTNER", "parquet"))
    rows = {row["id"]: row for row in read_parquet(path)}
    assert rows[ROWS[0].id]["preferred"] is True
    rival = rows[ROWS[1].id]
    assert (rival["preferred"], rival["low"], rival["high"]) == (False, 380, None)


@pytest.mark.parametrize("dataset", BOTH)
@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_json_stat_is_valid_and_every_value_is_in_its_cell(dataset, language):
    cube = parsed(dataset, "jsonstat", f"?lang={language}")
    validate_jsonstat(cube)
    index = {
        name: {
            code: place for place, code in enumerate(cube["dimension"][name]["category"]["index"])
        }
        for name in cube["id"]
    }
    rows = parsed(dataset, "json", f"?lang={language}")["rows"]
    sizes = dict(zip(cube["id"], cube["size"], strict=True))
    values = cube["value"]
    for row in rows:
        cell = 0
        unit = f"{row['unit']}.{len(str(row['unit_multiplier'])) - 1}"
        for name in cube["id"]:
            code = unit if name == "unit" else (row.get(name) or "_Z")
            if name == "freq":
                code = {"M": "M", "Q": "Q"}.get(row["period_kind"], "A")
            cell = cell * sizes[name] + index[name][code]
        value = values.get(str(cell)) if isinstance(values, dict) else values[cell]
        assert value == (None if row["value"] is None else float(row["value"]))
    present = list(values.values()) if isinstance(values, dict) else values
    assert sum(one is not None for one in present) == sum(row["value"] is not None for row in rows)
    label = cube["dimension"]["counterpart_area"]["category"]["label"]["KZ"]
    assert label == {"ru": "Казахстан", "kk": "Қазақстан", "en": "Kazakhstan"}[language]
    title = cube["dimension"]["counterpart_area"]["label"]
    assert title == {"ru": "Партнёр", "kk": "Серіктес", "en": "Counterpart area"}[language]
    assert not any(one["label"].endswith(("код", "коды", "code"))
                   for one in cube["dimension"].values())  # fmt: skip
    assert cube["role"] == {
        "time": ["period"],
        "geo": ["ref_area", "counterpart_area"],
        "metric": ["measure", "unit"],
    }


def test_json_stat_tells_a_bound_and_a_gap_from_a_plain_number():
    cube = parsed("TRADE_PARTNER", "jsonstat", "?lang=en")
    assert sorted(cube["status"].values()) == ["GT", "MISSING"]
    assert set(cube["extension"]["status"]["label"]) == {"GT", "MISSING"}
    assert any("INVENTED" in line for line in cube["note"])


def test_json_stat_folds_what_tells_rivals_apart_when_the_cube_would_be_mostly_empty(monkeypatch):
    plain = parsed("TRADE_PARTNER", "jsonstat", "?lang=en")
    monkeypatch.setattr(json_stat, "CELLS", math.prod(plain["size"]) - 1)
    folded = parsed("TRADE_PARTNER", "jsonstat", "?lang=en&start=1990")
    validate_jsonstat(folded)
    assert not {"source", "share_of", "base_period"} & set(folded["id"])
    assert math.prod(folded["size"]) < math.prod(plain["size"])
    assert _stated(folded) == _stated(plain)
    sources = plain["dimension"]["source"]["category"]["label"].values()
    labels = folded["dimension"]["record"]["category"]["label"].values()
    assert all(any(source in label for source in sources) for label in labels)


def _stated(cube: dict[str, Any]) -> list[float]:
    values = cube["value"]
    present = values.values() if isinstance(values, dict) else values
    return sorted(one for one in present if one is not None)


def test_json_stat_too_large_names_what_is_not(monkeypatch):
    monkeypatch.setattr(json_stat, "CELLS", 10)
    answer = get("/api/latest/datasets/TEST_TRADE.jsonstat?lang=en", accept_language="en")
    said = json.loads(answer.body)
    assert (answer.status_code, said["error"]) == (400, "TooManyCells")
    assert "CSV" in said["message"]
    assert get("/api/latest/datasets/TEST_TRADE.csv").status_code == 200


def test_a_workbook_too_large_names_what_is_not(monkeypatch):
    monkeypatch.setattr(downloads, "XLSX_ROWS", 3)
    answer = get("/api/latest/datasets/TEST_TRADE.xlsx", accept_language="en")
    said = json.loads(answer.body)
    assert (answer.status_code, said["error"], said["params"]["limit"]) == (400, "TooManyRows", 3)
    assert "CSV" in said["message"]


@pytest.mark.parametrize("dataset", BOTH)
def test_csvw_describes_the_csv_and_would_notice_a_bad_cell(dataset, tmp_path):
    archive = zipfile.ZipFile(io.BytesIO(data(dataset, "zip", "?lang=kk")))
    archive.extractall(tmp_path)
    described = tmp_path / f"{dataset}.csv-metadata.json"
    found = csvw.CSVW(str(described), validate=True)
    assert found.is_valid, found.warnings
    columns = json.loads(described.read_bytes())["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == header()
    assert all({"ru", "kk", "en"} <= set(column["titles"]) for column in columns)
    table = tmp_path / f"{dataset}.csv"
    first, *rest = table.read_text(encoding="utf-8").splitlines(keepends=True)
    cells = next(csv.reader([rest[0]]))
    cells[header().index("value")] = "four"
    broken = io.StringIO()
    csv.writer(broken).writerow(cells)
    table.write_text(first + broken.getvalue() + "".join(rest[1:]), encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("always")  # is_valid collects them
        assert not csvw.CSVW(str(described), validate=True).is_valid


def test_the_csv_links_to_its_description():
    answer = get("/api/latest/datasets/TEST_TRADE.csv?flow=X&lang=ru&bom=0")
    address = answer["Link"].partition(">")[0].removeprefix("<")
    assert address == "/api/latest/datasets/TEST_TRADE.csv-metadata.json?flow=X&lang=ru"
    described = json.loads(get(address).body)
    assert described["url"].endswith("TEST_TRADE.csv?flow=X&lang=ru&bom=0")


@pytest.mark.parametrize("dataset", BOTH)
def test_a_package_holds_all_that_belongs_to_the_data(dataset):
    archive = zipfile.ZipFile(io.BytesIO(data(dataset, "zip", "?lang=ru")))
    assert archive.testzip() is None
    assert set(archive.namelist()) == {
        "README.txt", "LICENCE.txt", "metadata.json", "codes.csv",
        f"{dataset}.csv", f"{dataset}.csv-metadata.json",
    }  # fmt: skip
    assert archive.read(f"{dataset}.csv") == data(dataset, "csv", "?lang=ru&bom=0")
    readme = archive.read("README.txt").decode("utf-8-sig")
    assert "ВЫМЫШЛЕННЫЕ" in readme
    about = json.loads(archive.read("metadata.json"))
    assert about["version"] == catalogue().get(dataset).version
    names = {
        (row["column"], row["code"]): row
        for row in csv.DictReader(io.StringIO(archive.read("codes.csv").decode()))
    }
    assert names["counterpart_area", "KZ"]["name_kk"] == "Қазақстан"
    used = {(column, row[column]) for row in records(dataset) for column in ("flow", "commodity")}
    assert used <= set(names)


@pytest.mark.parametrize("dataset", BOTH)
@pytest.mark.parametrize("form", FORMS)
def test_invented_data_say_so_in_every_form(dataset, form, tmp_path):
    content = data(dataset, form, "?lang=en")
    if form == "zip":
        content = zipfile.ZipFile(io.BytesIO(content)).read("README.txt")
    elif form == "parquet":
        path = tmp_path / "d.parquet"
        path.write_bytes(content)
        assert all(row["invented"] for row in read_parquet(path))
        return
    elif form == "xlsx":
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        content = str(book.get_sheet_by_index(0).to_python()).encode()
    assert b"INVENTED" in content


def test_csv_has_points_in_every_language_and_no_mark_if_asked():
    assert data("TRADE_PARTNER", "csv").startswith("\ufeff".encode())
    plain = data("TRADE_PARTNER", "csv", "?bom=0&lang=ru")
    assert plain.startswith(b"id,dataset")
    assert b",402.1," in plain


def test_texts_that_a_spreadsheet_would_run_are_made_plain():
    cells = ["=1+1", "+7", "@SUM(A1)", "-cmd", "-5,3", "-", "− 4", "\t=1", ""]
    text = b"".join(as_csv(["a"] * len(cells), [cells], mark=False)).decode()
    row = next(csv.reader(io.StringIO(text.split("\r\n", 1)[1])))
    assert row == ["'=1+1", "'+7", "'@SUM(A1)", "'-cmd", "-5,3", "-", "− 4", "'\t=1", ""]


def test_head_has_the_headers_and_no_body():
    for form in FORMS:
        asked = Client().head(f"/api/latest/datasets/TEST_TRADE.{form}")
        told = get(f"/api/latest/datasets/TEST_TRADE.{form}")
        assert asked.status_code == 200
        assert (b"".join(asked) if asked.streaming else asked.content) == b""
        for name in ("ETag", "Content-Type", "Content-Disposition", "Vary", "Cache-Control"):
            assert asked[name] == told[name], (form, name)
        # none at all where it is not known: zero would say that there is nothing to fetch
        assert "Content-Length" not in asked.headers, form
