"""Publish and query 10^5 observations; the same questions asked of plain Parquet beside it.

    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python -m benchmarks.store [rows]

Observations are made from a fixed seed: areas × partners × years × sections. Times are the
median of repeated runs in this process; CPU seconds are of the whole process.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from irtysh.store import Publication, Releases
from irtysh.vocabulary.codelists import codelist
from tests.observations import observe

REPEATS = 30


def observations(count: int) -> list:
    """Return ``count`` observations with unique cells."""
    clock = random.Random(20260101)
    countries = [code for code, entry in codelist("areas").items() if entry.extra.get("iso3")]
    sections = list(codelist("hs_sections"))
    made = []
    for number in range(count):
        partner = countries[number % len(countries)]
        section = sections[number // len(countries) % len(sections)]
        year = 1990 + number // (len(countries) * len(sections)) % 35
        made.append(
            observe(
                f"{clock.lognormvariate(2, 2):.1f}",
                str(year),
                counterpart_area=partner,
                commodity=section,
                flow="XM"[number % 2],
                locator=str(number),
            )
        )
    return made


def timed(ask: Callable[[], object]) -> tuple[float, float]:
    """Return the median and the worst time of a question, in milliseconds."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        ask()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), max(times)


def main(count: int) -> None:
    """Print the table."""
    rows = observations(count)
    folder = Path(tempfile.mkdtemp())
    releases = Releases(folder)
    wall, cpu = time.perf_counter(), time.process_time()
    release = releases.publish(Publication(rows, {"case": {"id": "benchmark"}}))
    print(f"publish {count:,} observations: {time.perf_counter() - wall:.2f} s wall, "
          f"{time.process_time() - cpu:.2f} s CPU")  # fmt: skip
    wall, cpu = time.perf_counter(), time.process_time()
    releases.publish(Publication(rows[:-1], {"case": {"id": "benchmark"}}))
    took = f"{time.perf_counter() - wall:.2f} s wall, {time.process_time() - cpu:.2f} s CPU"
    print(f"publish again, one row withdrawn (revisions compared): {took}")
    parquet = release.folder / "observations.parquet"
    cache = next((folder / ".cache").iterdir())
    print(f"size: Parquet {parquet.stat().st_size / 1e6:.1f} MB, "
          f"query cache {cache.stat().st_size / 1e6:.1f} MB")  # fmt: skip
    plain = duckdb.connect()
    plain.execute("SET threads = 1")
    source = f"read_parquet('{parquet}')"
    one = rows[count // 2]
    questions = {
        "one figure by its id": (
            lambda: release.observation(one.id),
            f"SELECT * FROM {source} WHERE id = '{one.id}'",
        ),
        "a pair by year": (
            lambda: release.observations(counterpart_area="KZ", flow="X", commodity="XVI"),
            f"SELECT * FROM {source} WHERE counterpart_area = 'KZ' AND flow = 'X' "
            "AND commodity = 'XVI'",
        ),
        "partners of a year": (
            lambda: release.observations(period="2010", commodity="II"),
            f"SELECT * FROM {source} WHERE period = '2010' AND commodity = 'II'",
        ),
        "count of a dataset": (
            lambda: release.count(dataflow="TRADE_PARTNER"),
            f"SELECT count(*) FROM {source} WHERE dataflow = 'TRADE_PARTNER'",
        ),
        "years there are": (
            lambda: release.distinct("period", counterpart_area="KZ"),
            f"SELECT DISTINCT period FROM {source} WHERE counterpart_area = 'KZ' ORDER BY 1",
        ),
    }
    print(f"\n{'question':24}{'release ms':>12}{'worst':>8}{'Parquet ms':>12}{'ratio':>8}")
    for name, (ask, sql) in questions.items():
        ask()
        ours, worst = timed(ask)
        theirs, _ = timed(lambda sql=sql: plain.execute(sql).fetchall())
        print(f"{name:24}{ours:12.2f}{worst:8.2f}{theirs:12.2f}{theirs / ours:8.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
