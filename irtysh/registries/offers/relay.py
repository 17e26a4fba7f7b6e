"""The mail relay: an enquiry reaches an offer's owner, and the answer its writer, by the portal.

Neither sees the other's address until the owner answers and agrees to share it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from irtysh.accounts.letters import send_letter
from irtysh.registries.offers import rules
from irtysh.registries.offers.actions import (
    expire_due,
    forget_owners,
    remind_expiring,
    tell_owner,
)
from irtysh.registries.offers.models import Enquirer, Interest, Offer
from irtysh.registries.records.listing import grow


@dataclass(frozen=True)
class Enquiry:
    """What a visitor wrote to the owner of an offer."""

    name: str
    email: str
    text: str
    language: str
    organisation: str = ""


@transaction.atomic
def express_interest(*, offer: Offer, enquiry: Enquiry) -> Interest:
    """Send an enquiry on to the owner of an offer. Raises OfferNotCurrent."""
    offer = Offer.objects.get(pk=offer.pk)
    if not offer.is_current(timezone.localdate()) or not hasattr(offer, "contact"):
        raise rules.OfferNotCurrent()
    interest = Interest.objects.create(offer=offer, language=enquiry.language)
    Enquirer.objects.create(
        interest=interest,
        name=enquiry.name.strip(),
        organisation=enquiry.organisation.strip(),
        email=enquiry.email,
        text=enquiry.text.strip(),
    )
    log(instance=interest, action="irtysh.offer.interest", user=None)
    key = f"interest/{interest.pk}"
    tell_owner(
        offer, "interest_asked", key=f"{key}/asked", interest=interest, enquirer=interest.enquirer
    )
    send_letter(
        to=(enquiry.email, enquiry.language),
        template="interest_sent",
        context={"offer": offer, "title": offer.title_in(enquiry.language)},
        key=f"{key}/sent",
    )
    grow()
    return interest


@transaction.atomic
def answer_interest(*, interest: Interest, text: str, share: bool) -> Interest:
    """Send the owner's answer to whoever asked; ``share`` exchanges the two addresses.

    Raises AlreadyAnswered, ReasonMissing.
    """
    interest = Interest.objects.select_for_update(of=("self",)).get(pk=interest.pk)
    enquirer = Enquirer.objects.filter(interest=interest).first()
    if interest.answered_on is not None or enquirer is None:
        raise rules.AlreadyAnswered()
    if not text.strip():
        raise rules.ReasonMissing()
    contact = getattr(interest.offer, "contact", None)
    address = contact.address if share and contact is not None else ""
    interest.answered_on, interest.addresses_shared = timezone.localdate(), bool(address)
    interest.save()
    enquirer.answer = text.strip()
    enquirer.save()
    log(instance=interest, action="irtysh.offer.interest_answered", user=None)
    send_letter(
        to=(enquirer.email, interest.language),
        template="interest_answered",
        context={
            "offer": interest.offer,
            "title": interest.offer.title_in(interest.language),
            "enquirer": enquirer,
            "address": address,
        },
        reply_to=address or None,
        key=f"interest/{interest.pk}/answered",
    )
    grow()
    return interest


@transaction.atomic
def forget_enquirers(today: date) -> int:
    """Delete person and words of old enquiries; their days stay, for the clock. Return how many."""
    count = 0
    for interest in Interest.objects.filter(forgotten_on__isnull=True):
        since = interest.answered_on or interest.asked_on
        kept = rules.KEEP_ENQUIRER if interest.answered_on else rules.KEEP_UNANSWERED
        if (today - since).days >= kept:
            Enquirer.objects.filter(interest=interest).delete()
            interest.forgotten_on = today
            interest.save()
            count += 1
    return count


def daily(today: date) -> dict[str, int]:
    """Do what the day asks for; safe to be done twice. Return what was done, and how often."""
    return {
        "offers_expired": expire_due(today),
        "offers_reminded": remind_expiring(today),
        "offers_contacts_forgotten": forget_owners(today),
        "enquiries_forgotten": forget_enquirers(today),
    }
