"""Numbers in a sentence with their unit, scale and hedge: digits, words, fractions, ranks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from irtysh.evaluation.extraction.lexicon import Lexicon
from irtysh.evaluation.extraction.masks import overlaps
from irtysh.evaluation.extraction.nouns import counted_noun

_SPACE = re.compile(r"\s?")
_SUFFIX = re.compile(r"-[^\W\d_]{1,5}(?!\w)")
"""A grammatical ending after digits: 140-тан, 1-е."""
_MONEY = ((re.compile(r"(?:US)?\$\s?$"), "USD"), (re.compile(r"€\s?$"), "EUR"),
          (re.compile(r"₽\s?$"), "RUB"), (re.compile(r"₸\s?$"), "KZT"),
          (re.compile(r"\b(USD|EUR|RUB|KZT|CNY)\s$"), ""))  # fmt: skip
_HEDGE_REACH = 60
_NO_UNIT = ""
_LARGE = 6


@dataclass(frozen=True, slots=True)
class Mention:
    """A number found.

    Attributes
    ----------
    start, end : int
        The number as printed, in the sentence.
    last : int
        Where its scale and unit end.
    printed : str
    unit, unit_mult : str, int
        Code of the list of units ("" where the unit is not in it); power of ten.
    form : str
        "digits", "word", "fraction", "multiple", "rank".
    hedge : str
        Code of the list of hedges.
    noun : str
        What is counted, where no unit is printed.
    certain : bool
        False where only a following noun makes it a quantity.
    """

    start: int
    end: int
    last: int
    printed: str
    unit: str
    unit_mult: int
    form: str
    hedge: str = "none"
    noun: str = ""
    certain: bool = True


def mentions(sentence: str, lexicon: Lexicon, spans: list[tuple[int, int]]) -> list[Mention]:
    """Return the quantities of a sentence outside ``spans``, in their order."""
    found: list[Mention] = []
    taken = list(spans)
    for search in (_ranks, _fractions, _multiples, _digits, _cardinals):
        for mention in search(sentence, lexicon, taken):
            if not overlaps(mention.start, mention.last, taken):
                found.append(mention)
                taken.append((mention.start, mention.last))
    found.sort(key=lambda mention: mention.start)
    return [replace(one, hedge=_hedge(sentence, one, lexicon)) for one in found]


def _digits(sentence: str, lexicon: Lexicon, taken: Sequence[tuple[int, int]]) -> Iterator[Mention]:
    numbers = [m for m in lexicon.number.finditer(sentence) if not overlaps(*m.span(), list(taken))]
    for place, match in enumerate(numbers):
        start, end = match.span()
        reading = _measured(sentence, end, lexicon)
        if reading is None and place + 1 < len(numbers):
            reading = _as_range(sentence, end, numbers[place + 1], lexicon)
        reading = _money_before(sentence, start, end, lexicon) or reading
        if reading:
            unit, power, last = reading
            yield Mention(start, end, last, match[0], unit, power, "digits")
            continue
        power, last = _scale(sentence, end, lexicon)
        noun = counted_noun(sentence, _after_suffix(sentence, last, lexicon), lexicon)
        if not noun and power >= _LARGE:
            # "192.3 million; the currency is not named": a quantity all the same.
            yield Mention(start, end, last, match[0], _NO_UNIT, power, "digits", certain=False)
            continue
        if noun:
            sure = power > 0 or bool(lexicon.counted.match(noun.head))
            unit = _unit_of(noun.head, lexicon)
            yield Mention(
                start, end, last, match[0], unit, power, "digits", noun=noun.head, certain=sure
            )


def _unit_of(noun: str, lexicon: Lexicon) -> str:
    """A noun may itself be a unit that a hedge parts from its number: 48 мыңға жуық тұрғын."""
    return next((code for code, unit in lexicon.units if unit.fullmatch(noun)), "NUM")


def _measured(sentence: str, end: int, lexicon: Lexicon) -> tuple[str, int, int] | None:
    """Return unit, power of ten and end of what follows a number; None without a unit."""
    for begin in dict.fromkeys((end, _after_suffix(sentence, end, lexicon))):
        power, last = _scale(sentence, begin, lexicon)
        place = _SPACE.match(sentence, last).end()  # type: ignore[union-attr]
        for code, pattern in lexicon.units:
            unit = pattern.match(sentence, place)
            if unit and unit.end() > place:
                return code, power, unit.end()
    return None


def _after_suffix(sentence: str, end: int, lexicon: Lexicon) -> int:
    """Return the end of a number's grammatical ending and of a hedge word after it."""
    suffix = _SUFFIX.match(sentence, end)
    if suffix:
        end = suffix.end()
    for _, pattern in lexicon.hedges_after:
        hedge = pattern.match(sentence[end : end + _HEDGE_REACH])
        if hedge and hedge[0].strip():
            return end + hedge.end()
    return end


