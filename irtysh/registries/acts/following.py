"""Lists show how an act stands, which another act can end: both are listed anew."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from irtysh.registries.acts.actions import act_listed_as
from irtysh.registries.acts.models import Act
from irtysh.registries.records.listing import enlist
from irtysh.registries.records.models import Reference
from irtysh.registries.records.signals import saved, saving


@receiver(saving, sender=Act)
def remember_others(record: Act, **_rest: Any) -> None:
    """Note the acts that this one spoke of so far: it may do so no more."""
    spoken_of = Reference.objects.filter(
        from_register="acts", from_code=record.code, to_register="acts"
    )
    record.others = set(spoken_of.values_list("to_code", flat=True))


@receiver(saved, sender=Act)
def renew_others(record: Act, **_rest: Any) -> None:
    """List the acts anew whose standing this one changed."""
    now = {row.act.code for row in record.relations.all() if row.act is not None}
    for other in Act.objects.filter(code__in=record.others | now, live=True):
        if act_listed_as(other) != other.standing().status:
            enlist(other)
