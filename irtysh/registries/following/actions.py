"""Following and subscribing, with the consent of whoever owns the address."""

from __future__ import annotations

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet

from irtysh.accounts.letters import send_letter
from irtysh.accounts.models import User
from irtysh.registries.following.changes import Topic
from irtysh.registries.following.models import Follow, Subscription
from irtysh.registries.records.models import Record, is_listed
from irtysh.vocabulary.errors import IrtyshError

LINK_LIVES = 3 * 24 * 3600
"""Seconds in which a link to confirm a subscription can be used."""
_CONFIRM_SALT = "irtysh.registries.following.confirm"
_STOP_SALT = "irtysh.registries.following.stop"


class NothingToFollow(IrtyshError):
    """There is no published record of this register and id."""


class SubscriptionLinkNotValid(IrtyshError):
    """A link of a letter about subscriptions is too old, or not one of ours."""


def follow(user: User, register: str, code: str) -> Follow:
    """Let a person follow a record; once is enough. Raises NothingToFollow."""
    if not is_listed(register, code):
        raise NothingToFollow(record=f"{register}/{code}")
    found, is_new = Follow.objects.get_or_create(user=user, register=register, code=code)
    if not is_new and not found.by_mail:
        found.by_mail = True
        found.save(update_fields=["by_mail"])
    return found


def unfollow(user: User, register: str, code: str) -> None:
    """Let a person follow a record no more; nothing happens where they did not."""
    Follow.objects.filter(user=user, register=register, code=code).delete()


def followers(record: Record) -> QuerySet[User]:
    """Return the people who follow a record and may sign in."""
    following = Follow.objects.filter(register=record.table.name, code=record.code)
    return User.objects.filter(pk__in=following.values("user"), is_active=True)


def follows(user: User, register: str, code: str) -> bool:
    """Return True if a person follows a record."""
    return Follow.objects.filter(user=user, register=register, code=code).exists()


def subscribe(*, user: User, topic: Topic) -> Subscription:
    """Subscribe a person with an account; once is enough. Raises UnknownTopic."""
    topic.check()
    return _kept(topic, user=user)


def ask_to_subscribe(*, email: str, language: str, topic: Topic) -> None:
    """Send a link that confirms a subscription; until it is used nothing is kept.

    Raises UnknownTopic.
    """
    topic.check()
    said = {"email": email.strip(), "language": language, **topic.parts()}
    send_letter(
        to=(email.strip(), language),
        template="subscription_confirm",
        context={
            "token": signing.dumps(said, salt=_CONFIRM_SALT, compress=True),
            "topic": topic.words(language),
            "days": LINK_LIVES // 86_400,
        },
    )


def asked_by_link(token: str) -> tuple[str, str, Topic]:
    """Return address, language and topic of a link; raises SubscriptionLinkNotValid."""
    try:
        said = dict(signing.loads(token, salt=_CONFIRM_SALT, max_age=LINK_LIVES))
        return str(said.pop("email")), str(said.pop("language")), Topic(**said)
    except (signing.BadSignature, KeyError, TypeError, ValueError) as refused:
        raise SubscriptionLinkNotValid() from refused


def confirm(*, token: str) -> Subscription:
    """Keep the subscription that a link confirms; the link may be followed again.

    Raises SubscriptionLinkNotValid, also for a topic that is there no more.
    """
    email, language, topic = asked_by_link(token)
    return _kept(topic, email=email.casefold(), language=language)


def stop_token(subscription: Subscription | None = None, *, user: User | None = None) -> str:
    """Return what the link to stop letters carries: who the reader is, signed."""
    if user is None and subscription is not None:
        user = subscription.user
    if user is not None:
        return signing.dumps({"user": user.pk}, salt=_STOP_SALT)
    if subscription is None:
        raise ValueError("a reader is needed")
    return signing.dumps({"email": subscription.email}, salt=_STOP_SALT, compress=True)


def subscriptions_of_link(token: str) -> QuerySet[Subscription]:
    """Return what the reader of a letter subscribed to; raises SubscriptionLinkNotValid."""
    return Subscription.objects.filter(**_reader_of(token))


def stop_all(*, token: str) -> int:
    """End all letters to the reader of a link; return how many subscriptions there were.

    Of a reader without an account nothing remains. A person's followed records stay in their
    list, without letters. Raises SubscriptionLinkNotValid.
    """
    reader = _reader_of(token)
    with transaction.atomic():
        if "user_id" in reader:
            Follow.objects.filter(**reader).update(by_mail=False)
        deleted, _kinds = Subscription.objects.filter(**reader).delete()
    return deleted


def stop_one(*, token: str, subscription: int) -> None:
    """End one subscription of the reader of a link; raises SubscriptionLinkNotValid."""
    subscriptions_of_link(token).filter(pk=subscription).delete()


def _reader_of(token: str) -> dict[str, object]:
    try:
        said = signing.loads(token, salt=_STOP_SALT)
        return {"user_id": said["user"]} if "user" in said else {"email": said["email"]}
    except (signing.BadSignature, KeyError, TypeError) as refused:
        raise SubscriptionLinkNotValid() from refused


def _kept(topic: Topic, **reader: object) -> Subscription:
    language = reader.pop("language", "")
    parts = {name: getattr(topic, name) for name in Topic.__slots__}
    kept, is_new = Subscription.objects.get_or_create(
        **reader, **parts, defaults={"language": language}
    )
    if not is_new and language and kept.language != language:
        kept.language = str(language)
        kept.save(update_fields=["language"])
    return kept
