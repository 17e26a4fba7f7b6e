"""Factors, terms and publications in the back office."""

from __future__ import annotations

from irtysh.registries.library.models import Factor, Publication, Term
from irtysh.registries.records.screens import register_records

register_records(Factor)
register_records(Publication)
register_records(Term)
