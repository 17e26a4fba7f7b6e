"""Which encoding a text is in: found with reasons, or stated by the mapping.

A byte-order mark decides. Text that is valid UTF-8 is UTF-8: eight-bit Cyrillic is practically
never valid UTF-8 by accident. Otherwise the eight-bit code pages are tried and judged by how
much of the text reads as words; a draw is an error, never a coin toss.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from irtysh.vocabulary.errors import EncodingUnclear, Fault, NotReadable

EIGHT_BIT = ("cp1251", "cp866", "koi8-r")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000
_CLEAR = 0.05
"""The better code page must lead by this share of the letters."""
_WORD = re.compile(r"[^\W\d_]+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_SHORT = frozenset("аивкосуяАИВКОСУЯ№«»–—…°²³±§")
"""Letters and signs that stand alone in Russian text."""
_FREQUENT = frozenset("оеаинтсрвлыОЕАИНТСРВЛЫ")
_FREQUENT_SHARE = 0.45
_ENOUGH = 40
"""Of all letters in Russian six in ten are these, in Kazakh nearly as many; a misread text has
two or three in ten. A text in capitals needs this: read in КОИ-8 it is a text in small letters.
Asked of texts with ``_ENOUGH`` letters only."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the encoding it was read in and, where that was a guess, why.

    Attributes
    ----------
    text, encoding : str
    remarks : tuple of Fault
        Warnings: an eight-bit guess with its scores, or damaged bytes line by line.
    """

    text: str
    encoding: str
    remarks: tuple[Fault, ...] = ()


def decode(data: bytes, file: str, stated: str | None = None) -> Decoded:
    """Return the text of a file.

    Parameters
    ----------
    data : bytes
    file : str
        Name for the remarks.
    stated : str, optional
        Encoding that the mapping states; it overrides any finding.

    Raises
    ------
    NotReadable
        The bytes are no text, or not in the stated encoding.
    EncodingUnclear
        Two code pages fit about equally well.
    """
    if stated:
        return _as_stated(data, stated)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _as_stated(data, encoding)
    if b"\x00" in data[:_SAMPLE]:
        raise NotReadable(reason="\\x00")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        first_bad = error.start
    if _mostly_utf8(data):
        return _mended(data, file)
    return _eight_bit(data, file, first_bad)


def _as_stated(data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except LookupError:
        raise NotReadable(reason=f"{encoding}?") from None
    except (UnicodeDecodeError, UnicodeError) as error:
        raise NotReadable(reason=f"{encoding}: {getattr(error, 'start', 0)}") from None
    return Decoded(text.removeprefix("\ufeff"), encoding)


def _mostly_utf8(data: bytes) -> bool:
    """True if at least nine of ten runs beyond ASCII are well-formed UTF-8."""
    text = data[:_SAMPLE].decode("utf-8", errors="replace")
    beyond = _BEYOND_ASCII.findall(text)
    return len(beyond) - text.count("\ufffd") > 9 * text.count("\ufffd")


def _mended(data: bytes, file: str) -> Decoded:
    text = data.decode("utf-8", errors="replace")
    remarks = tuple(
        Fault("BrokenCharacter", file, number, params={"count": str(count)}, severity="warning")
        for number, count in _damaged_lines(text)
    )
    return Decoded(text, "utf-8", remarks)


def _damaged_lines(text: str) -> Iterator[tuple[int, int]]:
    for number, line in enumerate(text.split("\n"), 1):
        count = line.count("\ufffd")
        if count:
            yield number, count


def _eight_bit(data: bytes, file: str, first_bad: int) -> Decoded:
    readings = {page: data[:_SAMPLE].decode(page, errors="replace") for page in EIGHT_BIT}
    scores = sorted(
        ((reads_well(text), page) for page, text in readings.items()),
        key=lambda scored: -scored[0],
    )
    (best_score, best), (other_score, other) = scores[0], scores[1]
    if best_score - other_score < _CLEAR:
        raise EncodingUnclear(first=best, second=other)
    by_case = max(readings, key=lambda page: reads_well(readings[page], by_frequency=False))
    if by_case != best and not _in_capitals(readings[best]):
        # The case of letters speaks for one page, their frequency for another; only in a text
        # of capitals does case say nothing.
        raise EncodingUnclear(first=best, second=by_case)
    try:
        text = data.decode(best)
    except UnicodeDecodeError as error:
        raise NotReadable(reason=f"{best}: {error.start}") from None
    params = {
        "byte": str(first_bad),
        "encoding": best,
        "share": str(round(100 * best_score)),
        "other": other,
        "other_share": str(round(100 * other_score)),
    }
    return Decoded(text, best, (Fault("EncodingGuessed", file, params=params, severity="warning"),))


def _in_capitals(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha() and sign > "\x7f"]
    return sum(1 for sign in letters if sign.isupper()) > len(letters) / 2


def reads_well(text: str, *, by_frequency: bool = True) -> float:
    """Return the share of the characters beyond ASCII that stand in believable words, 0 to 1.

    A believable word is Cyrillic throughout and is lower case, capitalised or upper case;
    КОИ-8 read as CP1251 turns the case of every letter round, CP866 read as CP1251 mixes in
    signs. Words in capitals count half: they say less about case.
    """
    beyond = len(_BEYOND_ASCII.findall(text))
    if not beyond:
        return 0.0
    good = 0.0
    for word in _WORD.findall(text):
        letters = sum(1 for letter in word if letter > "\x7f")
        if not letters or not all("\u0400" <= letter <= "\u04ff" for letter in word):
            continue
        if len(word) == 1:
            good += 0.5 if word in _SHORT else 0.1
        elif word.islower() or word[1:].islower():
            good += letters
        elif word.isupper():
            good += letters / 2
    signs = sum(1 for sign in text if sign in "№«»–—…°\u00a0")
    cyrillic = [sign for sign in text if "\u0400" <= sign <= "\u04ff"]
    frequent = sum(1 for sign in cyrillic if sign in _FREQUENT) / max(len(cyrillic), 1)
    likely = (
        min(1.0, frequent / _FREQUENT_SHARE) ** 4
        if by_frequency and len(cyrillic) >= _ENOUGH
        else 1.0
    )
    return min(1.0, (good * likely + signs) / beyond)
