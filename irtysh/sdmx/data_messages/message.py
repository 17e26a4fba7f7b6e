"""What a message with data says, before it is written in any form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from irtysh.sdmx.structure import AGENCY, Component, DataStructure, Point
from irtysh.vocabulary.text import Text

Action = Literal["Information", "Append", "Replace", "Delete"]

ALL_DIMENSIONS = "AllDimensions"
TIME = "TIME_PERIOD"

NameOf = Callable[[Component, str], "Text | None"]
"""Component and SDMX id of a code → its names; None where it has none."""


def nameless(component: Component, identifier: str) -> Text | None:
    """Know no names."""
    return None


@dataclass(frozen=True, slots=True)
class DataSet:
    """Points that were true for some time, or that are to be changed.

    Attributes
    ----------
    points : iterable of Point
        All of a series one after another. A message passes over it once.
    action : {"Information", "Append", "Replace", "Delete"}
    valid_from, valid_to : datetime or None
        When these values were the published ones; None where nothing is said about it.
    """

    points: Iterable[Point]
    action: Action = "Information"
    valid_from: datetime | None = None
    valid_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader must know about the whole message: ``code`` and the words."""

    code: int
    text: Text


@dataclass(frozen=True, slots=True)
class Message:
    """The head of a message.

    Attributes
    ----------
    structure : DataStructure
    dataflow, dataflow_version, agency : str
        An empty ``dataflow`` refers to the structure itself.
    name : Text
        The name of what is sent.
    id : str
        An SDMX id; unlike any other message's.
    prepared : datetime
        With its time zone.
    release : str
        The release or vintage that is read.
    is_test : bool
        True for invented data.
    observed_by : str
        The dimension at the observation: TIME, another dimension, or ALL_DIMENSIONS.
    attributes : frozenset of str or None
        Ids of the attributes that are sent; None for all.
    has_values, has_observations : bool
        False to leave out the values, or the observations themselves and keep series only.
    begin, end : str
        First and last time in the message as SDMX times; empty where not known beforehand.
    language : str
        Of the names where a form has room for one.
    names : callable
        Names of codes.
    notes : callable
        Asked once all points are written: what could not be sent.
    base : str
        Address of the service, without a slash at its end; for links.
    """

    structure: DataStructure
    dataflow: str
    name: Text
    id: str
    prepared: datetime
    dataflow_version: str = "1.0"
    release: str = ""
    is_test: bool = False
    observed_by: str = TIME
    attributes: frozenset[str] | None = None
    has_values: bool = True
    has_observations: bool = True
    begin: str = ""
    end: str = ""
    language: str = "en"
    names: NameOf = nameless
    notes: Callable[[], Iterable[Note]] = tuple
    base: str = ""
    agency: str = AGENCY
    sender: str = AGENCY
    sender_name: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_flat(self) -> bool:
        """True where every observation carries its whole key."""
        return self.observed_by == ALL_DIMENSIONS

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of all dimensions, time the last."""
        return (*self.structure.key, TIME)

    @property
    def series_ids(self) -> tuple[str, ...]:
        """Ids of the dimensions that name a series; none where the message is flat."""
        return () if self.is_flat else tuple(one for one in self.ids if one != self.observed_by)

    @property
    def sent(self) -> tuple[Component, ...]:
        """The attributes that are sent."""
        listed = self.structure.attributes
        return tuple(one for one in listed if self.attributes is None or one.id in self.attributes)

    @property
    def of_data_set(self) -> tuple[Component, ...]:
        """The attributes that a data set has once."""
        return tuple(one for one in self.sent if one.attached == "dataset")

    @property
    def of_observation(self) -> tuple[Component, ...]:
        """The attributes that every observation may have."""
        return tuple(one for one in self.sent if one.attached != "dataset")

    @property
    def usage(self) -> tuple[str, str, str, str]:
        """What the data are reported against: its kind in a URN, agency, id and version."""
        if self.dataflow:
            return "Dataflow", self.agency, self.dataflow, self.dataflow_version
        return "DataStructure", self.structure.agency, self.structure.id, self.structure.version

    @property
    def urn(self) -> str:
        """The full name of what the data are reported against."""
        kind, agency, identifier, version = self.usage
        return f"urn:sdmx:org.sdmx.infomodel.datastructure.{kind}={agency}:{identifier}({version})"

    @property
    def namespace(self) -> str:
        """The namespace of structure-specific data sets, that of the schema from /schema."""
        return f"{self.urn}:ObsLevelDim:{self.observed_by}"
