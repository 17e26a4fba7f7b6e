"""What waits for a person: questions without a reply, obstacles without an answer."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from irtysh.accounts.models import User
from irtysh.accounts.permissions import may
from irtysh.registries.obstacles import rules
from irtysh.registries.obstacles.models import Obstacle, Question


def questions_to_sort(user: User) -> list[Question]:
    """Return questions without a reply that the person may answer, the oldest first."""
    waiting = Question.objects.waiting().for_sides(user.side).select_related("place")
    return [one for one in waiting if may(user, "answer", "questions", one.side)]


def questions_late(user: User, today: date) -> list[Question]:
    """Return those of them whose target was missed."""
    return [one for one in questions_to_sort(user) if one.clock(today).state == "late"]


def _own(user: User, obstacles: QuerySet[Obstacle]) -> list[Obstacle]:
    return [one for one in obstacles if may(user, "set_stage", "obstacles", one.sides())]


def obstacles_to_send(user: User) -> list[Obstacle]:
    """Return registered obstacles that no body has been sent."""
    found = Obstacle.objects.filter(live=True, status=rules.REGISTERED)
    return _own(user, found.order_by("registered_on", "code"))


def obstacles_without_answer(user: User, today: date) -> list[Obstacle]:
    """Return obstacles whose body has let the day of its answer pass."""
    return _own(user, Obstacle.objects.awaiting_answer(today))
