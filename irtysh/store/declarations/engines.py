"""Where the expressions run: DuckDB on this machine, or a Spark cluster.

Both leave Parquet files of flows behind. Decimals are added exactly and the vintage is sorted
when it is sealed, so which engine, how many workers and in what order does not show in it.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from irtysh.store.declarations.expressions import DECLARATION_COLUMNS, Aggregation, flows
from irtysh.vocabulary.errors import EngineMissing, NoDeclarations, WrongColumns

SPARK_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",  # an overflow stops the work, instead of a silent null
    "spark.sql.shuffle.partitions": "16",
    "spark.ui.showConsoleProgress": "false",
}


def on_duckdb(
    shards: Path, target: Path, how: Aggregation, *, memory: str = "4GB", threads: int = 2
) -> list[Path]:
    """Aggregate all shards of a folder with DuckDB; return the files of flows.

    Parameters
    ----------
    shards : Path
        Folder of Parquet files with DECLARATION_COLUMNS.
    target : Path
        Folder to make; it is replaced if it is there.
    how : Aggregation
    memory, threads : str, int
        What DuckDB may take; what does not fit is put aside on disk.

    Raises
    ------
    EngineMissing, NoDeclarations, WrongColumns
    """
    ibis = _ibis()
    _expect_shards(shards)
    _renew(target)
    backend = ibis.duckdb.connect(
        memory_limit=memory, threads=threads, temp_directory=str(target / "spill")
    )
    try:
        table = _declarations(backend, f"{shards}/*.parquet")
        written = target / "flows-0.parquet"
        backend.to_parquet(flows(table, how), written)
    finally:
        backend.disconnect()
        shutil.rmtree(target / "spill", ignore_errors=True)
    return [written]


def on_spark(
    shards: Path,
    target: Path,
    how: Aggregation,
    *,
    master: str,
    settings: Sequence[tuple[str, str]] = (),
) -> list[Path]:
    """Aggregate all shards of a folder on a Spark cluster; return the files of flows.

    Parameters
    ----------
    shards, target : Path
        Both must lie where driver and workers find them under the same name.
    how : Aggregation
    master : str
        "spark://host:7077", or "local[2]" for one machine.
    settings : sequence of (str, str)
        Further settings of Spark, they win over ours.

    Raises
    ------
    EngineMissing, NoDeclarations, WrongColumns
    """
    ibis = _ibis()
    _expect_shards(shards)
    _renew(target)
    session = _session(master, settings)
    try:
        backend = ibis.pyspark.connect(session)
        table = _declarations(backend, str(shards))
        backend.to_parquet_dir(flows(table, how), target / "flows")
    finally:
        session.stop()
    return sorted((target / "flows").glob("*.parquet"))


def _session(master: str, settings: Sequence[tuple[str, str]]) -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise EngineMissing(engine="Spark") from None
    builder = SparkSession.builder.master(master).appName("irtysh")
    for name, value in (*SPARK_SETTINGS.items(), *settings):
        builder = builder.config(name, value)
    return builder.getOrCreate()


def _ibis() -> Any:
    try:
        import ibis
    except ImportError:
        raise EngineMissing(engine="Ibis") from None
    return ibis


def _declarations(backend: Any, place: str) -> Any:
    table = backend.read_parquet(place)
    found = {name: str(kind).lower() for name, kind in table.schema().items()}
    wrong = [
        name for name, kind in DECLARATION_COLUMNS.items()
        if not found.get(name, "").startswith(kind.split("(")[0])
    ]  # fmt: skip
    if wrong:
        raise WrongColumns(
            columns=", ".join(f"{name} {DECLARATION_COLUMNS[name]}" for name in wrong),
            found=", ".join(f"{name} {kind}" for name, kind in found.items())[:300],
        )
    return table


def _expect_shards(shards: Path) -> None:
    if not any(shards.glob("*.parquet")):
        raise NoDeclarations(folder=shards.name)


def _renew(target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
