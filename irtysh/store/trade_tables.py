"""The tables of a query file of flows, and which of them answers a question.

The flows lie there twice, sorted by reporter and by counterpart, beside small tables of sums: by
reporter, by counterpart, by product, and by pair in both orders.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from irtysh.store.flows import (
    AMOUNTS,
    CODED,
    COUNTERPART_ORDER,
    FLOW_COLUMNS,
    FlowConstants,
    exists,
    literal,
    status_of,
    view,
)
from irtysh.store.parquet import Fill, quoted
from irtysh.store.selection import CHAPTER, LEVEL, LEVEL_OF
from irtysh.store.staging import make_enums

LAYOUT = 2
"""Raised when a table changes: the query files of before are then built anew."""
STATED = "stated_status"
"""The status that the row has, whichever of its amounts is asked for."""
_WHEN = ("freq", "flow", "classification", LEVEL, "period", STATED)
SUMMED = {
    "reporters": ("ref_area", *_WHEN),
    "counterparts": ("counterpart_area", *_WHEN),
    "products": ("commodity", *_WHEN),
    "pairs": ("ref_area", "counterpart_area", *_WHEN),
    "pairs_by_counterpart": ("counterpart_area", "ref_area", *_WHEN),
}
"""Tables of sums, the smallest first → what they are summed and sorted by."""
DIRECT = {*SUMMED["products"], *SUMMED["pairs"]} - {STATED}
"""Columns of an observation that are columns of a flow as they stand."""
MADE_OF = {
    CHAPTER: {"commodity"},
    "valuation": {"flow"},
    "period_kind": {"freq"},
    "period_start": {"freq", "period"},
    "period_end": {"freq", "period"},
}
"""Columns that are made of those of a table of sums."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One measure's part of an answer."""

    table: str
    measure: str
    made: dict[str, str]
    where: list[str]
    values: list[Any]

    @property
    def source(self) -> str:
        """Table and condition, for FROM."""
        return self.table + (f" WHERE {' AND '.join(self.where)}" if self.where else "")

    def column(self, name: str) -> str:
        """A column of an observation over the table's row."""
        return self.made[name]

    def plain(self, name: str) -> str:
        """The same with enums as text, so that branches and other releases can be united."""
        if name in (*CODED, "period_kind"):
            made = self.made[name]
            return f"CAST({made} AS VARCHAR)"
        return f"CAST({LEVEL} AS VARCHAR)" if name == LEVEL else self.made[name]

    @property
    def count(self) -> str:
        """How many observations the rows make."""
        if self.table not in SUMMED:
            return "count(*)"
        return "sum(quantities)" if self.measure == "QUANTITY" else "sum(n)"

    @property
    def sum(self) -> str:
        """The sum of the amounts."""
        # one type for all: a union of decimals of unlike scales drops digits after the point
        return f"CAST(sum({AMOUNTS[self.measure]}) AS DECIMAL(38,8))"

    @property
    def have(self) -> str:
        """How many observations have a value."""
        amount = AMOUNTS[self.measure]
        return f"sum(has_{amount})" if self.table in SUMMED else f"count({amount})"

    @property
    def hidden(self) -> str:
        """How many have none because the source hides it."""
        amount = AMOUNTS[self.measure]
        if self.table in SUMMED:
            return f"sum(hid_{amount})"
        return f"count(*) FILTER ({amount} IS NULL AND {status_of(self.measure)} = 'SUPPRESSED')"


def fill(parquet: Path, dataset_id: str, constants: FlowConstants, measures: Sequence[str]) -> Fill:
    """Return what makes the tables of a query file from the flows of a vintage."""

    def make(connection: duckdb.DuckDBPyConnection) -> None:
        source = f"read_parquet({quoted(parquet)})"
        kinds = make_enums(connection, source, CODED)
        names = ", ".join(
            f"CAST({column} AS {kinds[column]}) AS {column}" if column in kinds else column
            for column in FLOW_COLUMNS
        )
        connection.execute(
            f"CREATE TABLE flows AS SELECT {names}, CAST({LEVEL_OF} AS UTINYINT) AS {LEVEL} "
            f"FROM {source}"  # it lies in order already
        )
        connection.execute(
            "CREATE TABLE flows_by_counterpart AS SELECT * FROM flows "
            f"ORDER BY {', '.join(COUNTERPART_ORDER)}"
        )
        for table, columns in SUMMED.items():
            connection.execute(f"CREATE TABLE {table} AS {_summing(columns)}")
        connection.execute(view(dataset_id, constants, measures))

    return make


