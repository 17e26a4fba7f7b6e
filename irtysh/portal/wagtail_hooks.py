"""The start page of the back office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.forms import Media
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from irtysh.accounts.models import User
from irtysh.accounts.permissions import may, people_who_may
from irtysh.portal.desk import desk
from irtysh.portal.monthly import NumberOfMonth


class DeskPanel(Component):
    """Every queue of the person, those with work as cards, the empty ones in one line."""

    name = "desk"
    order = 100
    template_name = "portal/office/desk.html"

    @property
    def media(self) -> Media:
        """The style of the cards."""
        return Media(css={"all": ["records/admin.css"]})

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Return the queues of whoever asks."""
        queues = desk(parent_context["request"].user)
        return {
            "waiting": [one for one in queues if one.count],
            "idle": [one for one in queues if not one.count],
        }


@hooks.register("construct_homepage_panels")
def show_desk(request: HttpRequest, panels: list[Any]) -> None:
    """Put the queues first; the queue of reviews stands for Wagtail's panel of the same work."""
    panels[:] = [one for one in panels if not isinstance(one, WorkflowObjectsToModeratePanel)]
    panels.append(DeskPanel())


class NumberOfMonthPolicy(BasePermissionPolicy):
    """Who may change pages may choose the number that stands on them."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Return True if the person may do it."""
        return may(user, "change", "pages")

    def users_with_any_permission(self, actions: Any) -> QuerySet[User]:
        """Return everybody who may."""
        return people_who_may("change", "pages")


class NumberOfMonthViewSet(SnippetViewSet):
    """The numbers of the month, the newest first."""

    model = NumberOfMonth
    icon = "pick"
    add_to_admin_menu = True
    menu_order = 250
    list_display = ("month", "figure")


register_permission_policy(NumberOfMonth, NumberOfMonthPolicy(NumberOfMonth))
register_snippet(NumberOfMonthViewSet)
