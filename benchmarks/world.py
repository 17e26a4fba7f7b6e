"""The whole world's trade: publish a file of BACI's shape and ask what the portal asks.

    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python -m benchmarks.world FOLDER [--rows 10000000]
        [--engines ours,duckdb,polars,postgres] [--memory 4GB] [--threads 2] [--keep]

Polars and psycopg are asked if they are installed (``pip install polars "psycopg[binary]"`` in an
environment that can be thrown away; they are no dependency). PostgreSQL is found by
IRTYSH_BENCHMARK_POSTGRES, else on this machine. Every engine runs in a process of its own, so
that its memory is its own; files once made are taken up, so a stopped run goes on.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import world_rivals as rivals

POSTGRES = "postgresql://postgres@127.0.0.1:5432/postgres"


def peak() -> int:
    """Return the peak of resident memory of this process, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def megabytes(*paths: Path) -> int:
    """Return the size of files."""
    return sum(path.stat().st_size for path in paths) // 10**6


def generate(options: argparse.Namespace) -> dict[str, Any]:
    """Make the file."""
    from benchmarks.world_flows import write

    start = time.perf_counter()
    rows = write(options.rows, options.folder / "chunks")
    files = list((options.folder / "chunks").glob("*.parquet"))
    return {"rows": rows, "s": time.perf_counter() - start, "MB": megabytes(*files)}


def publish(options: argparse.Namespace) -> dict[str, Any]:
    """Stage, check and publish it."""
    from irtysh.store.staging import Staging
    from irtysh.store.vintages import Vintages

    said: dict[str, Any] = {}
    bounds = {"memory": options.memory, "threads": options.threads}
    staging = Staging(options.folder / "staging")
    chunks = sorted((options.folder / "chunks").glob("*.parquet"))
    steps: dict[str, Callable[[], Any]] = {
        "stage": lambda: [staging.take(path) for path in chunks[len(staging.parts) :]],
        "sort": lambda: staging.seal(**bounds),
        "check, publish, query file": lambda: Vintages(
            options.folder / "datasets", **bounds
        ).publish(
            "BACI",
            staging,
            {},
            structure="trade",
            constants={"unit": "USD", "unit_mult": 3, "valuation": {"X": "FOB"}, "source": "baci"},
        ),
    }
    for name, step in steps.items():
        start = time.perf_counter(), time.process_time()
        step()
        said[f"{name}, s"] = time.perf_counter() - start[0]
        said[f"{name}, CPU s"] = time.process_time() - start[1]
        said[f"{name}, peak MB"] = peak()
        print(name, {key: round(value) for key, value in said.items()}, flush=True)
    place = options.folder / "datasets" / "BACI"
    said["Parquet MB"] = megabytes(*place.glob("[0-9]*/flows.parquet"))
    said["query file MB"] = megabytes(*place.glob(".cache/*.duckdb"))
    return said


def ours(options: argparse.Namespace) -> dict[str, Any]:
    """Ask through Dataset and the questions, as a page does."""
    from irtysh.store import questions as q
    from irtysh.store.vintages import Vintages

    dataset = Vintages(options.folder / "datasets").current("BACI").dataset
    exports = {"ref_area": rivals.AREA, "flow": "X", "period": rivals.YEAR}
    imports = {"side": "counterpart_area", "flow": "X", "period": rivals.YEAR}
    pair = {"ref_area": rivals.TOP[0], "counterpart_area": rivals.TOP[1], "period": rivals.TOP[2]}
    asked: dict[str, Callable[[], Any]] = {
        "pair by year": lambda: q.pair_by_year(dataset, *rivals.PAIR),
        "top 20 products": lambda: q.top_products(dataset, 20, flow="X", **pair),
        "partners, export": lambda: q.partners(dataset, rivals.AREA, flow="X", period=rivals.YEAR),
        "partners, import": lambda: q.partners(dataset, rivals.AREA, **imports),
        "sections of exports": lambda: q.composition(dataset, **exports),
        "a region's share": lambda: q.share_of_region(dataset, rivals.REGION, flow="X"),
        "count of everything": dataset.count,
    }
    start = time.perf_counter()
    asked["pair by year"]()
    first = (time.perf_counter() - start) * 1000
    times = {name: rivals.timed(ask, options.repeats) for name, ask in asked.items()}
    return {**times, "first question, ms": first, "memory MB": rivals.memory(), "peak MB": peak()}


def duckdb(options: argparse.Namespace) -> dict[str, Any]:
    """Ask plain DuckDB over unsorted Parquet."""
    repeats = max(3, options.repeats // 10)
    times = rivals.duckdb_plain(options.folder / "chunks", options.threads, repeats)
    return {**times, "memory MB": rivals.memory(), "peak MB": peak()}


def polars(options: argparse.Namespace) -> dict[str, Any]:
    """Ask Polars over unsorted Parquet."""
    os.environ["POLARS_MAX_THREADS"] = str(options.threads)
    times = rivals.polars_lazy(options.folder / "chunks", max(3, options.repeats // 10))
    return {**times, "memory MB": rivals.memory(), "peak MB": peak()}


def postgres(options: argparse.Namespace) -> dict[str, Any]:
    """Ask PostgreSQL; its memory is its server's and is not measured here."""
    address = os.environ.get("IRTYSH_BENCHMARK_POSTGRES", POSTGRES)
    times, seconds, size = rivals.postgres(options.folder / "chunks", address, options.repeats)
    return {**times, "load, s": seconds, "table MB": size // 10**6}


STEPS = {step.__name__: step for step in (generate, publish, ours, duckdb, polars, postgres)}


def main() -> None:
    """Run the steps, each in a process of its own, and print what they found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--engines", default="ours,duckdb,polars,postgres")
    parser.add_argument("--memory", default="4GB")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=30)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.step:
        found = STEPS[options.step](options)
        (options.folder / f"{options.step}.json").write_text(json.dumps(found), encoding="utf-8")
        return
    answers: dict[str, dict[str, Any]] = {}
    for step in ("generate", "publish", *options.engines.split(",")):
        command = [sys.executable, "-m", "benchmarks.world", *sys.argv[1:], "--step", step]
        if subprocess.run(command, check=False).returncode:
            print(f"{step}: not measured", flush=True)
            continue
        answers[step] = json.loads((options.folder / f"{step}.json").read_text(encoding="utf-8"))
        print(step, {name: round(value, 2) for name, value in answers[step].items()}, flush=True)
    table(answers)
    if not options.keep:
        shutil.rmtree(options.folder)


def table(answers: dict[str, dict[str, Any]]) -> None:
    """Print the questions as a table of docs/performance.md."""
    engines = [name for name in answers if name not in ("generate", "publish")]
    print(f"\n| Question | {' | '.join(engines)} |\n|---|{'---:|' * len(engines)}")
    for question in rivals.QUESTIONS:
        cells = [f"{answers[engine][question]:,.1f}" for engine in engines]
        print(f"| {question} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
