"""Obstacles, from a resident's question to a named body's answer."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from irtysh.accounts.models import Language, Side
from irtysh.registries.obstacles import rules
from irtysh.registries.records.models import Record, keeps
from irtysh.registries.records.rules import Resolves
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import Fault

_STATES = (rules.NEW, rules.ANSWERED, rules.AS_OBSTACLE, rules.CLOSED)


class ObstacleQuerySet(models.QuerySet["Obstacle"]):
    """Many obstacles."""

    def counts(self, today: date) -> rules.Counts:
        """Return the public counts of published obstacles."""
        found = self.filter(live=True).values_list(
            "kind", "status", "registered_on", "solved_on", "body_id"
        )
        standings = [
            rules.Standing(kind, status, registered, solved, body is not None)
            for kind, status, registered, solved, body in found
        ]
        return rules.count_obstacles(standings, today)

    def awaiting_answer(self, today: date) -> models.QuerySet[Obstacle]:
        """Return those sent to a body whose day for an answer has passed."""
        sent = self.filter(live=True, status=rules.SENT).exclude(due_on="")
        return sent.filter(due_on__lt=today.isoformat()).order_by("due_on")


@keeps("obstacles")
class Obstacle(Record):
    """An obstacle that somebody has to remove."""

    managed = ("status",)
    objects = ObstacleQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("obstacle")
        verbose_name_plural = _("obstacles")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status=rules.SOLVED, solved_on__gt="")
                | (~models.Q(status=rules.SOLVED) & models.Q(solved_on="")),
                name="obstacle_solved_on_a_day",
                violation_error_message=_("A solved obstacle has a day of solution; no other has."),
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=rules.NEEDS_BODY) | models.Q(body__isnull=False),
                name="obstacle_sent_to_somebody",
                violation_error_message=_("Name the body that has to answer."),
            ),
        ]

    def faults(self, resolves: Resolves | None = None) -> Iterator[Fault]:
        """Yield also what forms and tables must not do: skip a state, solve without an answer."""
        yield from super().faults(resolves)
        file = f"obstacles/{self.code}"
        before = Obstacle.objects.filter(pk=self.pk).values_list("status", flat=True).first()
        if before and not rules.is_one_step(before, self.status):
            known = codelist("obstacle_statuses")
            said = {"before": known[before].name, "after": known[self.status].name}
            yield Fault("StateSkipped", file, 0, "status", said)
        if self.status == rules.SOLVED and not self.last_answer_on():
            yield Fault("AnswerMissing", file, 0, "answers")

    def last_answer_on(self) -> str:
        """Return the day of the newest answer; empty where there is none."""
        return max((row.on for row in self.answers.all()), default="")

    def days_open(self, today: date) -> int | None:
        """Return days since registration, of an open one; None where the day is not known."""
        day = rules.exact_day(self.registered_on)
        if day is None or self.status not in rules.OPEN:
            return None
        return max((today - day).days, 0)

    def days_silent(self, today: date) -> int | None:
        """Return days since the newest answer; None where there is none or the day is vague."""
        day = rules.exact_day(self.last_answer_on())
        return None if day is None else max((today - day).days, 0)

    def days_to_solution(self) -> int | None:
        """Return days from registration to solution; None where one of the two is not known."""
        begun, done = rules.exact_day(self.registered_on), rules.exact_day(self.solved_on)
        return None if begun is None or done is None else (done - begun).days

    def json_ld(self, language: str, address: str) -> dict[str, Any]:
        """Return the obstacle as schema.org's report of a problem, with its day."""
        found = super().json_ld(language, address) | {"@type": "Report", "reportNumber": self.code}
        if self.registered_on:
            found["dateCreated"] = self.registered_on
        return found


def new_token() -> str:
    """Return what nobody can guess: 192 bits."""
    return secrets.token_urlsafe(24)


class QuestionQuerySet(models.QuerySet["Question"]):
    """Many questions."""

    def waiting(self) -> models.QuerySet[Question]:
        """Return those whose asker has heard nothing yet, the oldest first."""
        return self.filter(status=rules.NEW).order_by("asked_on", "pk")

    def for_sides(self, side: str) -> models.QuerySet[Question]:
        """Return what a person of a side sees: their own side's and what has no side yet."""
        return self.filter(side__in={side, ""}) if side else self

    def public_counts(self, today: date) -> dict[str, int]:
        """Return how many were asked, replied to in time and late, and still wait (in time, late).

        All that is public of questions, besides theme, day and state.
        """
        counts = dict.fromkeys(("asked", "met", "missed", "running", "late"), 0)
        for asked_on, replied_on in self.values_list("asked_on", "replied_on"):
            counts["asked"] += 1
            counts[rules.reply_clock(asked_on, replied_on, today).state] += 1
        return counts


