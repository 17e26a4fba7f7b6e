"""Checking whether acts still stand: who looked, when, where, with what result."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from irtysh.accounts.models import User
from irtysh.accounts.permissions import require
from irtysh.registries.acts.models import Act
from irtysh.registries.records.actions import keep, refuse_draft
from irtysh.registries.records.listing import enlist
from irtysh.registries.records.models import ListingFacet
from irtysh.vocabulary.errors import IrtyshError


class CheckInTheFuture(IrtyshError):
    """A check of an act is dated later than today."""


@transaction.atomic
def check_status(
    *,
    act: Act,
    by: User,
    on: date,
    today: date,
    status: str,
    address: str = "",
    notes: dict[str, str] | None = None,
) -> Act:
    """Write down that somebody looked at an act's standing.

    The act's other fields stay: the check is one more statement, and the rules decide.
    Raises NotAllowed, CheckInTheFuture, DraftInTheWay.
    """
    require(by, "check_status", "acts")
    if on > today:
        raise CheckInTheFuture(on=on.isoformat(), today=today.isoformat())
    act = Act.objects.select_for_update(of=("self",)).get(pk=act.pk)
    refuse_draft(act)
    row = act.checks.model(
        on=on.isoformat(), by=by.get_full_name() or by.get_username(), status=status,
        address=address, **{f"note_{language}": text for language, text in (notes or {}).items()},
    )  # fmt: skip
    act.append("checks", row)
    keep(record=act, by=by, action="wagtail.edit", checked=status, on=on.isoformat())
    return act


def renew_standings() -> int:
    """List acts anew whose standing has changed with the day; return how many.

    Lists and facets hold the standing of the day on which they were written.
    """
    count = 0
    for act in Act.objects.filter(live=True).iterator():
        listed = act_listed_as(act)
        if listed != act.standing().status:
            enlist(act)
            count += 1
    return count


def act_listed_as(act: Act) -> str:
    """Return the standing that lists hold for an act; empty where it is not listed."""
    found = ListingFacet.objects.filter(
        register="acts", facet="standing", listing__code=act.code
    ).first()
    return found.value if found else ""
