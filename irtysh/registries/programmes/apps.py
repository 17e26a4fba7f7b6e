"""The register as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    """Programmes: objectives, measures, targets."""

    name = "irtysh.registries.programmes"
    label = "programmes"
    verbose_name = _("Programmes")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the back office what to show of reports and changes."""
        from irtysh.registries.programmes import office_hooks  # noqa: F401