def _scale(sentence: str, end: int, lexicon: Lexicon) -> tuple[int, int]:
    place = _SPACE.match(sentence, end).end()  # type: ignore[union-attr]
    for power, pattern in lexicon.scales:
        scale = pattern.match(sentence, place)
        if scale and not sentence[scale.end() : scale.end() + 1].isalpha():
            return power, scale.end()
    return 0, end


def _as_range(
    sentence: str, end: int, following: re.Match[str], lexicon: Lexicon
) -> tuple[str, int, int] | None:
    """The first number of "20–25 %" and "between 20 and 25%" has the unit of the second."""
    if not lexicon.range_join.fullmatch(sentence[end : following.start()]):
        return None
    reading = _measured(sentence, following.end(), lexicon)
    return (reading[0], reading[1], end) if reading else None


def _money_before(
    sentence: str, start: int, end: int, lexicon: Lexicon
) -> tuple[str, int, int] | None:
    for pattern, code in _MONEY:
        sign = pattern.search(sentence[:start])
        if sign:
            power, last = _scale(sentence, end, lexicon)
            return code or sign[1], power, last
    return None


def _cardinals(
    sentence: str, lexicon: Lexicon, taken: Sequence[tuple[int, int]]
) -> Iterator[Mention]:
    """Numbers in words, where a unit or a noun that is often counted follows."""
    for _, pattern in lexicon.cardinals:
        for match in pattern.finditer(sentence):
            start, end = match.span()
            reading = _measured(sentence, end, lexicon)
            if reading:
                yield Mention(start, end, reading[2], match[0], reading[0], reading[1], "word")
                continue
            noun = counted_noun(sentence, _after_suffix(sentence, end, lexicon), lexicon)
            if noun and (noun.is_listed or _is_hedged(sentence, start, lexicon)):
                yield Mention(
                    start, end, end, match[0], "NUM", 0, "word", noun=noun.head,
                    certain=noun.is_listed,
                )  # fmt: skip


def _is_hedged(sentence: str, start: int, lexicon: Lexicon) -> bool:
    before = sentence[:start].rstrip()
    return any(pattern.search(before) for _, pattern in lexicon.hedges_before)


def _fractions(
    sentence: str, lexicon: Lexicon, taken: Sequence[tuple[int, int]]
) -> Iterator[Mention]:
    for _, pattern in lexicon.fractions:
        for match in pattern.finditer(sentence):
            yield Mention(*match.span(), match.end(), match[0], "RATIO", 0, "fraction")


def _multiples(
    sentence: str, lexicon: Lexicon, taken: Sequence[tuple[int, int]]
) -> Iterator[Mention]:
    for _, pattern in lexicon.multiples:
        for match in pattern.finditer(sentence):
            yield Mention(*match.span(), match.end(), match[0], "RATIO", 0, "multiple")
    numbers = [lexicon.number, *(pattern for _, pattern in lexicon.cardinals)]
    for number in numbers:
        for match in number.finditer(sentence):
            place = _SPACE.match(sentence, match.end()).end()  # type: ignore[union-attr]
            times = lexicon.times.match(sentence, place)
            before = sentence[: match.start()].rstrip()
            if times and lexicon.times_before.search(before):
                yield Mention(*match.span(), times.end(), match[0], "RATIO", 0, "multiple")


def _ranks(sentence: str, lexicon: Lexicon, taken: Sequence[tuple[int, int]]) -> Iterator[Mention]:
    for match in lexicon.number.finditer(sentence):
        place = lexicon.rank.match(sentence, match.end())
        if place and place[0].strip() and len(match[0]) <= 3 and match[0].isdigit():
            yield Mention(*match.span(), place.end(), match[0], "PLACE", 0, "rank")
    for _, pattern in lexicon.ordinals:
        for match in pattern.finditer(sentence):
            noun = lexicon.rank_nouns.match(sentence, match.end() + 1)
            named = lexicon.rank_before.search(sentence[: match.start()].rstrip())
            if noun or named:
                last = match.end() + 1 + len(noun[0]) if noun else match.end()
                yield Mention(*match.span(), last, match[0], "PLACE", 0, "rank")


def _hedge(sentence: str, mention: Mention, lexicon: Lexicon) -> str:
    before = sentence[: mention.start].rstrip().removesuffix("$").removesuffix("€").rstrip()
    before = re.sub(r"\b(?:USD|EUR|RUB|KZT)$", "", before).rstrip()
    for code, pattern in lexicon.hedges_before:
        if pattern.search(before):
            return code
    # "8 %-ға көп": how much more, not "more than 8 %".
    governed = lexicon.kind_cue("change_unit").search(sentence[mention.start : mention.last])
    barred = ("over", "under") if governed else ()
    for end in dict.fromkeys((mention.last, mention.end)):
        after = sentence[end : end + _HEDGE_REACH]
        for code, pattern in lexicon.hedges_after:
            found = pattern.match(after)
            if found and found[0].strip() and code not in barred:
                return code
    return "fraction" if mention.form in ("fraction", "multiple") else "none"
