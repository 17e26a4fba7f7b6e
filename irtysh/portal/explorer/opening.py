"""A dataset opened for a reader: in which version and language, with which words around it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from irtysh.portal.explorer.naming import period_name
from irtysh.portal.reading import Reading
from irtysh.publication.catalogue import Offered
from irtysh.publication.catalogue_words import Described
from irtysh.publication.selecting import first_view
from irtysh.publication.views import LATEST, View
from irtysh.registries.records.shelf import catalogue, releases


@dataclass(frozen=True)
class Opened:
    """A dataset as of a version, read in a language.

    Attributes
    ----------
    reading : Reading
        The release around it: of a dataset of the case the version itself, else the current one.
    offered : Offered
    """

    reading: Reading
    offered: Offered

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.reading.language

    @property
    def reading_of_case(self) -> Reading | None:
        """The release that a dataset of the case is in; None for an imported one."""
        return self.reading if self.offered.kind == "case" else None

    @cached_property
    def words(self) -> Described:
        """What is said of the dataset, and the names of its codes."""
        return Described(self.offered, self.language, self.reading_of_case, home=self.reading)

    @cached_property
    def first_view(self) -> View:
        """The view that the dataset opens with: of this border's own territories if it can be."""
        own = str(self.reading.case.get("headline", {}).get("ref_area", ""))
        areas = dict.fromkeys((own, *(side["area"] for side in self.reading.sides)))
        return first_view(self.offered.dataset, tuple(areas))

    @cached_property
    def preferred(self) -> Collection[str]:
        """Ids of the observations that were decided for among rivals."""
        if self.reading_of_case is None:
            return frozenset()
        standing = self.reading.standing
        return frozenset(one for one, row in standing.items() if row["preferred"])


def opened(reading: Reading, dataset_id: str, version: str) -> Opened:
    """Open a dataset; raises UnknownCode, or ReleaseNotFound for a version that is not."""
    offered = catalogue().get(dataset_id, version)
    if version != LATEST and offered.kind == "case":
        reading = Reading(releases().get(version), reading.language, is_past=True)
    return Opened(reading, offered)


def about(one: Opened) -> dict[str, Any]:
    """Return what is said of a dataset in lists and above its page."""
    offered = one.offered
    span = offered.dataset.span()
    words = one.words
    publisher = offered.about.get("publisher")
    sources = [words.text(source.get("title")) for source in words.sources.values()]
    return {
        "id": offered.id,
        "title": words.title,
        "description": words.description,
        "unit_note": words.text(offered.about.get("unit_note")),
        "kind": offered.kind,
        "structure": offered.dataset.structure,
        "is_invented": words.invented,
        "span": span_words(span, one.language) if span else "",
        "rows": offered.dataset.count(),
        "publisher": words.text(publisher) or (sources[0] if len(sources) == 1 else ""),
        "version": offered.version,
        "created": offered.dataset.created_at,
        "licence": words.licence,
    }


def span_words(span: Any, language: str) -> str:
    """Return the years that a dataset covers."""
    first, last = (period_name(f"{day:%Y}", language) for day in span)
    return first if first == last else f"{first}–{last}"
