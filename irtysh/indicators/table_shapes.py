"""How an indicator walks over tables of groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, product

from irtysh.indicators.known import Known
from irtysh.indicators.results import Result
from irtysh.indicators.shapes import Scope, outcome, paced, span_flags, told
from irtysh.indicators.tables import Table, positions, tables_of
from irtysh.stats.quantity import Quantity
from irtysh.vocabulary.errors import NothingToCompute, UnknownValue

RESIDUAL = "_R"
"""Group code of what the listed groups leave of a total."""


def whole_table(scope: Scope) -> Iterator[Result]:
    """Take all groups of a table at once: f([y_k])."""
    for table in _tables(scope):
        yield _of_table(scope, table, [table.parts(list(table.cells))])


def whole_table_grouped(scope: Scope) -> Iterator[Result]:
    """Take all groups and their grouping: f([y_k], {g: [k]})."""
    for table in _tables(scope):
        codes = list(table.cells)
        grouped = positions(scope.definition.inputs["grouping"], codes)
        yield _of_table(scope, table, [table.parts(codes), grouped])


def table_and_total(scope: Scope) -> Iterator[Result]:
    """Hold a table against every known total of its flow and period: f([y_k], Y)."""
    for table in _tables(scope):
        for total in table.totals:
            parts = table.parts(list(table.cells))
            yield outcome(
                scope,
                _subject(table),
                (*table.cells.values(), total),
                [parts, total.quantity],
                group=RESIDUAL if scope.definition.inputs.get("group") == RESIDUAL else "",
                coverage=table.coverage,
                flags=table_flags(scope, table),
            )


def group_shares(scope: Scope) -> Iterator[Result]:
    """Give one value a group: f([y_k]) → [value_k]."""
    for table in _tables(scope):
        codes, cells = list(table.cells), list(table.cells.values())
        yield from _by_group(scope, table, None, codes, [table.parts(codes)], cells)


def group_in_total(scope: Scope) -> Iterator[Result]:
    """Hold every group against every known total: f(y_k, Y)."""
    for table in _tables(scope):
        for (code, cell), total in product(table.cells.items(), table.totals):
            yield outcome(
                scope,
                cell,
                (cell, total),
                [cell.quantity, total.quantity],
                group=code,
                coverage=table.coverage,
                flags=table_flags(scope, table),
            )


def group_changes(scope: Scope) -> Iterator[Result]:
    """Compare every group between every two tables: f(y_k0, y_k1)."""
    for before, after in _table_pairs(scope):
        for code in _codes(before, after):
            cells = [table.cells[code] for table in (before, after) if code in table.cells]
            pair = [before.parts([code])[0], after.parts([code])[0]]
            yield outcome(
                scope,
                _subject(after),
                cells,
                pair,
                group=code,
                base_period=before.period,
                coverage=_common_coverage(before, after),
                held_against=(*before.held_against, *after.held_against),
                flags=_pair_flags(scope, before, after),
            )


def table_changes(scope: Scope) -> Iterator[Result]:
    """Compare the composition of every two tables: f([y_k0], [y_k1])."""
    for before, after in _table_pairs(scope):
        codes = _codes(before, after)
        yield outcome(
            scope,
            _subject(after),
            (*before.cells.values(), *after.cells.values()),
            [before.parts(codes), after.parts(codes)],
            group="",
            base_period=before.period,
            coverage=_common_coverage(before, after),
            held_against=(*before.held_against, *after.held_against),
            flags=_pair_flags(scope, before, after),
        )


def group_contributions(scope: Scope) -> Iterator[Result]:
    """Split the change of the listed sum among groups: f([y_k0], [y_k1]) → [value_k]."""
    for before, after in _table_pairs(scope):
        codes = _codes(before, after)
        arguments = [before.parts(codes), after.parts(codes)]
        evidence = (*before.cells.values(), *after.cells.values())
        yield from _by_group(scope, after, before, codes, arguments, evidence)


def group_contributions_in_total(scope: Scope) -> Iterator[Result]:
    """Split the change of the total, residual last: f([y_k0], [y_k1], Y0, Y1) → [value_k, r]."""
    for before, after in _table_pairs(scope):
        codes = _codes(before, after)
        for first, last in product(before.totals, after.totals):
            arguments = [
                before.parts(codes),
                after.parts(codes),
                first.quantity,
                last.quantity,
            ]
            evidence = (*before.cells.values(), *after.cells.values(), first, last)
            groups = [*codes, RESIDUAL]
            yield from _by_group(scope, after, before, groups, arguments, evidence)


def _tables(scope: Scope) -> list[Table]:
    found = tables_of(scope.knowledge, scope.keys)
    return [
        table
        for key in sorted(found)
        for period in sorted(found[key], key=lambda p: (str(p.start), str(p.end)))
        for table in found[key][period]
    ]


def _table_pairs(scope: Scope) -> Iterator[tuple[Table, Table]]:
    """Yield every two tables of one pace, of one source where sources repeat."""
    for periods in tables_of(scope.knowledge, scope.keys).values():
        for pace in paced(periods):
            for first, last in combinations(pace, 2):
                pairs = list(product(periods[first], periods[last]))
                same = [pair for pair in pairs if pair[0].source == pair[1].source]
                yield from same or pairs


def _codes(before: Table, after: Table) -> list[str]:
    return list(dict.fromkeys((*before.cells, *after.cells)))


def _subject(table: Table) -> Known:
    """Return a value that stands for the table: its series, period and power of ten."""
    first = next(iter(table.cells.values()))
    return Known(table.key, table.period, None, first.unit_mult, (), valuation=first.valuation)


def _of_table(scope: Scope, table: Table, arguments: Sequence[object]) -> Result:
    return outcome(
        scope,
        _subject(table),
        table.cells.values(),
        arguments,
        group="",
        coverage=table.coverage,
        held_against=table.held_against,
        flags=table_flags(scope, table),
    )


def _by_group(
    scope: Scope,
    table: Table,
    before: Table | None,
    groups: Sequence[str],
    arguments: Sequence[object],
    evidence: Sequence[Known],
) -> Iterator[Result]:
    quantities: Sequence[Quantity | None] = [None] * len(groups)
    flags: tuple[str, ...] = table_flags(scope, table)
    if before is not None:
        flags = _pair_flags(scope, before, table)
    try:
        quantities = scope.definition.compute(*arguments)
    except UnknownValue:
        flags = (*flags, "MISSING_INPUT")
    except NothingToCompute as nothing:
        flags = (*flags, str(nothing.params["reason"]))
    for group, quantity in zip(groups, quantities, strict=True):
        yield told(
            scope,
            _subject(table),
            evidence,
            quantity,
            group=group,
            base_period=before.period if before else None,
            coverage=_common_coverage(before, table) if before else table.coverage,
            held_against=(*(before.held_against if before else ()), *table.held_against),
            flags=(*flags, "RESIDUAL_INTERVAL") if group == RESIDUAL else flags,
        )


def table_flags(scope: Scope, table: Table) -> tuple[str, ...]:
    """Say what a table leaves out, as far as it is known."""
    coverage = table.coverage
    if coverage is None:
        return ("UNKNOWN_TOTAL",)
    flags = ["PARTIAL"] if coverage < 1 else []
    if coverage > 1:
        flags.append("PART_ABOVE_WHOLE")
    if coverage < scope.thresholds["low_coverage"]:
        flags.append("LOW_COVERAGE")
    return tuple(flags)


def _pair_flags(scope: Scope, before: Table, after: Table) -> tuple[str, ...]:
    flags = dict.fromkeys((*table_flags(scope, before), *table_flags(scope, after)))
    flags.update(dict.fromkeys(span_flags(before.period, after.period)))
    first, last = before.coverage, after.coverage
    limit = scope.thresholds["coverage_shift"]
    if first is not None and last is not None and abs(last - first) > limit:
        flags["COVERAGE_SHIFT"] = None
    return tuple(flags)


def _common_coverage(before: Table, after: Table) -> Decimal | None:
    """Return the lower coverage of two tables; None unless both are known."""
    if before.coverage is None or after.coverage is None:
        return None
    return min(before.coverage, after.coverage)
