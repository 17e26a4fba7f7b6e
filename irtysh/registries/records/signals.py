"""What the floor of the registers tells whoever keeps something in step with records."""

from __future__ import annotations

from django.dispatch import Signal

saving = Signal()
"""A record is about to be saved, its rows at hand; ``record``."""

saved = Signal()
"""A record was saved with its rows; ``record``."""

removed = Signal()
"""A record is about to be deleted; ``record``."""
