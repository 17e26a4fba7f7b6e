"""The import assistant on a large file: a BACI file of so many rows, opened, read, staged, checked.

    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python -m benchmarks.intake --rows 10000000

Flows are made by a public rule. Prints rows, seconds, CPU seconds of the processes, and the peak
of memory of the process that reads (the web process does not take part).
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

from irtysh.sources.intake.opened import open_file
from irtysh.sources.intake.reading import read_into
from irtysh.sources.layouts import layout_of, recognise
from irtysh.store.staging import Staging

_AREAS = (398, 643, 156, 276, 842, 792, 251, 381, 392, 410)


def write(path: Path, rows: int) -> None:
    """Write a BACI file: year, exporter, importer, product, thousand dollars, tonnes."""
    pairs = [(one, other) for one in _AREAS for other in _AREAS if one != other]
    with path.open("w", encoding="ascii") as stream:
        stream.write("t,i,j,k,v,q\n")
        for number in range(rows):
            one, other = pairs[number % len(pairs)]
            rest = number // len(pairs)
            product, year = 10000 + rest // 30 * 13 % 960000, 1995 + rest % 30
            stream.write(
                f"{year},{one},{other},{product:06d},{number % 99991}.125,{number % 977}.5\n"
            )


def main() -> None:
    """Run and print one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "BACI_HS92_V202401.csv"
        write(path, options.rows)
        started, cpu = time.perf_counter(), time.process_time()
        head = open_file(path, path.name, folder)
        found = recognise(head)[0]
        sheet = read_into(
            Staging(folder / "staging"), head, layout_of(found.layout), dict(found.settings)
        )
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{found.layout}: {options.rows:,} rows, {sheet.staged:,} staged, {sheet.repeated} "
            f"repeated; {seconds:.0f} s, {cpu:.0f} s CPU; peak {peak} MiB"
        )


if __name__ == "__main__":
    main()
