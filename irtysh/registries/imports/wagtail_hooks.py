"""Imports of data in the back office."""

from __future__ import annotations

from irtysh.registries.imports import screens  # noqa: F401 (its hooks)
