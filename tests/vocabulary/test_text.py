"""Texts in several languages: no language stands in for another."""

from __future__ import annotations

from decimal import Decimal

import pytest

from irtysh.vocabulary.figure import Figure
from irtysh.vocabulary.interval import Interval
from irtysh.vocabulary.text import Text


def test_a_missing_language_is_an_error() -> None:
    with pytest.raises(KeyError):
        _ = Text({"ru": "да"})["en"]


def test_absent_and_blank_texts_are_missing() -> None:
    text = Text({"ru": "да", "kk": "  ", "en": None})  # type: ignore[dict-item]
    assert text.missing(["ru", "kk", "en", "de"]) == ("kk", "en", "de")


def test_equal_texts_are_equal_in_any_order() -> None:
    one, other = Text({"ru": "да", "en": "yes"}), Text({"en": "yes", "ru": "да"})
    assert one == other
    assert hash(one) == hash(other)
    assert one == {"ru": "да", "en": "yes"}
    assert list(one) == ["ru", "en"]
    assert len(one) == 2
    assert "да" in repr(one)


def test_a_text_does_not_change_with_what_it_was_made_of() -> None:
    words = {"ru": "да"}
    text = Text(words)
    words["ru"] = "нет"
    assert text["ru"] == "да"


def test_a_figure_without_a_result_has_no_interval() -> None:
    assert Figure(None, None, None, "PC", flags=("ZERO_BASE",)).interval is None
    whole = Figure(Decimal(2), Decimal(1), Decimal(3), "PC")
    assert whole.interval == Interval(Decimal(1), Decimal(3))
