"""An offer from draft to end, and a relay that shows no address."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from irtysh.accounts.letters import address_hash
from irtysh.accounts.models import Letter
from irtysh.accounts.permissions import NotAllowed
from irtysh.registries.offers import actions, queues, relay, rules
from irtysh.registries.offers.models import (
    Enquirer,
    Interest,
    Offer,
    OfferContact,
    OfferStep,
    OrganisationContact,
)
from irtysh.registries.records.actions import keep
from irtysh.registries.records.models import Listing
from tests.registries.offers import made

pytestmark = pytest.mark.django_db


def _enquire(offer: Offer, **more) -> Interest:
    said = {"name": "Olga", "email": "olga@example.org", "text": "How many?", "language": "ru"}
    return relay.express_interest(offer=offer, enquiry=relay.Enquiry(**(said | more)))


def test_only_who_was_confirmed_speaks_for_a_firm(letters) -> None:
    firm, person = made.firm(), made.member()
    made.moderator("A"), made.moderator("B")
    sent = letters(lambda: actions.ask_to_speak(organisation=firm, position="head", by=person))
    assert [one.to for one in sent] == [["moderator-a@example.org"]]
    with pytest.raises(rules.NotOfTheOrganisation):
        actions.submit_offer(drafted=made.drafted(firm), by=person)
    contact = OrganisationContact.objects.get()
    with pytest.raises(NotAllowed):
        actions.confirm_speaker(contact=contact, by=made.moderator("B"))
    actions.confirm_speaker(contact=contact, by=made.moderator("A"))
    assert actions.speaks_for(person, firm) and not actions.speaks_for(person, made.firm("other"))
    actions.submit_offer(drafted=made.drafted(firm), by=person)


def test_what_is_sent_in_is_seen_by_nobody_until_a_moderator_publishes_it(letters) -> None:
    firm = made.firm()
    person = made.speaker(firm)
    offer = actions.submit_offer(drafted=made.drafted(firm), by=person)
    assert (offer.status, offer.live) == (rules.MODERATION, False)
    assert [row.hs for row in offer.products.all()] == ["843231"]
    assert not Listing.objects.filter(register="offers").exists()
    assert queues.offers_to_moderate(made.moderator("A")) == [offer]
    assert queues.offers_to_moderate(made.moderator("B")) == []
    with pytest.raises(NotAllowed):
        actions.publish_offer(offer=offer, by=made.moderator("B"))
    with pytest.raises(NotAllowed):
        actions.publish_offer(offer=offer, by=person)
    sent = letters(lambda: actions.publish_offer(offer=offer, by=made.moderator("A")))
    offer.refresh_from_db()
    today = timezone.localdate()
    assert (offer.status, offer.live, offer.published_on) == (
        rules.PUBLISHED, True, today.isoformat()
    )  # fmt: skip
    assert offer.expires_on == (today + timedelta(days=rules.USUAL)).isoformat()
    assert Listing.objects.filter(register="offers", code=offer.code).exists()
    assert [one.to for one in sent] == [["marat@example.org"]]
    assert sent[0].extra_headers["Content-Language"] == "kk"


def test_a_refusal_has_a_reason_and_the_offer_comes_again(letters) -> None:
    firm = made.firm()
    person = made.speaker(firm)
    offer = actions.submit_offer(drafted=made.drafted(firm), by=person)
    with pytest.raises(rules.ReasonMissing):
        actions.reject_offer(offer=offer, reason=" ", by=made.moderator())
    sent = letters(
        lambda: actions.reject_offer(offer=offer, reason="No price.", by=made.moderator())
    )
    assert "No price." in sent[0].body
    offer.refresh_from_db()
    assert (offer.status, offer.last_words()) == (rules.REJECTED, "No price.")
    again = actions.submit_offer(drafted=made.drafted(firm), by=person, offer=offer)
    assert again.pk == offer.pk and again.status == rules.MODERATION
    actions.publish_offer(offer=again, by=made.moderator())
    assert Offer.objects.get().last_words() == ""


def test_bad_goods_and_terms_are_refused() -> None:
    firm = made.firm()
    person = made.speaker(firm)
    with pytest.raises(rules.HsCodeUnknown):
        actions.submit_offer(drafted=made.drafted(firm, products=(("7701", {}),)), by=person)
    with pytest.raises(rules.TermTooLong):
        until = timezone.localdate() + timedelta(days=181)
        actions.submit_offer(drafted=made.drafted(firm, until=until), by=person)
    assert not Offer.objects.exists()


def test_it_ends_is_renewed_twice_and_then_looked_at_again(letters) -> None:
    firm = made.firm()
    person, today = made.speaker(firm), timezone.localdate()
    offer = made.published(firm, person, until=today + timedelta(days=5))
    assert letters(lambda: actions.remind_expiring(today)) != []
    assert letters(lambda: actions.remind_expiring(today)) == [], "once a term"
    assert actions.expire_due(today + timedelta(days=5)) == 0, "the last day counts"
    sent = letters(lambda: actions.expire_due(today + timedelta(days=6)))
    offer.refresh_from_db()
    assert (offer.status, offer.live, len(sent)) == (rules.EXPIRED, False, 1)
    assert not Listing.objects.filter(register="offers").exists()
    for _time in range(rules.RENEWALS):
        offer = actions.renew_offer(offer=offer, by=person)
    assert offer.live and offer.status == rules.PUBLISHED
    with pytest.raises(rules.RenewedTooOften):
        actions.renew_offer(offer=offer, by=person)
    actions.renew_offer(offer=offer, by=made.moderator("A"))
    with pytest.raises(rules.NotOfTheOrganisation):
        actions.renew_offer(offer=offer, by=made.moderator("B"))
    actions.withdraw_offer(offer=offer, by=person)
    offer.refresh_from_db()
    assert (offer.status, offer.live) == (rules.WITHDRAWN, False)


def test_a_stranger_changes_nothing() -> None:
    firm = made.firm()
    offer = made.published(firm, made.speaker(firm))
    stranger = made.speaker(made.firm("other"), "ivan")
    for do in (actions.renew_offer, actions.withdraw_offer):
        with pytest.raises(rules.NotOfTheOrganisation):
            do(offer=offer, by=stranger)
    actions.withdraw_offer(offer=offer, by=made.moderator())
    with pytest.raises(NotAllowed):
        actions.submit_offer(
            drafted=made.drafted(stranger.organisation_contacts.get().organisation),
            by=stranger,
            offer=offer,
        )


def test_the_relay_shows_neither_address_until_the_owner_agrees(letters) -> None:
    firm = made.firm()
    offer = made.published(firm, made.speaker(firm))
    sent = letters(lambda: _enquire(offer))
    to_owner, to_writer = sorted(sent, key=lambda one: one.to[0])
    assert (to_owner.to, to_writer.to) == (["marat@example.org"], ["olga@example.org"])
    everything = "".join(f"{one.subject}{one.body}{one.reply_to}" for one in sent)
    assert "olga@example.org" not in everything and "marat@example.org" not in everything
    interest = Interest.objects.get()
    assert f"/kk/offers/reply/{interest.token}/" in to_owner.body and "How many?" in to_owner.body
    sent = letters(lambda: relay.answer_interest(interest=interest, text="Twenty.", share=True))
    assert [one.to for one in sent] == [["olga@example.org"]]
    assert sent[0].reply_to == ["marat@example.org"] and "Twenty." in sent[0].body
    with pytest.raises(rules.AlreadyAnswered):
        relay.answer_interest(interest=interest, text="More.", share=True)


def test_an_answer_need_not_share_an_address(letters) -> None:
    firm = made.firm()
    interest = _enquire(made.published(firm, made.speaker(firm)))
    sent = letters(lambda: relay.answer_interest(interest=interest, text="No.", share=False))
    assert "marat@example.org" not in sent[0].body and sent[0].reply_to == []
    interest.refresh_from_db()
    assert not interest.addresses_shared


def test_nobody_writes_to_what_has_ended() -> None:
    firm = made.firm()
    offer = made.published(firm, made.speaker(firm), until=timezone.localdate())
    Offer.objects.filter(pk=offer.pk).update(published_on="2026-01-01", expires_on="2026-02-01")
    offer.refresh_from_db()
    with pytest.raises(rules.OfferNotCurrent):
        _enquire(offer)


def test_unanswered_enquiries_are_flagged_and_the_clock_counts_them() -> None:
    firm, today = made.firm(), timezone.localdate()
    offer = made.published(firm, made.speaker(firm))
    interest = _enquire(offer)
    late = today + timedelta(days=rules.REPLY_TARGET + 1)
    assert queues.enquiries_unanswered(made.moderator("A"), today) == []
    assert queues.enquiries_unanswered(made.moderator("A"), late) == [interest]
    assert queues.enquiries_unanswered(made.moderator("B"), late) == []
    assert (offer.answering(late).late, offer.answering(late).days) == (1, None)
    relay.answer_interest(interest=interest, text="Yes.", share=False)
    assert (offer.answering(late).late, offer.answering(late).days) == (0, 0)


def test_enquirers_are_forgotten_and_their_days_stay() -> None:
    firm, today = made.firm(), timezone.localdate()
    offer = made.published(firm, made.speaker(firm))
    answered, silent = _enquire(offer), _enquire(offer)
    relay.answer_interest(interest=answered, text="Yes.", share=True)
    assert relay.forget_enquirers(today + timedelta(days=rules.KEEP_ENQUIRER)) == 1
    assert list(Enquirer.objects.values_list("interest", flat=True)) == [silent.pk]
    assert relay.forget_enquirers(today + timedelta(days=rules.KEEP_UNANSWERED)) == 1
    assert not Enquirer.objects.exists()
    assert offer.answering(today).asked == 2


def test_the_private_contact_goes_after_the_end() -> None:
    firm, today = made.firm(), timezone.localdate()
    offer = made.published(firm, made.speaker(firm))
    later = today + timedelta(days=rules.KEEP_OWNER)
    assert actions.forget_owners(later) == 0, "a current offer needs its contact"
    actions.withdraw_offer(offer=offer, by=made.moderator())
    assert actions.forget_owners(later - timedelta(days=1)) == 0
    assert actions.forget_owners(later) == 1


def test_both_owners_hear_of_a_match_once(letters) -> None:
    ours, theirs = made.firm(), made.firm("farm", "B")
    seller, buyer = made.speaker(ours), made.speaker(theirs, "olga", "ru")
    made.published(ours, seller)
    sent = letters(
        lambda: made.published(
            theirs, buyer, kind="request", products=(("8432", {"ru": "Сеялки"}),)
        )
    )
    matches = list(Letter.objects.filter(template="offer_match"))
    assert {one.user for one in matches} == {seller, buyer}
    assert {one.language for one in matches} == {"kk", "ru"}
    assert len(sent) >= 2
    request = Offer.objects.get(kind="request")
    again = letters(lambda: actions.renew_offer(offer=request, by=buyer))
    assert again == [], "never twice"
    found = Offer.objects.matching(request, timezone.localdate())
    assert [fit.reasons[0].what for _other, fit in found] == ["8432"]
    after = timezone.localdate() + timedelta(days=200)
    assert Offer.objects.matching(request, after) == []


def test_an_office_person_publishes_for_a_firm_without_an_account(letters) -> None:
    firm, person = made.firm(), made.moderator("A")
    drafted = made.drafted(firm, email="firm@example.org")
    offer = actions.submit_offer(drafted=drafted, by=person)
    letters(lambda: actions.publish_offer(offer=offer, by=person))
    assert Letter.objects.filter(address_hash=address_hash("firm@example.org")).exists()
    with pytest.raises(rules.NotOfTheOrganisation):
        actions.submit_offer(drafted=made.drafted(made.firm("x", "B")), by=person)


def test_the_database_refuses_what_the_rules_would() -> None:
    firm = made.firm()
    offer = made.published(firm, made.speaker(firm))
    interest = _enquire(offer)
    day = timezone.localdate() - timedelta(days=1)
    for model, key, values in (
        (Offer, offer.pk, {"expires_on": ""}),
        (Offer, offer.pk, {"expires_on": "2020-01-01"}),
        (Interest, interest.pk, {"answered_on": day}),
        (Interest, interest.pk, {"addresses_shared": True}),
        (OfferContact, offer.contact.pk, {"email": "also@example.org"}),
        (OfferStep, offer.steps.first().pk, {"kind": "reject"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.filter(pk=key).update(**values)


def test_forms_and_tables_keep_to_the_rules() -> None:
    firm = made.firm()
    offer = actions.submit_offer(drafted=made.drafted(firm), by=made.speaker(firm))
    offer.status, offer.expires_on, offer.published_on = "expired", "2027-12-31", "2026-11-22"
    offer.products.first().hs = "77"
    assert {"StateSkipped", "TermTooLong"} <= {fault.code for fault in offer.faults()}


def test_json_ld_names_no_contact() -> None:
    firm = made.firm()
    offer = made.published(firm, made.speaker(firm))
    said = offer.json_ld("en", "https://example.org/en/offers/x/")
    assert said["@type"] == "Offer" and said["availabilityEnds"] == offer.expires_on
    assert "@example.org" not in str(said)
    offer.kind = "request"
    assert offer.json_ld("en", "x")["@type"] == "Demand"


def test_what_a_moderator_corrected_is_what_is_published() -> None:
    firm = made.firm()
    offer = actions.submit_offer(drafted=made.drafted(firm), by=made.speaker(firm))
    draft = Offer.objects.get(pk=offer.pk)
    draft.name_en = "Seed drills, new"
    draft.save_revision(clean=False)
    published = actions.publish_offer(offer=offer, by=made.moderator())
    assert Offer.objects.get(pk=published.pk).name_en == "Seed drills, new"
    assert [row.hs for row in Offer.objects.get().products.all()] == ["843231"]


def test_no_door_but_the_moderators_makes_an_offer_public() -> None:
    firm = made.firm()
    offer = actions.submit_offer(drafted=made.drafted(firm), by=made.speaker(firm))
    offer.get_latest_revision().publish(skip_permission_checks=True)
    assert not Offer.objects.get().live
    assert not Listing.objects.filter(register="offers").exists()
    keep(record=Offer.objects.get(), by=None)
    assert not Offer.objects.get().live
