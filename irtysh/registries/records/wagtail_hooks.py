"""The floor of the registers in the back office: menu, comparison, links, what is refused."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.snippets.action_menu import PublishMenuItem, UnpublishMenuItem, WorkflowMenuItem

from irtysh.registries.records import bulk_hooks, deed_hooks  # noqa: F401 (their hooks)
from irtysh.registries.records.choosing import links
from irtysh.registries.records.comparing import register_comparisons
from irtysh.registries.records.models import Record
from irtysh.registries.records.policy import NOTHING, freedom_of, may_with
from irtysh.registries.records.screens import MENU

register_comparisons()

_registers_menu = Menu(register_hook_name=MENU)


@hooks.register("register_admin_menu_item")
def registers_menu_item() -> MenuItem:
    """Return the menu of the registers, right after the pages."""
    return SubmenuMenuItem(
        _("Registers"), _registers_menu, name="registers", icon_name="table", order=150
    )


@hooks.register("register_admin_urls")
def link_addresses() -> list[URLPattern]:
    """Return the address that suggests records to link fields."""
    return [path("registers/links/", links, name="records_links")]


@hooks.register("construct_snippet_action_menu")
def only_what_is_allowed(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Take away the actions that would be refused; Wagtail asks about the register only."""
    record = context.get("instance")
    if not isinstance(record, Record):
        return
    if not may_with(request.user, "publish", record):
        refused = (PublishMenuItem, UnpublishMenuItem, WorkflowMenuItem)
        items[:] = [item for item in items if not isinstance(item, refused)]
    if freedom_of(request.user, record) == NOTHING:
        items[:] = [item for item in items if isinstance(item, WorkflowMenuItem)]


@hooks.register("before_bulk_action")
def no_deleting_by_the_dozen(
    _request: HttpRequest, action: str, objects: list[Any], _view: Any
) -> None:
    """Refuse Wagtail's bulk delete: it would leave deleted records in the listing."""
    if action == "delete" and any(isinstance(one, Record) for one in objects):
        raise PermissionDenied
