"""The number of the month as pages show it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from irtysh.portal.monthly import NumberOfMonth
from irtysh.portal.presenters import words
from irtysh.portal.presenters.selection import with_rivals
from irtysh.portal.presenters.trade import headline
from irtysh.portal.reading import Reading


def number_of_month(reading: Reading) -> dict[str, Any] | None:
    """Return the number that an editor chose, else the headline; None where there is neither.

    A figure that the release does not hold any more is passed over: the newest choice that
    still stands is shown.
    """
    language = reading.language
    for chosen in _begun():
        shown = reading.release.observation(chosen.figure)
        if shown is not None and shown.value is not None:
            return {
                "is_chosen": True,
                "month": words.day_words(f"{chosen.month:%Y-%m}"),
                "sentence": chosen.sentence(language),
                "figure": with_rivals(reading, shown),
            }
    found = headline(reading)
    if found is None:
        return None
    return {"is_chosen": False, "figure": with_rivals(reading, found)}


def earlier_numbers(reading: Reading) -> list[dict[str, Any]]:
    """Return the numbers of the months before the one shown, the newest first."""
    standing = [
        {
            "month": words.day_words(f"{one.month:%Y-%m}"),
            "sentence": one.sentence(reading.language),
            "figure": one.figure,
        }
        for one in _begun()
        if reading.release.observation(one.figure) is not None
    ]
    return standing[1:]


def _begun() -> Any:
    return NumberOfMonth.objects.filter(month__lte=timezone.localdate()).order_by("-month")
