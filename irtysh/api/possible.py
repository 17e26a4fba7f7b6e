"""Values that no cell of a dataset could have: refused, with the nearest of those that it has."""

from __future__ import annotations

from difflib import get_close_matches

from irtysh.publication.catalogue_words import LISTS, Described
from irtysh.publication.selecting import counted
from irtysh.sources.case.tables import COMMODITIES
from irtysh.store.selection import EVERYTHING
from irtysh.vocabulary.classifications import EDITIONS, classification
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import NotAPeriod, WrongParameter
from irtysh.vocabulary.period import Period, PeriodKind

_PERIODS = ("period", "base_period")
_SHOWN = 5
"""How many of a column's values an error names where none is near."""


def refuse_impossible(told: Described, column: str, wanted: tuple[str, ...]) -> None:
    """Raise WrongParameter for the first value that is neither in the column nor in its list.

    A code that exists, and of which the dataset merely says nothing, selects nothing: an empty
    file is then the true answer. Of a mistyped one it would be a lie.
    """
    strange = [value for value in wanted if not _exists(told, column, value)]
    if not strange:
        return
    there = counted(told.offered.dataset, column, EVERYTHING)
    for value in strange:
        if value not in there:
            near = get_close_matches(value.upper(), there, n=_SHOWN, cutoff=0.5)
            shown = near or [*there][:_SHOWN]
            more = ["…"] if len(there) > len(shown) else []
            raise WrongParameter(
                name=column, value=value[:80], expected=", ".join([*shown, *more]) or "—"
            )


def _exists(told: Described, column: str, value: str) -> bool:
    """Return True for a code of a column's list, of the case's own, or a well-formed period."""
    if column in _PERIODS:
        return any(_is_period(kind, value) for kind in PeriodKind)
    names = [LISTS[column]] if column in LISTS else []
    if column == "commodity":
        editions = told.offered.dataset.editions
        if any(one in EDITIONS and value in classification(one) for one in editions):
            return True
        names = ["commodities", *(COMMODITIES[one] for one in editions if one in COMMODITIES)]
    return any(_is_listed(told, name, value) for name in names)


def _is_listed(told: Described, name: str, value: str) -> bool:
    if value in codelist(name):
        return True
    edition = told.edition or told.home
    return edition is not None and value in edition.own_codelists.get(name, ())


def _is_period(kind: PeriodKind, text: str) -> bool:
    try:
        Period.parse(kind.value, text)
    except NotAPeriod:
        return False
    return True
