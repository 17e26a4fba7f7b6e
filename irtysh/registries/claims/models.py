"""Claims: sentences of documents, checked against the figures."""

from __future__ import annotations

from irtysh.registries.records.models import Record, keeps


@keeps("claims")
class Claim(Record):
    """A quantitative statement of a document."""
