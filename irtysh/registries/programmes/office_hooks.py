"""What this register adds to the back office: words of the log, addresses, a menu entry."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

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
