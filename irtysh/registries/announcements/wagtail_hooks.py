"""The release calendar and the corrections in the back office."""

from __future__ import annotations

from irtysh.registries.announcements.models import Announcement, Correction
from irtysh.registries.records.screens import register_records

register_records(Announcement)
register_records(Correction)
