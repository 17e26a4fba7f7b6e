"""The floor of the registers as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    """Records of every register."""

    name = "irtysh.registries.records"
    label = "records"
    verbose_name = _("Registers")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the listing follow the records."""
        from irtysh.registries.records import following  # noqa: F401
