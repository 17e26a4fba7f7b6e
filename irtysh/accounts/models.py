"""A person with an account, and what is remembered of signing in and of letters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """Which side of the border a person speaks for; the case says which territory it is."""

    A = "A", _("first side")
    B = "B", _("second side")
    NONE = "", _("neither side")


class Language(models.TextChoices):
    """Languages written in their own words, as people look for them."""

    RU = "ru", "Русский"
    KK = "kk", "Қазақша"
    EN = "en", "English"


class User(AbstractUser):
    """An account; roles are groups (see roles.py)."""

    side = models.CharField(
        _("side of the border"), max_length=1, choices=Side, blank=True, default=Side.NONE
    )
    language = models.CharField(
        _("language of letters and screens"), max_length=2, choices=Language, default=Language.RU
    )

    session_generation = models.PositiveIntegerField(default=0, editable=False)
    """Goes into the signature of every session: one more, and all of them end."""

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(condition=models.Q(side__in=Side.values), name="side_is_known"),
            models.CheckConstraint(
                condition=models.Q(language__in=Language.values), name="language_is_known"
            ),
        ]

    def get_session_auth_hash(self) -> str:
        """Return what a session must match to stay valid."""
        return self._of_generation(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Yield the same under secret keys of before."""
        for earlier in super().get_session_auth_fallback_hash():
            yield self._of_generation(earlier)

    def _of_generation(self, signature: str) -> str:
        salt = f"irtysh.accounts.session.{self.session_generation}"
        return salted_hmac(salt, signature, algorithm="sha256").hexdigest()


class Outcome(models.TextChoices):
    """How an attempt to sign in ended."""

    SIGNED_IN = "in", _("signed in")
    PASSWORD = "password", _("password right, second factor awaited")
    REFUSED = "refused", _("wrong name or password")
    CODE_REFUSED = "code", _("wrong code of the second factor")
    LOCKED = "locked", _("locked after repeated failures")
    SIGNED_OUT = "out", _("signed out")


class SignInQuerySet(models.QuerySet["SignIn"]):
    """Many sign-ins."""

    def failures(self, name_hash: str, address: str, since: datetime) -> SignInQuerySet:
        """Return wrong passwords for one name from one address, since the last right one."""
        own = self.filter(name_hash=name_hash, address=address, at__gte=since)
        right = own.filter(outcome__in=(Outcome.SIGNED_IN, Outcome.PASSWORD)).order_by("-at")
        last = right.values_list("at", flat=True).first()
        return own.filter(outcome=Outcome.REFUSED, **({"at__gt": last} if last else {}))


class SignIn(models.Model):
    """One attempt to sign in or out.

    The name that was typed is kept as a keyed hash only: people type passwords there by mistake.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="sign_ins",
        verbose_name=_("person"),
    )
    name_hash = models.CharField(max_length=64)
    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    address = models.CharField(_("address"), max_length=43, blank=True)
    """In full for 90 days, then its first half, like 192.0.0.0/16; empty where unknown."""

    objects = SignInQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["name_hash", "address", "at"], name="sign_in_failures")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values), name="sign_in_outcome_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.outcome}"


class RecoveryCode(models.Model):
    """A code that stands in for the second factor once; its keyed hash."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class LetterState(models.TextChoices):
    """How far a letter got."""

    WAITING = "waiting", _("to be sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("not sent")


class Letter(models.Model):
    """That a letter was sent: to whom, by which template, when; never what it said."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="letters",
    )
    address_hash = models.CharField(max_length=64, blank=True)
    """Keyed hash of the address of somebody without an account; empty with a user."""
    template = models.CharField(max_length=100)
    language = models.CharField(max_length=2, choices=Language)
    key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    """Names an occasion of which there must be one letter only; None where any number may be."""
    state = models.CharField(max_length=7, choices=LetterState, default=LetterState.WAITING)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=LetterState.values), name="letter_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(user__isnull=False, address_hash="")
                | (models.Q(user__isnull=True) & ~models.Q(address_hash="")),
                name="letter_has_one_reader",
            ),
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
                name="letter_sent_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} #{self.pk}"
