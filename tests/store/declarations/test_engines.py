"""Declarations become the same vintage on DuckDB, on a Spark cluster and in plain Python."""

from __future__ import annotations

import os
import random
import socket
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from irtysh.store.declarations.engines import on_duckdb, on_spark
from irtysh.store.declarations.expressions import DECLARATION_COLUMNS, Aggregation
from irtysh.store.staging import Staging
from irtysh.store.vintages import Vintages
from irtysh.vocabulary.errors import NoDeclarations, WrongColumns
from irtysh.vocabulary.places import ROOT

pytestmark = pytest.mark.scale
Row = dict[str, object]
_AREAS = ("KZ", "RU", "UZ", "CN")
_GOODS = ("1001990000", "1001110000", "2710194200", "8701201015")
_UNITS = {"1001": None, "2710": "KG", "8701": "NMB"}


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """Some thousand lines: blanks, tiny and huge amounts, units that differ within a product."""
    chance = random.Random(5)
    return [_row(chance) for _ in range(6_000)]


def _row(chance: random.Random) -> Row:
    goods = chance.choice(_GOODS)
    unit = _UNITS[goods[:4]] if chance.random() < 0.97 else "LTR"
    value = Decimal(chance.randrange(1, 10**14)).scaleb(-2)
    return {
        "day": date(2021, 1, 1) + timedelta(days=chance.randrange(730)),
        "ref_area": chance.choice(("RU-OMS", "RU-NVS")),
        "counterpart_area": chance.choice(_AREAS),
        "flow": chance.choice("XM"),
        "commodity": goods,
        "declarant": f"firm {chance.randrange(40)}",
        "value": None if chance.random() < 0.02 else value,
        "weight": Decimal(chance.randrange(10**9)).scaleb(-3) if chance.random() < 0.8 else None,
        "quantity": (
            Decimal(chance.randrange(10**6)).scaleb(-3) if unit or chance.random() < 0.02 else None
        ),
        "quantity_unit": unit,
    }


