"""The roles of an account, each a group; definitions/permissions.csv says what each may do.

Editor writes guides, events and pages. Analyst keeps law, factors and texts about figures, and
reviews pages. Coordinator reports and confirms for one side. Translator translates. Moderator
answers residents and firms. Administrator looks after everything but speaks for neither side.
Member is one of the public who registered, and has no back office.
"""

from __future__ import annotations

EDITOR = "Editor"
ANALYST = "Analyst"
COORDINATOR = "Coordinator"
TRANSLATOR = "Translator"
MODERATOR = "Moderator"
ADMINISTRATOR = "Administrator"
MEMBER = "Member"
OFFICE_ROLES = (EDITOR, ANALYST, COORDINATOR, TRANSLATOR, MODERATOR, ADMINISTRATOR)
"""Roles that enter the back office."""
ROLES = (*OFFICE_ROLES, MEMBER)
"""Names of the groups; in lower case they are the codes of definitions/codelists/roles.csv."""
REVIEW = "Review"
"""Name of Wagtail's workflow that every page goes through, and of its one task."""
