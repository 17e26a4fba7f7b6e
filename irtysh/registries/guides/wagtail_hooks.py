"""Guides in the back office."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from irtysh.registries.guides.models import Guide
from irtysh.registries.guides.queues import to_check
from irtysh.registries.records.screens import register_records

register_records(Guide, waiting={"check": (_("To be checked"), to_check)})
