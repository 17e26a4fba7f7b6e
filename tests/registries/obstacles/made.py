"""People, bodies and questions for tests."""

from __future__ import annotations

from irtysh.accounts.actions import create_account
from irtysh.accounts.models import User
from irtysh.accounts.roles import MODERATOR
from irtysh.registries.obstacles.actions import Asked, ask
from irtysh.registries.obstacles.models import Question
from irtysh.registries.organisations.models import Organisation
from irtysh.registries.records.actions import keep


def moderator(side: str, language: str = "ru", role: str = MODERATOR) -> User:
    return create_account(
        username=f"{role.lower()}-{side.lower()}", password="a long enough one", role=role,
        side=side, language=language,
    )  # fmt: skip


def body(code: str = "roads", side: str = "A") -> Organisation:
    record = Organisation(code=code, kind="authority", name_en=f"Office of {code}", side=side)
    return keep(record=record, by=None)


def question(**more: object) -> Question:
    said = {"text": "The bridge is shut at night.", "language": "kk", "side": "A",
            "email": "asker@example.org", "name": "Aigul"} | more  # fmt: skip
    return ask(asked=Asked(**said))
