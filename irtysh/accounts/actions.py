"""Writing accounts."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.users.models import UserProfile

from irtysh.accounts.models import Language, Side, User
from irtysh.accounts.roles import ADMINISTRATOR, ANALYST, EDITOR
from irtysh.vocabulary.errors import IrtyshError


class OnlyInTheDemonstration(IrtyshError):
    """Demonstration accounts were asked for outside the demo profile."""


_DEMONSTRATION = (
    ("editor", EDITOR, Side.A),
    ("analyst", ANALYST, Side.B),
    ("administrator", ADMINISTRATOR, Side.NONE),
)


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
    """Create the demo's three accounts where they are missing; return username → password.

    Passwords are made at random on the first run and kept in ``passwords_file``, readable by its
    owner only, so that the second run can print them again. An account that somebody changed
    stays as it is. Raises OnlyInTheDemonstration in any other profile.
    """
    if settings.IRTYSH_PROFILE != "demo":
        raise OnlyInTheDemonstration(profile=settings.IRTYSH_PROFILE)
    passwords: dict[str, str] = {}
    if passwords_file.exists():
        passwords = json.loads(passwords_file.read_text(encoding="utf-8"))
    for username, role, side in _DEMONSTRATION:
        if username not in passwords:
            passwords[username] = secrets.token_urlsafe(9)
        if not User.objects.filter(username=username).exists():
            create_account(
                username=username,
                password=passwords[username],
                role=role,
                side=side,
                language=language,
            )
    passwords_file.touch(mode=0o600)
    passwords_file.write_text(json.dumps(passwords), encoding="utf-8")
    return passwords
