"""What a reader follows: single records, or everything of a theme, territory, register, series."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from irtysh.accounts.models import Language, User
from irtysh.registries.following.changes import Topic


class Follow(models.Model):
    """A person with an account follows one record."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows",
        verbose_name=_("person"),
    )  # fmt: skip
    register = models.CharField(max_length=40)
    code = models.CharField(max_length=80)
    by_mail = models.BooleanField(default=True)
    """False once the person asked for no more letters; the record stays in their list."""
    since = models.DateTimeField(default=timezone.now)
    told_until = models.DateTimeField(default=timezone.now)
    """Changes up to this moment were written about, or happened before the person followed."""

    class Meta:
        verbose_name = _("followed record")
        verbose_name_plural = _("followed records")
        ordering = ("-since", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["user", "register", "code"], name="followed_once"),
        ]
        indexes = [models.Index(fields=["register", "code"], name="followers_of")]

    def __str__(self) -> str:
        return f"{self.register}/{self.code}"


class Subscription(models.Model):
    """A reader wants to hear weekly of what is new in a topic.

    A reader is a person with an account, or an address that was confirmed by a link: before that
    nothing is kept, after unsubscribing neither.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE,
        related_name="subscriptions", verbose_name=_("person"),
    )  # fmt: skip
    email = models.EmailField(_("e-mail address"), max_length=150, blank=True)
    language = models.CharField(
        _("language of letters"), max_length=2, choices=Language, blank=True
    )
    """Of an address; a person's letters are in the language of their account."""
    theme = models.CharField(max_length=40, blank=True)
    territory = models.CharField(max_length=40, blank=True)
    register = models.CharField(max_length=40, blank=True)
    series = models.CharField(max_length=80, blank=True)
    since = models.DateTimeField(default=timezone.now)
    told_until = models.DateTimeField(default=timezone.now)
    """Changes up to this moment were written about, or happened before the reader subscribed."""

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ("since", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, email="") | (Q(user__isnull=True) & ~Q(email="")),
                name="subscription_has_one_reader",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(language__in=Language.values),
                name="subscription_language_is_known",
            ),
            models.UniqueConstraint(
                fields=["user", "theme", "territory", "register", "series"],
                condition=Q(user__isnull=False),
                name="subscribed_once_by_person",
            ),
            models.UniqueConstraint(
                fields=["email", "theme", "territory", "register", "series"],
                condition=~Q(email=""),
                name="subscribed_once_by_address",
            ),
        ]

    def __str__(self) -> str:
        return str(self.topic)

    @property
    def topic(self) -> Topic:
        """What it is about."""
        return Topic(self.theme, self.territory, self.register, self.series)

    @property
    def reader(self) -> User | tuple[str, str]:
        """Who gets the letter, as letters are addressed."""
        return self.user if self.user is not None else (self.email, self.language)
