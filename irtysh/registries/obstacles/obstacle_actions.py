"""What is done with a registered obstacle, step by step, and told to whoever asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from irtysh.accounts.models import User
from irtysh.accounts.permissions import require
from irtysh.registries.obstacles import rules
from irtysh.registries.obstacles.actions import close_quietly, tell_asker
from irtysh.registries.obstacles.models import Obstacle, ObstacleAnswers
from irtysh.registries.organisations.models import Organisation
from irtysh.registries.records.actions import keep, refuse_draft
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.text import LANGUAGES

_ENDS = (rules.SOLVED, rules.REJECTED, rules.NOT_ONE)


@transaction.atomic
def send_to_body(
    *, obstacle: Obstacle, body: Organisation | None, due_on: date | None, by: User
) -> Obstacle:
    """Send to the body that has to act, by default the one already named.

    Raises NotAllowed, DraftInTheWay, StepOutOfTurn, BodyMissing, DayTooEarly.
    """
    obstacle = _held(obstacle)
    require(by, "set_stage", "obstacles", obstacle.sides())
    state = rules.next_obstacle_state(obstacle.status, "send")
    obstacle.body = body or obstacle.body
    if obstacle.body is None:
        raise rules.BodyMissing()
    if due_on is not None and due_on < timezone.localdate():
        raise rules.DayTooEarly(day=due_on.isoformat(), first=timezone.localdate().isoformat())
    obstacle.due_on = due_on.isoformat() if due_on else ""
    return _taken(obstacle, "send", state, by, body=obstacle.body.code)


@transaction.atomic
def record_answer(
    *,
    obstacle: Obstacle,
    texts: Mapping[str, str],
    on: date,
    by: User,
    body: Organisation | None = None,
) -> Obstacle:
    """Write down what a body answered, in the languages there are.

    Raises NotAllowed, DraftInTheWay, StepOutOfTurn, DayAhead, DayTooEarly, WordsMissing.
    """
    obstacle = _held(obstacle)
    require(by, "answer", "obstacles", obstacle.sides())
    state = rules.next_obstacle_state(obstacle.status, "answer")
    rules.check_day(on, timezone.localdate(), obstacle.registered_on)
    _add_answer(obstacle, texts, on, body or obstacle.body)
    obstacle.due_on = ""
    return _taken(obstacle, "answer", state, by)


@transaction.atomic
def take_into_work(*, obstacle: Obstacle, by: User) -> Obstacle:
    """Say that the body is at work on it. Raises NotAllowed, DraftInTheWay, StepOutOfTurn."""
    obstacle = _held(obstacle)
    require(by, "set_stage", "obstacles", obstacle.sides())
    return _taken(obstacle, "work", rules.next_obstacle_state(obstacle.status, "work"), by)


@transaction.atomic
def solve(*, obstacle: Obstacle, on: date, by: User) -> Obstacle:
    """Call it solved since a day; a dated answer must say so.

    Raises NotAllowed, DraftInTheWay, StepOutOfTurn, AnswerMissing, DayAhead, DayTooEarly.
    """
    obstacle = _held(obstacle)
    require(by, "set_stage", "obstacles", obstacle.sides())
    state = rules.next_obstacle_state(obstacle.status, "solve")
    if not obstacle.last_answer_on():
        raise rules.AnswerMissing()
    rules.check_day(on, timezone.localdate(), obstacle.registered_on)
    obstacle.solved_on = on.isoformat()
    return _taken(obstacle, "solve", state, by)


@transaction.atomic
def reject(
    *, obstacle: Obstacle, reasons: Mapping[str, str], by: User, is_obstacle: bool = True
) -> Obstacle:
    """End it unsolved, or because it is none; the reason is published as a dated answer.

    Raises NotAllowed, DraftInTheWay, StepOutOfTurn, WordsMissing.
    """
    obstacle = _held(obstacle)
    require(by, "set_stage", "obstacles", obstacle.sides())
    step = "reject" if is_obstacle else "dismiss"
    state = rules.next_obstacle_state(obstacle.status, step)
    _add_answer(obstacle, reasons, timezone.localdate(), None)
    obstacle.due_on = ""
    return _taken(obstacle, step, state, by)


def _add_answer(
    obstacle: Obstacle, texts: Mapping[str, str], on: date, body: Organisation | None
) -> None:
    rules.check_words("".join(texts.values()))
    said = {f"text_{one}": texts.get(one, "").strip() for one in LANGUAGES}
    obstacle.append("answers", ObstacleAnswers(on=on.isoformat(), body=body, **said))


def _taken(obstacle: Obstacle, step: str, state: str, by: User, **said: Any) -> Obstacle:
    refuse_draft(obstacle)
    before, obstacle.status = obstacle.status, state
    keep(
        record=obstacle, by=by, action=f"irtysh.obstacle.{step}",
        before=before, after=state, **said,
    )  # fmt: skip
    for question in obstacle.questions.filter(status=rules.AS_OBSTACLE):
        key = f"question/{question.pk}/obstacle/{obstacle.latest_revision_id}"
        tell_asker(
            question, "obstacle_news", key=key, obstacle=obstacle,
            title=obstacle.title_in(question.language),
            standing=codelist("obstacle_statuses").label(state, question.language),
        )  # fmt: skip
        if state in _ENDS:
            close_quietly(question, timezone.localdate())
    return obstacle


def _held(obstacle: Obstacle) -> Obstacle:
    """Return the obstacle as it is now, locked; raises DraftInTheWay.

    A step publishes: without this somebody who may not publish could make a draft public by it.
    """
    held = Obstacle.objects.select_for_update(of=("self",)).get(pk=obstacle.pk)
    refuse_draft(held)
    return held
