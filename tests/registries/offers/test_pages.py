"""An offer published by a member, found by a visitor, asked about and answered."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from irtysh.registries.offers import actions, relay
from irtysh.registries.offers.models import Interest, Offer
from tests.accounts.human import human
from tests.registries.offers import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(portal) -> Client:
    cache.clear()  # limits of frequency, and "expired today"
    return Client()


def _as(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _form(firm, **more) -> dict[str, object]:
    until = timezone.localdate() + timedelta(days=30)
    return {"kind": "offer", "organisation": firm.pk, "name": "Сеялки", "summary": "Двадцать.",
            "terms": "До границы.", "goods_1": "Сеялки", "hs_1": "8432", "languages": ["ru"],
            "activities": ["28"], "until": until.isoformat()} | more  # fmt: skip


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_whole_way_in_each_language(
    reader, language, django_capture_on_commit_callbacks
) -> None:
    firm, person, moderator = made.firm(), made.member(), made.moderator("A")
    own, office = _as(person), _as(moderator)
    assert own.get(f"/{language}/offers/new/").url == f"/{language}/offers/mine/"
    own.post(f"/{language}/offers/speak/", {"organisation": firm.pk, "position": "head"})
    contact = person.organisation_contacts.get()
    assert office.get("/admin/offers-to-moderate/").status_code == 200
    office.post(f"/admin/offers-to-moderate/people/{contact.pk}/confirm/")
    wrong = own.post(f"/{language}/offers/new/", _form(firm, hs_1="7701"))
    assert wrong.status_code == 422 and "Сеялки" in wrong.content.decode()
    assert own.post(f"/{language}/offers/new/", _form(firm)).status_code == 302
    offer = Offer.objects.get()
    assert reader.get(f"/{language}/offers/{offer.code}/").status_code == 404
    assert office.get(f"/admin/offers-to-moderate/{offer.code}/").status_code == 200
    office.post(f"/admin/offers-to-moderate/{offer.code}/publish/")

    page = reader.get(f"/{language}/offers/{offer.code}/").content.decode()
    assert "8432" in page and "Firm plough" in page
    assert f"/{language}/offers/{offer.code}/write/" in page
    said = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert said["@type"] == "Offer" and said["availabilityEnds"] == offer_end(offer)
    assert "Сеялки" in reader.get(f"/{language}/offers/?chapter=84").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        sent = reader.post(
            f"/{language}/offers/{offer.code}/write/",
            human(name="Olga", email="olga@example.org", text="How many?"),
        )
    assert sent.status_code == 200
    token = Interest.objects.get().token
    assert any(token in letter.body for letter in mail.outbox)

    reply = reader.get(f"/{language}/offers/reply/{token}/")
    assert "How many?" in reply.content.decode()
    assert "olga@example.org" not in reply.content.decode()
    # A browser sends no origin with a form of a page without referrer, and the form is refused.
    assert reply.headers["Referrer-Policy"] == "same-origin"
    with django_capture_on_commit_callbacks(execute=True):
        reader.post(f"/{language}/offers/reply/{token}/", {"text": "Twenty", "share": "on"})
    assert "olga@example.org" in reader.get(f"/{language}/offers/reply/{token}/").content.decode()
    assert mail.outbox[-1].reply_to == ["marat@example.org"]
    mine = own.get(f"/{language}/offers/mine/").content.decode()
    assert f"/{language}/offers/reply/{token}/" in mine


def offer_end(offer: Offer) -> str:
    offer.refresh_from_db()
    return offer.expires_on


def test_the_real_case_has_no_offers_and_invites(reader) -> None:
    for language in ("ru", "kk", "en"):
        page = reader.get(f"/{language}/offers/").content.decode()
        assert f'href="/{language}/offers/new/"' in page
        assert f'href="/{language}/offers/mine/"' in page


def test_publishing_asks_to_sign_in(reader) -> None:
    answer = reader.get("/ru/offers/new/")
    assert answer.status_code == 302 and "next=" in answer.url


def test_what_has_ended_leaves_the_list_by_itself_and_its_address_says_so(reader) -> None:
    firm = made.firm()
    offer = made.published(firm, made.speaker(firm))
    Offer.objects.filter(pk=offer.pk).update(published_on="2026-01-01", expires_on="2026-02-01")
    page = reader.get(f"/en/offers/{offer.code}/").content.decode()
    assert "past its last day" in page and "/write/" not in page
    assert reader.get(f"/en/offers/{offer.code}/write/").status_code == 302
    assert "Seed drills" not in reader.get("/en/offers/").content.decode()
    gone = reader.get(f"/en/offers/{offer.code}/")
    assert gone.status_code == 410 and "/en/offers/" in gone.content.decode()


def test_a_page_shows_what_fits_and_why_and_how_soon_one_answers(reader) -> None:
    ours, theirs = made.firm(), made.firm("farm", "B")
    offer = made.published(ours, made.speaker(ours))
    request = made.published(
        theirs, made.speaker(theirs, "olga"), kind="request", products=(("8432", {"en": "Drills"}),)
    )
    for one, other in ((offer, request), (request, offer)):
        page = reader.get(f"/en/offers/{one.code}/").content.decode()
        assert f"/en/offers/{other.code}/" in page
        assert "same heading of goods, 8432" in page and "both work in Russian" in page
        assert "no enquiries yet" in page
    said = relay.Enquiry(name="X", email="x@example.org", text="?", language="en")
    interest = relay.express_interest(offer=offer, enquiry=said)
    assert "none answered yet" in reader.get(f"/en/offers/{offer.code}/").content.decode()
    relay.answer_interest(interest=interest, text="Yes", share=False)
    assert "answered: 1 of 1" in reader.get(f"/en/offers/{offer.code}/").content.decode()


def test_enquiries_are_limited_and_programs_kept_out(reader) -> None:
    firm = made.firm()
    path = f"/en/offers/{made.published(firm, made.speaker(firm)).code}/write/"
    data = {"name": "Olga", "email": "olga@example.org", "text": "How many?"}
    assert reader.post(path, human(**data) | {"homepage": "x"}).status_code == 422
    for _time in range(10):
        assert reader.post(path, human(**data)).status_code == 200
    refused = reader.post(path, human(**data))
    assert refused.status_code == 429 and "How many?" in refused.content.decode()
    assert Interest.objects.count() == 10


def test_a_stranger_sees_and_moves_nothing(reader) -> None:
    firm = made.firm()
    offer = made.published(firm, made.speaker(firm))
    stranger = _as(made.speaker(made.firm("other"), "ivan"))
    for path in ("change", "renew", "withdraw"):
        method = stranger.get if path == "change" else stranger.post
        assert method(f"/en/offers/{offer.code}/{path}/").status_code == 404
    assert offer.code not in stranger.get("/en/offers/mine/").content.decode()
    own = _as(offer.contact.user)
    assert own.post(f"/en/offers/{offer.code}/withdraw/").status_code == 302
    assert Offer.objects.get().status == "withdrawn"


def test_one_who_was_sent_back_reads_why_and_sends_again(reader) -> None:
    firm = made.firm()
    person = made.speaker(firm)
    offer = actions.submit_offer(drafted=made.drafted(firm), by=person)
    office = _as(made.moderator())
    empty = office.post(f"/admin/offers-to-moderate/{offer.code}/reject/", {"reason": ""})
    assert empty.status_code == 200
    office.post(f"/admin/offers-to-moderate/{offer.code}/reject/", {"reason": "No price given"})
    own = _as(person)
    assert "No price given" in own.get("/en/offers/mine/").content.decode()
    assert "No price given" in own.get(f"/en/offers/{offer.code}/change/").content.decode()
    assert own.post(f"/en/offers/{offer.code}/change/", _form(firm)).status_code == 302
    assert Offer.objects.get().status == "moderation"
