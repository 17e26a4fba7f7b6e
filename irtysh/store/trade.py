"""A dataset of declared flows: the same questions, answered from the table that is fastest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

from irtysh.store.dataset import Dataset
from irtysh.store.flows import (
    CODED,
    KEY,
    FlowConstants,
    exists,
    expressions,
    is_constant,
    literal,
    status_of,
)
from irtysh.store.parquet import QueryFile
from irtysh.store.schema import COLUMNS, ORDER
from irtysh.store.selection import CHAPTER, CHAPTER_OF, EVERYTHING, LEVEL, Selection
from irtysh.store.trade_tables import (
    DIRECT,
    MADE_OF,
    STATED,
    SUMMED,
    Branch,
    condition,
    table_for,
)
from irtysh.vocabulary.period import Period

SORTED_AT_ONCE = 500_000
"""Observations put in the order of their series at a time; more are taken in parts of the whole."""


class TradeDataset(Dataset):
    """Declared flows of a vintage, seen as observations: one for each measure of each flow.

    Attributes
    ----------
    constants : FlowConstants
    measures : tuple of str
        VALUE, WEIGHT and QUANTITY, as far as a single flow has one.
    """

    structure = "trade"

    def __init__(
        self,
        dataset_id: str,
        version: str,
        created_at: datetime,
        query: QueryFile,
        constants: FlowConstants,
        measures: Sequence[str],
    ) -> None:
        super().__init__(dataset_id, version, created_at, query)
        self.constants = constants
        self.measures = tuple(measures)
        self._all_codes: dict[str, dict[str, int]] = {}

    def count(self, selection: Selection = EVERYTHING) -> int:
        """Return how many observations are selected."""
        parts = [
            (f"SELECT {part.count} AS n FROM {part.source}", part.values)
            for part in self._branches(selection, ())
        ]
        return sum(int(row[0] or 0) for row in self._union(parts))

    def codes(self, column: str, selection: Selection = EVERYTHING) -> dict[str, int]:
        """Return the codes of a column that occur, sorted, and how many observations have each."""
        Selection.expression(column)
        if selection == EVERYTHING and column in self._all_codes:
            return dict(self._all_codes[column])
        if column == "status" and column not in selection.codes:
            return self._statuses(selection)
        parts = [
            (
                f"SELECT CAST({part.column(column)} AS VARCHAR) AS code, {part.count} AS n "
                f"FROM {part.source} GROUP BY 1",
                part.values,
            )
            for part in self._branches(selection, (column,))
        ]
        found: dict[str, int] = {}
        for code, count in self._union(parts):
            if code is not None and count:
                found[code] = found.get(code, 0) + int(count)
        found = dict(sorted(found.items()))
        if selection == EVERYTHING:
            self._all_codes[column] = dict(found)  # a version never changes
        return found

    def _statuses(self, selection: Selection) -> dict[str, int]:
        """The same for the status, which follows from that of the row and the amount missing."""
        parts = [
            (
                f"SELECT {status_of(part.measure)}, {part.count}, {part.have}, "
                f"{part.hidden} FROM {part.source} GROUP BY 1",
                part.values,
            )
            for part in self._branches(selection, (STATED,))
        ]
        found = Counter[str]()
        for stated, count, have, hidden in self._union(parts):
            found["OBSERVED" if stated in ("SUPPRESSED", "MISSING") else stated] += int(have)
            found["SUPPRESSED"] += int(hidden)
            found["MISSING"] += int(count - have - hidden)
        return {code: count for code, count in sorted(found.items()) if count}

    def span(self, selection: Selection = EVERYTHING) -> tuple[date, date] | None:
        """Return the first and last day that the selected periods cover; None without any."""
        if selection == EVERYTHING:
            found = list(self._periods.values())
        else:
            codes = self.codes("period", selection)
            found = [self._periods[code] for code in codes]
        days = [day for period in found for day in (period.start, period.end) if day]
        return (min(days), max(days)) if days else None

    def stream(
        self,
        selection: Selection = EVERYTHING,
        columns: Sequence[str] = tuple(COLUMNS),
        *,
        by_series: bool = False,
    ) -> Iterator[dict[str, Any]]:
        """Yield the selected rows as ``Dataset.stream`` does.

        Series begin with reporter and counterpart, so a large selection is sorted one of them
        after another: the first row comes at once, and nothing large is put aside on disk.
        """
        parts = self._parts(selection, ORDER[1:3]) if by_series else (selection,)
        for part in parts:
            yield from super().stream(part, columns, by_series=by_series)

    def _parts(self, selection: Selection, by: Sequence[str]) -> Iterator[Selection]:
        """Yield parts of a selection that follow one another in the order of series."""
        if not by or self.count(selection) <= SORTED_AT_ONCE:
            yield selection
            return
        for code in self.codes(by[0], selection):
            yield from self._parts(selection.with_codes(**{by[0]: code}), by[1:])

    def _rows(
        self, selection: Selection, columns: Sequence[str], by_series: bool
    ) -> tuple[str, list[Any]]:
        order = ", ".join(f'"{column}"' for column in (*ORDER, "freq", "classification"))
        wanted = list(dict.fromkeys((*columns, *(ORDER if by_series else ()))))
        wanted += [one for one in ("freq", "classification") if by_series and one not in wanted]
        parts, values = [], []
        for part in self._branches(selection, ("id",)):  # of every row: no table of sums will do
            names = ", ".join(f'{part.plain(column)} AS "{column}"' for column in wanted)
            parts.append(f"SELECT {names} FROM {part.source}")
            values += part.values
        if not parts:
            nothing = ", ".join(f'CAST(NULL AS {COLUMNS[one]}) AS "{one}"' for one in columns)
            return f"SELECT {nothing} WHERE false", []
        sql = " UNION ALL ".join(parts)
        if by_series:
            names = ", ".join(f'"{column}"' for column in columns)
            sql = f"SELECT {names} FROM ({sql}) ORDER BY {order}"
        return sql, values

    def _sums(
        self, selections: Sequence[Selection], columns: Sequence[str]
    ) -> tuple[str, list[Any]]:
        parts, values = [], []
        for selection in selections:
            for part in self._branches(selection, columns):
                names = ", ".join(f'{part.plain(column)} AS "{column}"' for column in columns)
                kept = [part.column(one) for one in columns if not is_constant(part.column(one))]
                by = f" GROUP BY {', '.join(kept)}" if kept else " HAVING n > 0"
                parts.append(
                    f"SELECT {names}, {part.sum} AS value, {part.count} AS n, {part.have} AS have, "
                    f"{part.hidden} AS hidden FROM {part.source}{by}"
                )
                values += part.values
        if not parts:
            nothing = ", ".join(f'NULL AS "{column}"' for column in columns)
            return (
                f"SELECT {nothing}, NULL AS value, 0 AS n, 0 AS have, 0 AS hidden WHERE false",
                [],
            )
        return " UNION ALL ".join(parts), values

    def _union(self, parts: Sequence[tuple[str, list[Any]]]) -> list[tuple[Any, ...]]:
        if not parts:
            return []
        sql = " UNION ALL ".join(one for one, _ in parts)
        values = [value for _, bound in parts for value in bound]
        return self._query.run(sql, values).fetchall()

    def _branches(self, selection: Selection, columns: Sequence[str]) -> Iterator[Branch]:
        """Yield a part of the answer for every measure that the selection admits.

        ``columns`` are those asked for besides those that the selection binds.
        """
        bound = self._bound(selection)
        if bound is None:
            return
        wanted = selection.codes.get("measure", self.measures)
        for measure in self.measures:
            made = expressions(self.id, self.constants, measure)
            made |= {LEVEL: LEVEL, CHAPTER: CHAPTER_OF, STATED: "status"}
            if measure not in wanted or not _admits(made, bound):
                continue
            varying = {name for name in (*bound, *columns) if not is_constant(made[name])}
            table = table_for(set().union(*(MADE_OF.get(one, {one}) for one in varying)), bound)
            where, values = [], []
            for column, codes in bound.items():
                if column in DIRECT or column in varying:
                    one, given = condition(column, codes, measure, made, self._occurring)
                    where.append(one)
                    values += given
            if table not in SUMMED and exists(measure):
                where.append(exists(measure))
            yield Branch(table, measure, made, where, values)

    def _bound(self, selection: Selection) -> dict[str, list[Any]] | None:
        """Return column → codes that occur, the span of time among them; None: nothing fits."""
        bound: dict[str, list[Any]] = {}
        for column, codes in selection.codes.items():
            Selection.expression(column)
            known = self._known.get(column)
            fit = [
                code for code in dict.fromkeys(map(str, codes)) if known is None or code in known
            ]
            if column == LEVEL:
                # other digits than ours are decimal, too, and no number to the database
                fit = [code for code in fit if code.isascii() and code.isdecimal()]
                fit = [code for code in fit if int(code) < 256]
            if not fit:
                return None
            if column not in KEY or len(fit) < len(self._known[column]):  # all of them: no bound
                bound[column] = fit
        if selection.start is not None or selection.end is not None:
            inside = [
                code
                for code, period in self._periods.items()
                if period.start is not None
                and period.end is not None
                and (selection.start is None or period.start >= selection.start)
                and (selection.end is None or period.end <= selection.end)
                and ("period" not in bound or code in bound["period"])
            ]
            if not inside:
                return None
            bound["period"] = inside
        return bound

    def pair_gaps(
        self, periods: Sequence[str], *, least: float, carriage: float
    ) -> list[tuple[str, str, float]]:
        """Return exporter, importer, and the median over periods of |ln(M / (1 + c) / X)|.

        Of pairs that both sides recorded with at least ``least`` (in the unit of the values);
        of several levels the one that says most. ``carriage`` is c, a share of the FOB value.
        """
        known = [one for one in periods if one in self._known["period"]]
        if not known:
            return []
        blanks = ", ".join("CAST(? AS period_code)" for _ in known)
        sql = (
            "WITH best AS (SELECT CAST(ref_area AS VARCHAR) AS here, "
            "CAST(counterpart_area AS VARCHAR) AS there, CAST(flow AS VARCHAR) AS flow, period, "
            # what was observed and what was estimated are parts of one level's sum
            "CAST(max(said) AS DOUBLE) AS value FROM (SELECT ref_area, counterpart_area, flow, "
            "period, sum(value) AS said FROM pairs WHERE CAST(freq AS VARCHAR) = 'A' "
            f"AND period IN ({blanks}) GROUP BY ref_area, counterpart_area, flow, period, "
            f"classification, {LEVEL}) GROUP BY ALL HAVING max(said) >= ?) "
            "SELECT x.here, x.there, median(abs(ln(m.value / (1 + ?) / x.value))) "
            "FROM best x JOIN best m ON m.here = x.there AND m.there = x.here "
            "AND m.period = x.period WHERE x.flow = 'X' AND m.flow = 'M' AND x.here <> x.there "
            "GROUP BY ALL ORDER BY ALL"
        )
        rows = self._query.run(sql, [*known, least, carriage]).fetchall()
        return [(str(here), str(there), float(gap)) for here, there, gap in rows]

    @cached_property
    def editions(self) -> tuple[str, ...]:
        """The classifications that occur."""
        return tuple(sorted(self._known["classification"]))

    @cached_property
    def _periods(self) -> dict[str, Period]:
        rows = self._query.run("SELECT DISTINCT freq, period FROM products ORDER BY 2").fetchall()
        return {code: Period.parse(kind, code) for kind, code in rows}

    @cached_property
    def _occurring(self) -> dict[str, frozenset[str]]:
        """Column of a flow → codes that occur; others cannot be compared with an enum."""
        found = {}
        for column in CODED:
            row = self._query.run(f"SELECT enum_range(NULL::{column}_code)").fetchone()
            found[column] = frozenset(row[0] if row else ())
        return found

    @cached_property
    def _known(self) -> dict[str, frozenset[str]]:
        """The same for columns of an observation."""
        found = dict(self._occurring)
        del found["status"], found["quantity_unit"]  # an observation's may be neither
        found["dataflow"] = frozenset({self.id})
        found["measure"] = frozenset(self.measures)
        return found


def _admits(made: dict[str, str], bound: dict[str, list[Any]]) -> bool:
    """Return False if a constant column has none of the codes asked for."""
    return all(
        any(made[column] in (literal(code), code) for code in codes)
        for column, codes in bound.items()
        if is_constant(made[column])
    )
