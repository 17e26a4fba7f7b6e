"""The weekly letter: what changed in what a reader follows. Nothing new, no letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from irtysh.accounts.letters import address_hash, send_letter
from irtysh.accounts.models import Letter, LetterState, User
from irtysh.registries.following.actions import stop_token
from irtysh.registries.following.changes import changed
from irtysh.registries.following.models import Follow, Subscription
from irtysh.registries.records.models import Listing, register_title

MOST = 30
"""Records of one topic in a letter; how many more there are is said."""


@dataclass
class Readership:
    """One reader with everything that they follow."""

    user: User | None = None
    subscriptions: list[Subscription] = field(default_factory=list)
    follows: list[Follow] = field(default_factory=list)

    @property
    def to(self) -> User | tuple[str, str]:
        """Whom the letter goes to."""
        return self.user if self.user is not None else self.subscriptions[0].reader

    @property
    def language(self) -> str:
        """The language of the letter."""
        return self.user.language if self.user is not None else self.subscriptions[0].language

    @property
    def name(self) -> str:
        """What the key of a letter calls the reader: no address."""
        if self.user is not None:
            return f"user-{self.user.pk}"
        return f"address-{address_hash(self.subscriptions[0].email)[:32]}"


def send_digests(today: date | None = None) -> int:
    """Send every reader the letter of this week, if anything is new; return how many letters.

    To be called daily or weekly: the key of a letter holds reader and ISO week, so that a second
    call of a week sends only to those who had nothing new at the first. What
    a letter told of is remembered only once the letter is out, so a failed one is made up for.
    """
    today = today or timezone.localdate()
    until = timezone.now()
    # Accounts that were made nameless: what they followed is nobody's any more.
    Subscription.objects.filter(user__is_active=False).delete()
    Follow.objects.filter(user__is_active=False).delete()
    return sum(_told(one, today, until) for one in readers())


def readers() -> Iterator[Readership]:
    """Yield everybody who follows something and gets letters."""
    people: dict[int, Readership] = {}
    addresses: dict[str, Readership] = {}
    for one in Subscription.objects.select_related("user").order_by("pk"):
        if one.user is not None:
            reader = people.setdefault(one.user.pk, Readership(one.user))
        else:
            reader = addresses.setdefault(one.email, Readership())
        reader.subscriptions.append(one)
    for one in Follow.objects.filter(by_mail=True).select_related("user").order_by("pk"):
        people.setdefault(one.user.pk, Readership(one.user)).follows.append(one)
    yield from people.values()
    yield from addresses.values()


@transaction.atomic
def _told(reader: Readership, today: date, until: datetime) -> int:
    groups = list(news_of(reader, until))
    if not groups:
        return 0
    week = today.isocalendar()
    token = (
        stop_token(user=reader.user)
        if reader.user is not None
        else stop_token(reader.subscriptions[0])
    )
    with override(reader.language):
        stop = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(
            "portal:unsubscribe", args=[token]
        )
    letter = send_letter(
        to=reader.to,
        template="digest",
        context={"groups": groups, "stop": stop},
        key=f"digest/{reader.name}/{week.year}-W{week.week:02}",
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    if letter is None:
        return 0
    transaction.on_commit(lambda: _remember(letter, reader, until), robust=True)
    return 1


def _remember(letter: Letter, reader: Readership, until: datetime) -> None:
    """Note what the reader knows, once the letter is out (its sending was put down before)."""
    if not Letter.objects.filter(pk=letter.pk, state=LetterState.SENT).exists():
        return
    keys = [one.pk for one in reader.subscriptions]
    Subscription.objects.filter(pk__in=keys).update(told_until=until)
    Follow.objects.filter(pk__in=[one.pk for one in reader.follows]).update(told_until=until)


def news_of(reader: Readership, until: datetime) -> Iterator[dict[str, Any]]:
    """Yield what is new by topic: followed records first, no record twice."""
    told: set[int] = set()
    followed = [
        listing
        for one in reader.follows
        for listing in Listing.objects.filter(
            register=one.register, code=one.code,
            changed_at__gt=one.told_until, changed_at__lte=until,
        )
    ]  # fmt: skip
    if followed:
        yield _group("", followed, reader.language, told) | {"is_followed": True}
    for one in reader.subscriptions:
        found = changed(one.topic, one.told_until).filter(changed_at__lte=until)
        fresh = [listing for listing in found if listing.pk not in told]
        if fresh:
            words = ", ".join(one.topic.words(reader.language))
            yield _group(words, fresh, reader.language, told)


def _group(topic: str, listings: list[Listing], language: str, told: set[int]) -> dict[str, Any]:
    told.update(listing.pk for listing in listings)
    with override(language):
        return {
            "topic": topic,
            "items": [
                {
                    "title": listing.title(language),
                    "register": register_title(listing.register, language),
                    "path": reverse(f"portal:{listing.register}-record", args=[listing.code]),
                }
                for listing in listings[:MOST]
            ],
            "more": max(len(listings) - MOST, 0),
        }
