"""The start page of the back office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import Media
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel

from irtysh.portal.desk import desk


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
