"""Writing accounts."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.encoding import force_bytes, force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from irtysh.accounts.letters import send_letter
from irtysh.accounts.models import Language, Side, SignIn, User
from irtysh.accounts.roles import (
    ADMINISTRATOR,
    ANALYST,
    COORDINATOR,
    EDITOR,
    MEMBER,
    MODERATOR,
    OFFICE_ROLES,
    TRANSLATOR,
)
from irtysh.accounts.second_factor import end_sessions
from irtysh.accounts.sign_in import name_hash
from irtysh.vocabulary.errors import IrtyshError

LINK_LIVES = 24 * 3600
"""Seconds for which a link to finish joining works."""
_JOIN_SALT = "irtysh.accounts.join"
_MOST_LETTERS = 5


class OnlyInTheDemonstration(IrtyshError):
    """Demonstration accounts were asked for outside the demo profile."""


class LinkNotValid(IrtyshError):
    """A link of a letter is wrong, too old, or was used already."""


class OfficeAccountStays(IrtyshError):
    """Somebody of the back office wanted to delete their own account."""


_DEMONSTRATION = (
    ("editor", EDITOR, Side.A),
    ("analyst", ANALYST, Side.B),
    ("coordinator-a", COORDINATOR, Side.A),
    ("coordinator-b", COORDINATOR, Side.B),
    ("translator", TRANSLATOR, Side.NONE),
    ("moderator", MODERATOR, Side.A),
    ("moderator-b", MODERATOR, Side.B),
    ("administrator", ADMINISTRATOR, Side.NONE),
    ("member", MEMBER, Side.NONE),
)
_LANGUAGE_OF_SIDE = {Side.A: Language.RU, Side.B: Language.KK}
"""Of the demonstration only."""


@transaction.atomic
def create_account(
    *, username: str, password: str, role: str, side: str = Side.NONE, language: str = Language.RU
) -> User:
    """Create a person with one role, whose screens are in their language."""
    user = User.objects.create_user(
        username=username,
        email=f"{username}@example.org",
        password=password,
        first_name=username.capitalize(),
        last_name="Irtysh",  # the account page asks for one
        side=side,
        language=language,
    )
    user.groups.add(Group.objects.get(name=role))
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    return user


def create_demonstration_accounts(*, passwords_file: Path, language: str) -> dict[str, str]:
    """Create the demo's accounts where they are missing; return username → password.

    Passwords are made at random on the first run and kept in ``passwords_file``, readable by its
    owner only, so that the second run can print them again. An account that somebody changed
    stays as it is. Raises OnlyInTheDemonstration in any other profile.
    """
    if settings.IRTYSH_PROFILE != "demo":
        raise OnlyInTheDemonstration(profile=settings.IRTYSH_PROFILE)
    kept: dict[str, str] = {}
    if passwords_file.exists():
        kept = json.loads(passwords_file.read_text(encoding="utf-8"))
    passwords = {name: kept.get(name) or secrets.token_urlsafe(9) for name, *_ in _DEMONSTRATION}
    for username, role, side in _DEMONSTRATION:
        if not User.objects.filter(username=username).exists():
            create_account(
                username=username,
                password=passwords[username],
                role=role,
                side=side,
                language=_LANGUAGE_OF_SIDE.get(side, language),
            )
    passwords_file.touch(mode=0o600)
    passwords_file.write_text(json.dumps(passwords), encoding="utf-8")
    return passwords


def ask_to_join(*, email: str, language: str) -> None:
    """Send a link with which the owner of an address finishes joining.

    Whether the address has an account already is said in the letter only, so that nobody learns
    it about somebody else. Nothing is kept until the link is used.
    """
    address = email.strip()
    if _known(address).exists():
        send_letter(to=(address, language), template="join_known", context={})
        return
    token = signing.dumps({"email": address, "language": language}, salt=_JOIN_SALT)
    send_letter(to=(address, language), template="join", context={"token": token})


def address_of_link(token: str) -> tuple[str, str]:
    """Return address and language of a link to finish joining; raises LinkNotValid."""
    try:
        said = signing.loads(token, salt=_JOIN_SALT, max_age=LINK_LIVES)
    except signing.BadSignature as refused:
        raise LinkNotValid() from refused
    if _known(said["email"]).exists():
        raise LinkNotValid()
    return said["email"], said["language"]


@transaction.atomic
def join(*, token: str, name: str, password: str) -> User:
    """Create the account of one of the public, who signs in with the address.

    Raises LinkNotValid, also for a link that was used already.
    """
    email, language = address_of_link(token)
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                username=email.casefold(),
                email=email,
                password=password,
                first_name=name,
                language=language,
            )
    except IntegrityError as used:  # two sent the form at once
        raise LinkNotValid() from used
    user.groups.add(Group.objects.get(name=MEMBER))
    return user


def ask_new_password(*, email: str) -> None:
    """Send a link to choose a new password to each account of an address, if there is any.

    The letter is in the account's own language.
    """
    people = User.objects.filter(email__iexact=email.strip(), is_active=True).order_by("pk")
    for user in people[:_MOST_LETTERS]:
        if user.has_usable_password():
            send_letter(
                to=user,
                template="new_password",
                context={
                    "username": user.get_username(),
                    "uid": urlsafe_base64_encode(force_bytes(user.pk)),
                    "token": default_token_generator.make_token(user),
                },
            )


def person_of_link(uid: str, token: str) -> User:
    """Return whose password a link changes; raises LinkNotValid."""
    try:
        user = User.objects.get(pk=force_str(urlsafe_base64_decode(uid)), is_active=True)
    except (User.DoesNotExist, ValueError, OverflowError) as unknown:
        raise LinkNotValid() from unknown
    if not default_token_generator.check_token(user, token):
        raise LinkNotValid()
    return user


@transaction.atomic
def change_password(*, user: User, password: str, by: User) -> None:
    """Set a password that was checked already; ends all sessions and tells the person."""
    user.set_password(password)
    user.save(update_fields=["password"])
    log(user, "irtysh.password", user=by)
    send_letter(to=user, template="password_changed", context={})


@transaction.atomic
def save_profile(*, user: User, name: str, language: str) -> None:
    """Save what a person says of themselves, also for the screens of the back office."""
    user.first_name, user.language = name, language
    user.save(update_fields=["first_name", "language"])
    UserProfile.objects.filter(user=user).update(preferred_language=language)


@transaction.atomic
def sign_out_everywhere(*, user: User, by: User) -> None:
    """End every session of a person, on every machine."""
    end_sessions(user)
    log(user, "irtysh.sign_out_everywhere", user=by)


def is_of_the_office(user: User) -> bool:
    """Return True if the person has a role in the back office."""
    return user.is_superuser or user.groups.filter(name__in=OFFICE_ROLES).exists()


@transaction.atomic
def erase_account(*, user: User, by: User) -> None:
    """Delete an account of the public and every trace of who it was; say so in a last letter.

    Records that outlive their author lose the link to the person. Accounts of the office stay in
    the history of what they did: raises OfficeAccountStays.
    """
    if is_of_the_office(user):
        raise OfficeAccountStays()
    address, language, hashed = user.email, user.language, name_hash(user.get_username())
    SignIn.objects.filter(Q(user=user) | Q(name_hash=hashed)).delete()
    ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk)
    ).delete()
    user.delete()
    if address:
        send_letter(to=(address, language), template="account_erased", context={})


def _known(address: str):
    return User.objects.filter(Q(email__iexact=address) | Q(username__iexact=address))
