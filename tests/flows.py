"""A small invented matrix of declared flows, and a published dataset of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from irtysh.store.staging import Staging
from irtysh.store.vintages import Vintage, Vintages
from irtysh.vocabulary.flow_row import FlowRow

AREAS = ("RU", "KZ", "RU-OMS", "CN")
PRODUCTS = ("100199", "271019", "270900", "840734", "870323")
YEARS = tuple(str(year) for year in range(2019, 2024))
CONSTANTS: Mapping[str, Any] = {
    "unit": "USD",
    "unit_mult": 0,
    "valuation": {"X": "FOB", "M": "CIF"},
    "source": "test_source",
    "retrieved_on": "2026-11-01",
}
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def flow_row(**fields: Any) -> FlowRow:
    """Return a flow with defaults; a test names what matters to it."""
    defaults: dict[str, Any] = {
        "freq": "A",
        "ref_area": "KZ",
        "counterpart_area": "RU",
        "flow": "X",
        "classification": "H5",
        "commodity": "100199",
        "period": "2021",
        "value": "100.5",
        "weight": "20",
        "quantity": "",
        "quantity_unit": "",
        "status": "OBSERVED",
        "line": 2,
    }
    return FlowRow(**{**defaults, **fields})


def flow_rows(
    areas: Iterable[str] = AREAS,
    products: Iterable[str] = PRODUCTS,
    years: Iterable[str] = YEARS,
    *,
    months: bool = True,
    totals: bool = True,
) -> Iterator[FlowRow]:
    """Yield yearly flows of six digits between the areas, their totals with all goods and with
    the world, and the months of 2023 of Omsk region with Kazakhstan.

    One weight is missing, one value is suppressed, cars have pieces as a second unit.
    """
    line = 1
    areas, products, years = list(areas), list(products), list(years)
    for year in years:
        for reporter in areas:
            for flow in "XM":
                for partner in (*areas, "W"):
                    if partner == reporter:
                        continue
                    number = 0
                    for goods in (*products, "_T"):
                        number += 1
                        if (partner == "W" or goods == "_T") and not totals:
                            continue
                        line += 1
                        yield _made(line, year, reporter, partner, flow, goods, areas, products)
    if months:
        for month in range(1, 13):
            for flow in "XM":
                line += 1
                yield flow_row(
                    freq="M",
                    ref_area="RU-OMS",
                    counterpart_area="KZ",
                    flow=flow,
                    commodity="271019",
                    period=f"2023-{month:02d}",
                    value=f"{month * (7 if flow == 'X' else 3)}.25",
                    weight=str(month * 10),
                    line=line,
                )


def published_flows(
    folder: Path,
    rows: Iterable[FlowRow] | None = None,
    dataset_id: str = "TEST_TRADE",
    *,
    created_at: datetime = NOON,
    constants: Mapping[str, Any] = CONSTANTS,
    **about: Any,
) -> Vintage:
    """Publish flows as a dataset of the folder of datasets; those of ``flow_rows`` by default."""
    staging = Staging(folder / ".staging" / dataset_id)
    try:
        staging.add(flow_rows() if rows is None else rows)
        return Vintages(folder).publish(
            dataset_id,
            staging,
            {**ABOUT, **about},
            structure="trade",
            constants=constants,
            checks={"rows": "passed"},
            created_at=created_at,
        )
    finally:
        staging.discard()


ABOUT: Mapping[str, Any] = {
    "title": {"ru": "Пробная торговля", "kk": "Сынама сауда", "en": "Test trade"},
    "description": {
        "ru": "Вымышленные потоки для проверок.",
        "kk": "Тексеруге арналған ойдан шығарылған ағындар.",
        "en": "Invented flows for tests.",
    },
    "unit_note": {"ru": "Доллары США", "kk": "АҚШ доллары", "en": "US dollars"},
    "licence": "CC-BY-4.0",
    "sources": [],
    "order": 100,
    "publisher": "test",
    "snapshot": {"sha256": "0" * 64, "name": "test.csv"},
    "invented": True,
}


def _value(year: str, reporter: str, partner: str, flow: str, number: int) -> int:
    """Return an invented value in thousandths: it depends on everything, and on nothing else."""
    seed = sum(ord(letter) for letter in f"{reporter}>{partner}")
    return (int(year) - 2000) * 1_000_003 + seed * 7_919 + number * 104_729 + ord(flow)


def _sum(
    year: str, reporter: str, partner: str, flow: str, goods: str, areas: list[str], all_: list[str]
) -> int:
    partners = [one for one in areas if one != reporter] if partner == "W" else [partner]
    numbers = range(len(all_)) if goods == "_T" else [all_.index(goods)]
    return sum(_value(year, reporter, one, flow, number) for one in partners for number in numbers)


def _made(
    line: int,
    year: str,
    reporter: str,
    partner: str,
    flow: str,
    goods: str,
    areas: list[str],
    products: list[str],
) -> FlowRow:
    value = _sum(year, reporter, partner, flow, goods, areas, products)
    detailed = goods != "_T" and partner != "W"
    suppressed = detailed and (year, reporter, goods) == ("2020", "CN", "840734")
    no_weight = detailed and (year, partner, goods) == ("2021", "KZ", "870323")
    pieces = detailed and goods == "870323"
    return flow_row(
        ref_area=reporter,
        counterpart_area=partner,
        flow=flow,
        commodity=goods,
        period=year,
        value="" if suppressed else f"{value / 1000:.3f}",
        weight="" if no_weight else str(value % 100_000),
        quantity=str(value % 1000) if pieces else "",
        quantity_unit="NUM" if pieces else "",
        status="SUPPRESSED" if suppressed else "OBSERVED",
        line=line,
    )
