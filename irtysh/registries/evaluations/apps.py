"""Evaluations as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationsConfig(AppConfig):
    """Evaluations of the strategy, signed sheets, tasks to revise."""

    name = "irtysh.registries.evaluations"
    label = "evaluations"
    verbose_name = _("Evaluations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the back office what to show of evaluations."""
        from irtysh.registries.evaluations import office_hooks  # noqa: F401
