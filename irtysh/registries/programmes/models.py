"""Programmes: objectives, measures, targets; reports on measures, changes of plans, versions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from irtysh.registries.programmes import proofs, rules
from irtysh.registries.records.codes import side_of_area
from irtysh.registries.records.models import Record, keeps
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.text import LANGUAGES

_LANGUAGES = [(one, one) for one in LANGUAGES]
_SIDES = [("A", "A"), ("B", "B")]


def _sides_of_bodies(rows: Iterable[Any]) -> set[str]:
    found = set()
    for row in rows:
        side = row.side or (row.organisation.side if row.organisation_id else "")
        if side:
            found.add(side)
    return found


@keeps("programmes")
class Programme(Record):
    """A programme, strategy or road-map."""

    def sides(self) -> set[str]:
        """Return the sides of its owners and territories."""
        places = {side_of_area(area) for area in self.territories}
        return _sides_of_bodies(self.owners.all()) | (places - {""})

    def is_over(self, day: date) -> bool:
        """Return True once its term has passed: whatever a source calls it."""
        return rules.is_over(self.valid_to, day)


@keeps("objectives")
class Objective(Record):
    """A goal, objective or direction of a programme."""

    def sides(self) -> set[str]:
        """Return the sides of its programme."""
        return self.programme.sides() if self.programme_id else set()


def _is_agreed(record: Record) -> bool:
    """Return True once a version of the programme was frozen: both sides go by its terms."""
    return bool(record.programme_id) and record.programme.versions.exists()


@keeps("measures")
class Measure(Record):
    """A measure of a road-map."""

    def managed_now(self) -> tuple[str, ...]:
        """Return the term: of an agreed plan one side alone does not move it."""
        return ("start", "end", "report_every") if _is_agreed(self) else ()

    def sides(self) -> set[str]:
        """Return the sides of its bodies; those of its programme where no body has a side."""
        own = _sides_of_bodies(self.bodies.all())
        return own or (self.programme.sides() if self.programme_id else set())

    @property
    def term(self) -> rules.Term:
        """When it runs."""
        return rules.Term.of(self.start, self.end)

    @property
    def months(self) -> int:
        """Months of its reporting period."""
        return rules.months_of(self.report_every)

    def light(self, day: date) -> rules.Light:
        """Return how it stands, by its confirmed reports."""
        said = [one.said for one in self.reports.all() if one.state == rules.CONFIRMED]
        return rules.light(self.term, self.months, said, day)

    def jointness(self, day: date) -> rules.Jointness:
        """Return from which sides reports of the period now to be reported on were received."""
        cycle = rules.cycle_open(self.term, self.months, day)
        received = (
            one.side
            for one in self.reports.all()
            if cycle is not None
            and one.period_start == cycle.start
            and one.state in (rules.SUBMITTED, rules.CONFIRMED)
        )
        return rules.jointness(received)


@keeps("targets")
class Target(Record):
    """An output, result or impact that a programme wants to see."""

    def managed_now(self) -> tuple[str, ...]:
        """Return what both sides agreed to reach."""
        agreed = ("direction", "baseline", "baseline_period", "target", "target_period")
        return agreed if _is_agreed(self) else ()

    def sides(self) -> set[str]:
        """Return the sides of its programme."""
        return self.programme.sides() if self.programme_id else set()


class ReportQuerySet(models.QuerySet["Report"]):
    """Many reports."""

    def confirmed(self) -> ReportQuerySet:
        """Return what both sides stand by, latest period first."""
        return self.filter(state=rules.CONFIRMED).order_by("-period_start", "side")

    def awaiting(self, side: str) -> ReportQuerySet:
        """Return what the other side submitted and this side has not yet answered."""
        return self.filter(state=rules.SUBMITTED).exclude(side=side).order_by("submitted_at")


class Report(models.Model):
    """What one side says of a measure for one period; the other side confirms it."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="reports")
    period_start = models.DateField(_("period from"))
    period_end = models.DateField(_("period to"))
    side = models.CharField(_("side of the border"), max_length=1, choices=_SIDES)
    body = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("reporting body"),
    )  # fmt: skip
    share = models.PositiveSmallIntegerField(
        _("done so far, per cent"), validators=[MaxValueValidator(100)]
    )
    """Of the whole measure since its start, not of the period alone."""
    language = models.CharField(_("language"), max_length=2, choices=_LANGUAGES)
    done = models.TextField(_("What was done"))
    problems = models.TextField(_("What stands in the way"), blank=True)
    ahead = models.TextField(_("What comes next"), blank=True)
    proof_file = models.FileField(
        _("proof: a file"), blank=True, storage=proofs.storage, upload_to=proofs.place,
        max_length=200,
    )  # fmt: skip
    proof_name = models.CharField(max_length=120, blank=True, editable=False)
    proof_address = models.URLField(_("proof: an address"), max_length=2000, blank=True)
    proof_is_public = models.BooleanField(
        _("the file may be shown to everybody once the report is confirmed"), default=False
    )
    state = models.CharField(max_length=10, default=rules.DRAFT, choices=[
        (one, one) for one in (rules.DRAFT, rules.SUBMITTED, rules.RETURNED, rules.CONFIRMED)
    ])  # fmt: skip
    reason = models.TextField(_("why it was returned"), blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_side = models.CharField(max_length=1, blank=True)
    decided_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report on a measure")
        verbose_name_plural = _("reports on measures")
        ordering = ["-period_start", "side"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "period_start", "side"], name="one_report_a_period_and_side"
            ),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")), name="report_period_in_order"
            ),
            models.CheckConstraint(condition=Q(side__in=rules.SIDES), name="report_is_of_a_side"),
            models.CheckConstraint(condition=Q(share__lte=100), name="report_share_is_a_share"),
            models.CheckConstraint(
                condition=Q(state__in=(rules.DRAFT, rules.RETURNED, rules.SUBMITTED))
                | Q(
                    state=rules.CONFIRMED, decided_side__in=rules.SIDES, decided_at__isnull=False
                ),
                name="report_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(decided_side="") | ~Q(decided_side=F("side")),
                name="report_decided_by_the_other_side",
            ),
            models.CheckConstraint(
                condition=Q(state=rules.DRAFT) | Q(submitted_at__isnull=False),
                name="report_submitted_at_some_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=rules.RETURNED) | ~Q(reason=""),
                name="report_returned_for_a_reason",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "side"])]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.period_start} {self.side}"

    @property
    def cycle(self) -> rules.Cycle:
        """The period that it speaks of."""
        return rules.Cycle(self.period_start, self.period_end)

    @property
    def said(self) -> rules.Said:
        """The report as the light reads it; only of one that was submitted."""
        assert self.submitted_at is not None
        on = timezone.localdate(self.submitted_at)
        return rules.Said(self.cycle, self.side, self.share / 100, on, self.has_proof)

    @property
    def has_proof(self) -> bool:
        """True where a file or an address proves it."""
        return bool(self.proof_file or self.proof_address)

    @property
    def proof_may_be_shown(self) -> bool:
        """True where everybody may have the file."""
        return bool(self.proof_file) and self.proof_is_public and self.state == rules.CONFIRMED


