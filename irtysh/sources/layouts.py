"""Every layout that is known, and which of them a file may have."""

from __future__ import annotations

import hashlib
from functools import cache

from irtysh.sources.intake.layout import Head, Layout, Recognised
from irtysh.vocabulary.errors import UnknownCode


@cache
def layouts() -> dict[str, Layout]:
    """Return every layout by its id; the generic ones, where a person says it all, are last."""
    from irtysh.sources.intake.generic import GENERIC
    from irtysh.sources.table import LAYOUTS as TABLES
    from irtysh.sources.trade import LAYOUTS as FLOWS

    every: list[Layout] = [*FLOWS, *TABLES, *GENERIC]
    return {one.id: one for one in every}


def layout_of(layout_id: str) -> Layout:
    """Return a layout; raises UnknownCode with those that are near."""
    found = layouts()
    if layout_id not in found:
        from difflib import get_close_matches

        near = ", ".join(get_close_matches(layout_id, list(found), n=3)) or ", ".join(found)
        raise UnknownCode(code=layout_id, codelist="layouts", near=near)
    return found[layout_id]


def recognise(head: Head) -> list[Recognised]:
    """Return the layouts that a file may have, the most certain first."""
    found = [seen for one in layouts().values() if (seen := one.recognise(head)) is not None]
    return sorted(found, key=lambda seen: -seen.certainty)


def shape_of(head: Head) -> str:
    """Return a hash of how a table is headed: the next file of a publisher has the same.

    Names in another case or with other spaces are the same shape; another order is another.
    """
    names = head.header or head.sheets
    said = "\x1f".join(" ".join(name.lower().split()) for name in (head.form, *names))
    return hashlib.sha256(said.encode()).hexdigest()
