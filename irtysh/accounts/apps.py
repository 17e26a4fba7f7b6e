"""Two applications: our people, and Wagtail's screens for them."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    """People of the back office."""

    name = "irtysh.accounts"
    verbose_name = _("People")
    default_auto_field = "django.db.models.BigAutoField"
    default = True


class PortalUsersConfig(WagtailUsersAppConfig):
    """Wagtail's user screens with the fields that ours add."""

    user_viewset = "irtysh.accounts.viewsets.PortalUserViewSet"
