"""The buttons of what is done with a record, in the lists of Wagtail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail import hooks

from irtysh.registries.records.deeds import list_buttons
from irtysh.registries.records.models import Record


@hooks.register("register_snippet_listing_buttons")
def deed_buttons(snippet: Any, user: Any, next_url: str | None = None) -> Iterable[Any]:
    """Return what the person may do with the record."""
    return list_buttons(user, snippet) if isinstance(snippet, Record) else ()
