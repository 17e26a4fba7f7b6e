"""Addresses of registers and records: the same words in every language, and lasting."""

from __future__ import annotations

SEGMENTS = {
    "places": "places",
    "organisations": "organisations",
    "acts": "law",
    "harmonisation": "harmonisation",
    "programmes": "programmes",
    "objectives": "objectives",
    "measures": "measures",
    "targets": "targets",
    "projects": "projects",
    "initiatives": "initiatives",
    "series": "event-series",
    "events": "events",
    "obstacles": "obstacles",
    "offers": "offers",
    "factors": "factors",
    "glossary": "glossary",
    "publications": "publications",
    "guides": "guides",
    "claims": "claims",
    "risks": "risks",
    "announcements": "release-calendar",
    "corrections": "corrections",
}
"""Register → its part of the address."""


def register_path(register: str, language: str) -> str:
    """Return the address of a register's list, below the host."""
    return f"/{language}/{SEGMENTS[register]}/"


def record_path(register: str, code: str, language: str) -> str:
    """Return the lasting address of a record, below the host."""
    return f"{register_path(register, language)}{code}/"
