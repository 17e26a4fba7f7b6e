"""How an initiative goes from idea to decision, and whether this border can reach it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from irtysh.registries.records.stages import Path

PATH = Path(
    order=("idea", "studied", "proposed", "discussed", "decided", "realised"),
    steps={
        "idea": ("studied", "proposed", "rejected"),
        "studied": ("proposed", "rejected"),
        "proposed": ("discussed", "studied", "rejected"),
        "discussed": ("decided", "studied", "rejected"),
        "decided": ("realised", "rejected"),
        "realised": (),
        "rejected": ("idea",),
    },
)


@dataclass(frozen=True, slots=True)
class Border:
    """What counts as this border's own area.

    Attributes
    ----------
    cores : dict
        Side → its territory as the case names it: a region or a whole country.
    perimeter : tuple of str
        Regions along the border, of either side.
    """

    cores: Mapping[str, str]
    perimeter: tuple[str, ...]

    def is_near(self, area: str) -> bool:
        """Return True for a side's own territory, a region along the border, or a part of one.

        A region of a side that is a whole country is near only if it is in the perimeter.
        """
        if area in self.perimeter or area in self.cores.values():
            return True
        owners = (*self.perimeter, *(core for core in self.cores.values() if "-" in core))
        return any(area.startswith(f"{owner}-") for owner in owners)


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether an initiative lies where this border can act.

    Attributes
    ----------
    standing : str
        "inside", "partly", "outside", or "unknown" where no territory is named.
    beyond : tuple of str
        The areas that lie beyond.
    """

    standing: str
    beyond: tuple[str, ...]


def reach(territories: Iterable[str], border: Border) -> Reach:
    """Return whether the territories of an initiative are those of this border."""
    named = tuple(territories)
    beyond = tuple(area for area in named if not border.is_near(area))
    if not named:
        return Reach("unknown", ())
    if not beyond:
        return Reach("inside", ())
    return Reach("outside" if len(beyond) == len(named) else "partly", beyond)
