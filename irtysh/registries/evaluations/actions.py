"""Making evaluations, signing sheets, answering tasks: each step has a person and a log line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from irtysh.accounts.letters import send_letter
from irtysh.accounts.models import User
from irtysh.accounts.permissions import people_who_may, require
from irtysh.evaluation.strategy.inputs import Inputs
from irtysh.evaluation.strategy.outcome import Outcome
from irtysh.evaluation.strategy.run import evaluate
from irtysh.registries.evaluations import rules
from irtysh.registries.evaluations.gather import gather
from irtysh.registries.evaluations.models import Evaluation, ReviewTask, SheetRating
from irtysh.registries.evaluations.wording import words_of
from irtysh.registries.records.codes import language_now
from irtysh.registries.records.listing import grow
from irtysh.registries.records.models import Stamp
from irtysh.registries.records.shelf import releases
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import ReleaseNotFound
from irtysh.vocabulary.text import LANGUAGES

OBJECT = "evaluations"
CRITERIA = "dac_criteria"


def evaluate_now(
    *, by: User | None, reason: str, day: date | None = None, only_if_changed: bool = False
) -> Evaluation:
    """Evaluate the strategy as of a day and keep it, with the tasks that its triggers open.

    What was evaluated already, as of the same day from the same content, is returned and not
    made again; ``only_if_changed`` also returns the newest one where nothing but the day is
    another and every verdict is the same. ``by`` None is the shell or the day's work. Raises
    NotAllowed, DayNotCome, EvaluatedLater, ReleaseNotFound.
    """
    if by is not None:
        require(by, "add", OBJECT)
    today = timezone.localdate()
    day = day or today
    if day > today:
        raise rules.DayNotCome(day=day.isoformat(), today=today.isoformat())
    with transaction.atomic():
        _alone()
        newest = Evaluation.objects.newest()
        if newest is not None and day < newest.day:
            raise rules.EvaluatedLater(day=day.isoformat(), newest=newest.day.isoformat())
        release = releases().current()
        inputs = gather(release, day, newest)
        content = rules.content_digest(inputs)
        if newest is not None and newest.content_digest == content and newest.day == day:
            return newest
        outcome = evaluate(inputs, release.observations())
        if only_if_changed and newest is not None and _says_the_same(newest, content, outcome):
            return newest
        made = _kept(inputs, outcome, content, newest, reason, by)
        _open_tasks(made, outcome, newest)
    return made


def _says_the_same(newest: Evaluation, content: str, outcome: Outcome) -> bool:
    if newest.content_digest != content:
        return False
    return rules.statuses(newest.outcome) == rules.statuses(outcome)


def daily(day: date) -> dict[str, int]:
    """Evaluate where something changed since the newest evaluation; return how often of what."""
    made = tasks = 0
    newest = Evaluation.objects.newest()
    try:
        found = evaluate_now(by=None, reason=rules.DAILY, day=day, only_if_changed=True)
    except ReleaseNotFound:  # nothing has been published yet
        return {"evaluations_made": 0, "tasks_opened": 0}
    if newest is None or found.pk != newest.pk:
        made, tasks = 1, found.tasks.count()
    return {"evaluations_made": made, "tasks_opened": tasks}


def _alone() -> None:
    """Let one evaluation be made at a time: each speaks of the one before."""
    Stamp.objects.get_or_create(name=OBJECT, defaults={"number": 0})
    Stamp.objects.select_for_update().get(name=OBJECT)


def _kept(
    inputs: Inputs, outcome: Outcome, content: str, newest: Evaluation | None, reason: str,
    by: User | None,
) -> Evaluation:  # fmt: skip
    made = Evaluation(
        number=newest.number + 1 if newest else 1,
        day=inputs.day,
        release=inputs.release,
        engine=outcome.engine,
        inputs_digest=inputs.digest,
        content_digest=content,
        inputs_kept=rules.packed(inputs.to_json()),
        outcome_kept=rules.packed(outcome.to_json()),
        outcome_digest=outcome.digest,
        words_kept=rules.packed(words_of(outcome)),
        steps={step.id: step.status for step in outcome.steps},
        reason=reason,
        made_by=by,
    )
    made.save()
    about = {"number": made.number, "day": made.day.isoformat(), "release": made.release}
    log(instance=made, action="evaluations.make", user=by, data=about)
    grow()
    return made


# Evaluations of before


@dataclass(frozen=True, slots=True)
class Again:
    """A kept evaluation, made once more.

    Attributes
    ----------
    is_same : bool
        True where every byte is the same.
    where : str
        Path of the first difference in the outcome; empty where there is none.
    before, after : object
        What stood there, and what stands there now.
    """

    evaluation: Evaluation
    is_same: bool
    where: str = ""
    before: Any = None
    after: Any = None


def numbered(number: int) -> Evaluation:
    """Return an evaluation by its number; raises EvaluationNotFound."""
    found = Evaluation.objects.listed().filter(number=number).first()
    if found is None:
        raise rules.EvaluationNotFound(number=str(number))
    return found


def evaluate_again(number: int) -> Again:
    """Make a kept evaluation once more from its frozen inputs and its release, and compare.

    Raises EvaluationNotFound, ReleaseNotFound.
    """
    kept = numbered(number)
    outcome = evaluate(kept.inputs, releases().get(kept.release).observations())
    if outcome.digest == kept.outcome_digest:
        return Again(kept, is_same=True)
    found = rules.first_difference(rules.unpacked(kept.outcome_kept), outcome.to_json())
    where, before, after = found or ("", None, None)
    return Again(kept, False, where, before, after)


@dataclass(frozen=True, slots=True)
class Held:
    """What was said of the strategy on a day.

    Attributes
    ----------
    evaluation : Evaluation or None
        The one kept; None where it had to be reconstructed.
    inputs, outcome : Inputs, Outcome
    """

    evaluation: Evaluation | None
    inputs: Inputs
    outcome: Outcome

    @property
    def is_reconstructed(self) -> bool:
        """True where no evaluation was kept by then: records are as they are known today."""
        return self.evaluation is None


def held_on(day: date) -> Held:
    """Return the newest evaluation of a day or of one before; reconstructed if there is none.

    Raises DayNotCome, ReleaseNotFound.
    """
    if day > timezone.localdate():
        raise rules.DayNotCome(day=day.isoformat(), today=timezone.localdate().isoformat())
    kept = Evaluation.objects.as_of(day)
    if kept is not None:
        return Held(kept, kept.inputs, kept.outcome)
    release = _release_on(day)
    inputs = gather(release, day, None)
    return Held(None, inputs, evaluate(inputs, release.observations()))


def _release_on(day: date) -> Any:
    """Return the release that was current at the end of a day, else the earliest one."""
    known = [one for one in releases().list() if timezone.localdate(one.created_at) <= day]
    if known:
        return max(known, key=lambda one: one.created_at)
    return min(releases().list(), key=lambda one: one.created_at, default=None) or (
        releases().current()
    )


# The sheet


@transaction.atomic
def sign_rating(
    *, evaluation: Evaluation, criterion: str, rating: Any, text: str, by: User
) -> SheetRating:
    """Put a person's name under the rating of a criterion; it stays as it is.

    Raises NotAllowed, UnknownCode, RatingNotARating, RatingSaysNothing, NotTheNewest,
    CriterionSigned.
    """
    require(by, "sign", OBJECT)
    code = codelist(CRITERIA)[criterion]
    newest = Evaluation.objects.newest()
    if newest is not None and newest.pk != evaluation.pk:
        raise rules.NotTheNewest(number=str(evaluation.number), newest=str(newest.number))
    if str(rating).strip() not in {str(one) for one in rules.RATINGS}:
        raise rules.RatingNotARating(rating=str(rating))
    if not text.strip():
        raise rules.RatingSaysNothing(criterion=code.name)
    signed = SheetRating(
        evaluation=evaluation, criterion=criterion, rating=int(rating), text=text.strip(),
        language=language_now(), signed_by=by, signed_name=by.get_full_name() or by.username,
        side=by.side, signed_on=timezone.localdate(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            signed.save()
    except IntegrityError:
        raise rules.CriterionSigned(criterion=code.name, number=str(evaluation.number)) from None
    log(
        instance=evaluation,
        action="evaluations.sign",
        user=by,
        data={"criterion": criterion, "rating": signed.rating},
    )
    grow()
    return signed


# Tasks


def _open_tasks(made: Evaluation, outcome: Outcome, before: Evaluation | None) -> None:
    """Open a task for every trigger that has begun to fire, and tell those who may answer.

    A trigger that goes on firing after its task was answered opens no other until it has been
    silent once: the answer stands. A line that only counts what other lines name opens none.
    """
    unfinished = set(ReviewTask.objects.unfinished().values_list("line_id", flat=True))
    fired_before = {line.id for line in before.outcome.triggers} if before else set()
    answered = set(ReviewTask.objects.values_list("line_id", flat=True)) - unfinished
    opened = [
        ReviewTask.objects.create(
            line_id=line.id, line=line.to_json(), opened_in=made, before=before,
            opened_on=made.day, due=made.day + timedelta(days=rules.task_days()),
        )
        for line in outcome.triggers
        if line.id not in unfinished
        and not (line.id in answered and line.id in fired_before)
        and not any(other.id.startswith(f"{line.id}.") for other in outcome.triggers)
    ]  # fmt: skip
    if opened:
        _tell(made, opened)


def _tell(made: Evaluation, opened: Iterable[ReviewTask]) -> None:
    """Write to everybody who may answer: one letter for all that an evaluation opened."""
    words = {language: [task.words(language)["title"] for task in opened] for language in LANGUAGES}
    for person in people_who_may("answer", OBJECT):
        send_letter(
            to=person,
            template="review_tasks",
            context={
                "number": made.number,
                "day": made.day,
                "due": made.day + timedelta(days=rules.task_days()),
                "items": words[person.language],
            },
            key=f"evaluations/tasks/{made.number}/{person.pk}",
        )


@transaction.atomic
def take_task(*, task: ReviewTask, by: User) -> ReviewTask:
    """Take a task upon oneself. Raises NotAllowed, TaskNotOpen."""
    require(by, "answer", OBJECT)
    task = _stepped(task, "take")
    task.person = by
    task.save()
    log(instance=task, action="evaluations.task.take", user=by)
    grow()
    return task


@transaction.atomic
def answer_task(
    *, task: ReviewTask, answer: str, by: User, is_declined: bool = False
) -> ReviewTask:
    """Close a task with an answer that readers see.

    Raises NotAllowed, TaskNotOpen, AnswerNeeded.
    """
    require(by, "answer", OBJECT)
    if not answer.strip():
        raise rules.AnswerNeeded()
    task = _stepped(task, "decline" if is_declined else "done")
    task.person, task.answer, task.language = by, answer.strip(), language_now()
    task.closed_on = timezone.localdate()
    task.save()
    verb = "decline" if is_declined else "done"
    log(instance=task, action=f"evaluations.task.{verb}", user=by, data={"answer": task.answer})
    grow()
    return task


def _stepped(task: ReviewTask, step: str) -> ReviewTask:
    task = ReviewTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if task.state not in rules.STEPS[step]:
        raise rules.TaskNotOpen(state=codelist("task_states")[task.state].name)
    task.state = rules.STEPS[step][task.state]
    return task
