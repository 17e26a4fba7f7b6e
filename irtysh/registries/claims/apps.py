"""The register as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    """Claims: sentences of documents, checked against the figures."""

    name = "irtysh.registries.claims"
    label = "claims"
    verbose_name = _("Claims")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let verdicts follow the claims."""
        from irtysh.registries.claims import following  # noqa: F401 (signals)
