"""A smallest set of printed figures and statements that cannot all be true."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Element:
    """One member of a conflict.

    Attributes
    ----------
    id : str
        Id of an observation, "table:…" for a column of a table, "claims/ID" for a statement.
    kind : str
        level, growth, share, table or statement.
    observations : tuple of str
    series : tuple of pairs
        Dimensions of what it measures.
    period, base_period : str
    printed, unit, unit_mult : str, str, int
        The number as printed; of a table, the sum of its figures.
    locator : str
    """

    id: str
    kind: str
    observations: tuple[str, ...] = ()
    series: tuple[tuple[str, str], ...] = ()
    period: str = ""
    base_period: str = ""
    printed: str = ""
    unit: str = ""
    unit_mult: int = 0
    locator: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Conflict:
    """A minimal conflict: leave out any one element and the rest can be true.

    Attributes
    ----------
    source : str
    elements : tuple of Element
    identities : tuple of str
        Kinds of the identities that bring them together: flows, groups, parts, partners, periods.
    """

    source: str
    elements: tuple[Element, ...]
    identities: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Ids of the elements."""
        return tuple(one.id for one in self.elements)

    @property
    def evidence(self) -> tuple[str, ...]:
        """Ids of the observations in it."""
        return tuple(dict.fromkeys(name for one in self.elements for name in one.observations))

    @property
    def statements(self) -> tuple[str, ...]:
        """Names of the statements that take part: "claims/ID", "claims/ID#2" for a reading."""
        return tuple(one.id for one in self.elements if one.kind == "statement")
