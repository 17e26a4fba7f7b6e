"""Offers and requests in the back office."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from irtysh.registries.offers.actions import EXPIRY_NOTICE
from irtysh.registries.offers.models import Offer
from irtysh.registries.records.deeds import Deed, register_deed
from irtysh.registries.records.screens import register_records


def _to_moderate(offers: QuerySet[Any]) -> QuerySet[Any]:
    return offers.filter(pk__in=Offer.objects.moderated().order_by().values("pk"))


def _expiring(offers: QuerySet[Any]) -> QuerySet[Any]:
    today = timezone.localdate()
    ending = Offer.objects.expiring(today, today + timedelta(days=EXPIRY_NOTICE))
    return offers.filter(pk__in=ending.order_by().values("pk"))


register_records(
    Offer,
    waiting={
        "moderation": (_("To be moderated"), _to_moderate),
        "expiring": (_("Expiring soon"), _expiring),
    },
)
register_deed(
    Deed(
        "offers",
        _("Look at it and decide"),
        "moderate",
        "irtysh_offer",
        "tasks",
        columns=("status",),
    )
)
