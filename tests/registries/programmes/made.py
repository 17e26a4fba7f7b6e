"""A programme with measures, and people of both sides, for the tests of this folder."""

from __future__ import annotations

from datetime import date, datetime, time

from django.contrib.auth.models import Group
from django.utils import timezone

from irtysh.accounts.models import User
from irtysh.registries.programmes.actions import Words
from irtysh.registries.programmes.models import Measure, Programme, Report
from irtysh.registries.records.actions import write

TODAY = date(2026, 7, 10)
H1 = date(2026, 1, 1)


def programme(code: str = "plan", **more) -> Programme:
    document = {
        "id": code,
        "kind": "roadmap",
        "name": {"ru": "План", "kk": "Жоспар", "en": "Plan"},
        "valid_from": "2026",
        "valid_to": "2027",
        **more,
    }
    return write(register="programmes", document=document, by=None)


def measure(code: str = "m1", of: str = "plan", **more) -> Measure:
    document = {
        "id": code,
        "programme": of,
        "name": {"ru": f"Мера {code}", "kk": f"Шара {code}", "en": f"Measure {code}"},
        "start": "2026-01-01",
        "end": "2026-12-31",
        "bodies": [
            {"name": {"ru": "А", "kk": "А", "en": "A"}, "side": "A", "role": "lead"},
            {"name": {"ru": "Б", "kk": "Б", "en": "B"}, "side": "B", "role": "lead"},
        ],
        **more,
    }
    return write(register="measures", document=document, by=None)


def person(name: str, side: str, role: str = "Coordinator", language: str = "ru") -> User:
    user = User.objects.create_user(
        username=name, email=f"{name}@example.org", password="x", side=side, language=language
    )
    user.groups.add(Group.objects.get_or_create(name=role)[0])
    return User.objects.get(pk=user.pk)


def words(share: int = 50, done: str = "Сделано", **more) -> Words:
    return Words(share=share, done=done, **more)


def reported(
    of: Measure, share: int, side: str = "A", state: str = "confirmed",
    start: date = H1, end: date = date(2026, 6, 30), on: date = date(2026, 7, 5),
    proof: str = "https://example.org/proof",
) -> Report:  # fmt: skip
    at = timezone.make_aware(datetime.combine(on, time(12)))
    decided = {"decided_side": "B" if side == "A" else "A", "decided_at": at}
    return Report.objects.create(
        measure=of, period_start=start, period_end=end, side=side, share=share, language="ru",
        done="Сделано", proof_address=proof, state=state,
        submitted_at=None if state == "draft" else at,
        reason="почему" if state == "returned" else "",
        **(decided if state in ("confirmed", "returned") else {}),
    )  # fmt: skip
