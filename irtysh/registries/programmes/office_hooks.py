"""What this register adds to the back office: words of the log, addresses, a menu entry."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from irtysh.accounts.permissions import may
from irtysh.registries.programmes import plan_screens, screens
from irtysh.registries.records.deeds import Deed, register_deed

LOGGED = {
    "programmes.report.submit": (_("Submit a report"), _("Report submitted")),
    "programmes.report.return": (_("Return a report"), _("Report returned")),
    "programmes.report.confirm": (_("Confirm a report"), _("Report confirmed")),
    "programmes.change.propose": (_("Propose a change"), _("Change proposed")),
    "programmes.change.agree": (_("Agree to a change"), _("Change agreed")),
    "programmes.change.refuse": (_("Refuse a change"), _("Change refused")),
    "programmes.change.withdraw": (_("Withdraw a change"), _("Change withdrawn")),
    "programmes.version.freeze": (_("Freeze a version"), _("Version frozen")),
}


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what actions.py writes to the log."""
    for action, (label, message) in LOGGED.items():
        actions.register_action(action, label, message)


PROPOSALS = tuple(
    Deed(register, _("Propose a change"), "request_change", f"programmes_propose_{register}",
         "edit", columns)
    for register, columns in (
        ("measures", ("start", "end", "report_every")),
        ("targets", ("direction", "baseline", "baseline_period", "target", "target_period")),
    )
)  # fmt: skip
"""What one side alone does not move in a plan that both have agreed on."""
for _deed in PROPOSALS:
    register_deed(_deed)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Return the coordinator's pages."""
    return [
        path("programmes/measures/", screens.desk, name="programmes_desk"),
        path(
            "programmes/measures/<str:code>/report/<str:start>/",
            screens.report,
            name="programmes_report",
        ),
        path("programmes/reports/<int:pk>/", screens.read, name="programmes_read"),
        path("programmes/reports/<int:pk>/proof/", screens.proof, name="programmes_proof"),
        path("programmes/sheet.csv", screens.sheet_out, name="programmes_sheet_out"),
        path("programmes/sheet/", screens.sheet_in, name="programmes_sheet_in"),
        path("programmes/changes/", plan_screens.changes, name="programmes_changes"),
        path("programmes/changes/<int:pk>/", plan_screens.change, name="programmes_change"),
        *(
            path(
                f"programmes/changes/{deed.register}/<str:code>/",
                plan_screens.propose,
                {"register": deed.register},
                name=deed.url,
            )
            for deed in PROPOSALS
        ),
        path(
            "programmes/changes/<str:register>/<str:code>/",
            plan_screens.propose,
            name="programmes_propose",
        ),
        path("programmes/<str:code>/versions/", plan_screens.versions, name="programmes_versions"),
    ]


class _DeskItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.side) and may(
            request.user, "report", "measures", request.user.side
        )


@hooks.register("register_admin_menu_item")
def desk_menu_item() -> MenuItem:
    """Return the entry of the coordinator's desk."""
    return _DeskItem(_("My measures"), reverse("programmes_desk"), icon_name="tasks", order=120)