@pytest.fixture(scope="module")
def shards(rows: list[Row], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rows in five files of different sizes."""
    folder = tmp_path_factory.mktemp("shards")
    for number, (start, end) in enumerate(
        [(0, 1), (1, 900), (900, 3000), (3000, 3000), (3000, 6000)]
    ):
        _write(rows[start:end], folder / f"shard-{number}.parquet")
    return folder


def _write(rows: list[Row], path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    kinds = {
        "date": pyarrow.date32(),
        "string": pyarrow.string(),
        "decimal(18, 2)": pyarrow.decimal128(18, 2),
        "decimal(18, 3)": pyarrow.decimal128(18, 3),
    }
    schema = pyarrow.schema([(name, kinds[kind]) for name, kind in DECLARATION_COLUMNS.items()])
    parquet.write_table(pyarrow.Table.from_pylist(rows, schema=schema), path)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """A master and two workers on this machine; nothing of them is left afterwards."""
    script = str(ROOT / "tools" / "spark_cluster.sh")
    port, page = _free_ports()
    its_own = {**os.environ, "IRTYSH_SPARK_PORT": str(port), "IRTYSH_SPARK_PAGE": str(page)}
    try:
        started = subprocess.run(
            [script, "start", "2"], capture_output=True, text=True, check=True, timeout=240,
            env=its_own,
        )  # fmt: skip
    except subprocess.CalledProcessError as error:
        if os.environ.get("IRTYSH_REQUIRE_SPARK") == "1":
            pytest.fail(error.stderr)
        pytest.skip("no Spark cluster can be started here")
    yield started.stdout.strip().splitlines()[-1]
    subprocess.run([script, "stop"], check=True)
    for one in (port, page):
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", one), timeout=2).close()


def _free_ports() -> tuple[int, int]:
    with socket.socket() as first, socket.socket() as second:
        for one in (first, second):
            one.bind(("127.0.0.1", 0))
        return first.getsockname()[1], second.getsockname()[1]


def _vintage(files: list[Path], folder: Path) -> Path:
    """Publish flows as a vintage and return the file that readers get."""
    staging = Staging(folder / "staging", "trade")
    for file in files:
        staging.take(file)
    vintage = Vintages(folder / "datasets").publish(
        "DECLARED",
        staging,
        {"title": {"ru": "т", "kk": "т", "en": "t"}},
        structure="trade",
        constants={"unit": "USD"},
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return folder / "datasets" / "DECLARED" / vintage.id / "flows.parquet"


def _oracle(rows: list[Row], how: Aggregation) -> dict[tuple[str, ...], tuple[object, ...]]:
    """The same in plain Python: key → value, weight, quantity, unit, status."""
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        day = row["day"]
        assert isinstance(day, date)
        period = f"{day.year}" if how.freq == "A" else f"{day:%Y-%m}"
        goods = str(row["commodity"])[: how.level]
        key = (str(row["ref_area"]), str(row["counterpart_area"]), str(row["flow"]), goods, period)
        groups[key].append(row)
    found = {}
    for key, members in groups.items():
        hidden = len({row["declarant"] for row in members}) < how.fewest
        units = {row["quantity_unit"] for row in members} - {None}
        unit = units.pop() if len(units) == 1 else None
        if any(row["quantity"] is not None and not row["quantity_unit"] for row in members):
            unit = None  # a number without a unit cannot be added to those that have one
        amounts = [_sum(members, name) for name in ("value", "weight", "quantity")]
        if unit is None:
            amounts[2] = None
        status = "SUPPRESSED" if hidden else "OBSERVED"
        found[key] = (*([None] * 3 if hidden else amounts), unit, status)
    return found


def _sum(members: list[Row], name: str) -> Decimal | None:
    stated = [row[name] for row in members if row[name] is not None]
    return sum(stated, Decimal(0)) if stated else None  # type: ignore[arg-type]


def _read(file: Path) -> dict[tuple[str, ...], tuple[object, ...]]:
    from pyarrow import parquet

    return {
        (row["ref_area"], row["counterpart_area"], row["flow"], row["commodity"], row["period"]): (
            row["value"],
            row["weight"],
            row["quantity"],
            row["quantity_unit"],
            row["status"],
        )
        for row in parquet.read_table(file).to_pylist()
    }


@pytest.mark.parametrize(
    "how",
    [
        Aggregation(freq="M", level=6, fewest=1),
        Aggregation(freq="A", level=4, fewest=3),
        Aggregation(freq="M", level=10, classification="TNVED", fewest=2),
    ],
    ids=str,
)
def test_duckdb_adds_as_python_does(
    rows: list[Row], shards: Path, how: Aggregation, tmp_path: Path
) -> None:
    file = _vintage(on_duckdb(shards, tmp_path / "flows", how), tmp_path)
    assert _read(file) == _oracle(rows, how)


def test_the_cluster_makes_the_same_file(shards: Path, cluster: str, tmp_path: Path) -> None:
    how = Aggregation(freq="M", level=6, fewest=2)
    here = on_duckdb(shards, tmp_path / "here", how)
    there = on_spark(shards, tmp_path / "there", how, master=cluster)
    first = _vintage(here, tmp_path / "first")
    second = _vintage(there, tmp_path / "second")
    assert first.parent.name == second.parent.name
    assert first.read_bytes() == second.read_bytes()


def test_the_order_of_lines_does_not_show(rows: list[Row], tmp_path: Path) -> None:
    how = Aggregation()
    files = []
    for name, listed in (("one", rows[:500]), ("two", rows[499::-1])):
        folder = tmp_path / name
        folder.mkdir()
        _write(listed, folder / "all.parquet")
        files.append(_vintage(on_duckdb(folder, folder / "flows", how), folder))
    assert files[0].read_bytes() == files[1].read_bytes()


def test_what_is_no_declaration_is_named(tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    with pytest.raises(NoDeclarations):
        on_duckdb(tmp_path, tmp_path / "flows", Aggregation())
    parquet.write_table(pyarrow.table({"day": ["2021"], "value": [1.5]}), tmp_path / "a.parquet")
    with pytest.raises(WrongColumns) as refused:
        on_duckdb(tmp_path, tmp_path / "flows", Aggregation())
    assert "value decimal(18, 2)" in refused.value.params["columns"]
