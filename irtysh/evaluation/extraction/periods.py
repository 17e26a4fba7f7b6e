"""Periods that a sentence names, and which of them a number belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from irtysh.evaluation.extraction.lexicon import Lexicon

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_RIGHT_AFTER = re.compile(
    r"^\s*(?:[,(]\s*)?(?:in|at|by|during|for|within|в|во|за|на|к)\s(?:the\s)?$|^\s*\($",
    re.IGNORECASE,
)
_NAMELY = re.compile(
    r"^[\s,(:]*(?:а именно|то есть|т\. ?е\.|namely|that is|i\.e\.|яғни)?[\s,:]*$", re.I
)
_RELATIVE = frozenset({"same", "before"})
_NEXT = 24


@dataclass(frozen=True, slots=True)
class Named:
    """A period named in a sentence.

    Attributes
    ----------
    start, end : int
        Where its words stand in the sentence.
    code : str
        As ``Period.parse`` reads it; empty where it is vague, or relative to another.
    form : str
        Name of the pattern: year, half, …, "vague", "since", "before", "same".
    is_base : bool
        True where the words around it compare with it.
    """

    start: int
    end: int
    code: str
    form: str
    is_base: bool = False

    @property
    def is_relative(self) -> bool:
        """True for "the previous year"."""
        return self.form in _RELATIVE


def named_periods(sentence: str, lexicon: Lexicon) -> list[Named]:
    """Return the periods of a sentence in their order; a longer form hides those inside it."""
    found: list[Named] = []
    for form, pattern in lexicon.periods:
        for match in pattern.finditer(sentence):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            if form == "year" and _is_quantity(sentence, match, lexicon):
                continue
            code = _code(form, match, lexicon)
            if code is None:
                continue
            base = _compares(sentence, match, lexicon, form)
            found.append(Named(match.start(), match.end(), code, form, base))
    return sorted(found, key=lambda one: one.start)


def _is_quantity(sentence: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """A bare 2000 before a unit or a counted noun is an amount, not a year."""
    if not match[0][-1].isdigit():
        return False
    after = sentence[match.end() :].lstrip()
    patterns = [*(p for _, p in lexicon.scales), *(p for _, p in lexicon.units), lexicon.counted]
    return any(pattern.match(after) for pattern in patterns)


def _compares(sentence: str, match: re.Match[str], lexicon: Lexicon, form: str) -> bool:
    before = sentence[: match.start()].rstrip()
    if form == "same" or lexicon.base_after.match(sentence[match.end() :]):
        return True
    aims = lexicon.kind_cue("target_near").search(before)
    return bool(lexicon.base_before.search(before)) and not aims


def _code(form: str, match: re.Match[str], lexicon: Lexicon) -> str | None:
    groups = match.groupdict()
    year = next((groups[name] for name in ("y", "y3", "y4") if groups.get(name)), "")
    other = next((groups[name] for name in ("y2", "y5") if groups.get(name)), "")
    number = _ordinal(groups.get("n") or groups.get("n2") or "", lexicon)
    month, month2 = _month(groups.get("m"), lexicon), _month(groups.get("m2"), lexicon)
    match form:
        case "first":
            count = _cardinal(groups["c"] or "", lexicon)
            return f"{year}-01/{year}-{count:02d}" if 2 <= count <= 12 else None
        case "half":
            return f"{year}-S{number}" if number in (1, 2) else None
        case "quarter":
            return f"{year}-Q{number}" if 1 <= number <= 4 else None
        case "months":
            return f"{year}-{month:02d}/{year}-{month2:02d}" if month < month2 else None
        case "day":
            return f"{year}-{month:02d}-{int(groups['d'] or 0):02d}"
        case "month":
            return f"{year}-{month:02d}"
        case "end":
            return f"{year}-12-31"
        case "start":
            return f"{year}-01-01"
        case "years":
            return f"{year}-01/{other}-12" if year < other else None
        case "year" | "target":
            return year
        case _:
            return ""


def _ordinal(word: str, lexicon: Lexicon) -> int:
    for beginning, number in lexicon.ordinal_numbers.items():
        if beginning.isupper() or beginning.isdigit():
            # "1", "1-е"; a Roman numeral stands alone.
            ending = r"(?:-?\D+)?" if beginning.isdigit() else ""
            if re.fullmatch(beginning + ending, word):
                return number
        elif word.casefold().startswith(beginning):
            return number
    return 0


def _cardinal(word: str, lexicon: Lexicon) -> int:
    if word.isdigit():
        return int(word)
    return next((int(n) for n, pattern in lexicon.cardinals if pattern.fullmatch(word)), 0)


def _month(word: str | None, lexicon: Lexicon) -> int:
    if not word:
        return 0
    return next((n for n, month in enumerate(lexicon.months, 1) if month.fullmatch(word)), 0)


def a_year_before(code: str) -> str:
    """Return the same period one year earlier: 2023-S1 → 2022-S1."""
    return _YEAR.sub(lambda year: str(int(year[0]) - 1), code)


@dataclass(frozen=True, slots=True)
class Dated:
    """The period and base of a number, and whether the period came from an earlier sentence."""

    period: str = ""
    base: str = ""
    inherited: bool = False


def dated(
    start: int, end: int, sentence: str, named: Sequence[Named], inherited: str, is_change: bool
) -> Dated:
    """Return which of the sentence's periods a number at [start, end) belongs to.

    The one right after it ("4.1% in 2018"), else the nearest before it, else the next after it,
    else the one that earlier sentences of the paragraph spoke of.
    """
    main = [one for one in named if not one.is_base]
    compared = [one for one in named if one.is_base and one.end <= start and one.code]
    if compared and not is_change and _NAMELY.match(sentence[compared[-1].end : start]):
        # "… than in 2021, namely 305.6": the number is that of the year compared with.
        return Dated(compared[-1].code)
    chosen = _chosen(start, end, sentence, main)
    if chosen is None:
        period, from_before = inherited, bool(inherited)
    elif chosen.is_relative:
        earlier = [one.code for one in main if one.end <= start and one.code]
        period, from_before = a_year_before(earlier[-1] if earlier else inherited), not earlier
    else:
        period, from_before = chosen.code, False
    return Dated(period, _base(end, named, period) if is_change else "", from_before)


def _chosen(start: int, end: int, sentence: str, main: Sequence[Named]) -> Named | None:
    after = [one for one in main if one.start >= end]
    before = [one for one in main if one.end <= start]
    gap = sentence[end : after[0].start] if after else ""
    if after and len(gap) <= _NEXT and _RIGHT_AFTER.match(gap):
        return after[0]
    if before:
        return before[-1]
    return after[0] if after else None


def _base(end: int, named: Sequence[Named], period: str) -> str:
    bases = [one for one in named if one.is_base]
    if not bases:
        return ""
    nearest = next((one for one in bases if one.start >= end), bases[-1])
    if nearest.is_relative:
        return a_year_before(period)
    return nearest.code
