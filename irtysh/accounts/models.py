"""The person who works in the back office."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
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

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(condition=models.Q(side__in=Side.values), name="side_is_known"),
            models.CheckConstraint(
                condition=models.Q(language__in=Language.values), name="language_is_known"
            ),
        ]
