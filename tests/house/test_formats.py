"""Dates and numbers are written as readers of each language write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils.formats import date_format, number_format
from django.utils.translation import override

_SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "long", "short", "month"),
    [
        ("ru", "5 марта 2026 г.", "05.03.2026", "Март 2026 г."),
        ("kk", "2026 ж. 5 наурыз", "05.03.2026", "2026 ж. наурыз"),
        ("en", "5 March 2026", "05/03/2026", "March 2026"),
    ],
)
def test_dates(language: str, long: str, short: str, month: str) -> None:
    day = date(2026, 3, 5)
    with override(language):
        assert date_format(day, "DATE_FORMAT") == long
        assert date_format(day, "SHORT_DATE_FORMAT") == short
        assert date_format(day, "YEAR_MONTH_FORMAT") == month


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("ru", f"1{_SPACE}234{_SPACE}567,89"),
        ("kk", f"1{_SPACE}234{_SPACE}567,89"),
        ("en", "1,234,567.89"),
    ],
)
def test_numbers(language: str, written: str) -> None:
    with override(language):
        assert number_format(Decimal("1234567.89"), use_l10n=True, force_grouping=True) == written
