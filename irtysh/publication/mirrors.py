"""Both sides' records of the same flow, by year and by product, and what they say together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

import yaml

from irtysh.stats.mirror import (
    Reconciled,
    asymmetry,
    reconciled,
    reliabilities,
)
from irtysh.store.dataset import Dataset, Total
from irtysh.store.selection import LEVEL, Selection
from irtysh.store.trade import TradeDataset
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.places import DEFINITIONS

IMPORTS = "M"
RECENT = 5
"""Years, the newest that both sides recorded, from which reliabilities are told."""
_UNION = frozenset(("AM", "BY", "KG", "KZ", "RU"))
"""Members of the Eurasian Economic Union: no customs border between them, so their mutual trade
is collected on statistical forms and completed by estimates (EEC Recommendation No. 3, 2015)."""


@dataclass(frozen=True, slots=True)
class Record:
    """One flow as both sides recorded it.

    Attributes
    ----------
    period, commodity : str
        "_T" where all goods are meant.
    exports, imports : Total or None
        As the exporter and as the importer recorded it; None where a side has no record.
    asymmetry : float or None
        2·|X − M| / (X + M), of the records as they stand; None where one is missing.
    together : Reconciled
    """

    period: str
    commodity: str
    exports: Total | None
    imports: Total | None
    asymmetry: float | None
    together: Reconciled


@dataclass(frozen=True, slots=True)
class Mirror:
    """The flow from one area to another in a dataset.

    Attributes
    ----------
    exporter, importer : str
    years, products : tuple of Record
        All goods by year, the newest first; goods of ``product_year`` on ``product_level``, the
        largest gap first.
    product_year, product_level : str
        Empty where the dataset has no goods.
    sigmas : tuple of float or None
        Reliability of exporter and importer in logs; None where it cannot be told.
    partners : tuple of int
        Third partners that each side was compared with.
    cif : tuple of Decimal
        Bounds of the cost of carriage that was taken off the imports.
    warnings : tuple of str
        "one_pair" (who errs is not identified), "attribution", "union", "region", "levels",
        "editions", "one_side"; words in definitions/messages/mirror.yaml.
    unit, unit_mult : str, int
    """

    exporter: str
    importer: str
    years: tuple[Record, ...]
    products: tuple[Record, ...]
    product_year: str
    product_level: str
    sigmas: tuple[float, float] | None
    partners: tuple[int, int]
    cif: tuple[Decimal, Decimal]
    warnings: tuple[str, ...]
    unit: str
    unit_mult: int


def mirror(
    dataset: Dataset,
    exporter: str,
    importer: str,
    *,
    are_neighbours: bool,
    year: str = "",
    level: str = "",
) -> Mirror:
    """Compare the records of a flow.

    ``year`` and ``level`` choose the table by product; by default the newest year that both
    sides recorded, on the coarsest level that both have (two digits rather than six). Values of
    the largest group of units are compared; records in another unit are left out, for no rate
    of exchange is guessed.
    """
    both = _both(exporter, importer)
    sides = [_summed(dataset, part, ("period",)) for part in both]
    unit, unit_mult = _unit(sides)
    by_year = [_best(side, unit, unit_mult) for side in sides]
    cif = _cif(dataset, are_neighbours)
    shared = sorted({*by_year[0]} & {*by_year[1]})
    sigmas, partners = _reliability(dataset, exporter, importer, cif, shared[-RECENT:])
    years = _records(by_year, cif, sigmas)
    chosen = year or (max(shared) if shared else "")
    goods, product_level, editions = _goods(dataset, both, chosen, level, unit, unit_mult)
    products = [
        Record(chosen, one.period, one.exports, one.imports, one.asymmetry, one.together)
        for one in _records(goods, cif, sigmas)
    ]
    products.sort(key=_gap, reverse=True)
    return Mirror(
        exporter,
        importer,
        tuple(sorted(years, key=lambda one: one.period, reverse=True)),
        tuple(products),
        chosen if products else "",
        product_level if products else "",
        sigmas,
        partners,
        cif,
        tuple(_warnings(exporter, importer, years, sigmas, editions)),
        unit,
        unit_mult,
    )


def _both(exporter: str, importer: str) -> tuple[Selection, Selection]:
    plain = {"measure": "VALUE", "freq": "A"}
    return (
        Selection.of({**plain, "ref_area": exporter, "counterpart_area": importer, "flow": "X"}),
        Selection.of({**plain, "ref_area": importer, "counterpart_area": exporter, "flow": "M"}),
    )


def _summed(dataset: Dataset, selection: Selection, by: Sequence[str]) -> list[Total]:
    # never across editions: a reporter may give one period in two of them
    return dataset.totals(selection, [*by, "classification", LEVEL])


def _unit(sides: Iterable[Sequence[Total]]) -> tuple[str, int]:
    counted: dict[tuple[str, int], int] = defaultdict(int)
    for side in sides:
        for one in side:
            counted[one.codes["unit"], int(one.codes["unit_mult"])] += one.observations
    return max(counted, key=lambda key: (counted[key], key), default=("", 0))


def _best(side: Sequence[Total], unit: str, unit_mult: int) -> dict[str, Total]:
    """Return period → sum on the level that says most: all goods, where that is printed."""
    found: dict[str, Total] = {}
    for one in side:
        if one.codes["unit"] != unit or int(one.codes["unit_mult"]) != unit_mult:
            continue
        period = one.codes["period"]
        if period not in found or _says_more(one, found[period]):
            found[period] = one
    return found


def _says_more(one: Total, other: Total) -> bool:
    if (one.value is None) != (other.value is None):
        return one.value is not None
    size, other_size = abs(one.value or 0), abs(other.value or 0)
    return (size, -int(one.codes[LEVEL])) > (other_size, -int(other.codes[LEVEL]))


def _records(
    sides: Sequence[Mapping[str, Total]],
    cif: tuple[Decimal, Decimal],
    sigmas: tuple[float, float] | None,
) -> list[Record]:
    exports, imports = sides
    return [
        _record(key, exports.get(key), imports.get(key), cif, sigmas)
        for key in sorted({*exports, *imports})
    ]


def _record(
    key: str,
    exports: Total | None,
    imports: Total | None,
    cif: tuple[Decimal, Decimal],
    sigmas: tuple[float, float] | None,
) -> Record:
    sent = float(exports.value) if exports and exports.value is not None else None
    received = float(imports.value) if imports and imports.value is not None else None
    apart = None
    if sent is not None and received is not None and sent + received > 0:
        apart = asymmetry(sent, received)
    bounds = (float(cif[0]), float(cif[1]))
    together = reconciled(sent, received, cif=bounds, sigmas=sigmas)
    return Record(key, "_T", exports, imports, apart, together)


def _goods(
    dataset: Dataset,
    both: Sequence[Selection],
    year: str,
    level: str,
    unit: str,
    unit_mult: int,
) -> tuple[list[dict[str, Total]], str, tuple[str, ...]]:
    """Return commodity → sum of each side, the level that both have, the edition of each side.

    Of each side one edition of the classification is taken: one that both have, if there is any.
    """
    if not year:
        return [{}, {}], "", ()
    of_year = [part.with_codes(period=year) for part in both]
    levels = [set(dataset.codes(LEVEL, part)) - {"0"} for part in of_year]
    shared = sorted(levels[0] & levels[1], key=int)
    chosen = level if level in shared else shared[0] if shared else ""
    if not chosen:
        return [{}, {}], "", ()
    sides: list[dict[str, dict[str, Total]]] = []
    for part in of_year:
        side: dict[str, dict[str, Total]] = defaultdict(dict)
        for one in dataset.totals(part.with_codes(level=chosen), ["classification", "commodity"]):
            if one.codes["unit"] == unit and int(one.codes["unit_mult"]) == unit_mult:
                side[one.codes["classification"]][one.codes["commodity"]] = one
        sides.append(side)
    both_have = set(sides[0]) & set(sides[1])
    editions = (
        (_fullest(sides, both_have),) * 2
        if both_have
        else tuple(_fullest([side], side) for side in sides)
    )
    found = [side.get(one, {}) for side, one in zip(sides, editions, strict=True)]
    return found, chosen, editions


def _fullest(sides: Sequence[Mapping[str, Mapping[str, Total]]], editions: Iterable[str]) -> str:
    """Return the edition under which most is recorded."""

    def size(edition: str) -> Decimal:
        recorded = (one.value for side in sides for one in side.get(edition, {}).values())
        return sum((abs(value) for value in recorded if value is not None), Decimal(0))

    return max(sorted(editions), key=size, default="")


def _gap(one: Record) -> Decimal:
    sent = one.exports.value if one.exports else None
    received = one.imports.value if one.imports else None
    return abs((sent or Decimal(0)) - (received or Decimal(0)))


def _reliability(
    dataset: Dataset,
    exporter: str,
    importer: str,
    cif: tuple[Decimal, Decimal],
    years: Sequence[str],
) -> tuple[tuple[float, float] | None, tuple[int, int]]:
    """Return how reliable both sides are, told from the trade of all with all in some years."""
    if not isinstance(dataset, TradeDataset) or not years:
        return None, (0, 0)
    middle = float(cif[0] + cif[1]) / 2
    told, partners = _told(_Asked(dataset, dataset.id, dataset.version, tuple(years), middle))
    third = [
        partners.get(one, set()) - {other}
        for one, other in ((exporter, importer), (importer, exporter))
    ]
    counts = (len(third[0]), len(third[1]))
    if exporter in told and importer in told:
        return (told[exporter], told[importer]), counts
    return None, counts


@dataclass(frozen=True, slots=True)
class _Asked:
    """What reliabilities depend on; the dataset itself follows from its id and version."""

    dataset: TradeDataset = field(compare=False)
    id: str
    version: str
    years: tuple[str, ...]
    middle: float


@lru_cache(maxsize=16)
def _told(asked: _Asked) -> tuple[dict[str, float], dict[str, set[str]]]:
    least = float(_thresholds()["least_flow"]["value"])
    scale = 10.0**asked.dataset.constants.unit_mult
    gaps = [
        (here, there, gap)
        for here, there, gap in asked.dataset.pair_gaps(
            asked.years, least=least / scale, carriage=asked.middle
        )
        if _is_country(here) and _is_country(there)
    ]
    partners: dict[str, set[str]] = defaultdict(set)
    for here, there, _gap_of_pair in gaps:
        partners[here].add(there)
        partners[there].add(here)
    return reliabilities(gaps), dict(partners)


@cache
def _is_country(area: str) -> bool:
    areas = codelist("areas")
    return area in areas and areas[area].extra.get("kind") == "country"


def _cif(dataset: Dataset, are_neighbours: bool) -> tuple[Decimal, Decimal]:
    """Return bounds of the cost of carriage; none is taken off imports that are stated FOB."""
    stated = dataset.codes("valuation", Selection.of({"flow": IMPORTS, "measure": "VALUE"}))
    if set(stated) == {"FOB"}:
        return Decimal(0), Decimal(0)
    bounds = _thresholds()["cif_neighbours" if are_neighbours else "cif_others"]
    return Decimal(bounds["low"]), Decimal(bounds["high"])


@cache
def _thresholds() -> Mapping[str, Any]:
    text = (DEFINITIONS / "thresholds" / "mirror.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = yaml.safe_load(text)
    return found


def _warnings(
    exporter: str,
    importer: str,
    years: Sequence[Record],
    sigmas: tuple[float, float] | None,
    editions: Sequence[str],
) -> Iterable[str]:
    if not (_is_country(exporter) and _is_country(importer)):
        yield "region"
    both = [one for one in years if one.exports and one.imports]
    if not both:
        yield "one_side"
    elif sigmas is None:
        yield "one_pair"
    if any("ATTRIBUTION" in one.together.flags for one in years):
        yield "attribution"
    if {exporter, importer} <= _UNION:
        yield "union"
    levels = {
        (one.exports.codes[LEVEL], one.imports.codes[LEVEL])
        for one in both
        if one.exports and one.imports
    }
    if any(first != second for first, second in levels):
        yield "levels"
    if len(set(editions)) > 1:
        yield "editions"
