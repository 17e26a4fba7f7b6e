"""What a line rests on, as links: figures, records, other lines, parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from irtysh.portal.reading import Reading
from irtysh.portal.registers.facts import linked
from irtysh.portal.registers.paths import SEGMENTS
from irtysh.sources.registers.words import register_words

_FIGURE = re.compile(r"\A[0-9a-f]{12}\Z")
_LINE = re.compile(r"\AE\d{1,2}\.")
SHOWN = 8
"""Pieces of evidence beside a line; the rest is counted."""


def evidence(
    ids: Iterable[str], words: Mapping[str, Mapping[str, Any]], base: str, reading: Reading
) -> dict[str, Any]:
    """Return the first pieces of evidence as text and address, and how many there are.

    ``words`` are those of the evaluation; ``base`` is its address, below which its lines lie.
    """
    known = list(ids)
    listed = [
        _piece(number, one, words, base, reading) for number, one in enumerate(known[:SHOWN], 1)
    ]
    return {"pieces": listed, "more": max(0, len(known) - SHOWN), "count": len(known)}


def _piece(
    number: int, one: str, words: Mapping[str, Mapping[str, Any]], base: str, reading: Reading
) -> dict[str, str]:
    if _FIGURE.match(one):
        return {"text": _("figure %(number)s") % {"number": number},
                "path": _resolved(one, reading)}  # fmt: skip
    if _LINE.match(one):
        return {"text": words.get(one, {}).get("title", one), "path": line_path(base, one)}
    register, slash, code = one.partition("/")
    if slash and register in SEGMENTS:
        found = linked(register, code, reading)
        return {"text": found.get("text") or one, "path": found.get("path", "")}
    if register == "registers" and code in SEGMENTS:
        title = register_words(code, "title", reading.language)
        return {"text": title, "path": reverse(f"portal:{code}")}
    return {"text": one, "path": _resolved(one, reading)}


def _resolved(one: str, reading: Reading) -> str:
    """Return the address at which a piece of evidence explains itself."""
    try:
        return reverse("portal:evidence", args=(one,))
    except NoReverseMatch:
        return reverse("portal:figure", args=(one,)) if _FIGURE.match(one) else ""


def line_path(base: str, line_id: str) -> str:
    """Return the address of a line on the page of its step."""
    return f"{base}{line_id.partition('.')[0]}/#{line_id}"
