"""The two data structures of our messages: which part of an observation is which component.

``TRADE`` is for declared flows: at most one value for each key. ``FIGURES`` is for printed
figures: rivals differ in SOURCE, growth rates in BASE_PERIOD, shares in SHARE_OF, and what the
same source says twice in REPEAT, so that every figure has a key of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from irtysh.vocabulary.text import Text

AGENCY = "IRTYSH"

Role = Literal["dimension", "time", "measure", "attribute"]
Attached = Literal["observation", "series", "dataset"]


@dataclass(frozen=True, slots=True)
class Component:
    """A column of a message.

    Attributes
    ----------
    id : str
        Of the component and of its concept.
    column : str
        Column of the store's rows that it is made from; empty if it is computed.
    codelist : str
        Name of our code list ("areas"); empty for free text. "commodity", "share_of", "source"
        and "base_period" are made from the data: see ``irtysh.sdmx.artefacts.codes``.
    role : {"dimension", "time", "measure", "attribute"}
    attached : {"observation", "series", "dataset"}
        For an attribute: to what. Always "observation" for the others.
    mandatory : bool
        False where the component may be absent. A dimension never is.
    """

    id: str
    column: str
    codelist: str
    role: Role
    attached: Attached = "observation"
    mandatory: bool = True


@dataclass(frozen=True, slots=True)
class DataStructure:
    """A data structure definition.

    Attributes
    ----------
    id, version : str
    name : Text
    components : tuple of Component
        Dimensions in the order of the key, time, measure, attributes.
    agency : str
        Who maintains it: ours, or UNSD for the structure that trade is mapped to.
    """

    id: str
    version: str
    name: Text
    components: tuple[Component, ...]
    agency: str = AGENCY

    @property
    def urn(self) -> str:
        """Its name in the world of SDMX."""
        return (
            "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure="
            f"{self.agency}:{self.id}({self.version})"
        )

    @property
    def dimensions(self) -> tuple[Component, ...]:
        """The dimensions of the key in their order, without time."""
        return tuple(one for one in self.components if one.role == "dimension")

    @property
    def time(self) -> Component:
        """The dimension of time."""
        return next(one for one in self.components if one.role == "time")

    @property
    def measure(self) -> Component:
        """What is measured: OBS_VALUE."""
        return next(one for one in self.components if one.role == "measure")

    @property
    def attributes(self) -> tuple[Component, ...]:
        """The attributes in their order."""
        return tuple(one for one in self.components if one.role == "attribute")

    @property
    def key(self) -> tuple[str, ...]:
        """Ids of the dimensions of the key, without time."""
        return tuple(one.id for one in self.dimensions)

    def component(self, component_id: str) -> Component | None:
        """Return the component of an id, None where there is no such."""
        return next((one for one in self.components if one.id == component_id), None)


@dataclass(frozen=True, slots=True)
class Point:
    """One observation ready for any message.

    Attributes
    ----------
    key : tuple of str
        SDMX ids of the codes (``sdmx_id``) in the order of the dimensions, without time.
    time : str
        As SDMX writes it (``irtysh.sdmx.times.written``); empty for the unknown period, and then
        the observation is not sent in a message.
    value : Decimal or None
        None is missing, never zero.
    attributes : dict
        Id of an attribute → SDMX id of its code, or its text; without those that are empty.
    """

    key: tuple[str, ...]
    time: str
    value: Decimal | None
    attributes: Mapping[str, str]


def _dimension(component_id: str, column: str, codelist: str) -> Component:
    return Component(component_id, column, codelist, "dimension")


def _attribute(
    component_id: str,
    column: str,
    codelist: str = "",
    attached: Attached = "observation",
    *,
    mandatory: bool = False,
) -> Component:
    return Component(component_id, column, codelist, "attribute", attached, mandatory)


_TIME = Component("TIME_PERIOD", "period", "", "time")
_VALUE = Component("OBS_VALUE", "value", "", "measure", mandatory=False)

TRADE = DataStructure(
    "TRADE",
    "1.0",
    Text(
        {
            "ru": "Внешняя торговля: заявленные потоки",
            "kk": "Сыртқы сауда: мәлімделген ағындар",
            "en": "Foreign trade: declared flows",
        }
    ),
    (
        _dimension("FREQ", "freq", "frequencies"),
        _dimension("REF_AREA", "ref_area", "areas"),
        _dimension("TRADE_FLOW", "flow", "flows"),
        # With the edition: "H6_2710"; "_T" is the total of any edition.
        _dimension("COMMODITY", "commodity", "commodity"),
        _dimension("COUNTERPART_AREA", "counterpart_area", "areas"),
        _dimension("MEASURE", "measure", "measures"),
        _TIME,
        _VALUE,
        _attribute("UNIT_MEASURE", "unit", "units", mandatory=True),
        _attribute("UNIT_MULT", "unit_mult", "unit_multipliers", mandatory=True),
        _attribute("OBS_STATUS", "", "obs_statuses", mandatory=True),
        _attribute("STATUS", "status", "statuses"),
        _attribute("VALUATION", "valuation", "valuations"),
        _attribute("CLASSIFICATION", "classification", "classifications"),
        _attribute("QUALIFIER", "qualifier", "qualifiers"),
        _attribute("PRINTED", "printed"),
        _attribute("PERIOD_KIND", "period_kind", "period_kinds"),
        _attribute("DEFINITION", "definition"),
        _attribute("LOCATOR", "locator"),
        _attribute("RETRIEVED_ON", "retrieved_on"),
        _attribute("NOTES", "notes"),
        _attribute("SOURCE", "source", "source", "dataset"),
    ),
)
"""Declared flows: at most one value for each key."""

FIGURES = DataStructure(
    "FIGURES",
    "1.0",
    Text(
        {
            "ru": "Напечатанные показатели с соперничающими источниками",
            "kk": "Бәсекелес дереккөздері бар басылған көрсеткіштер",
            "en": "Printed figures with rival sources",
        }
    ),
    (
        _dimension("FREQ", "freq", "frequencies"),
        _dimension("REF_AREA", "ref_area", "areas"),
        _dimension("COUNTERPART_AREA", "counterpart_area", "areas"),
        _dimension("TRADE_FLOW", "flow", "flows"),
        _dimension("CLASSIFICATION", "classification", "classifications"),
        _dimension("COMMODITY", "commodity", "commodity"),
        _dimension("MEASURE", "measure", "measures"),
        _dimension("UNIT_MEASURE", "unit", "units"),
        _dimension("BASE_PERIOD", "base_period", "base_period"),
        _dimension("SHARE_OF", "share_of", "share_of"),
        _dimension("SOURCE", "source", "source"),
        # 1, 2, …: the order of what one source says several times under one key.
        _dimension("REPEAT", "", ""),
        _TIME,
        _VALUE,
        _attribute("UNIT_MULT", "unit_mult", "unit_multipliers", mandatory=True),
        _attribute("OBS_STATUS", "", "obs_statuses", mandatory=True),
        _attribute("STATUS", "status", "statuses"),
        _attribute("PERIOD_KIND", "period_kind", "period_kinds"),
        _attribute("BASE_PERIOD_KIND", "base_period_kind", "period_kinds"),
        _attribute("QUALIFIER", "qualifier", "qualifiers"),
        _attribute("PRINTED", "printed"),
        # What the printed numeral admits, in the same unit and multiplier.
        _attribute("OBS_LOW", ""),
        _attribute("OBS_HIGH", ""),
        _attribute("PREFERRED", ""),
        _attribute("VALUATION", "valuation", "valuations"),
        _attribute("DEFINITION", "definition"),
        _attribute("LOCATOR", "locator"),
        _attribute("RETRIEVED_ON", "retrieved_on"),
        _attribute("NOTES", "notes"),
    ),
)
"""Printed figures: what rivals say stands side by side."""

_BY_KIND: Mapping[str, DataStructure] = {"figures": FIGURES, "trade": TRADE}


def structure_of(kind: Literal["figures", "trade"]) -> DataStructure:
    """Return the data structure of a dataset's ``structure``."""
    return _BY_KIND[kind]
