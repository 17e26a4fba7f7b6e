"""The register as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ObstaclesConfig(AppConfig):
    """Obstacles, from a resident's question to a named body's answer."""

    name = "irtysh.registries.obstacles"
    label = "obstacles"
    verbose_name = _("Obstacles")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Join the back office."""
        from irtysh.registries.obstacles import screens  # noqa: F401 (registers its hooks)
