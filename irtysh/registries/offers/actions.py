"""Offers from draft to end: sending in, moderation, renewal, expiry, and who may do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from irtysh.accounts.letters import send_letter
from irtysh.accounts.models import User
from irtysh.accounts.permissions import may, people_who_may, require
from irtysh.registries.offers import rules
from irtysh.registries.offers.models import (
    Offer,
    OfferContact,
    OfferProducts,
    OfferStep,
    OfferStepKind,
    OrganisationContact,
)
from irtysh.registries.organisations.models import Organisation
from irtysh.registries.records.actions import keep, refuse_draft
from irtysh.vocabulary.codelists import codelist

EXPIRY_NOTICE = 14
"""Days before the last day at which the owner is reminded."""


@dataclass(frozen=True)
class Drafted:
    """What somebody filled in.

    ``texts`` are fields of the record, ``name_ru``, ``terms_kk`` …; ``products`` pairs of a code
    of goods (may be empty) and language → name; ``email`` the private address of somebody
    without an account, empty where the person who writes answers.
    """

    kind: str
    organisation: Organisation
    texts: Mapping[str, str]
    products: tuple[tuple[str, Mapping[str, str]], ...] = ()
    activities: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    until: date | None = None
    email: str = ""


@transaction.atomic
def ask_to_speak(*, organisation: Organisation, position: str, by: User) -> OrganisationContact:
    """Ask a moderator to confirm that one speaks for an organisation; asking twice is one."""
    contact, is_new = OrganisationContact.objects.get_or_create(
        user=by, organisation=organisation, defaults={"position": position.strip()}
    )
    if is_new:
        log(instance=contact, action="irtysh.offer.ask_to_speak", user=by)
        for person in _moderators(organisation.side):
            key = f"speaker/{contact.pk}/{person.pk}"
            send_letter(to=person, template="offer_speaker", context={"contact": contact}, key=key)
    return contact


@transaction.atomic
def confirm_speaker(*, contact: OrganisationContact, by: User) -> OrganisationContact:
    """Let a person speak for an organisation from now on. Raises NotAllowed."""
    require(by, "moderate", "offers", contact.organisation.side)
    contact.confirmed_on, contact.confirmed_by = timezone.localdate(), by
    contact.save()
    log(instance=contact, action="irtysh.offer.confirm_speaker", user=by)
    send_letter(
        to=contact.user,
        template="offer_speaker_confirmed",
        context=_named(contact.organisation, contact.user.language),
        key=f"speaker/{contact.pk}/confirmed",
    )
    return contact


@transaction.atomic
def refuse_speaker(*, contact: OrganisationContact, by: User) -> None:
    """Take the right, or the wish, to speak for an organisation away. Raises NotAllowed."""
    require(by, "moderate", "offers", contact.organisation.side)
    log(instance=contact, action="irtysh.offer.refuse_speaker", user=by)
    contact.delete()


def speaks_for(user: Any, organisation: Organisation | None) -> bool:
    """Return True if a moderator has confirmed that a person speaks for an organisation."""
    if organisation is None or not getattr(user, "is_active", False):
        return False
    confirmed = OrganisationContact.objects.filter(confirmed_on__isnull=False)
    return confirmed.filter(user=user, organisation=organisation).exists()


def owns(user: Any, offer: Offer) -> bool:
    """Return True if a person may renew, withdraw and change an offer as its owner."""
    contact = OfferContact.objects.filter(offer=offer).first()
    if contact is not None and contact.user_id and contact.user_id == getattr(user, "pk", None):
        return True
    return speaks_for(user, offer.organisation)


@transaction.atomic
def submit_offer(*, drafted: Drafted, by: User, offer: Offer | None = None) -> Offer:
    """Send a new offer, or a changed one of before, to the moderators of its side.

    Raises NotOfTheOrganisation, HsCodeUnknown, TermTooLong, OfferStepOutOfTurn.
    """
    side = drafted.organisation.side
    if not speaks_for(by, drafted.organisation) and not may(by, "add", "offers", side):
        raise rules.NotOfTheOrganisation()
    today = timezone.localdate()
    offer = _held(offer) if offer is not None else Offer(code=_free_code(today))
    if offer.pk is not None and not owns(by, offer):
        require(by, "change", "offers", side)
    offer.status = rules.next_state(offer.status or rules.DRAFT, "submit")
    _fill(offer, drafted, rules.last_day(today, drafted.until))
    _hold(offer, by, "irtysh.offer.submit")
    _set_contact(offer, drafted, by)
    _step(offer, OfferStepKind.SUBMIT, by)
    for person in _moderators(side):
        key = f"offer/{offer.pk}/waits/{offer.latest_revision_id}/{person.pk}"
        send_letter(to=person, template="offer_waits", context={"offer": offer}, key=key)
    return offer


def _fill(offer: Offer, drafted: Drafted, until: date) -> None:
    offer.kind, offer.organisation = drafted.kind, drafted.organisation
    offer.side = drafted.organisation.side
    for name, text in drafted.texts.items():
        setattr(offer, name, text.strip())
    offer.activities = [one for one in drafted.activities if one in codelist("activities")]
    offer.territories, offer.languages = list(drafted.territories), list(drafted.languages)
    offer.themes = list(drafted.themes)
    direction = "makes" if drafted.kind == "offer" else "seeks"
    offer.products = [
        OfferProducts(
            direction=direction,
            hs=rules.check_hs(hs) if hs.strip() else "",
            **{f"name_{language}": name for language, name in names.items()},
        )
        for hs, names in drafted.products
    ]
    offer.published_on, offer.expires_on = "", until.isoformat()


def _set_contact(offer: Offer, drafted: Drafted, by: User) -> None:
    values = {"user": None, "email": drafted.email} if drafted.email else {"user": by, "email": ""}
    OfferContact.objects.update_or_create(offer=offer, defaults={**values, "language": by.language})


@transaction.atomic
def publish_offer(*, offer: Offer, by: User) -> Offer:
    """Publish what was sent in, for as long as was asked. Raises NotAllowed, OfferStepOutOfTurn."""
    offer = _held(offer)
    require(by, "moderate", "offers", offer.side)
    offer.status = rules.next_state(offer.status, "publish")
    today = timezone.localdate()
    longest = today + timedelta(days=rules.LONGEST)
    asked = date.fromisoformat(offer.expires_on) if offer.expires_on else None
    until = asked if asked is not None and asked >= today else rules.last_day(today)
    offer.published_on, offer.expires_on = today.isoformat(), min(until, longest).isoformat()
    keep(record=offer, by=by, action="irtysh.offer.publish")
    step = _step(offer, OfferStepKind.PUBLISH, by)
    tell_owner(offer, "offer_published", key=f"offer/{offer.pk}/step/{step.pk}")
    tell_matches(offer, today)
    return offer


@transaction.atomic
def reject_offer(*, offer: Offer, reason: str, by: User) -> Offer:
    """Send back with a reason; it may be changed and sent again.

    Raises NotAllowed, OfferStepOutOfTurn, ReasonMissing.
    """
    offer = _held(offer)
    require(by, "moderate", "offers", offer.side)
    offer.status = rules.next_state(offer.status, "reject")
    if not reason.strip():
        raise rules.ReasonMissing()
    _hold(offer, by, "irtysh.offer.reject")
    step = _step(offer, OfferStepKind.REJECT, by, reason.strip())
    key = f"offer/{offer.pk}/step/{step.pk}"
    tell_owner(offer, "offer_rejected", key=key, reason=reason.strip())
    return offer


@transaction.atomic
def renew_offer(*, offer: Offer, by: User, until: date | None = None) -> Offer:
    """Publish for another term from today: its owner a few times, a moderator always.

    Raises DraftInTheWay, NotOfTheOrganisation, OfferStepOutOfTurn, RenewedTooOften, TermTooLong.
    """
    offer = _held(offer)
    is_moderator = may(by, "moderate", "offers", offer.side)
    if not is_moderator and not owns(by, offer):
        raise rules.NotOfTheOrganisation()
    offer.status = rules.next_state(offer.status, "renew")
    if not is_moderator:
        rules.check_renewals(offer.renewals())
    today = timezone.localdate()
    offer.published_on = today.isoformat()
    offer.expires_on = rules.last_day(today, until).isoformat()
    keep(record=offer, by=by, action="irtysh.offer.renew", until=offer.expires_on)
    _step(offer, OfferStepKind.RENEW, by)
    tell_matches(offer, today)
    return offer


@transaction.atomic
def withdraw_offer(*, offer: Offer, by: User) -> Offer:
    """Take an offer back.

    Raises DraftInTheWay, NotOfTheOrganisation, OfferStepOutOfTurn.
    """
    offer = _held(offer)
    if not may(by, "moderate", "offers", offer.side) and not owns(by, offer):
        raise rules.NotOfTheOrganisation()
    offer.status = rules.next_state(offer.status, "withdraw")
    _hold(offer, by, "irtysh.offer.withdraw")
    _step(offer, OfferStepKind.WITHDRAW, by)
    return offer


@transaction.atomic
def expire_due(today: date) -> int:
    """Take offers past their last day from the list; return how many."""
    due = Offer.objects.filter(status=rules.PUBLISHED, expires_on__lt=today.isoformat())
    count = 0
    for offer in due.select_for_update(of=("self",)):
        offer.status = rules.next_state(offer.status, "expire")
        _hold(offer, None, "irtysh.offer.expire")
        step = _step(offer, OfferStepKind.EXPIRE, None)
        tell_owner(offer, "offer_expired", key=f"offer/{offer.pk}/step/{step.pk}")
        count += 1
    return count


def remind_expiring(today: date) -> int:
    """Write to the owners of offers that end within two weeks, once a term; return how many."""
    count = 0
    for offer in Offer.objects.expiring(today, today + timedelta(days=EXPIRY_NOTICE)):
        key = f"offer/{offer.pk}/expires/{offer.expires_on}"
        count += bool(tell_owner(offer, "offer_expiring", key=key))
    return count


@transaction.atomic
def forget_owners(today: date) -> int:
    """Delete private contacts of offers that ended long ago; return how many."""
    count = 0
    ended = (rules.EXPIRED, rules.WITHDRAWN, rules.REJECTED)
    for contact in OfferContact.objects.filter(offer__status__in=ended).select_related("offer"):
        last = contact.offer.steps.order_by("-at", "-pk").first()
        day = timezone.localdate(last.at) if last else None
        if day is not None and (today - day).days >= rules.KEEP_OWNER:
            contact.delete()
            count += 1
    return count


def tell_matches(offer: Offer, today: date) -> int:
    """Write to the owners of an offer and of what fits it, of each pair once; return letters."""
    count = 0
    for other, _fit in Offer.objects.matching(offer, today):
        first, second = sorted((offer.pk, other.pk))
        for own, theirs in ((offer, other), (other, offer)):
            key = f"offer/match/{first}/{second}/to/{own.pk}"
            count += bool(tell_owner(own, "offer_match", key=key, other=theirs))
    return count


def tell_owner(offer: Offer, template: str, *, key: str, **said: Any) -> bool:
    """Write to whoever answers for an offer, in their language; False where nobody is written to.

    The letter knows titles in the reader's language: ``title``, ``other_title``.
    """
    contact = OfferContact.objects.filter(offer=offer).select_related("user").first()
    if contact is None:
        return False
    user = contact.user
    language = user.language if user is not None else contact.language
    context = {"offer": offer, "title": offer.title_in(language), **said}
    if isinstance(said.get("other"), Offer):
        context["other_title"] = said["other"].title_in(language)
    to = user if user is not None else (contact.email, language)
    return send_letter(to=to, template=template, context=context, key=key) is not None


def _hold(offer: Offer, by: User | None, action: str) -> None:
    """Save as not published, with a revision and a line in the log."""
    offer.live = False
    offer.save()
    revision = offer.save_revision(user=by, log_action=False, clean=False)
    log(instance=offer, action=action, user=by, revision=revision)


def _step(offer: Offer, kind: OfferStepKind, by: User | None, text: str = "") -> OfferStep:
    return OfferStep.objects.create(offer=offer, kind=kind, by=by, text=text)


def _held(offer: Offer) -> Offer:
    """Return the offer as it was last written, locked."""
    return as_written(Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk))


def as_written(offer: Offer) -> Offer:
    """Return an offer that is not public with what a moderator corrected in it since.

    A correction is kept as a draft: a step taken with the offer's own row would lose it. Raises
    DraftInTheWay for one that is public and has a draft, which a step would publish or lose.
    """
    if offer.live:
        refuse_draft(offer)
        return offer
    newest: Offer = offer.get_latest_revision_as_object()
    newest.status = offer.status
    return newest


def _moderators(side: str) -> list[User]:
    people = people_who_may("moderate", "offers", side)
    return [person for person in people if person.side]  # administrators speak for neither side


def _named(organisation: Organisation, language: str) -> dict[str, Any]:
    return {"organisation": organisation, "title": organisation.title_in(language)}


def _free_code(today: date) -> str:
    start = f"offer-{today.year}-"
    taken = Offer.objects.filter(code__startswith=start).values_list("code", flat=True)
    numbers = [int(rest) for code in taken if (rest := code.removeprefix(start)).isdecimal()]
    return f"{start}{max(numbers, default=0) + 1:04d}"
