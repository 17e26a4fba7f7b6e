"""Parquet files and the query file built from them, written and read by DuckDB."""

from __future__ import annotations

import csv
import os
import secrets
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from irtysh.store.schema import ORDER

REVISION_COLUMNS: Mapping[str, str] = {
    "observation": "VARCHAR",
    "release": "VARCHAR",
    "kind": "VARCHAR",
    "before": "VARCHAR",
    "after": "VARCHAR",
}

_SETTINGS = (
    "SET threads = 1",
    # 1.5: ORDER BY … LIMIT on a filtered table is ten times slower with it.
    "SET disabled_optimizers = 'late_materialization'",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
)


Fill = Callable[[duckdb.DuckDBPyConnection], None]


@contextmanager
def workshop(
    spill: Path, memory: str = "1GB", threads: int = 2
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in memory that may take so much of it, and spills the rest into a folder."""
    with duckdb.connect() as connection:
        _bound(connection, spill, memory, threads)
        try:
            yield connection
        finally:
            shutil.rmtree(spill, ignore_errors=True)


def _bound(connection: duckdb.DuckDBPyConnection, spill: Path, memory: str, threads: int) -> None:
    connection.execute(f"SET temp_directory = {quoted(spill)}")
    connection.execute(f"SET memory_limit = '{memory}'")
    connection.execute(f"SET threads = {int(threads)}")


def write_parquet(
    rows: Iterable[Mapping[str, str]],
    columns: Mapping[str, str],
    path: Path,
    order: Sequence[str] = (),
) -> int:
    """Write text rows as typed, sorted Parquet; return how many. Empty cells are missing.

    Goes through a CSV beside the target because DuckDB casts a file in one pass,
    and row-by-row inserts of 10^5 rows take a minute.
    """
    casts = ", ".join(
        f'CAST(nullif("{column}", \'\') AS {kind}) AS "{column}"'
        for column, kind in columns.items()
    )
    by = f" ORDER BY {', '.join(order)}" if order else ""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="", suffix=".csv", dir=path.parent
    ) as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
        writer.writerow(columns)
        count = 0
        for row in rows:
            writer.writerow([row[column] for column in columns])
            count += 1
        stream.flush()
        with duckdb.connect() as connection:
            connection.execute(
                f"COPY (SELECT {casts} FROM read_csv({quoted(Path(stream.name))}, header = true, "
                f"all_varchar = true, quote = '\"', delim = ',', nullstr = '\\N'){by}) "
                f"TO {quoted(path)} (FORMAT parquet, COMPRESSION zstd)"
            )
    return count


def read_parquet(path: Path) -> list[dict[str, Any]]:
    """Return all rows of a Parquet file."""
    with duckdb.connect() as connection:
        return _dicts(connection.execute(f"SELECT * FROM read_parquet({quoted(path)})"))


def one_row(sql: str) -> tuple[Any, ...]:
    """Return the one row of an answer about files."""
    with duckdb.connect() as connection:
        row = connection.execute(sql).fetchone()
    return row or ()


def copy_selection(query_file: QueryFile, where: str, values: list[Any]) -> bytes:
    """Return the selected observations as the bytes of a Parquet file."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "selection.parquet"
        query_file.run(
            f"COPY (SELECT * FROM observations{where} ORDER BY {', '.join(ORDER)}) "
            f"TO {quoted(target)} (FORMAT parquet, COMPRESSION zstd)",
            values,
        )
        return target.read_bytes()


class QueryFile:
    """A read-only DuckDB file built from Parquet: the cache that answers pages.

    Opened lazily, so that a forked web worker opens its own; one cursor a thread. ``fill`` makes
    its tables; without it there is one, ``observations``, with the rows of the Parquet file.
    """

    def __init__(
        self,
        parquet: Path,
        cache: Path,
        fill: Fill | None = None,
        *,
        layout: int = 0,
        memory: str = "1GB",
        threads: int = 2,
    ) -> None:
        self._parquet = parquet
        made = (
            f"layout{layout}-duckdb{duckdb.__version__}" if fill else f"duckdb{duckdb.__version__}"
        )
        self._path = cache / f"{parquet.parent.name}-{made}.duckdb"
        self._fill = fill or self._copy
        self._bounds = (memory, threads)
        self._local = threading.local()
        self._lock = threading.Lock()
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._pid = 0

    @property
    def path(self) -> Path:
        """Where the file lies once it is built."""
        return self._path

    def build(self) -> None:
        """Build the file aside and put it in place; does nothing if it is there."""
        if self._path.exists():
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # a random name: two containers on one volume may have equal process and thread numbers
        aside = self._path.with_suffix(f".{secrets.token_hex(8)}.building")
        spill = aside.with_suffix(".building-spill")
        try:
            with duckdb.connect(aside) as connection:
                _bound(connection, spill, *self._bounds)
                self._fill(connection)
        finally:
            shutil.rmtree(spill, ignore_errors=True)
        aside.replace(self._path)

    def _copy(self, connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute(
            "CREATE TABLE observations AS SELECT * FROM "
            f"read_parquet({quoted(self._parquet)}) ORDER BY {', '.join(ORDER)}"
        )

    def close(self) -> None:
        """Let go of the file; threads in the middle of a query finish it on their own cursors."""
        with self._lock:
            self._connection = None
            self._local = threading.local()  # drops the cursors of all threads

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Run a query and return its rows as dictionaries."""
        return _dicts(self.run(sql, values))

    def run(self, sql: str, values: Sequence[Any] = ()) -> duckdb.DuckDBPyConnection:
        """Run a statement on this thread's cursor."""
        return self._cursor().execute(sql, list(values))

    def own_cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a new cursor: an answer that is still being read holds its cursor."""
        return self._open().cursor()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        connection, own = self._open(), self._local
        if getattr(own, "owner", None) is not connection:
            own.owner = connection
            own.cursor = connection.cursor()
        cursor: duckdb.DuckDBPyConnection = own.cursor
        return cursor

    def _open(self) -> duckdb.DuckDBPyConnection:
        with self._lock:
            if self._connection is None or self._pid != os.getpid():
                connection = self._connect()
                for setting in (*_SETTINGS, f"SET memory_limit = '{self._bounds[0]}'"):
                    connection.execute(setting)
                self._connection, self._pid = connection, os.getpid()
            return self._connection

    def _connect(self) -> duckdb.DuckDBPyConnection:
        while True:
            self.build()
            try:
                return duckdb.connect(self._path, read_only=True)
            except duckdb.IOException:
                if self._path.exists():
                    raise
                # a publisher swept it between the two lines


def _dicts(result: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def quoted(path: Path) -> str:
    """Return a path as SQL text."""
    return "'" + str(path).replace("'", "''") + "'"
