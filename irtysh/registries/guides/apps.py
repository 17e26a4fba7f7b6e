"""The register as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidesConfig(AppConfig):
    """Guides for people and firms that cross the border."""

    name = "irtysh.registries.guides"
    label = "guides"
    verbose_name = _("Guides")
    default_auto_field = "django.db.models.BigAutoField"
