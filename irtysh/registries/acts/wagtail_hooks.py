"""Acts and the comparison of law in the back office."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from irtysh.registries.acts import screens  # noqa: F401 (its hooks)
from irtysh.registries.acts.models import Act, Requirement
from irtysh.registries.acts.queues import to_check
from irtysh.registries.records.screens import register_records

register_records(Act, waiting={"check": (_("Status to be checked"), to_check)})
register_records(Requirement)
