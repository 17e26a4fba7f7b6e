"""What reports add to the back office: words of the log, addresses, a menu entry."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, re_path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from irtysh.accounts.permissions import may
from irtysh.registries.drafts import screens

LOGGED = {
    "drafts.begin": (_("Begin a report"), _("Report begun")),
    "drafts.write": (_("Write a report"), _("Report changed")),
    "drafts.submit": (_("Submit the report for approval"), _("Report submitted for approval")),
    "drafts.return": (_("Return the report to its author"), _("Report returned to its author")),
    "drafts.approve": (_("Approve the report"), _("Report approved")),
    "drafts.discard": (_("Delete a draft of the report"), _("Draft of the report deleted")),
}


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what actions.py writes to the log."""
    for action, (label, message) in LOGGED.items():
        actions.register_action(action, label, message)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Return the analyst's pages."""
    return [
        path("reports/strategy/", screens.reports, name="drafts"),
        path("reports/strategy/<int:pk>/", screens.report, name="draft"),
        path("reports/strategy/<int:pk>/references/", screens.references, name="draft_references"),
        path("reports/strategy/<int:pk>/decide/", screens.decide, name="draft_decide"),
        path("reports/strategy/<int:pk>/delete/", screens.discard, name="draft_discard"),
        re_path(
            r"^reports/strategy/(?P<pk>\d+)/report\.(?P<form>pdf|docx|xlsx|html)$",
            screens.file,
            name="draft_file",
        ),
    ]


class _Item(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, "view_draft", "reports")


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """Return the entry of the reports on the strategy."""
    return _Item(
        _("Reports on the strategy"), reverse("drafts"), name="strategy-reports",
        icon_name="doc-full", order=132,
    )  # fmt: skip
