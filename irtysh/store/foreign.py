"""A Parquet file that somebody else wrote, read as text a batch at a time, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from irtysh.vocabulary.errors import NotReadable

_BATCH = 5_000
_SETTINGS = (
    "SET threads = 1",
    "SET memory_limit = '512MB'",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
)


def parquet_columns(path: Path) -> tuple[tuple[str, str], ...]:
    """Return name and type of each column; raises NotReadable."""
    with _opened() as connection:
        try:
            rows = connection.execute(
                "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet(?))",
                [str(path)],
            ).fetchall()
        except duckdb.Error as error:
            raise NotReadable(reason=f"Parquet: {type(error).__name__}") from None
    return tuple((str(name), str(kind)) for name, kind in rows)


def parquet_texts(
    path: Path, columns: Sequence[str], limit: int | None = None
) -> Iterator[tuple[str, ...]]:
    """Yield rows as texts in the file's order; missing is empty, a number keeps all its digits.

    Raises NotReadable, also in the middle of a file that is damaged there.
    """
    listed = ", ".join(
        f'CAST("{name.replace(chr(34), chr(34) * 2)}" AS VARCHAR)' for name in columns
    )
    end = f" LIMIT {int(limit)}" if limit is not None else ""
    with _opened() as connection:
        try:
            result = connection.execute(f"SELECT {listed} FROM read_parquet(?){end}", [str(path)])
            while batch := result.fetchmany(_BATCH):
                for row in batch:
                    yield tuple("" if cell is None else cell for cell in row)
        except duckdb.Error as error:
            raise NotReadable(reason=f"Parquet: {type(error).__name__}") from None


def _opened() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for setting in _SETTINGS:
        connection.execute(setting)
    return connection


def parquet_count(path: Path) -> int:
    """Return how many rows a Parquet file states; raises NotReadable."""
    with _opened() as connection:
        try:
            row = connection.execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchone()
        except duckdb.Error as error:
            raise NotReadable(reason=f"Parquet: {type(error).__name__}") from None
    return int(row[0]) if row else 0
