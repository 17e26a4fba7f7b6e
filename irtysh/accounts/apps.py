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

    def ready(self) -> None:
        """Listen to signing in and out, wherever it happens."""
        from django.contrib.auth import signals

        from irtysh.accounts.second_factor import note_sign_in
        from irtysh.accounts.sign_in import record_failure, record_sign_out

        signals.user_logged_in.connect(note_sign_in, dispatch_uid="irtysh.sign_in")
        signals.user_login_failed.connect(record_failure, dispatch_uid="irtysh.failure")
        signals.user_logged_out.connect(record_sign_out, dispatch_uid="irtysh.sign_out")


class PortalUsersConfig(WagtailUsersAppConfig):
    """Wagtail's user screens with the fields that ours add."""

    user_viewset = "irtysh.accounts.viewsets.PortalUserViewSet"
