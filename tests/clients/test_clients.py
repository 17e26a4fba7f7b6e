"""Clients that others wrote read the running portal: numbers and labels as in the store.

A client runs in a process of its own: sdmx1 and pysdmx keep what they read in module state, and
the rest are not Python.
"""

from __future__ import annotations

import csv
import io
import json
import math
import subprocess
import sys
from decimal import Decimal
from typing import Any

import pytest

from irtysh.sdmx.structure import TRADE, structure_of
from irtysh.store.selection import Selection
from irtysh.vocabulary.codelists import codelist
from tests.clients.conftest import FLOW, HERE, Service, absent, answer_of, program

_KEYS = 6


def _same(found: dict[str, str], expected: dict[str, Decimal | None]) -> bool:
    """Clients read values as binary floating point: fifteen digits are what they can tell."""
    return found.keys() == expected.keys() and all(
        value is not None and math.isclose(float(found[time]), float(value), rel_tol=1e-14)
        for time, value in expected.items()
    )


def _compared(
    found: dict[str, dict[str, str]], service: Service, flow: str = FLOW, count: int = _KEYS
) -> None:
    assert len(found) == count
    for key, series in found.items():
        assert _same(series, service.series(tuple(key.split(".")), flow)), (key, series)


def _python(name: str, service: Service, generation: str, flow: str) -> Any:
    address = service.v1 if generation == "1" else service.v2
    keys = " ".join(service.random_keys(_KEYS, flow))
    script = str(HERE / "programs" / f"{name}_reads.py")
    words = [sys.executable, "-W", "ignore", script, address, generation, flow, keys]
    return json.loads(answer_of(words))


@pytest.mark.parametrize("generation", ["1", "2"])
def test_sdmx1(service: Service, generation: str) -> None:
    found = _python("sdmx1", service, generation, FLOW)
    _compared(found["series"], service)
    for key, total in found["sums"].items():
        values = service.series(tuple(key.split("."))).values()
        assert math.isclose(total, sum(float(value or 0) for value in values), rel_tol=1e-12)
    if generation == "1":  # for 2 it asks for the dataflow alone, without its structure
        assert found["dimensions"] == [*TRADE.key, "TIME_PERIOD"]
        assert found["attributes"] == [one.id for one in TRADE.attributes]
    areas = codelist("areas")
    for code in ("KZ", "RU-OMS", "W"):
        assert found["labels"][code] == dict(areas[code].name)
    if generation == "1":
        dataset = service.catalogue.get(FLOW).dataset
        named = {"counterpart_area": "RU", "flow": "X", "ref_area": "KZ"}
        rows = dataset.stream(Selection.of(named))
        assert found["named"] == sum(row["period"] >= "2022" for row in rows)


@pytest.mark.parametrize("generation", ["1", "2"])
def test_pysdmx(service: Service, generation: str) -> None:
    found = _python("pysdmx", service, generation, FLOW)
    _compared(found["series"], service)
    assert found["codelists"] == ["CL_AREA"]  # the list asked for and no other
    for code in ("KZ", "RU-OMS", "W"):
        assert found["labels"][code] == codelist("areas").label(code, "en")


@pytest.mark.parametrize("generation", ["1", "2"])
def test_pysdmx_reads_figures_with_rivals(service: Service, generation: str) -> None:
    flow = next(
        name
        for name, offered in service.catalogue.all().items()
        if offered.kind == "case" and offered.dataset.count() > 50
    )
    assert structure_of(service.catalogue.get(flow).dataset.structure).id == "FIGURES"
    _compared(_python("pysdmx", service, generation, flow)["series"], service, flow)


def test_rsdmx(service: Service) -> None:
    r = program("Rscript", "Debian: r-cran-rsdmx")
    has = [r, "-e", "quit(status = !requireNamespace('rsdmx', quietly = TRUE))"]
    if subprocess.run(has, capture_output=True, check=False).returncode:
        absent("rsdmx is missing (Debian: r-cran-rsdmx)")
    keys = service.random_keys(3)  # it fetches the structure anew for each
    script = str(HERE / "programs" / "rsdmx_reads.R")
    said = answer_of([r, script, service.v1, FLOW, " ".join(keys)], LC_ALL="C.UTF-8")
    table = [line for line in said.splitlines() if "\t" in line]
    areas = codelist("areas")
    found: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(io.StringIO("\n".join(table)), delimiter="\t"):
        found.setdefault(row["KEY"], {})[row["TIME_PERIOD"]] = row["OBS_VALUE"]
        for language in ("ru", "kk", "en"):
            label = row[f"COUNTERPART_AREA_label.{language}"]
            assert label == areas.label(row["COUNTERPART_AREA"], language)
    _compared(found, service, count=3)


def _node(script: str, *words: str) -> Any:
    node = program("node", "Debian: nodejs")
    if not (HERE / "node" / "node_modules").is_dir():
        absent("npm packages are missing (npm ci in tests/clients/node)")
    return json.loads(answer_of([node, str(HERE / "node" / script), *words]))


def test_npm_sdmx_rest(service: Service) -> None:
    keys = service.random_keys(_KEYS)
    found = _node("sdmx_rest.js", service.v1, FLOW, " ".join(keys))
    assert set(found) == set(keys)
    for key, series in found.items():
        assert series.pop("url").endswith("startPeriod=2020")
        partner = key.split(".")[TRADE.key.index("COUNTERPART_AREA")]
        assert series.pop("labels") == dict(codelist("areas")[partner].name)
        whole = service.series(tuple(key.split(".")))
        since = {time: value for time, value in whole.items() if time >= "2020"}
        assert _same(series, since), (key, series)


def test_jsonstat_toolkit(service: Service) -> None:
    query = "ref_area=KZ&flow=X&measure=VALUE&freq=A&lang=kk"
    found = _node("jsonstat.js", f"{service.address}/api/latest/datasets/{FLOW}.jsonstat?{query}")
    dataset = service.catalogue.get(FLOW).dataset
    codes = {"ref_area": "KZ", "flow": "X", "measure": "VALUE", "freq": "A"}
    columns = ("counterpart_area", "commodity", "period")
    expected = {
        tuple(row[name] for name in columns): float(row["value"])
        for row in dataset.stream(Selection.of(codes))
        if row["value"] is not None
    }
    cells = {
        tuple(cell[name] for name in columns): cell["value"]
        for cell in found["table"]
        if cell["value"] is not None
    }
    assert cells == expected
    assert found["labels"]["counterpart_area"]["RU"] == "Ресей"
