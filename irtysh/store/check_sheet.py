"""What a check sheet says of staged rows: sums, repeated keys, differences from a vintage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from irtysh.store.parquet import quoted, workshop
from irtysh.store.selection import LEVEL_OF
from irtysh.store.staging import Staging
from irtysh.vocabulary.errors import Fault

_LARGEST = 20
_COMPARED = ("value", "weight", "quantity", "quantity_unit", "status")


WORLD = "W"
"""The partner that is all others together: never added to them."""


@dataclass(frozen=True, slots=True)
class StagedSum:
    """The rows of one flow, period and level, of single partners or of the world.

    Attributes
    ----------
    codes : dict
        ``flow``, ``period``, ``level``, ``partner`` (WORLD, or empty for single ones), and
        ``measure``, ``unit``, ``unit_mult``, ``ref_area`` for figures.
    rows, missing : int
        Rows, and those without a value.
    value, weight : Decimal or None
        Sums; None where no row has one. Sums of different levels say the same twice.
    """

    codes: Mapping[str, str]
    rows: int
    missing: int
    value: Decimal | None
    weight: Decimal | None


@dataclass(frozen=True, slots=True)
class Change:
    """A key whose amounts or status differ between two vintages; None where there was no row."""

    key: Mapping[str, str]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def kind(self) -> str:
        """One of "added", "changed", "withdrawn"."""
        if self.before is None:
            return "added"
        return "changed" if self.after is not None else "withdrawn"


@dataclass(frozen=True, slots=True)
class Differences:
    """How staged rows differ from those of a vintage.

    Attributes
    ----------
    same, added, changed, withdrawn : int
        Keys.
    largest : list of Change
        The changes of the largest value, twenty at most.
    """

    same: int
    added: int
    changed: int
    withdrawn: int
    largest: list[Change]


def sums(staging: Staging) -> list[StagedSum]:
    """Return sums by flow, period and level of the classification, the world apart.

    Those of figures also by measure, unit and territory: a table has few of them, and prints
    countries beside their regions.
    """
    trade = staging.structure == "trade"
    world = f"CASE WHEN counterpart_area = '{WORLD}' THEN '{WORLD}' ELSE '' END"
    level = f"CASE WHEN commodity <> '_Z' THEN {LEVEL_OF} END"
    by = {"flow": "flow", "period": "period", "level": level, "partner": world}
    if not trade:
        same = ("measure", "unit", "unit_mult", "ref_area")
        by |= {column: column for column in same}
    weight = "sum(weight)" if trade else "NULL"
    names = ", ".join(f"CAST({made} AS VARCHAR) AS {name}" for name, made in by.items())
    rows = _ask(
        staging,
        f"SELECT {names}, count(*) AS n, count(*) - count(value) AS missing, "
        f"sum(value) AS value, {weight} AS weight FROM {_sealed(staging)} "
        "GROUP BY ALL ORDER BY ALL",
    )
    return [
        StagedSum(
            {name: row[name] or "" for name in by},
            row["n"],
            row["missing"],
            row["value"],
            row["weight"],
        )
        for row in rows
    ]


def repeated_keys(staging: Staging, limit: int = 100) -> tuple[int, list[Fault]]:
    """Return how many rows repeat the key of another, and a fault for each of the first.

    The file is sorted by the key, so neighbours are compared and nothing is kept in memory.
    """
    place = "line" if staging.structure == "trade" else "locator"
    key = ", ".join(f'"{column}"' for column in staging.key)
    before = "lag({}) OVER ()".format
    same = " AND ".join(f'"{column}" = {before(column)}' for column in staging.key)
    repeats = (
        f"SELECT * FROM (SELECT {key}, {before(place)} AS first, {place} AS second, "
        f"{same} AS again FROM {_sealed(staging)}) WHERE again"
    )
    counted = _ask(staging, f"SELECT count(*) AS n FROM ({repeats})")[0]["n"]
    if not counted:
        return 0, []
    faults = [
        Fault(
            "KeyRepeated",
            "",
            line=int(row["second"]) if place == "line" else 0,
            params={
                "first": str(row["first"]),
                "second": str(row["second"]),
                "key": " · ".join(str(row[column]) for column in staging.key),
            },
        )
        for row in _ask(staging, f"{repeats} LIMIT {int(limit)}")
    ]
    return counted, faults


def differences(staging: Staging, published: Path | None) -> Differences:
    """Compare with the Parquet file of a vintage, or with nothing at all."""
    if published is None:
        return Differences(0, staging.rows, 0, 0, [])
    compared = _COMPARED if staging.structure == "trade" else ("printed", "status")
    joined = joined_by_key(published, staging.seal(), staging.key, compared)
    same = " AND ".join(f"b_{column} IS NOT DISTINCT FROM a_{column}" for column in compared)
    kind = (
        "CASE WHEN NOT before THEN 'added' WHEN NOT after THEN 'withdrawn' "
        f"WHEN {same} THEN 'same' ELSE 'changed' END"
    )
    counts = {
        row["kind"]: int(row["n"])
        for row in _ask(staging, f"SELECT {kind} AS kind, count(*) AS n FROM ({joined}) GROUP BY 1")
    }
    largest: list[dict[str, Any]] = []
    if set(counts) - {"same"}:
        largest = _ask(
            staging,
            f"SELECT * FROM ({joined}) WHERE {kind} <> 'same' "
            "ORDER BY abs(coalesce(CAST(a_value AS DECIMAL(38,8)), 0) "
            f"- coalesce(CAST(b_value AS DECIMAL(38,8)), 0)) DESC, {', '.join(staging.key)} "
            f"LIMIT {_LARGEST}",
        )
    return Differences(
        same=counts.get("same", 0),
        added=counts.get("added", 0),
        changed=counts.get("changed", 0),
        withdrawn=counts.get("withdrawn", 0),
        largest=[change_of(row, staging.key, compared) for row in largest],
    )


def joined_by_key(before: Path, after: Path, key: Sequence[str], compared: Sequence[str]) -> str:
    """Return SQL of the rows of two files side by side: b_ and a_ columns, before and after."""
    keys = ", ".join(
        f"CAST(coalesce(b.{column}, a.{column}) AS VARCHAR) AS {column}" for column in key
    )
    columns = list(dict.fromkeys(("value", *compared)))
    sides = ", ".join(f"{side}.{column} AS {side}_{column}" for side in "ba" for column in columns)
    return (
        f"SELECT {keys}, {sides}, b.here IS NOT NULL AS before, a.here IS NOT NULL AS after "
        f"FROM (SELECT *, true AS here FROM read_parquet({quoted(before)})) b "
        f"FULL OUTER JOIN (SELECT *, true AS here FROM read_parquet({quoted(after)})) a "
        f"USING ({', '.join(key)})"
    )


def change_of(row: Mapping[str, Any], key: Sequence[str], compared: Sequence[str]) -> Change:
    """Return a row of ``joined_by_key`` as a change."""
    sides = {
        side: {column: row[f"{side}_{column}"] for column in compared} if row[name] else None
        for side, name in (("b", "before"), ("a", "after"))
    }
    return Change({column: str(row[column]) for column in key}, sides["b"], sides["a"])


def _sealed(staging: Staging) -> str:
    return f"read_parquet({quoted(staging.seal())})"


def _ask(staging: Staging, sql: str) -> list[dict[str, Any]]:
    with workshop(staging.folder / "spill.building") as connection:
        result: duckdb.DuckDBPyConnection = connection.execute(sql)
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
