"""Which versions of a dataset answer a query, and the points of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from irtysh.api.sdmx.data_parameters import Wanted
from irtysh.api.sdmx.faults import AnswerTooLarge, NoResults
from irtysh.publication.catalogue import Catalogue, Offered
from irtysh.registries.records.shelf import releases
from irtysh.sdmx.changes import deleted, replaced
from irtysh.sdmx.data_messages.message import DataSet
from irtysh.sdmx.points import Points
from irtysh.sdmx.structure import Point
from irtysh.store.dataset import Dataset
from irtysh.store.selection import Selection
from irtysh.vocabulary.errors import ReleaseNotFound

MOST_COMPARED = 2_000_000
"""Observations that are passed over for one answer without being sent: to compare one version
with others, to ask them what the store cannot, or to come to the first of a page."""
MOST_READ = 10_000_000
"""Observations of all versions that a history is made of."""


@dataclass(slots=True)
class Answer:
    """The data sets of an answer, and what was left out once they have been passed over.

    Attributes
    ----------
    offered : Offered
        The version that is current for the query.
    data_sets : iterable of DataSet
        Made as they are asked for.
    unsent : Counter
        Reason → observations that no message can hold.
    """

    offered: Offered
    data_sets: Iterable[DataSet] = ()
    unsent: Counter[str] = field(default_factory=Counter)


def answer_for(catalogue: Catalogue, dataset_id: str, wanted: Wanted) -> Answer:
    """Return what a query asks for; raises NoResults, AnswerTooLarge, UnknownCode."""
    versions = sorted(catalogue.versions(dataset_id), key=lambda one: one[1])
    if wanted.as_of is not None:
        versions = [one for one in versions if one[1] <= wanted.as_of]
        if not versions:
            raise NoResults(asked=f"asOf={wanted.as_of.isoformat()}")
        offered = catalogue.get(dataset_id, versions[-1][0])
    else:
        offered = catalogue.get(dataset_id)
    answer = Answer(offered)
    if not wanted.has_changes:
        check_passed_over(offered.dataset, wanted)
        points = _points(offered, wanted, answer.unsent)
        answer.data_sets = [DataSet(wanted.query.chosen(points))]
        return answer
    # Versions published after the one in use (a release may be gone back from) are no history.
    places = [place for place, one in enumerate(versions) if one[0] == offered.version]
    past = versions[: places[0] + 1] if places else []
    _check_size(offered, wanted, len(past) if wanted.with_history else 1)

    def open_version(version: str, unsent: Counter[str] | None = None) -> Points:
        # Only what is sent anew is counted: the same figures are read for every comparison.
        unsent = Counter() if unsent is None else unsent
        return _points(catalogue.get(dataset_id, version), wanted, unsent)

    answer.data_sets = _history(past, wanted, open_version, answer.unsent)
    return answer


def selection_of(wanted: Wanted) -> Selection:
    """Return what of a query the store can be asked."""
    start, end = wanted.query.days()
    return Selection.of(wanted.query.codes(), start=start, end=end)


def _history(
    versions: list[tuple[str, datetime]],
    wanted: Wanted,
    open_version: Callable[..., Points],
    unsent: Counter[str],
) -> Iterator[DataSet]:
    """Yield what each publication replaced and deleted, from the oldest.

    Without history, what the current one did since the last that the reader has seen.
    """
    after = wanted.updated_after
    seen = [one for one in versions if after is not None and one[1] <= after]
    steps = versions[len(seen) :]
    if not wanted.with_history:
        steps = steps[-1:]
    before = seen[-1][0] if seen else ""
    choose = wanted.query.chosen
    for version, published in steps:
        now = open_version(version, unsent)
        if not before:
            yield DataSet(choose(now), "Replace", valid_from=published)
        else:
            new = replaced(open_version(before), now)
            yield DataSet(choose(new), "Replace", valid_from=published)
            gone = deleted(open_version(before), open_version(version))
            yield DataSet(choose(gone), "Delete", valid_to=published)
        before = version


def _points(offered: Offered, wanted: Wanted, unsent: Counter[str]) -> Points:
    rows = offered.dataset.stream(selection_of(wanted), by_series=True)
    points = Points(wanted.query.structure, rows, preferred_of(offered))
    points.unsent = unsent
    return points


def check_passed_over(dataset: Dataset, wanted: Wanted) -> None:
    """Raise AnswerTooLarge for a query that would be silent while millions are passed over."""
    query = wanted.query
    if query.offset > MOST_COMPARED:
        raise AnswerTooLarge(found=str(query.offset), limit=str(MOST_COMPARED))
    if query.asks_points:
        refuse_more(dataset.count(selection_of(wanted)))


def refuse_more(count: int, limit: int = 0) -> None:
    """Raise AnswerTooLarge for more than a limit: MOST_COMPARED where none is given."""
    most = limit or MOST_COMPARED
    if count > most:
        raise AnswerTooLarge(found=str(count), limit=str(most))


def _check_size(offered: Offered, wanted: Wanted, steps: int) -> None:
    count = offered.dataset.count(selection_of(wanted))
    refuse_more(count)
    refuse_more(count * steps, MOST_READ)


def preferred_of(offered: Offered) -> Mapping[str, bool]:
    """Return which of the rivals the release prefers: observation id → yes or no."""
    return _preferred(offered.version) if offered.kind == "case" else {}


@lru_cache(maxsize=8)
def _preferred(release: str) -> Mapping[str, bool]:
    try:
        decisions = releases().get(release).document("preferred")
    except (ReleaseNotFound, KeyError):
        return {}
    return {
        rival: rival == decision["observation"]
        for decision in decisions
        if decision["observation"]
        for rival in decision["rivals"]
    }


def sampled(points: Iterable[Point]) -> tuple[Iterator[Point], bool]:
    """Return points again whole, and whether there are any."""
    whole = iter(points)
    first = next(whole, None)

    def again() -> Iterator[Point]:
        if first is not None:
            yield first
            yield from whole

    return again(), first is not None
