"""What was judged: one row a claim, release, engine and wording; never changed, never deleted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models

from irtysh.registries.claims.rules import Sign, sign_of


class JudgedRows(models.QuerySet["Judged"]):
    """Rows of verdicts."""

    def standing(self) -> JudgedRows:
        """Return those that hold: of each claim and release the newest wording and engine."""
        return self.filter(is_standing=True)

    def changed(self, release: str) -> JudgedRows:
        """Return the rows of a release whose claim had another verdict before, as ``before``.

        What somebody of the office has noticed is left out.
        """
        earlier = Judged.objects.standing().filter(
            claim=models.OuterRef("claim"), released_at__lt=models.OuterRef("released_at")
        )
        newest = earlier.order_by("-released_at").values("verdict")[:1]
        rows = self.standing().filter(release=release, noticed__isnull=True)
        rows = rows.annotate(before=models.Subquery(newest))
        return rows.exclude(before=None).exclude(before=models.F("verdict")).order_by("claim")

    def history(self, claim: str) -> JudgedRows:
        """Return what held for a claim in each release, the newest release first."""
        return self.standing().filter(claim=claim).order_by("-released_at", "-pk")


class Judged(models.Model):
    """A verdict on a claim, as one release of the data gave it."""

    claim = models.CharField(max_length=80)
    """Id of the claim; the row outlives the claim."""
    release = models.CharField(max_length=40)
    released_at = models.DateTimeField()
    engine = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    """Hash of the claim's document."""
    context = models.CharField(max_length=64, blank=True)
    """Hash of the other claims that the verdict rests on; empty where it rests on none."""
    verdict = models.CharField(max_length=24)
    result = models.JSONField()
    """The judgement as irtysh.evaluation.claims writes it."""
    made_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    """Who asked for it; nobody where the day's work or the loading of a case did."""
    is_standing = models.BooleanField(default=True)
    """False once another wording or engine judged the claim against the same release."""

    objects = JudgedRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "release", "engine", "digest", "context"], name="judged_once"
            ),
            models.UniqueConstraint(
                fields=["claim", "release"], condition=models.Q(is_standing=True),
                name="one_verdict_stands",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["release", "verdict"]),
            models.Index(fields=["claim", "-released_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.claim} {self.release}: {self.verdict}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row; one that is there is never written again."""
        if self.pk is not None:
            raise TypeError("a verdict is never rewritten: judge anew")
        super().save(*args, **kwargs)

    @property
    def sign(self) -> Sign:
        """How the verdict is shown."""
        return sign_of(self.verdict)


class Rests(models.Model):
    """A verdict rests on a figure: read backwards it is "which claims stand on this figure"."""

    judged = models.ForeignKey(Judged, on_delete=models.CASCADE, related_name="rests")
    figure = models.CharField(max_length=24, db_index=True)

    def __str__(self) -> str:
        return f"{self.judged_id} ← {self.figure}"


def resting_on(figures: Iterable[str], release: str) -> list[str]:
    """Return the ids of the claims whose verdict in a release rests on some of the figures."""
    found = Judged.objects.standing().filter(release=release, rests__figure__in=list(figures))
    return list(found.order_by("claim").values_list("claim", flat=True).distinct())


class Consistency(models.Model):
    """Which things a document says cannot all be true, as one release of the data shows it."""

    source = models.CharField(max_length=120)
    release = models.CharField(max_length=40)
    engine = models.CharField(max_length=40)
    conflicts = models.JSONField()
    """Smallest sets, each with its claims, figures and lines in every language; may be empty."""
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "consistency"
        constraints = [
            models.UniqueConstraint(fields=["source", "release"], name="consistency_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.release}: {len(self.conflicts)}"


class Noticed(models.Model):
    """Somebody has seen that a verdict changed."""

    judged = models.OneToOneField(Judged, on_delete=models.CASCADE, related_name="noticed")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.judged)


def since(rows: list[Judged]) -> Judged | None:
    """Return the row with which the verdict of the first one began to stand without a break.

    ``rows`` as ``history`` gives them, the newest release first.
    """
    if not rows:
        return None
    began = rows[0]
    for row in rows[1:]:
        if row.verdict != began.verdict:
            break
        began = row
    return began
