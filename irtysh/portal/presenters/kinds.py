"""Names of kinds that the case states as plain words: acts, relations, territories, signs."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _


def act_kind_words(kind: str) -> str:
    """Return the name of a kind of act."""
    return {
        "law": _("Law"),
        "order": _("Order"),
        "resolution": _("Resolution"),
        "convention": _("Convention"),
        "treaty": _("Treaty"),
        "agreement": _("Agreement"),
        "declaration": _("Declaration"),
        "memorandum": _("Memorandum"),
        "protocol": _("Protocol"),
        "concept": _("Concept"),
        "strategy": _("Strategy"),
        "programme": _("Programme"),
        "programme_concept": _("Concept of a programme"),
        "action_plan": _("Action plan"),
        "reference": _("Reference without title"),
        "proposal": _("Proposal"),
    }.get(kind, kind)


def status_words(status: str) -> tuple[str, bool]:
    """Return the name of an act's status, and True where nobody should rely on the act."""
    return {
        "in_force": (_("in force"), False),
        "repealed": (_("repealed"), True),
        "replaced": (_("replaced"), True),
        "expired": (_("expired"), True),
        "signed": (_("signed"), False),
        "adopted": (_("adopted"), False),
        "approved": (_("approved"), False),
        "named": (_("named only"), True),
        "announced": (_("announced"), True),
        "proposed": (_("proposed"), True),
        "unchecked": (_("status not checked"), True),
    }.get(status, (status, True))


def relation_words(kind: str) -> str:
    """Return how one act stands to another: this act … the other."""
    return {
        "replaces": _("replaces"),
        "replaced_by": _("replaced by"),
        "repeals": _("repeals"),
        "repealed_by": _("repealed by"),
        "ratifies": _("ratifies"),
        "ratified_by": _("ratified by"),
        "approves": _("approves"),
        "approved_by": _("approved by"),
        "implements": _("implements"),
        "basis_of": _("basis of"),
        "amends": _("amends"),
        "amended_by": _("amended by"),
    }.get(kind, kind)


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
