"""The parameters of the evaluation: definitions/thresholds/evaluation.yaml, as used."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import yaml

from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.places import DEFINITIONS

FILES = ("evaluation", "measures")


class ParameterMissing(IrtyshError):
    """The thresholds given with an evaluation lack one that it needs."""


@cache
def _read(name: str) -> Mapping[str, Any]:
    path = DEFINITIONS / "thresholds" / f"{name}.yaml"
    with path.open(encoding="utf-8") as stream:
        loaded: dict[str, Any] = yaml.load(stream, Loader=yaml.CSafeLoader)
    return loaded


def thresholds_as_used() -> dict[str, Any]:
    """Return the thresholds to freeze into ``Inputs``: file → name → {value, source, what}."""
    return {name: dict(_read(name)) for name in FILES}


class Parameters:
    """Thresholds by name.

    Parameters
    ----------
    thresholds : file → name → {value, …}
        As frozen in the inputs.
    """

    def __init__(self, thresholds: Mapping[str, Any]) -> None:
        self._known = thresholds

    def value(self, name: str, file: str = "evaluation") -> Any:
        """Return a parameter as its file holds it; raises ParameterMissing."""
        try:
            return self._known[file][name]["value"]
        except (KeyError, TypeError):
            raise ParameterMissing(name=name, file=file) from None

    def number(self, name: str) -> Decimal:
        """Return a numeric parameter; raises ParameterMissing."""
        return Decimal(str(self.value(name)))

    def whole(self, name: str) -> int:
        """Return a parameter that is a whole number; raises ParameterMissing."""
        return int(self.value(name))

    @property
    def lights(self) -> dict[str, Any]:
        """The numbers that decide lights of measures; raises ParameterMissing."""
        try:
            return {name: entry["value"] for name, entry in self._known["measures"].items()}
        except (KeyError, TypeError):
            raise ParameterMissing(name="*", file="measures") from None
