"""The register as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OffersConfig(AppConfig):
    """Offers and requests of organisations."""

    name = "irtysh.registries.offers"
    label = "offers"
    verbose_name = _("Offers")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Join the back office."""
        from irtysh.registries.offers import screens  # noqa: F401 (registers its hooks)
