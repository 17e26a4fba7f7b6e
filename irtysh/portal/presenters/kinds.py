"""Names of kinds that the case states as plain words: acts, relations, territories, signs."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _


def territory_kind_words(kind: str) -> str:
    """Return the name of a kind of territory or place."""
    return {
        "region": _("region"),
        "country": _("country"),
        "district": _("district"),
        "city": _("city"),
        "town": _("town"),
        "settlement": _("settlement"),
        "river": _("river"),
        "network": _("transport network"),
        "place": _("place"),
        "border": _("border"),
    }.get(kind, kind)


def sign_words(key: str) -> Mapping[str, str]:
    """Return the sign, the heading and the explanation of a group of factors."""
    sign, title, meaning = {
        "favours": ("+", _("Favour cooperation"), ""),
        "hinders": ("−", _("Hinder cooperation"), ""),
        "either": (
            "±",
            _("Work either way"),
            _("They help or hinder depending on what the two sides do about them."),
        ),
        "obstacle": (
            "!",
            _("Unsolved problems"),
            _("Named by the source as obstacles that remain."),
        ),
        "objective": ("→", _("What the strategy is to use"), ""),
    }[key]
    return {"sign": sign, "title": title, "meaning": meaning}
