"""What waits for a person: offers to moderate, people to confirm, enquiries without an answer."""

from __future__ import annotations

from datetime import date, timedelta

from irtysh.accounts.models import User
from irtysh.accounts.permissions import may
from irtysh.registries.offers import rules
from irtysh.registries.offers.actions import EXPIRY_NOTICE
from irtysh.registries.offers.models import Interest, Offer, OrganisationContact


def offers_to_moderate(user: User) -> list[Offer]:
    """Return offers that were sent in, the longest waiting first."""
    waiting = Offer.objects.moderated().select_related("organisation")
    return [one for one in waiting if may(user, "moderate", "offers", one.side)]


def speakers_to_confirm(user: User) -> list[OrganisationContact]:
    """Return people who want to speak for an organisation."""
    waiting = OrganisationContact.objects.waiting().select_related("organisation", "user")
    return [one for one in waiting if may(user, "moderate", "offers", one.organisation.side)]


def offers_expiring(user: User, today: date) -> list[Offer]:
    """Return current offers whose last day is near."""
    ending = Offer.objects.expiring(today, today + timedelta(days=EXPIRY_NOTICE))
    return [one for one in ending if may(user, "moderate", "offers", one.side)]


def enquiries_unanswered(user: User, today: date) -> list[Interest]:
    """Return enquiries that have waited longer than the target."""
    late = Interest.objects.unanswered(before=today - timedelta(days=rules.REPLY_TARGET))
    return [
        one
        for one in late.select_related("offer")
        if may(user, "moderate", "offers", one.offer.side)
    ]
