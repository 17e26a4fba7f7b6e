"""Which codes of one edition of a classification answer to which of another: a relation.

Pairs come from the correspondence tables of UN Comtrade, one step between neighbouring editions;
longer ways are put together of steps. Nothing here says how a value is divided: that is
arithmetic, in ``irtysh.stats.concordance``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from irtysh.vocabulary.classifications import packed_rows
from irtysh.vocabulary.errors import UnknownCode

CHAIN = ("S1", "S2", "S3", "H0", "H1", "H2", "H3", "H4", "H5", "H6")
"""Editions from the oldest to the newest; a table stands between each and the next."""

Ways = Mapping[str, tuple[str, ...]]
"""Code of the edition one has → codes of the edition one wants."""


def route(have: str, want: str) -> tuple[str, ...]:
    """Return the editions to pass through, both ends among them; raises UnknownCode."""
    for edition in (have, want):
        if edition not in CHAIN:
            raise UnknownCode(code=edition, codelist="classifications", near=", ".join(CHAIN))
    first, last = CHAIN.index(have), CHAIN.index(want)
    return CHAIN[first : last + 1] if first <= last else CHAIN[last : first + 1][::-1]


def steps(have: str, want: str) -> tuple[Ways, ...]:
    """Return the relation of every step from one edition to another; none if they are the same."""
    return tuple(_step(before, after) for before, after in pairwise(route(have, want)))


@cache
def _step(have: str, want: str) -> Ways:
    found: defaultdict[str, list[str]] = defaultdict(list)
    forward = CHAIN.index(have) < CHAIN.index(want)
    later, earlier = (want, have) if forward else (have, want)
    for row in packed_rows("concordance"):
        if row[0] == later and row[1] == earlier:
            source, target = (row[3], row[2]) if forward else (row[2], row[3])
            found[source].append(target)
    return {source: tuple(sorted(set(targets))) for source, targets in found.items()}
