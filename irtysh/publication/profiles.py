"""The trade of an area, or of a pair, as one imported dataset has it: nothing added twice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from irtysh.publication.profile_parts import (
    Block,
    Chosen,
    Coverage,
    Matrix,
    Profile,
    Share,
    line_of,
)
from irtysh.publication.selecting import counted
from irtysh.publication.trade_datasets import HARMONISED, side_of
from irtysh.publication.views import UnknownChoice
from irtysh.store.dataset import Dataset
from irtysh.store.questions import (
    WORLD,
    Answer,
    by_period,
    composition,
    partners,
    share_of_region,
    top_products,
    without_overlap,
)
from irtysh.store.selection import LEVEL, Selection
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import EditionsOverlap

FLOWS = ("X", "M")
PRODUCTS = 20
PARTNERS = 20
T = TypeVar("T")


def profile(
    dataset: Dataset,
    area: str,
    partner: str | None = None,
    *,
    period: str | None = None,
    level: str | None = None,
    edition: str | None = None,
) -> Profile:
    """Return what a dataset says of the trade of an area.

    Parameters
    ----------
    period : str, optional
        "2023" or "2023-04"; by default the newest year with a value.
    level : str, optional
        "0" for printed totals, else the length of the codes to sum; by default each part is
        summed on the finest level that is complete.
    edition : str, optional
        Only this edition of the classification.

    Raises
    ------
    UnknownChoice
        For a period that the dataset does not have for this trade.
    """
    key = _Key(
        dataset, dataset.id, dataset.version, area, partner or "", period or "", level or "",
        edition or "",
    )  # fmt: skip
    return _made(key)


@dataclass(frozen=True, slots=True)
class _Key:
    """What a profile depends on; the dataset itself follows from its id and version."""

    dataset: Dataset = field(compare=False)
    id: str
    version: str
    area: str
    partner: str
    period: str
    level: str
    edition: str


@lru_cache(maxsize=64)
def _made(key: _Key) -> Profile:
    """Ask everything once: a version never changes what it holds."""
    dataset, area, partner = key.dataset, key.area, key.partner
    side = side_of(dataset, area, partner) or "ref_area"
    asked = _Asked(dataset, area, partner, side, key.level or None, key.edition)
    years, months = asked.line("A"), asked.line("M")
    chosen = _chosen(years, months, key.period)
    line = line_of(years, months)
    share_of, shares = asked.shares(line, "A" if years.found else "M")
    first = line.figures[0].codes if line and line.figures else {}
    others = {} if partner else asked.each(chosen, asked.partners)
    products = asked.each(chosen, asked.products)
    return Profile(
        dataset=dataset,
        area=area,
        partner=partner,
        side=side,
        years=years,
        months=months,
        balance=_balance(line) if side == "ref_area" else {},
        chosen=chosen,
        partners=others,
        products=products,
        sections=asked.each(chosen, asked.sections)
        if set(dataset.editions) - {"_Z"} <= HARMONISED
        else {},
        shares=shares,
        share_of=share_of,
        partners_by_month={} if partner else asked.by_month(months, chosen, "partners", others),
        products_by_month=asked.by_month(months, chosen, "products", products),
        coverage=_coverage(line, asked.apart),
        unit=first.get("unit", ""),
        unit_mult=int(first.get("unit_mult") or 0),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What every question of a profile shares."""

    dataset: Dataset
    area: str
    partner: str
    side: str
    level: str | None
    edition: str

    @property
    def other(self) -> str:
        return "counterpart_area" if self.side == "ref_area" else "ref_area"

    @property
    def codes(self) -> dict[str, str]:
        return {"classification": self.edition} if self.edition else {}

    @property
    def apart(self) -> set[str]:
        """The area's partners that do not contain each other, the world left out."""
        listed = counted(self.dataset, self.other, Selection.of({self.side: self.area}))
        return without_overlap(listed) - {WORLD}

    def line(self, freq: str) -> Block[Answer]:
        with_whom = [self.partner] if self.partner else None
        return _asked_of(
            lambda: by_period(
                self.dataset, [self.area], partners=with_whom, side=self.side, level=self.level,
                freq=freq, flow=FLOWS, **self.codes,
            )
        )  # fmt: skip

    def each(
        self, chosen: Chosen | None, ask: Callable[[str, Chosen], Block[T]]
    ) -> dict[str, Block[T]]:
        return {flow: ask(flow, chosen) for flow in FLOWS} if chosen else {}

    def partners(self, flow: str, chosen: Chosen) -> Block[Answer]:
        return _asked_of(
            lambda: partners(
                self.dataset, self.area, side=self.side, level=self.level, freq=chosen.freq,
                period=chosen.periods, flow=flow, **self.codes,
            )
        )  # fmt: skip

    def products(self, flow: str, chosen: Chosen) -> Block[Answer]:
        asked = self._goods(flow, chosen)
        found = _asked_of(
            lambda: top_products(self.dataset, PRODUCTS, level=self._level_of_goods, **asked)
        )
        has_totals_only = found.found is not None and found.found.level == "0"
        return Block() if has_totals_only else found

    def sections(self, flow: str, chosen: Chosen) -> Block[dict[str, Answer]]:
        asked = self._goods(flow, chosen)
        try:
            found = composition(self.dataset, level=self._level_of_goods, **asked)
        except EditionsOverlap as error:
            return Block(refused=error)
        levels = {answer.level for answer in found.values()}
        return Block(found if levels - {"0"} else None)

    @property
    def _level_of_goods(self) -> str | None:
        return None if self.level == "0" else self.level

    def _goods(self, flow: str, chosen: Chosen) -> dict[str, str | Sequence[str]]:
        """Return the codes of all goods: with the partner, the printed world, or all partners."""
        asked: dict[str, str | Sequence[str]] = {
            self.side: self.area,
            "flow": flow,
            "freq": chosen.freq,
            "period": chosen.periods,
            **self.codes,
        }
        if self.partner:
            return {**asked, self.other: self.partner}
        world = counted(self.dataset, LEVEL, Selection.of({**asked, self.other: WORLD}))
        if set(world) - {"0"}:
            return {**asked, self.other: WORLD}
        listed = counted(self.dataset, self.other, Selection.of(asked))
        apart = without_overlap(listed) - {WORLD}
        return asked if len(apart) == len(listed) else {**asked, self.other: sorted(apart)}

    def by_month(
        self,
        months: Block[Answer],
        chosen: Chosen | None,
        what: str,
        known: Mapping[str, Block[Answer]],
    ) -> dict[str, Block[Matrix]]:
        """Return the largest rows of a year by month, as far as the year is given by months.

        ``known`` are the largest of the period chosen, which may be that year itself.
        """
        if months.found is None or chosen is None:
            return {}
        there = {one.codes["period"] for one in months.found.figures}
        listed = tuple(sorted(one for one in there if one.startswith(chosen.code[:4])))
        if not listed:
            return {}
        year = Chosen(chosen.code[:4], "M", listed)
        if chosen.periods != listed:
            known = self.each(year, self.products if what == "products" else self.partners)
        return {flow: self._matrix(flow, year, what, known[flow]) for flow in FLOWS}

    def _matrix(self, flow: str, year: Chosen, what: str, answer: Block[Answer]) -> Block[Matrix]:
        is_goods = what == "products"
        if answer.found is None:
            return Block(refused=answer.refused)
        column = "commodity" if is_goods else self.other
        rows = tuple(one.codes[column] for one in answer.found.figures[:PARTNERS])
        asked = Selection.of({**self._goods(flow, year), "measure": "VALUE"})
        asked = asked.with_codes(level=answer.found.level, **{column: rows})
        cells = {
            (one.codes[column], one.codes["period"]): one
            for one in self.dataset.totals(asked, [column, "period"])
        }
        return Block(Matrix(rows, year.periods, cells, answer.found.level))

    def shares(
        self, line: Answer | None, freq: str
    ) -> tuple[str, dict[str, Block[dict[str, Share]]]]:
        if line is None:
            return "", {}
        if self.partner:
            return "partner", self._shares_of_partner(line, freq)
        areas = codelist("areas")
        whole = areas[self.area].parent if self.area in areas else ""
        if whole in ("", WORLD) or whole not in counted(self.dataset, self.side, Selection()):
            return "", {}
        found: dict[str, Block[dict[str, Share]]] = {}
        for flow in FLOWS:
            try:
                shares = share_of_region(
                    self.dataset, [self.area], [whole], side=self.side, level=self.level,
                    flow=flow, freq=freq, **self.codes,
                )  # fmt: skip
            except EditionsOverlap as error:
                found[flow] = Block(refused=error)
                continue
            found[flow] = Block({code: Share(*three) for code, three in shares.items()} or None)
        return "region", found

    def _shares_of_partner(self, line: Answer, freq: str) -> dict[str, Block[dict[str, Share]]]:
        """Return the partner's share in all trade, both on the level of the line."""
        world = _asked_of(
            lambda: by_period(
                self.dataset, [self.area], side=self.side, level=line.level, freq=freq,
                flow=FLOWS, **self.codes,
            )
        )  # fmt: skip
        if world.found is None:
            return {flow: Block(refused=world.refused) for flow in FLOWS}
        known = world.found.figures if len(self.apart) > 1 else world.found.whole
        wholes = {(one.codes["flow"], one.codes["period"]): one for one in known}
        found: dict[str, dict[str, Share]] = {flow: {} for flow in FLOWS}
        for one in line.figures:
            flow, period = one.codes["flow"], one.codes["period"]
            whole = wholes.get((flow, period))
            if whole is not None:
                share = one.value / whole.value if one.value is not None and whole.value else None
                found[flow][period] = Share(share, one, whole)
        return {flow: Block(shares or None) for flow, shares in found.items()}


