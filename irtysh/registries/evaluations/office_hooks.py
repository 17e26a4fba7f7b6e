"""What evaluations add to the back office: words of the log, addresses, a menu entry."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from irtysh.accounts.permissions import may
from irtysh.registries.evaluations import screens

LOGGED = {
    "evaluations.make": (_("Evaluate the strategy"), _("Strategy evaluated")),
    "evaluations.sign": (_("Sign a rating"), _("Rating signed")),
    "evaluations.task.take": (_("Take a task"), _("Task taken up")),
    "evaluations.task.done": (_("Answer a task"), _("Task answered")),
    "evaluations.task.decline": (_("Decline a task"), _("Task declined")),
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
        path("evaluations/", screens.evaluations, name="evaluations"),
        path("evaluations/tasks/", screens.tasks, name="evaluation_tasks"),
        path("evaluations/tasks/<int:pk>/", screens.task, name="evaluation_task"),
        path("evaluations/<int:number>/sheet/", screens.sheet, name="evaluation_sheet"),
        path(
            "evaluations/<int:number>/sheet/<str:criterion>/",
            screens.sign,
            name="evaluation_sign",
        ),
    ]


class _Item(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, "view_draft", "evaluations")


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """Return the entry of the evaluation."""
    return _Item(_("Evaluation"), reverse("evaluations"), icon_name="tick-inverse", order=130)