def _summing(columns: Sequence[str]) -> str:
    by = ", ".join(columns).replace(STATED, "status")
    sums = []
    for measure, amount in AMOUNTS.items():
        hidden = f"{amount} IS NULL AND {status_of(measure)} = 'SUPPRESSED'"
        hidden += f" AND {exists(measure) or 'true'}"
        sums += [
            f"sum({amount}) AS {amount}",
            f"count({amount}) AS has_{amount}",
            f"count(*) FILTER ({hidden}) AS hid_{amount}",
        ]
    return (
        f"SELECT {by}, count(*) AS n, {', '.join(sums)}, "
        f"count(*) FILTER {exists('QUANTITY')} AS quantities FROM flows GROUP BY {by} ORDER BY {by}"
    )


def condition(
    column: str,
    codes: Sequence[Any],
    measure: str,
    made: Mapping[str, str],
    occurring: Mapping[str, Collection[str]],
) -> tuple[str, list[Any]]:
    """Return the condition that a column of an observation is one of ``codes``, and its values.

    ``made`` is the SQL of the columns, ``occurring`` the codes of the columns of a flow. Where
    the column of a flow can be compared as it lies, no row is turned into text.
    """
    if column in DIRECT:
        kind = "UTINYINT" if column == LEVEL else f"{column}_code"
        return f"{column} IN ({', '.join(f'CAST(? AS {kind})' for _ in codes)})", list(codes)
    if column == "status":
        return with_status(measure, codes, occurring["status"]), []
    if column == "unit" and measure == "QUANTITY":
        return with_unit(codes, occurring["quantity_unit"]), []
    blanks = ", ".join("?" for _ in codes)
    return f"CAST({made[column]} AS VARCHAR) IN ({blanks})", list(codes)


def with_status(measure: str, codes: Sequence[str], stated: Collection[str]) -> str:
    """Return the condition that an observation of a measure has one of the statuses ``codes``.

    ``stated`` are the statuses that rows have. There are a dozen, so what each of them makes of
    an amount is found once here, not on every row by cutting its text: numbers are compared.
    """
    place, amount = [*AMOUNTS].index(measure), AMOUNTS[measure]
    present, absent = [], []
    for text in stated:
        parts = text.split("/")
        own = (parts[place] if place < len(parts) else "") or parts[0]
        if ("OBSERVED" if own in ("SUPPRESSED", "MISSING") else own) in codes:
            present.append(text)
        if ("SUPPRESSED" if own == "SUPPRESSED" else "MISSING") in codes:
            absent.append(text)
    return (
        f"(({amount} IS NOT NULL AND {_one_of('status', present)}) "
        f"OR ({amount} IS NULL AND {_one_of('status', absent)}))"
    )


def with_unit(codes: Sequence[str], units: Collection[str]) -> str:
    """Return the condition that a quantity is in one of the units ``codes``; "_U" is none."""
    condition = _one_of("quantity_unit", [code for code in codes if code in units])
    return f"({condition} OR quantity_unit IS NULL)" if "_U" in codes else condition


def _one_of(column: str, codes: Sequence[str]) -> str:
    listed = ", ".join(f"CAST({literal(code)} AS {column}_code)" for code in codes)
    return f"{column} IN ({listed})" if listed else "false"


def table_for(columns: set[str], bound: dict[str, list[Any]]) -> str:
    """Return the smallest table that has the columns, in the order that suits what is bound."""
    for table in ("reporters", "counterparts", "products"):
        if columns <= set(SUMMED[table]):
            return table
    theirs = "ref_area" not in bound and "counterpart_area" in bound
    table = "pairs" if columns <= set(SUMMED["pairs"]) else "flows"
    return f"{table}_by_counterpart" if theirs else table
