"""Headings of registers and labels of their columns, from definitions/registers.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from irtysh.vocabulary.places import DEFINITIONS


@cache
def _words() -> Mapping[str, Any]:
    text = (DEFINITIONS / "registers.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found


def register_words(register: str, part: str, language: str) -> str:
    """Return ``title``, ``one``, ``lead`` or ``empty`` of a register."""
    return str(_words()[register][part][language])


def column_label(register: str, column: str, language: str) -> str:
    """Return the label of a column, or of a column of its rows as ``rows.column``.

    What a register does not name itself has the label that all registers share.
    """
    own = _words()[register].get("columns", {}).get(column)
    shared = _words()["everywhere"]
    texts = own or shared.get(column) or shared[column.rpartition(".")[2]]
    return str(texts[language])
