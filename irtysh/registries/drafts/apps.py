"""The register as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DraftsConfig(AppConfig):
    """Drafts of the report on the strategy: chapters, paragraphs, approval."""

    name = "irtysh.registries.drafts"
    label = "drafts"
    verbose_name = _("Drafts of reports")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the back office what to show of reports."""
        from irtysh.registries.drafts import office_hooks  # noqa: F401