def _asked_of(ask: Callable[[], Answer]) -> Block[Answer]:
    """Return an answer; None where it is empty, the refusal where editions overlap."""
    try:
        found = ask()
    except EditionsOverlap as error:
        return Block(refused=error)
    return Block(found if found.figures else None)


def _chosen(years: Block[Answer], months: Block[Answer], period: str) -> Chosen | None:
    """Return the period asked for, or the newest year that has a value."""
    annual, monthly = _periods(years), _periods(months)
    by_year: dict[str, list[str]] = {}
    for month in monthly:
        by_year.setdefault(month[:4], []).append(month)
    offered = {code: Chosen(code, "M", (code,)) for code in monthly}
    offered |= {code: Chosen(code, "M", tuple(listed)) for code, listed in by_year.items()}
    offered |= {code: Chosen(code, "A", (code,)) for code in annual}
    if period:
        if period not in offered and (years.refused or months.refused):
            return None  # the refusal says why nothing is offered
        if period not in offered:
            raise UnknownChoice(name="period", value=period, possible=", ".join(sorted(offered)))
        return offered[period]
    newest = max((code for code in offered if "-" not in code), default="")
    return offered.get(newest)


def _periods(block: Block[Answer]) -> list[str]:
    if block.found is None:
        return []
    return sorted({one.codes["period"] for one in block.found.figures if one.value is not None})


def _balance(line: Answer | None) -> dict[str, Decimal]:
    figures = line.figures if line else ()
    known = {(one.codes["flow"], one.codes["period"]): one.value for one in figures}
    found = {}
    for flow, period in sorted(known):
        sent, received = known.get(("X", period)), known.get(("M", period))
        if flow == "X" and sent is not None and received is not None:
            found[period] = sent - received
    return found


def _coverage(line: Answer | None, apart: Collection[str]) -> Coverage | None:
    if line is None:
        return None
    there = sorted({one.codes["period"] for one in line.figures})
    between = _between(there[0], there[-1])
    return Coverage(
        there[0],
        there[-1],
        tuple(code for code in between if code not in there),
        line.levels,
        sum(one.observations for one in line.figures),
        sum(one.missing for one in line.figures),
        sum(one.suppressed for one in line.figures),
        len(apart),
    )


def _between(first: str, last: str) -> list[str]:
    """Return the years or months from the first to the last."""
    if len(first) == 4:
        return [str(year) for year in range(int(first), int(last) + 1)]
    start, end = (int(code[:4]) * 12 + int(code[5:]) - 1 for code in (first, last))
    return [f"{number // 12}-{number % 12 + 1:02d}" for number in range(start, end + 1)]
