"""The floor of the registers as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    """Records of every register."""

    name = "irtysh.registries.records"
    label = "records"
    verbose_name = _("Registers")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the listing follow the records, and permissions and review the migrations."""
        from irtysh.registries.records import following  # noqa: F401
        from irtysh.registries.records.review import after_migrations

        post_migrate.connect(after_migrations, sender=self, dispatch_uid="irtysh.records")