class Question(models.Model):
    """What somebody asked or reported. Public are its theme, day and state, never its words."""

    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    asked_on = models.DateField(_("asked on"), default=timezone.localdate, db_index=True)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    side = models.CharField(_("side of the border"), max_length=1, choices=Side, blank=True)
    theme = models.CharField(_("theme"), max_length=40, blank=True)
    audience = models.CharField(_("who asks"), max_length=40, blank=True)
    place = models.ForeignKey(
        "places.Place", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("place"),
    )  # fmt: skip
    where = models.CharField(_("where"), max_length=200, blank=True)
    text = models.TextField(_("what happened"), blank=True)
    """Empty once forgotten: people write more of themselves than they are asked to."""
    wants_answer = models.BooleanField(_("wants an answer"), default=True)
    status = models.CharField(_("state"), max_length=24, default=rules.NEW, db_index=True)
    replied_on = models.DateField(_("first reply on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    forgotten_on = models.DateField(_("personal data deleted on"), null=True, blank=True)
    obstacle = models.ForeignKey(
        Obstacle, null=True, blank=True, on_delete=models.PROTECT, related_name="questions",
        verbose_name=_("obstacle"),
    )  # fmt: skip

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=_STATES), name="question_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(status=rules.NEW, replied_on__isnull=True)
                | (~models.Q(status=rules.NEW) & models.Q(replied_on__isnull=False)),
                name="question_replied_unless_new",
            ),
            models.CheckConstraint(
                condition=models.Q(status=rules.CLOSED, closed_on__isnull=False)
                | (~models.Q(status=rules.CLOSED) & models.Q(closed_on__isnull=True)),
                name="question_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(status=rules.AS_OBSTACLE, obstacle__isnull=False)
                | models.Q(status=rules.CLOSED)
                | models.Q(status__in=(rules.NEW, rules.ANSWERED), obstacle__isnull=True),
                name="question_registered_as_one",
            ),
            models.CheckConstraint(
                condition=models.Q(forgotten_on__isnull=True) | models.Q(text="", where=""),
                name="question_forgotten_is_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(replied_on__isnull=True)
                | models.Q(replied_on__gte=models.F("asked_on")),
                name="question_replied_after_asking",
            ),
        ]

    def __str__(self) -> str:
        # Goes into the log, which is kept longer than the words.
        return f"{self._meta.verbose_name} {self.pk} ({self.asked_on})"

    def clock(self, today: date) -> rules.Clock:
        """Return how long the asker has waited."""
        return rules.reply_clock(self.asked_on, self.replied_on, today)

    def allowed_steps(self) -> tuple[str, ...]:
        """Return the steps that its state allows."""
        return rules.steps_from(rules.QUESTION_STEPS, self.status)

    def state_in(self, language: str) -> str:
        """Return the name of its state."""
        return codelist("question_states").label(self.status, language)


class QuestionContact(models.Model):
    """Where to send the answer. Deleted on schedule, and shown to nobody: the portal writes."""

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="contact")
    name = models.CharField(_("name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"))

    class Meta:
        verbose_name = _("asker’s address")
        verbose_name_plural = _("askers’ addresses")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.question_id}"


class StepKind(models.TextChoices):
    """What was done with a question."""

    ASK = "ask", _("asked")
    ANSWER = "answer", _("answered")
    REGISTER = "register", _("registered as an obstacle")
    FORWARD = "forward", _("forwarded to the other side")
    CLOSE = "close", _("closed")
    END = "end", _("closed: nothing more will follow")
    FORGET = "forget", _("personal data deleted")


class QuestionStep(models.Model):
    """One step: what, when, by whom, why. The asker reads the words of all but a forwarding."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(_("step"), max_length=10, choices=StepKind)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("by"),
    )  # fmt: skip
    side = models.CharField(_("for the side"), max_length=1, choices=Side, blank=True)
    to_side = models.CharField(_("to the side"), max_length=1, choices=Side, blank=True)
    before = models.CharField(max_length=24, blank=True)
    after = models.CharField(max_length=24)
    text = models.TextField(_("words"), blank=True)

    class Meta:
        verbose_name = _("step of a question")
        verbose_name_plural = _("steps of questions")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind__in=(StepKind.ANSWER, StepKind.FORWARD, StepKind.CLOSE))
                | models.Q(text__gt=""),
                name="question_step_says_why",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=StepKind.FORWARD)
                | (models.Q(to_side__gt="") & ~models.Q(to_side=models.F("side"))),
                name="question_forwarded_elsewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
