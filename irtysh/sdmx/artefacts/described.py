"""What artefacts are made from: the datasets on offer, in plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from irtysh.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who provides data."""

    id: str
    names: Text


@dataclass(frozen=True, slots=True)
class DescribedDataset:
    """A dataset on offer.

    Attributes
    ----------
    id, version : str
        Of the dataset, and of the release or vintage that is shown now.
    structure : {"figures", "trade"}
    names : Text
    descriptions : Text or None
    theme : str
        Id of a theme; empty where none is given.
    provider : Party
    licence : str
    sources : dict
        Id of a source that occurs → its title.
    values : dict
        Id of a component of the key → SDMX ids of the codes that occur, sorted.
    times : tuple of str
        The periods that occur, as SDMX writes them.
    start, end : date or None
        First and last day covered.
    sent, unsent : int
        Observations that a message can hold, and those whose period the source does not name.
    """

    id: str
    version: str
    structure: Literal["figures", "trade"]
    names: Text
    provider: Party
    descriptions: Text | None = None
    theme: str = ""
    licence: str = ""
    sources: Mapping[str, Text] = field(default_factory=dict)
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    times: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    sent: int = 0
    unsent: int = 0


@dataclass(frozen=True, slots=True)
class Portal:
    """All that artefacts are made from.

    Attributes
    ----------
    names : Text
        Of the portal: the name of its case.
    themes : dict
        Id → name.
    publishers : tuple of Party
        Publishers of the sources, without repeats.
    datasets : tuple of DescribedDataset
    """

    names: Text
    datasets: tuple[DescribedDataset, ...]
    themes: Mapping[str, Text] = field(default_factory=dict)
    publishers: tuple[Party, ...] = ()
