"""Asking and what the back office does with a question; obstacles are in obstacle_actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log

from irtysh.accounts.letters import send_letter
from irtysh.accounts.models import User
from irtysh.accounts.permissions import people_who_may, require
from irtysh.registries.obstacles import rules
from irtysh.registries.obstacles.models import (
    Obstacle,
    Question,
    QuestionContact,
    QuestionStep,
    StepKind,
)
from irtysh.registries.places.models import Place
from irtysh.registries.records.actions import keep
from irtysh.registries.records.listing import grow


@dataclass(frozen=True)
class Asked:
    """What somebody sent: where it happened, who they are, and the words.

    ``side`` is the side asked, empty where the asker does not know; ``email`` is empty where no
    letter is wanted.
    """

    text: str
    language: str
    side: str = ""
    theme: str = ""
    audience: str = ""
    place: Place | None = None
    where: str = ""
    wants_answer: bool = True
    name: str = ""
    email: str = ""


@transaction.atomic
def ask(*, asked: Asked) -> Question:
    """Keep a question, and tell its asker and the moderators of its side.

    Raises WordsMissing.
    """
    question = Question.objects.create(
        text=rules.check_words(asked.text),
        language=asked.language,
        side=asked.side,
        theme=asked.theme,
        audience=asked.audience,
        place=asked.place,
        where=asked.where.strip(),
        wants_answer=asked.wants_answer,
    )
    if asked.email:
        QuestionContact.objects.create(
            question=question, name=asked.name.strip(), email=asked.email
        )
    _step(question, StepKind.ASK, by=None, before="", text="")
    tell_asker(question, "question_received", key=f"question/{question.pk}/received")
    _tell_moderators(question)
    return question


@transaction.atomic
def answer_question(*, question: Question, text: str, by: User) -> Question:
    """Answer; may be done again. Raises NotAllowed, StepOutOfTurn, WordsMissing."""
    question = _held(question)  # it may have been forwarded since the page was opened
    require(by, "answer", "questions", question.side)
    return _taken(question, StepKind.ANSWER, by=by, text=rules.check_words(text))


@transaction.atomic
def register_obstacle(
    *, question: Question, texts: Mapping[str, str], kind: str, by: User, said: str = ""
) -> Obstacle:
    """Make a public record of an obstacle from a question, and tell the asker.

    ``texts`` are fields of the record as the moderator wrote them, ``name_ru``, ``summary_kk`` …:
    the asker's own words are never published. ``said`` is added to the letter.
    Raises NotAllowed, StepOutOfTurn, WordsMissing.
    """
    question = _held(question)
    require(by, "triage", "questions", question.side)
    require(by, "add", "obstacles", question.side)
    rules.next_question_state(question.status, StepKind.REGISTER)
    rules.check_words("".join(text for field, text in texts.items() if field.startswith("name_")))
    obstacle = Obstacle(
        code=_free_code(timezone.localdate()),
        kind=kind,
        status=rules.REGISTERED,
        theme=question.theme,
        side=question.side,
        registered_on=timezone.localdate().isoformat(),
        territories=[question.place.area] if question.place and question.place.area else [],
        **texts,
    )
    keep(record=obstacle, by=by, action="irtysh.obstacle.register")
    question.obstacle = obstacle
    _taken(question, StepKind.REGISTER, by=by, text=said.strip())
    return obstacle


@transaction.atomic
def forward_question(*, question: Question, to_side: str, reason: str, by: User) -> Question:
    """Hand a question to the other side's moderators; its clock goes on.

    Raises NotAllowed, StepOutOfTurn, SameSide, WordsMissing.
    """
    question = _held(question)
    require(by, "triage", "questions", question.side)
    if not to_side or to_side == question.side:
        raise rules.SameSide()
    before, question.side = question.side, to_side
    _taken(
        question, StepKind.FORWARD, by=by, text=rules.check_words(reason),
        side=before, to_side=to_side,
    )  # fmt: skip
    _tell_moderators(question)
    return question


@transaction.atomic
def close_question(*, question: Question, reason: str, by: User) -> Question:
    """Close with a reason that the asker reads.

    Raises NotAllowed, StepOutOfTurn, WordsMissing.
    """
    question = _held(question)
    require(by, "triage", "questions", question.side)
    return _taken(question, StepKind.CLOSE, by=by, text=rules.check_words(reason))


def tell_asker(question: Question, template: str, *, key: str, **said: Any) -> None:
    """Write to the asker in the language of the question, if there is an address."""
    contact = QuestionContact.objects.filter(question=question).first()
    if contact is not None:
        context = {"question": question, "name": contact.name, **said}
        context["state"] = question.state_in(question.language)
        to = (contact.email, question.language)
        send_letter(to=to, template=template, context=context, key=key)


def close_quietly(question: Question, today: date) -> None:
    """Close a question about which nothing more will happen; nobody is written to."""
    before, question.status = question.status, rules.CLOSED
    question.closed_on = today
    question.save()
    _step(question, StepKind.END, by=None, before=before, text="")


@transaction.atomic
def close_answered(today: date) -> int:
    """Close questions answered a month ago that nobody came back to; return how many."""
    count = 0
    for question in Question.objects.filter(status=rules.ANSWERED):
        last = question.steps.latest("at").at
        if (today - timezone.localdate(last)).days >= rules.CLOSE_AFTER:
            close_quietly(question, today)
            count += 1
    return count


@transaction.atomic
def forget_contacts(today: date, days: int = rules.KEEP_CONTACT) -> int:
    """Delete addresses and words of askers ``days`` after closing; return of how many questions.

    A question that nobody ever closed is kept no longer than ``rules.KEEP_AT_MOST`` days. Theme,
    day and state stay: they are what is counted.
    """
    count = 0
    closed = Q(closed_on__lte=today - timedelta(days=days))
    forgotten_by_all = Q(asked_on__lte=today - timedelta(days=rules.KEEP_AT_MOST))
    for question in Question.objects.filter(closed | forgotten_by_all, forgotten_on__isnull=True):
        QuestionContact.objects.filter(question=question).delete()
        question.text = question.where = ""
        question.forgotten_on = today
        question.save()
        # Answers quote what they answer. Why it was forwarded or closed stays: no asker's words.
        question.steps.filter(kind=StepKind.REGISTER).update(text="")
        question.steps.filter(kind=StepKind.ANSWER).update(text="…")
        _step(question, StepKind.FORGET, by=None, before=question.status, text="")
        count += 1
    return count


def daily(today: date) -> dict[str, int]:
    """Do what the day asks for; safe to be done twice. Return what was done, and how often."""
    return {
        "questions_closed": close_answered(today),
        "questions_forgotten": forget_contacts(today),
    }


def _taken(question: Question, kind: StepKind, *, by: User, text: str, **said: str) -> Question:
    """Take a step: state, step, log, stamp, letter."""
    obstacle, side = question.obstacle, question.side
    question = _held(question)
    question.obstacle, question.side = obstacle or question.obstacle, side
    before = question.status
    question.status = rules.next_question_state(before, kind)
    today = timezone.localdate()
    if kind is not StepKind.FORWARD:
        question.replied_on = question.replied_on or today
    if kind is StepKind.CLOSE:
        question.closed_on = today
    question.save()
    step = _step(question, kind, by=by, before=before, text=text, **said)
    if kind is not StepKind.FORWARD:
        key = f"question/{question.pk}/step/{step.pk}"
        tell_asker(question, "question_step", key=key, step=kind.value, text=text)
    return question


def _step(
    question: Question, kind: StepKind, *, by: User | None, before: str, text: str, **said: str
) -> QuestionStep:
    values = {"side": question.side, **said}
    step = QuestionStep.objects.create(
        question=question, kind=kind, by=by, before=before, after=question.status, text=text,
        **values,
    )  # fmt: skip
    data = {"before": before, "after": question.status, **values}
    log(instance=question, action=f"irtysh.question.{kind}", user=by, data=data)
    grow()  # the counts on public pages follow
    return step


def _held(question: Question) -> Question:
    """Return the question as it is now, locked: two moderators may have it open."""
    return Question.objects.select_for_update().get(pk=question.pk)


def _tell_moderators(question: Question) -> None:
    for person in people_who_may("triage", "questions", question.side):
        if person.side:  # an administrator speaks for neither side
            send_letter(
                to=person,
                template="question_came",
                context={"question": question},
                key=f"question/{question.pk}/came/{question.side}/{person.pk}",
            )


def _free_code(today: date) -> str:
    start = f"obstacle-{today.year}-"
    taken = Obstacle.objects.filter(code__startswith=start).values_list("code", flat=True)
    numbers = [int(rest) for code in taken if (rest := code.removeprefix(start)).isdecimal()]
    return f"{start}{max(numbers, default=0) + 1:03d}"
