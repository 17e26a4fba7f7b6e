"""The register as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    """Imports: files of publishers on their way into the portal."""

    name = "irtysh.registries.imports"
    label = "imports"
    verbose_name = _("Imports of data")
    default_auto_field = "django.db.models.BigAutoField"
