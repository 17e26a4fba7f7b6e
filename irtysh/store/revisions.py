"""What each version said of a cell, and what changed between two: of releases and of vintages.

Read from the Parquet files themselves, so an old version needs no query file.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import duckdb

from irtysh.store.flows import (
    AMOUNTS,
    FLOW_COLUMNS,
    KEY,
    FlowConstants,
    exists,
    expressions,
    literal,
)
from irtysh.store.parquet import quoted, workshop
from irtysh.store.schema import COLUMNS, ORDER
from irtysh.store.selection import Selection

Action = Literal["replace", "delete"]
_BATCH = 10_000
_UNSAID = {"locator", "retrieved_on", "id"}
"""Columns that may differ although the figure is the same."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A dataset as of one version, as far as comparing needs it.

    Attributes
    ----------
    dataset_id, version, created_at : str, str, datetime
    parquet : Path
    constants : FlowConstants or None
        None for printed figures.
    measures : tuple of str
        Of flows.
    """

    dataset_id: str
    version: str
    created_at: datetime
    parquet: Path
    constants: FlowConstants | None = None
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """What a version says of a cell; ``row`` (28 columns) is None where it says nothing."""

    version: str
    created_at: datetime
    row: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Changed:
    """A row of 28 columns that is new or different ("replace"), or was withdrawn ("delete")."""

    action: Action
    row: Mapping[str, Any]


def history(editions: Iterable[Edition], key: Mapping[str, str]) -> list[Stated]:
    """Return what every version says of the rows that have some codes, oldest first.

    ``key`` names columns of an observation: ``id``, or the dimensions with ``measure``. A
    version that repeats the one before is listed too.
    """
    found: list[Stated] = []
    where, values = Selection.of(key).where()
    for edition in sorted(editions, key=lambda one: one.created_at):
        sql = f"SELECT * FROM ({_rows(edition)}){where} ORDER BY ALL"
        rows: list[dict[str, Any] | None] = [*_stream(sql, values)]
        found += [Stated(edition.version, edition.created_at, row) for row in rows or [None]]
    return found


def changes(before: Edition | None, after: Edition) -> Iterator[Changed]:
    """Yield what changed between two versions, sorted, a batch at a time in memory.

    Without a version before, everything is a replacement. A row that only moved in its file
    has not changed.
    """
    if before is None:
        sql = f"SELECT 'replace' AS action, * FROM ({_rows(after)})"
    elif after.constants is None or before.constants is None:
        sql = _changed_figures(before, after)
    elif before.constants != after.constants:  # another unit changes every row
        gone = f"SELECT 'delete' AS action, * FROM ({_rows(before)})"
        now = f"SELECT 'replace' AS action, * FROM ({_rows(after)})"
        columns = ", ".join((*KEY, "measure"))
        sql = f"{now} UNION ALL SELECT * FROM ({gone}) g ANTI JOIN ({now}) n USING ({columns})"
    else:
        sql = _changed_flows(before, after)
    order = ", ".join(f'"{column}"' for column in (*ORDER, "id"))
    for row in _stream(f"SELECT * FROM ({sql}) ORDER BY {order}"):
        yield Changed(row.pop("action"), row)


def _rows(edition: Edition, *measures: str) -> str:
    """Return SQL of the 28 columns of all rows, or of those of some measures."""
    source = f"read_parquet({quoted(edition.parquet)})"
    if edition.constants is None:
        names = ", ".join(f'"{column}"' for column in COLUMNS)
        return f"SELECT {names} FROM {source} WHERE dataflow = {literal(edition.dataset_id)}"
    parts = []
    for measure in measures or edition.measures:
        names = _named(edition, measure)
        where = f" WHERE {exists(measure)}" if exists(measure) else ""
        parts.append(f"SELECT {names} FROM {source}{where}")
    return " UNION ALL ".join(parts)


def _named(edition: Edition, measure: str) -> str:
    assert edition.constants is not None
    made = expressions(edition.dataset_id, edition.constants, measure)
    return ", ".join(f'{made[column]} AS "{column}"' for column in COLUMNS)


def _changed_figures(before: Edition, after: Edition) -> str:
    compared = [column for column in COLUMNS if column not in _UNSAID]
    differ = " OR ".join(f'b."{column}" IS DISTINCT FROM a."{column}"' for column in compared)
    names = ", ".join(
        f'CASE WHEN a.id IS NULL THEN b."{column}" ELSE a."{column}" END AS "{column}"'
        for column in COLUMNS
    )
    return (
        f"SELECT CASE WHEN a.id IS NULL THEN 'delete' ELSE 'replace' END AS action, {names} "
        f"FROM ({_rows(before)}) b FULL OUTER JOIN ({_rows(after)}) a ON a.id = b.id "
        f"WHERE a.id IS NULL OR b.id IS NULL OR {differ}"
    )


def _changed_flows(before: Edition, after: Edition) -> str:
    """Compare row with row first: most have not changed in anything."""
    others = [column for column in FLOW_COLUMNS if column not in KEY]
    names = ", ".join(
        [
            *(f"coalesce(a.{column}, b.{column}) AS {column}" for column in KEY),
            *(
                f"CASE WHEN a.here THEN a.{column} ELSE b.{column} END AS {column}"
                for column in others
            ),
            *(f"b.{column} AS b_{column}" for column in others),
            "coalesce(a.here, false) AS after",
            "coalesce(b.here, false) AS before",
        ]
    )
    sides = [
        f"(SELECT *, true AS here FROM read_parquet({quoted(one.parquet)})) {name}"
        for one, name in ((before, "b"), (after, "a"))
    ]
    differ = " OR ".join(
        f"a.{column} IS DISTINCT FROM b.{column}" for column in others if column != "line"
    )
    joined = (
        f"SELECT {names} FROM {sides[0]} FULL OUTER JOIN {sides[1]} USING ({', '.join(KEY)}) "
        f"WHERE a.here IS NULL OR b.here IS NULL OR {differ}"
    )
    parts = []
    for measure in after.measures:
        if measure not in before.measures:
            parts.append(f"SELECT 'replace' AS action, * FROM ({_rows(after, measure)})")
            continue
        amount, is_there = AMOUNTS[measure], exists(measure) or "true"
        now = f"after AND {is_there}"
        was = f"before AND {is_there.replace('quantity', 'b_quantity')}"
        unit = " OR quantity_unit IS DISTINCT FROM b_quantity_unit" if measure == "QUANTITY" else ""
        moved = f"{amount} IS DISTINCT FROM b_{amount} OR status IS DISTINCT FROM b_status{unit}"
        parts.append(
            f"SELECT CASE WHEN {now} THEN 'replace' ELSE 'delete' END AS action, "
            f"{_named(after, measure)} FROM changed WHERE CASE WHEN ({now}) AND ({was}) "
            f"THEN {moved} ELSE ({now}) OR ({was}) END"
        )
    parts += [
        f"SELECT 'delete' AS action, * FROM ({_rows(before, measure)})"
        for measure in before.measures
        if measure not in after.measures  # the whole column is gone
    ]
    return f"WITH changed AS ({joined}) {' UNION ALL '.join(parts)}"


def _stream(sql: str, values: Iterable[Any] = ()) -> Iterator[dict[str, Any]]:
    with (
        tempfile.TemporaryDirectory() as folder,
        workshop(Path(folder) / "spill", threads=1) as connection,
    ):
        result: duckdb.DuckDBPyConnection = connection.execute(sql, list(values))
        names = [column[0] for column in result.description or ()]
        while batch := result.fetchmany(_BATCH):
            for row in batch:
                yield dict(zip(names, row, strict=True))
