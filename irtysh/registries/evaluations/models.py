"""Evaluations of the strategy as they were made, signed sheets, tasks to revise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from irtysh.evaluation.strategy.inputs import Inputs
from irtysh.evaluation.strategy.outcome import Line, Outcome
from irtysh.registries.evaluations import rules
from irtysh.vocabulary.text import LANGUAGES

_LANGUAGES = [(one, one) for one in LANGUAGES]


KEPT = ("inputs_kept", "outcome_kept", "words_kept")
"""What an evaluation was made of and came to: large, so it is read when asked for."""


def kept_of(field: str) -> list[str]:
    """Return what lists of rows that name evaluations leave unread."""
    return [f"{field}__{name}" for name in KEPT]


class FrozenQuerySet(models.QuerySet[Any]):
    """Rows that are written once."""

    def update(self, **values: Any) -> int:
        """Refuse; raises EvaluationFrozen."""
        raise rules.EvaluationFrozen()

    def delete(self) -> Any:
        """Refuse; raises EvaluationFrozen."""
        raise rules.EvaluationFrozen()


class Frozen(models.Model):
    """A row that is written once and stays."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a new row; raises EvaluationFrozen for one that is there already."""
        if self.pk is not None:
            raise rules.EvaluationFrozen()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse; raises EvaluationFrozen."""
        raise rules.EvaluationFrozen()


class EvaluationQuerySet(FrozenQuerySet):
    """Many evaluations; none of them changes."""

    def newest(self) -> Evaluation | None:
        """Return the one made last."""
        return self.listed().first()

    def as_of(self, day: date) -> Evaluation | None:
        """Return the newest one that speaks of a day or of one before it."""
        return self.listed().filter(day__lte=day).order_by("-day", "-number").first()

    def listed(self) -> models.QuerySet[Any]:
        """Return them newest first; what they were made of is read when asked for."""
        return self.defer(*KEPT).order_by("-number")


class Evaluation(Frozen):
    """The strategy evaluated as of a day, from a release and the records of that moment."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    day = models.DateField(_("as of"), db_index=True)
    release = models.CharField(_("release"), max_length=40, db_index=True)
    engine = models.CharField(_("version of the arithmetic"), max_length=40)
    inputs_digest = models.CharField(max_length=64, unique=True)
    content_digest = models.CharField(max_length=64)
    """Hash of the inputs without the day and the evaluation before."""
    inputs_kept = models.BinaryField()
    outcome_kept = models.BinaryField()
    outcome_digest = models.CharField(max_length=64)
    words_kept = models.BinaryField()
    """What every step and line says, in each language: sentences change, what was said does not."""
    steps = models.JSONField()
    """Step → status, for lists."""
    reason = models.CharField(max_length=10, choices=[(one, one) for one in rules.REASONS])
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="evaluations_count_from_one"),
            models.CheckConstraint(
                condition=Q(reason__in=rules.REASONS), name="evaluation_reason_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"E{self.number} {self.day}"

    @property
    def inputs(self) -> Inputs:
        """What it was made of."""
        return Inputs.from_json(rules.unpacked(self.inputs_kept))

    @property
    def outcome(self) -> Outcome:
        """What it came to."""
        return _outcome(self.pk, self.outcome_digest)

    def words(self, language: str) -> Mapping[str, dict[str, Any]]:
        """Return id of a step or line → what it says: title, text, arithmetic."""
        return _words(self.pk, self.outcome_digest, language)


@lru_cache(maxsize=32)
def _words(pk: int, digest: str, language: str) -> Mapping[str, dict[str, Any]]:
    kept = Evaluation.objects.values_list("words_kept", flat=True).get(pk=pk)
    found: Mapping[str, dict[str, Any]] = rules.unpacked(kept)[language]
    return found


@lru_cache(maxsize=16)
def _outcome(pk: int, digest: str) -> Outcome:
    """Return an outcome by the row and the digest of its bytes: neither ever changes."""
    kept = Evaluation.objects.values_list("outcome_kept", flat=True).get(pk=pk)
    return Outcome.from_json(rules.unpacked(kept))


class SheetRating(Frozen):
    """One criterion of the sheet, rated and signed by a person; never edited.

    The sheet of a later evaluation succeeds it.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="ratings")
    criterion = models.CharField(_("criterion"), max_length=40)
    rating = models.PositiveSmallIntegerField(
        _("rating"), choices=[(one, str(one)) for one in rules.RATINGS]
    )
    text = models.TextField(_("why"))
    language = models.CharField(_("language"), max_length=2, choices=_LANGUAGES)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    signed_name = models.CharField(_("signed by"), max_length=200)
    """The name under the rating; an account may go, the signature stays."""
    side = models.CharField(_("side of the border"), max_length=1, blank=True)
    signed_on = models.DateField(_("signed on"))
    signed_at = models.DateTimeField(auto_now_add=True)

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("signed rating")
        verbose_name_plural = _("signed ratings")
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "criterion"], name="criterion_signed_once"
            ),
            models.CheckConstraint(
                condition=Q(rating__in=rules.RATINGS), name="rating_is_one_to_four"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="rating_says_why"),
            models.CheckConstraint(condition=~Q(signed_name=""), name="rating_is_signed"),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.criterion}"


class ReviewTaskQuerySet(models.QuerySet["ReviewTask"]):
    """Many tasks."""

    def listed(self) -> ReviewTaskQuerySet:
        """Return them with their evaluations and persons."""
        found = self.select_related("opened_in", "before", "person")
        return found.defer(*kept_of("opened_in"), *kept_of("before"))

    def unfinished(self) -> ReviewTaskQuerySet:
        """Return what is still to be answered, the most pressing first."""
        return self.filter(state__in=rules.UNFINISHED).order_by("due", "pk")


class ReviewTask(models.Model):
    """The task to revise something, opened by a trigger and closed by a person's answer."""

    line_id = models.CharField(max_length=200)
    """Id of the trigger's line: which trigger, about what."""
    line = models.JSONField()
    """The line as the evaluation that opened it had it."""
    opened_in = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="tasks")
    before = models.ForeignKey(Evaluation, null=True, on_delete=models.PROTECT, related_name="+")
    """The evaluation before it, with which it is compared."""
    opened_on = models.DateField(_("opened on"))
    due = models.DateField(_("to be answered by"))
    state = models.CharField(
        _("state"), max_length=10, default=rules.OPEN,
        choices=[(one, one) for one in rules.STATES],
    )  # fmt: skip
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("who takes care of it"),
    )  # fmt: skip
    answer = models.TextField(_("answer"), blank=True)
    language = models.CharField(max_length=2, blank=True)
    """Language of the answer."""
    closed_on = models.DateField(_("answered on"), null=True)

    objects = ReviewTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task of review")
        verbose_name_plural = _("tasks of review")
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["line_id"], condition=Q(state__in=rules.UNFINISHED),
                name="one_open_task_a_trigger",
            ),
            models.CheckConstraint(
                condition=Q(state__in=rules.UNFINISHED, closed_on__isnull=True, answer="")
                | (
                    Q(state__in=(rules.DONE, rules.DECLINED), closed_on__isnull=False)
                    & ~Q(answer="")
                ),
                name="task_closed_with_an_answer",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.line_id} {self.state}"

    @property
    def trigger(self) -> Line:
        """The line that opened it."""
        return Line.from_json(self.line)

    def words(self, language: str) -> dict[str, Any]:
        """Return what the line says: title, text, arithmetic."""
        return self.opened_in.words(language)[self.line_id]

    @property
    def is_open(self) -> bool:
        """True until somebody has answered."""
        return self.state in rules.UNFINISHED

    def is_late(self, today: date) -> bool:
        """True once the day of the answer has passed."""
        return self.is_open and self.due < today
