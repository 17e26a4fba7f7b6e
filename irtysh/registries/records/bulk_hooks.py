"""What bulk import and export add to the back office: addresses, a menu entry, words of the log."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, re_path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from irtysh.accounts.permissions import NONE, scopes_of
from irtysh.registries.records import bulk_screens as screens
from irtysh.registries.records.screens import MENU


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Return the addresses under /admin/."""
    return [
        path("registers/imports/", screens.import_list, name="records_imports"),
        path("registers/imports/<int:pk>/", screens.imported, name="records_imported"),
        path("registers/imports/<int:pk>/undo/", screens.import_undo, name="records_import_undo"),
        path("registers/import/<slug:register>/", screens.import_upload, name="records_import"),
        path(
            "registers/import/<slug:register>/<int:pk>/",
            screens.import_preview,
            name="records_import_preview",
        ),
        path(
            "registers/import/<slug:register>/<int:pk>/apply/",
            screens.import_apply,
            name="records_import_apply",
        ),
        re_path(
            r"^registers/export/(?P<register>[a-z_]+)\.(?P<form>csv|xlsx)$",
            screens.export,
            name="records_export",
        ),
    ]


class ImportsMenuItem(MenuItem):
    """Shown to those who import or export something."""

    def is_shown(self, request: HttpRequest) -> bool:
        return scopes_of(request.user, "imports")["view_draft"] != NONE


@hooks.register(MENU)
def imports_menu_item() -> MenuItem:
    """Return the entry in the menu of the registers, after all of them."""
    return ImportsMenuItem(
        _("Imports and exports"), reverse("records_imports"), name="register-imports",
        icon_name="upload", order=900,
    )  # fmt: skip


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what imports write to the log."""
    actions.register_action("irtysh.import", _("Import a file"), _("File imported"))
    actions.register_action("irtysh.import_undone", _("Undo an import"), _("Import undone"))
