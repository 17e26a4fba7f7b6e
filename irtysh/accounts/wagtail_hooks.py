"""What accounts add to the back office: a report, two addresses, names in the history, a guard."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from irtysh.accounts.permissions import may
from irtysh.accounts.screens import ResetSecondFactor, SignInReport


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Return the addresses of our own screens."""
    return [
        path("reports/sign-ins/", SignInReport.as_view(), name="irtysh_sign_ins"),
        path(
            "reports/sign-ins/results/",
            SignInReport.as_view(results_only=True),
            name="irtysh_sign_ins_results",
        ),
        path(
            "people/<int:pk>/second-factor/",
            ResetSecondFactor.as_view(),
            name="irtysh_reset_second_factor",
        ),
    ]


class SignInsItem(MenuItem):
    """The entry of the report, for those who may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return True for those who look after accounts."""
        return may(request.user, "manage", "accounts")


@hooks.register("register_reports_menu_item")
def sign_ins_item() -> MenuItem:
    """Return the entry of the report."""
    return SignInsItem(
        gettext_lazy("Sign-ins"),
        reverse("irtysh_sign_ins"),
        name="sign-ins",
        icon_name="key",
        order=1200,
    )


@hooks.register("register_account_menu_item")
def security_item(request: HttpRequest) -> dict[str, Any]:
    """Lead from Wagtail's account page to second factor and sessions."""
    return {
        "url": reverse("portal:account-security"),
        "label": _("Security"),
        "help_text": _("Second factor, last sign-ins, signing out everywhere."),
    }


@hooks.register("register_log_actions")
def names_in_the_history(actions: Any) -> None:
    """Name what accounts write into the history."""
    for code, done in (
        ("second_factor_on", gettext_lazy("Second factor switched on")),
        ("second_factor_off", gettext_lazy("Second factor switched off")),
        ("password", gettext_lazy("Password changed")),
        ("sign_out_everywhere", gettext_lazy("Signed out everywhere")),
        ("rights", gettext_lazy("Side, roles or access changed")),
    ):
        actions.register_action(f"irtysh.{code}", done, done)


@hooks.register("before_edit_page", order=100)
def translators_translate(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Keep translators to translations, whose editor has answered before this is asked."""
    user = request.user
    if may(user, "change", "pages") or not may(user, "translate", "pages"):
        return None
    messages.error(
        request, _("You translate: this text is an original. Open its translation instead.")
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)
