"""Which imported datasets can say something of the trade of an area, and on which side."""

from __future__ import annotations

from irtysh.publication.catalogue import Catalogue, Offered
from irtysh.publication.selecting import counted
from irtysh.store.dataset import Dataset
from irtysh.store.selection import LEVEL, Selection

HARMONISED = frozenset(("H0", "H1", "H2", "H3", "H4", "H5", "H6", "HS", "TNVED"))
_LEVELLED = HARMONISED | {"S1", "S2", "S3", "S4", "_Z"}
"""Classifications in which the length of a code is its level; of others no level can be summed."""


def datasets_for(catalogue: Catalogue, area: str, partner: str = "") -> list[Offered]:
    """Return the datasets of declared flows that know an area or a pair, the best first.

    Best is where the area reports itself, then most detail, months, newest. A dataset whose goods
    have no levels (industries of input-output tables) gives no profile.
    """
    found = []
    for offered in catalogue.all().values():
        if not has_levels(offered.dataset):
            continue
        side = side_of(offered.dataset, area, partner)
        if not side:
            continue
        asked = Selection.of({side: area})
        levels = counted(offered.dataset, LEVEL, asked)
        periods = counted(offered.dataset, "period", asked)
        rank = (side == "ref_area", max(map(int, levels)), len(max(periods)) > 4, max(periods))
        found.append((rank, offered))
    found.sort(key=lambda one: one[0], reverse=True)
    return [offered for _rank, offered in found]


def has_levels(dataset: Dataset) -> bool:
    """Return True for declared flows of goods that can be summed by level."""
    return dataset.structure == "trade" and set(dataset.editions) <= _LEVELLED


def side_of(dataset: Dataset, area: str, partner: str = "") -> str:
    """Return on which side of the records an area stands; empty if the dataset knows it not."""
    for side, other in (("ref_area", "counterpart_area"), ("counterpart_area", "ref_area")):
        if area not in counted(dataset, side, Selection()):
            continue
        if not partner or partner in counted(dataset, other, Selection.of({side: area})):
            return side
    return ""
