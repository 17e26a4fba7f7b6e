"""Numbers of organisations and their check digits; names that mean the same organisation."""

from __future__ import annotations

import re
from collections.abc import Sequence

_INN_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_11 = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_12 = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_BIN_FIRST = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_BIN_SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)

_FORMS = {
    "ооо", "оао", "зао", "ао", "пао", "нао", "фгуп", "гуп", "муп", "нко", "ано", "ип", "нпп", "тпк",
    "тоо", "жшс", "жшқ", "ақ", "жақ", "аақ", "рмк", "кмк", "рмқк", "гкп", "ргп",
    "llc", "jsc", "cjsc", "ojsc", "pjsc", "ltd", "llp", "inc", "ab", "as", "oy", "gmbh",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+")


def is_inn(text: str) -> bool:
    """Return True for a taxpayer's number of Russia: 10 digits of a firm, 12 of a person.

    Check digits: order of the Federal Tax Service of 29 June 2012 No. MMV-7-6/435, annex; each
    is a weighted sum modulo 11, modulo 10.
    """
    if not text.isascii() or not text.isdigit():
        return False
    digits = [int(sign) for sign in text]
    if len(digits) == 10:
        return _weighted(digits, _INN_10) % 10 == digits[9]
    if len(digits) == 12:
        eleventh = _weighted(digits, _INN_11) % 10 == digits[10]
        return eleventh and _weighted(digits, _INN_12) % 10 == digits[11]
    return False


def is_ogrn(text: str) -> bool:
    """Return True for a number of the state register of Russia: 13 digits, 15 of a person.

    The last digit is the number before it modulo 11 (13 for a person), modulo 10.
    """
    if not text.isascii() or not text.isdigit() or len(text) not in (13, 15):
        return False
    divisor = 11 if len(text) == 13 else 13
    return int(text[:-1]) % divisor % 10 == int(text[-1])


def is_bin(text: str) -> bool:
    """Return True for a business identification number of Kazakhstan: 12 digits.

    Digits 1–4 are year and month, the fifth is 4, 5 or 6 (resident, non-resident, joint business).
    The last is a weighted sum modulo 11; where that is 10 a second set of weights is used, and a
    number that gives 10 twice is not issued.
    """
    if not text.isascii() or not text.isdigit() or len(text) != 12:
        return False
    digits = [int(sign) for sign in text]
    if not 1 <= int(text[2:4]) <= 12 or text[4] not in "456":
        return False
    remainder = _weighted(digits, _BIN_FIRST)
    if remainder == 10:
        remainder = _weighted(digits, _BIN_SECOND)
    return remainder < 10 and remainder == digits[11]


def is_hs(text: str) -> bool:
    """Return True for a code of the Harmonized System or of a nomenclature built on it."""
    return text.isascii() and text.isdigit() and len(text) in (2, 4, 6, 8, 10)


def name_key(name: str) -> str:
    """Return what two spellings of one organisation's name share.

    Legal forms, quotation marks, case and order of words do not count; ё is е.
    """
    words = _WORD.findall(name.casefold().replace("ё", "е"))
    return " ".join(sorted(word for word in words if word not in _FORMS))


def _weighted(digits: Sequence[int], weights: Sequence[int]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False)) % 11
