"""The register as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RisksConfig(AppConfig):
    """Risks of programmes, with owners and days."""

    name = "irtysh.registries.risks"
    label = "risks"
    verbose_name = _("Risks")
    default_auto_field = "django.db.models.BigAutoField"
