"""Decimal searches over corners are slow by design: no example has a deadline here."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
