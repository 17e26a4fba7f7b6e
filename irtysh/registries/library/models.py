"""Factors, terms, publications."""

from __future__ import annotations

from irtysh.registries.records.models import Record, keeps


@keeps("factors")
class Factor(Record):
    """What favours or hinders cooperation."""


@keeps("glossary")
class Term(Record):
    """A term and one definition of it."""


@keeps("publications")
class Publication(Record):
    """A work of research."""
