"""One dataset as of one version: what a table, a chart, a message and a download read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from irtysh.store.parquet import QueryFile
from irtysh.store.schema import COLUMNS, ORDER, from_row
from irtysh.store.selection import EVERYTHING, Selection
from irtysh.vocabulary.observation import Observation

Structure = Literal["figures", "trade"]
_BATCH = 10_000


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of the observations that share some codes.

    Attributes
    ----------
    codes : dict
        Column → code, for the columns summed by; unit, unit_mult and measure are among them.
    value : Decimal or None
        Sum in the unit; None if no observation has a value.
    observations, missing, suppressed : int
        How many observations are in it, how many of them have no value, and of how many of
        those the source says that it hides the value.
    """

    codes: Mapping[str, str]
    value: Decimal | None
    observations: int
    missing: int
    suppressed: int = 0


class Dataset:
    """The observations of one dataflow in a release or in a vintage of an imported dataset.

    This class reads printed figures; ``store.trade.TradeDataset`` answers the same questions
    from declared flows.

    Attributes
    ----------
    id : str
        The dataflow: "TRADE_PARTNER".
    version : str
        Id of the release or vintage; it never changes what it holds.
    created_at : datetime
    structure : {"figures", "trade"}
        "figures": printed figures with rivals, growth rates and shares beside levels.
        "trade": declared flows, at most one value a key and measure.
    """

    structure: Structure = "figures"

    def __init__(
        self, dataset_id: str, version: str, created_at: datetime, query: QueryFile
    ) -> None:
        self.id = dataset_id
        self.version = version
        self.created_at = created_at
        self._query = query

    def put_down(self) -> None:
        """Let go of the query file; it is opened again at the next question."""
        self._query.close()

    def count(self, selection: Selection = EVERYTHING) -> int:
        """Return how many observations are selected."""
        where, values = self._where(selection)
        row = self._query.run(f"SELECT count(*) FROM observations{where}", values).fetchone()
        return int(row[0]) if row else 0

    def codes(self, column: str, selection: Selection = EVERYTHING) -> dict[str, int]:
        """Return the codes of a column that occur, sorted, and how many observations have each."""
        made = Selection.expression(column)
        where, values = self._where(selection)
        rows = self._query.rows(
            f"SELECT {made} AS code, count(*) AS n FROM observations{where} GROUP BY 1 ORDER BY 1",
            values,
        )
        return {str(row["code"]): int(row["n"]) for row in rows if row["code"] is not None}

    def span(self, selection: Selection = EVERYTHING) -> tuple[date, date] | None:
        """Return the first and last day that the selected periods cover; None without any."""
        where, values = self._where(selection)
        row = self._query.run(
            f"SELECT min(period_start), max(period_end) FROM observations{where}", values
        ).fetchone()
        return (row[0], row[1]) if row and row[0] else None

    @cached_property
    def editions(self) -> tuple[str, ...]:
        """The classifications that occur."""
        return tuple(self.codes("classification"))

    def stream(
        self,
        selection: Selection = EVERYTHING,
        columns: Sequence[str] = tuple(COLUMNS),
        *,
        by_series: bool = False,
    ) -> Iterator[dict[str, Any]]:
        """Yield the selected rows, a batch at a time in memory.

        In the order in which they lie, the same every time; ``by_series`` puts the periods of a
        series together (the order of ORDER), which for declared flows sorts what is selected.
        Values are Decimal, dates dates, missing None.
        """
        sql, values = self._rows(selection, columns, by_series)
        result = self._query.own_cursor().execute(sql, values)
        while batch := result.fetchmany(_BATCH):
            for row in batch:
                yield dict(zip(columns, row, strict=True))

    def observations(
        self,
        selection: Selection = EVERYTHING,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Observation]:
        """Return the selected observations, in the order of ``stream``."""
        page = f" LIMIT {int(limit)} OFFSET {int(offset)}" if limit is not None else ""
        sql, values = self._rows(selection, tuple(COLUMNS), False)
        return [from_row(row) for row in self._query.rows(f"{sql}{page}", values)]

    def totals(
        self,
        selection: Selection | Sequence[Selection],
        by: Sequence[str],
        *,
        largest_first: bool = False,
        limit: int | None = None,
    ) -> list[Total]:
        """Return sums by some columns; never across measures, units or powers of ten.

        Adding up is right only where the codes summed over do not overlap: the caller chooses
        one level of a classification and one source. Of several selections the observations of
        each are added; they must not overlap either. Level is a column like others.
        """
        columns = list(dict.fromkeys((*by, "measure", "unit", "unit_mult")))
        for column in columns:
            Selection.expression(column)
        selections = [selection] if isinstance(selection, Selection) else list(selection)
        if not selections:
            return []
        sql, values = self._sums(selections, columns)
        names = ", ".join(f'"{column}"' for column in columns)
        order = f"value DESC NULLS LAST, {names}" if largest_first else names
        page = f" LIMIT {int(limit)}" if limit is not None else ""
        rows = self._query.rows(
            f"SELECT {names}, sum(value) AS value, sum(n) AS n, sum(n) - sum(have) AS empty, "
            f"sum(hidden) AS hidden FROM ({sql}) GROUP BY {names} ORDER BY {order}{page}",
            values,
        )
        return [
            Total(
                {column: "" if row[column] is None else str(row[column]) for column in columns},
                row["value"],
                int(row["n"]),
                int(row["empty"]),
                int(row["hidden"]),
            )
            for row in rows
        ]

    def _rows(
        self, selection: Selection, columns: Sequence[str], by_series: bool
    ) -> tuple[str, list[Any]]:
        """Return SQL of the selected rows and its values."""
        for column in columns:
            COLUMNS[column]
        where, values = self._where(selection)
        names = ", ".join(f'"{column}"' for column in columns)
        order = ", ".join((*ORDER, "id"))
        return f"SELECT {names} FROM observations{where} ORDER BY {order}", values

    def _sums(
        self, selections: Sequence[Selection], columns: Sequence[str]
    ) -> tuple[str, list[Any]]:
        """Return SQL of the columns with value, n, have (rows with a value) and hidden."""
        names = ", ".join(f'{Selection.expression(column)} AS "{column}"' for column in columns)
        parts, bound = [], []
        for selection in selections:
            where, values = self._where(selection)
            parts.append(
                f"SELECT {names}, sum(value) AS value, count(*) AS n, count(value) AS have, "
                "count(*) FILTER (value IS NULL AND status = 'SUPPRESSED') AS hidden "
                f"FROM observations{where} GROUP BY ALL"
            )
            bound += values
        return " UNION ALL ".join(parts), bound

    def _where(self, selection: Selection) -> tuple[str, list[Any]]:
        return selection.with_codes(dataflow=self.id).where()
