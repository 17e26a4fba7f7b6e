"""The three roles of the back office, each a group with Wagtail's permissions.

Editor writes pages and sends them for review. Analyst reviews them beside the figures.
Administrator does all of it, publishes, and looks after people, languages and redirects.
"""

from __future__ import annotations

EDITOR = "Editor"
ANALYST = "Analyst"
ADMINISTRATOR = "Administrator"
ROLES = (EDITOR, ANALYST, ADMINISTRATOR)
REVIEW = "Review"
"""Name of Wagtail's workflow that every page goes through, and of its one task."""
