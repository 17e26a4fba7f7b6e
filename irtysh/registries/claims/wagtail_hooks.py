"""Claims in the back office."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from irtysh.registries.claims import screens  # noqa: F401 (its hooks)
from irtysh.registries.claims.models import Claim
from irtysh.registries.claims.queues import unbound, verdict_changed
from irtysh.registries.records.screens import register_records

register_records(
    Claim,
    waiting={
        "bind": (_("Without a binding"), unbound),
        "changed": (_("Verdict changed"), verdict_changed),
    },
)
