"""Firms, members, moderators and offers for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from irtysh.accounts.actions import create_account
from irtysh.accounts.models import User
from irtysh.accounts.roles import MEMBER, MODERATOR
from irtysh.registries.offers import actions
from irtysh.registries.offers.actions import Drafted
from irtysh.registries.offers.models import Offer
from irtysh.registries.organisations.models import Organisation
from irtysh.registries.records.actions import keep


def firm(code: str = "plough", side: str = "A") -> Organisation:
    record = Organisation(code=code, kind="company", name_en=f"Firm {code}", side=side)
    return keep(record=record, by=None)


def moderator(side: str = "A") -> User:
    found = User.objects.filter(username=f"moderator-{side.lower()}").first()
    return found or create_account(
        username=f"moderator-{side.lower()}", password="a long enough one", role=MODERATOR,
        side=side, language="ru",
    )  # fmt: skip


def member(name: str = "marat", language: str = "kk") -> User:
    return create_account(
        username=name, password="a long enough one", role=MEMBER, language=language
    )


def speaker(organisation: Organisation, name: str = "marat", language: str = "kk") -> User:
    person = member(name, language)
    contact = actions.ask_to_speak(organisation=organisation, position="head", by=person)
    actions.confirm_speaker(contact=contact, by=moderator(organisation.side))
    return person


def drafted(organisation: Organisation, **more: Any) -> Drafted:
    said: dict[str, Any] = {
        "kind": "offer",
        "organisation": organisation,
        "texts": {"name_en": "Seed drills", "summary_en": "Twenty of them."},
        "products": (("8432.31", {"en": "Seed drills"}),),
        "activities": ("28",),
        "languages": ("ru", "en"),
    }
    return Drafted(**(said | more))


def published(
    organisation: Organisation, person: User, until: date | None = None, **more: Any
) -> Offer:
    offer = actions.submit_offer(drafted=drafted(organisation, until=until, **more), by=person)
    return actions.publish_offer(offer=offer, by=moderator(organisation.side))
