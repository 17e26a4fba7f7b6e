"""What a trade profile consists of: blocks that may be refused, a period, tables by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from irtysh.store.dataset import Dataset, Total
from irtysh.store.questions import Answer
from irtysh.vocabulary.errors import EditionsOverlap

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Block(Generic[T]):
    """One part of a profile, or why it is refused; both None where the dataset has nothing."""

    found: T | None = None
    refused: EditionsOverlap | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The period of products and partners.

    Attributes
    ----------
    code : str
        "2023" or "2023-04".
    freq : {"A", "M"}
    periods : tuple of str
        What is summed: the period itself, or the months of a year that is given by months only.
    """

    code: str
    freq: str
    periods: tuple[str, ...]

    @property
    def is_sum(self) -> bool:
        """True for a year that is made of its months."""
        return self.freq == "M" and "-" not in self.code

    @property
    def is_partial(self) -> bool:
        """True for such a year with fewer than twelve months."""
        return self.is_sum and len(self.periods) < 12


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows by month on one level; a cell that is not there was not recorded."""

    rows: tuple[str, ...]
    months: tuple[str, ...]
    cells: Mapping[tuple[str, str], Total]
    level: str


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, with both sums; ``share`` is None where one has no value."""

    share: Decimal | None
    part: Total
    whole: Total


@dataclass(frozen=True, slots=True)
class Coverage:
    """What there is: first and last period, years or months between them without any record,
    levels, on how many records values are missing or suppressed, and with how many partners that
    do not contain each other: with one, and no printed world, nothing is known of all trade.
    """

    first: str
    last: str
    gaps: tuple[str, ...]
    levels: tuple[str, ...]
    observations: int
    missing: int
    suppressed: int
    partners: int


@dataclass(frozen=True, slots=True)
class Profile:
    """The trade of an area with everybody or with one partner.

    Attributes
    ----------
    area, partner : str
        Partner is empty for trade with everybody.
    side : {"ref_area", "counterpart_area"}
        "counterpart_area": the area reports nothing itself, and the flows are those that its
        partners recorded; their exports are its imports.
    years, months : Block of Answer
        Sums by flow and period.
    balance : dict
        Year (or month, without years) → exports less imports; left out where one is missing, and
        altogether for partners' records, whose imports include carriage.
    chosen : Chosen or None
        The period of all that follows; None where there is no value at all.
    partners, products : dict
        Flow as recorded → Block of Answer.
    sections : dict
        Flow → Block of section → Answer; no flow where goods are not of the Harmonized System.
    shares : dict
        Flow → Block of period → Share: of the partner in all trade, of a region in its country;
        none where the dataset knows one partner only and prints no world.
    share_of : str
        "partner", "region" or empty.
    partners_by_month, products_by_month : dict
        Flow → Block of Matrix, for the year of the period where it is given by months.
    coverage : Coverage or None
    unit, unit_mult : str, int
    """

    dataset: Dataset
    area: str
    partner: str
    side: str
    years: Block[Answer]
    months: Block[Answer]
    balance: Mapping[str, Decimal]
    chosen: Chosen | None
    partners: Mapping[str, Block[Answer]]
    products: Mapping[str, Block[Answer]]
    sections: Mapping[str, Block[dict[str, Answer]]]
    shares: Mapping[str, Block[dict[str, Share]]]
    share_of: str
    partners_by_month: Mapping[str, Block[Matrix]]
    products_by_month: Mapping[str, Block[Matrix]]
    coverage: Coverage | None
    unit: str
    unit_mult: int

    @property
    def line(self) -> Answer | None:
        """Sums by year, else by month."""
        return line_of(self.years, self.months)


def line_of(years: Block[Answer], months: Block[Answer]) -> Answer | None:
    """Return the sums by year; by month where there are none."""
    return years.found or months.found
