"""The register as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActsConfig(AppConfig):
    """Legal acts, and how the law of both sides compares."""

    name = "irtysh.registries.acts"
    label = "acts"
    verbose_name = _("Acts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let lists follow what one act does to another."""
        from irtysh.registries.acts import following  # noqa: F401 (signals)
