"""Amounts of staged flows: read as the narrowest decimals that hold them, or refused by name."""

from __future__ import annotations

from typing import Any

import duckdb

from irtysh.store.flows import AMOUNTS, FLOW_COLUMNS, decimal_type
from irtysh.vocabulary.errors import AmountUnreadable

AMOUNT_COLUMNS = tuple(AMOUNTS.values())
_SCALE = 8
_KEPT = f"DECIMAL(38,{_SCALE})"


def first_row(
    connection: duckdb.DuckDBPyConnection, column: str, condition: str
) -> tuple[str, str]:
    """Return the line and the text of the first row of a part that fits a condition."""
    row = connection.execute(
        f'SELECT line, "{column}" FROM part WHERE {condition} LIMIT 1'
    ).fetchone()
    return (str(row[0] or ""), str(row[1] or "")) if row else ("", "")


def widths(connection: duckdb.DuckDBPyConnection) -> tuple[dict[str, Any], dict[str, str]]:
    """Return digits of the amounts and how many were rounded; and the type to read each with.

    A narrow decimal is read ten times faster than a wide one.
    """
    asked = []
    for column in AMOUNT_COLUMNS:
        places = (
            f"CASE WHEN contains(lower({column}), 'e') THEN 99 "
            f"WHEN contains({column}, '.') THEN length({column}) - strpos({column}, '.') ELSE 0 END"
        )
        asked += [
            f"max({places})",
            f"max(length(split_part({column}, '.', 1)))",
            f"count(*) FILTER (CASE WHEN {places} = 99 THEN "
            f"try_cast({column} AS DOUBLE) <> try_cast({column} AS {_KEPT})::DOUBLE "
            f"ELSE {places} > {_SCALE} AND "
            f"length(rtrim(split_part({column}, '.', 2), '0')) > {_SCALE} END)",
        ]
    row = connection.execute(f"SELECT {', '.join(asked)} FROM text").fetchone() or ()
    counts = [int(one or 0) for one in row]
    found: dict[str, Any] = {"rounded": sum(counts[2::3])}
    kinds = {}
    for number, column in enumerate(AMOUNT_COLUMNS):
        scale, digits = counts[number * 3], counts[number * 3 + 1] or 1
        found[column] = [min(scale, _SCALE), digits]
        fits = scale <= _SCALE and scale + digits <= 18
        kinds[column] = decimal_type(scale, digits) if fits else FLOW_COLUMNS[column]
    return found, kinds


def check_amounts(connection: duckdb.DuckDBPyConnection) -> None:
    """Raise AmountUnreadable for the first text that gave no amount."""
    asked = ", ".join(f"count(text_{column}) - count({column})" for column in AMOUNT_COLUMNS)
    row = connection.execute(f"SELECT {asked} FROM part").fetchone() or ()
    for column, unreadable in zip(AMOUNT_COLUMNS, row, strict=True):
        if unreadable:
            line, text = first_row(
                connection, f"text_{column}", f"text_{column} IS NOT NULL AND {column} IS NULL"
            )
            raise AmountUnreadable(line=line, column=column, text=text)
