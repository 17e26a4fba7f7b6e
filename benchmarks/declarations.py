"""Aggregation of declarations: DuckDB and a Spark cluster on the same shards.

    .venv-scale/bin/python -m benchmarks.declarations --shards 100 --run 10 --spark-run 2

makes ``--shards`` files of ten million lines by a public rule (nothing but the number of the line
goes into it), aggregates the first ``--run`` with DuckDB and the first ``--spark-run`` with both,
and prints lines, seconds, lines a second, memory, and whether both results are equal. Only the
shards that are run are made: 100 shards are 10^9 lines, and the table says how many were run.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import subprocess
import tempfile
import time
from pathlib import Path

import duckdb

from irtysh.store.declarations.engines import on_duckdb, on_spark
from irtysh.store.declarations.expressions import Aggregation
from irtysh.store.staging import Staging

_LINES = 10_000_000
_RULE = """
    SELECT DATE '2015-01-01' + CAST(hash(i, 'day') % 730 AS INTEGER) AS day,
           'RU-' || chr(65 + CAST(hash(i, 'region') % 8 AS INTEGER)) AS ref_area,
           chr(65 + CAST(sqrt(hash(i, 'partner') % 40000) / 14 AS INTEGER)) AS counterpart_area,
           CASE WHEN hash(i, 'flow') % 3 = 0 THEN 'X' ELSE 'M' END AS flow,
           lpad(CAST(CAST(pow(hash(i, 'goods') % 1000000 / 1000000.0, 6) * 3000 AS BIGINT)
                * 810007 % 10000000000 AS VARCHAR), 10, '0') AS commodity,
           'D' || CAST(hash(i, 'declarant') % 50000 AS VARCHAR) AS declarant,
           CAST(exp(4 + (hash(i, 'value') % 100000) / 12000.0) AS DECIMAL(18, 2)) AS value,
           CASE WHEN hash(i, 'weighed') % 10 > 0
                THEN CAST(hash(i, 'weight') % 90000000 / 1000.0 AS DECIMAL(18, 3)) END AS weight,
           CAST(NULL AS DECIMAL(18, 3)) AS quantity,
           CAST(NULL AS VARCHAR) AS quantity_unit
    FROM range({first}, {last}) AS lines(i)
"""


def make(folder: Path, number: int, lines: int) -> None:
    """Write one shard."""
    rule = _RULE.format(first=number * lines, last=(number + 1) * lines)
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY ({rule}) TO '{folder}/shard-{number:04d}.parquet' (FORMAT parquet)"
        )


def sealed(files: list[Path], folder: Path) -> tuple[int, str]:
    """Return how many flows there are, and the hash of the file that readers would get."""
    staging = Staging(folder, "trade")
    for file in files:
        staging.take(file)
    digest = hashlib.sha256(staging.seal().read_bytes()).hexdigest()
    return staging.rows, digest


def main() -> None:
    """Run and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", type=int, default=100)
    parser.add_argument("--lines", type=int, default=_LINES)
    parser.add_argument("--run", type=int, default=10)
    parser.add_argument("--spark-run", type=int, default=1)
    parser.add_argument("--memory", default="6GB")
    options = parser.parse_args()
    how = Aggregation(freq="M", level=6, fewest=3)
    print(
        f"{options.shards} shards of {options.lines:,} lines = {options.shards * options.lines:,}"
    )
    print("engine | lines run | seconds | lines/s | peak MiB | flows | sha256")
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for count in sorted({options.run, options.spark_run}):
            shards = place / f"shards-{count}"
            shards.mkdir()
            for number in range(count):
                make(shards, number, options.lines)
            started = time.perf_counter()
            files = on_duckdb(shards, place / "duckdb", how, memory=options.memory)
            _line("DuckDB", count * options.lines, started, files, place / f"staged-{count}")
            if count != options.spark_run:
                continue
            root = Path(__file__).resolve().parents[1]
            script = str(root / "tools" / "spark_cluster.sh")
            started_cluster = subprocess.run(
                [script, "start", "2"], capture_output=True, text=True, check=True
            )
            try:
                master = started_cluster.stdout.split()[-1]
                started = time.perf_counter()
                files = on_spark(shards, place / "spark", how, master=master)
                _line("Spark, 2 workers", count * options.lines, started, files, place / "staged-s")
            finally:
                subprocess.run([script, "stop"], check=True)


def _line(engine: str, lines: int, started: float, files: list[Path], folder: Path) -> None:
    seconds = time.perf_counter() - started
    flows, digest = sealed(files, folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    memory = f"{peak:,.0f}" if engine == "DuckDB" else "(workers)"
    speed = f"{lines / seconds:,.0f}"
    print(f"{engine} | {lines:,} | {seconds:.1f} | {speed} | {memory} | {flows:,} | {digest[:16]}")


if __name__ == "__main__":
    main()
