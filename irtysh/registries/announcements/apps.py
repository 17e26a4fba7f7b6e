"""The registers as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnnouncementsConfig(AppConfig):
    """Releases announced in advance, corrections and notices."""

    name = "irtysh.registries.announcements"
    label = "announcements"
    verbose_name = _("Release calendar")
    default_auto_field = "django.db.models.BigAutoField"