class ChangeRequest(models.Model):
    """A change of a plan that one side proposes and the other agrees to or refuses."""

    PROPOSED, AGREED, REFUSED, WITHDRAWN = "proposed", "agreed", "refused", "withdrawn"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="changes")
    register = models.CharField(max_length=40, choices=[
        (one, one) for one in ("measures", "objectives", "targets")
    ])  # fmt: skip
    code = models.CharField(max_length=80)
    before = models.JSONField()
    """The record's document when the change was proposed."""
    document = models.JSONField()
    """The document that it shall become."""
    reason = models.TextField(_("reason"))
    language = models.CharField(_("language"), max_length=2, choices=_LANGUAGES)
    side = models.CharField(_("side of the border"), max_length=1, choices=_SIDES)
    state = models.CharField(max_length=10, default=PROPOSED, choices=[
        (one, one) for one in (PROPOSED, AGREED, REFUSED, WITHDRAWN)
    ])  # fmt: skip
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_side = models.CharField(max_length=1, blank=True)
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        verbose_name = _("change of a plan")
        verbose_name_plural = _("changes of plans")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "code"], condition=Q(state="proposed"),
                name="one_open_change_a_record",
            ),
            models.CheckConstraint(condition=Q(side__in=rules.SIDES), name="change_is_of_a_side"),
            models.CheckConstraint(
                condition=Q(state__in=("proposed", "withdrawn"), decided_side="")
                | (
                    Q(state__in=("agreed", "refused"), decided_side__in=rules.SIDES)
                    & ~Q(decided_side=F("side"))
                ),
                name="change_decided_by_the_other_side",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.register}/{self.code} {self.state}"


class VersionIsFrozen(IrtyshError):
    """Somebody wanted to change or delete a version of a programme."""


class VersionQuerySet(models.QuerySet["Version"]):
    """Many versions; none of them changes."""

    def update(self, **values: Any) -> int:
        """Refuse; raises VersionIsFrozen."""
        raise VersionIsFrozen()

    def as_of(self, day: date) -> Version | None:
        """Return the version that held at the end of a day."""
        return self.filter(made_on__lte=day).order_by("-number").first()


class Version(models.Model):
    """A programme with its whole tree as it was when somebody froze it."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    label = models.CharField(_("label"), max_length=200)
    made_on = models.DateField()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    tree = models.JSONField()
    digest = models.CharField(max_length=64)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a programme")
        verbose_name_plural = _("versions of programmes")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a new version; raises VersionIsFrozen for one that is there already."""
        if self.pk is not None:
            raise VersionIsFrozen()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse; raises VersionIsFrozen."""
        raise VersionIsFrozen()
