"""The portal's five questions asked of other engines over the same flows."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

PAIR = ("KZ", "RU")
TOP = ("CN", "KZ", "2020")
AREA, YEAR = "KZ", "2020"
REGION = ("AM", "BY", "KG", "KZ", "RU")
QUESTIONS = (
    "pair by year",
    "top 20 products",
    "partners, export",
    "partners, import",
    "sections of exports",
    "a region's share",
)
_REGION = ", ".join(f"'{one}'" for one in REGION)
SQL: Mapping[str, str] = {
    "pair by year": "SELECT ref_area, period, sum(value) FROM {flows} WHERE ref_area = 'KZ' AND "
    "counterpart_area = 'RU' GROUP BY 1, 2 UNION ALL SELECT ref_area, period, sum(value) "
    "FROM {flows} WHERE ref_area = 'RU' AND counterpart_area = 'KZ' GROUP BY 1, 2",
    "top 20 products": "SELECT commodity, sum(value) AS v FROM {flows} WHERE ref_area = 'CN' AND "
    "counterpart_area = 'KZ' AND period = '2020' GROUP BY 1 ORDER BY v DESC LIMIT 20",
    "partners, export": "SELECT counterpart_area, sum(value) AS v FROM {flows} WHERE "
    "ref_area = 'KZ' AND period = '2020' GROUP BY 1 ORDER BY v DESC",
    "partners, import": "SELECT ref_area, sum(value) AS v FROM {flows} WHERE "
    "counterpart_area = 'KZ' AND period = '2020' GROUP BY 1 ORDER BY v DESC",
    "sections of exports": "SELECT substr(commodity, 1, 2), sum(value) FROM {flows} WHERE "
    "ref_area = 'KZ' AND period = '2020' GROUP BY 1",
    "a region's share": "SELECT period, sum(CASE WHEN ref_area IN (" + _REGION + ") THEN value "
    "END), sum(value) FROM {flows} GROUP BY 1",
}


def timed(ask: Callable[[], Any], repeats: int) -> float:
    """Return the median of warm runs, in milliseconds."""
    ask()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        ask()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def memory() -> int:
    """Return the resident memory of this process now, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


def duckdb_plain(chunks: Path, threads: int, repeats: int) -> dict[str, float]:
    """DuckDB over the Parquet files as they came, in random order."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(f"SET threads = {threads}")
        source = f"read_parquet('{chunks}/chunk-*.parquet')"
        return {
            name: timed(
                lambda sql=sql: connection.execute(sql.format(flows=source)).fetchall(), repeats
            )
            for name, sql in SQL.items()
        }


def polars_lazy(chunks: Path, repeats: int) -> dict[str, float]:
    """Polars, lazy, over the same files; POLARS_MAX_THREADS bounds it."""
    import polars

    flows = polars.scan_parquet(f"{chunks}/chunk-*.parquet")
    is_, value = polars.col, polars.col("value").sum()
    by_pair = [
        flows.filter(is_("ref_area") == a, is_("counterpart_area") == b)
        .group_by("ref_area", "period").agg(value)
        for a, b in (PAIR, PAIR[::-1])
    ]  # fmt: skip
    top = flows.filter(
        is_("ref_area") == TOP[0], is_("counterpart_area") == TOP[1], is_("period") == TOP[2]
    )
    year = is_("period") == YEAR
    exports = flows.filter(is_("ref_area") == AREA, year)
    imports = flows.filter(is_("counterpart_area") == AREA, year)
    ours = polars.when(is_("ref_area").is_in(REGION)).then(is_("value"))
    plans = {
        "pair by year": polars.concat(by_pair),
        "top 20 products": top.group_by("commodity").agg(value).top_k(20, by="value"),
        "partners, export": exports.group_by("counterpart_area").agg(value),
        "partners, import": imports.group_by("ref_area").agg(value),
        "sections of exports": exports.group_by(is_("commodity").str.slice(0, 2)).agg(value),
        "a region's share": flows.group_by("period").agg(ours.sum().alias("part"), value),
    }
    return {name: timed(plan.collect, repeats) for name, plan in plans.items()}


def postgres(chunks: Path, address: str, repeats: int) -> tuple[dict[str, float], float, int]:
    """PostgreSQL with an index from each side; returns also seconds to load, and bytes."""
    import duckdb
    import psycopg

    flows = "benchmark_world_flows"
    start = time.perf_counter()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP TABLE IF EXISTS {flows}")
        connection.execute(
            f"CREATE UNLOGGED TABLE {flows} (ref_area text, counterpart_area text, period text, "
            "commodity text, value numeric, weight numeric)"
        )
        with duckdb.connect() as reader:
            rows = reader.execute(
                "SELECT ref_area, counterpart_area, period, commodity, value, weight FROM "
                f"read_parquet('{chunks}/chunk-*.parquet') ORDER BY ALL"
            )
            with connection.cursor().copy(f"COPY {flows} FROM STDIN") as sink:
                while batch := rows.fetchmany(20_000):
                    for row in batch:
                        sink.write_row(row)
        for first, second in (("ref_area", "counterpart_area"), ("counterpart_area", "ref_area")):
            connection.execute(f"CREATE INDEX ON {flows} ({first}, {second}, period)")
        connection.execute(f"VACUUM ANALYZE {flows}")
        seconds = time.perf_counter() - start
        row = connection.execute(f"SELECT pg_total_relation_size('{flows}')").fetchone()
        times = {
            name: timed(
                lambda sql=sql: connection.execute(sql.format(flows=flows)).fetchall(), repeats
            )
            for name, sql in SQL.items()
        }
        connection.execute(f"DROP TABLE {flows}")
    return times, seconds, row[0] if row else 0
