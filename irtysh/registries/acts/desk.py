"""What somebody who checks acts sees: how one stands, how it would, who looked before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from irtysh.registries.acts.models import Act
from irtysh.registries.acts.rules import Standing, standing_on
from irtysh.registries.acts.wording import why
from irtysh.registries.records.codes import code_name, language_now
from irtysh.registries.records.deeds import Deed, register_deed
from irtysh.registries.records.models import title_of
from irtysh.registries.records.showing import day_words
from irtysh.vocabulary.text import LANGUAGES

CHECK = Deed("acts", _("Check the status"), "check_status", "acts_check", "check")
register_deed(CHECK)


@dataclass(frozen=True, slots=True)
class Shown:
    """A standing in the language of the screen."""

    status: str
    why: str
    act: str
    is_doubtful: bool


def standing_after(act: Act, on: date, status: str, today: date) -> Standing:
    """Return how an act would stand today with one more check; nothing is saved."""
    known = act.known()
    return standing_on(replace(known, checks=(*known.checks, (on.isoformat(), status))), today)


def shown(standing: Standing) -> Shown:
    """Return a standing in words."""
    return Shown(
        code_name("act_statuses", standing.status),
        why(standing),
        title_of("acts", standing.act) if standing.act else "",
        standing.is_doubtful,
    )


def checks_of(act: Act) -> list[dict[str, Any]]:
    """Return who looked, newest first."""
    return [
        {
            "day": day_words(row.on),
            "by": row.by,
            "status": code_name("act_statuses", row.status),
            "address": row.address,
            "note": row.text_or_other("note", language_now()),
        }
        for row in sorted(act.checks.all(), key=lambda row: row.on, reverse=True)
    ]


def places_to_look(act: Act) -> list[str]:
    """Return the addresses known for the text of an act, where a check may begin."""
    known = [act.address, *(row.address for row in act.other_addresses.all())]
    known += [row.address for row in act.checks.all()]
    return list(dict.fromkeys(one for one in known if one))


def notes_of(said: dict[str, Any]) -> dict[str, str]:
    """Return language → note of a filled form."""
    return {one: said[f"note_{one}"].strip() for one in LANGUAGES if said[f"note_{one}"].strip()}
