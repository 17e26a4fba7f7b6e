"""The words of one language by which statements are found: definitions/extraction/LANGUAGE.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import yaml

from irtysh.vocabulary.places import DEFINITIONS

_NEVER = r"(?!)"
_DIGITS = {
    "en": r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?",
    "": r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?",
}
"""Digits as printed: English groups by comma, the others by a space with a decimal comma."""


@dataclass(frozen=True, slots=True)
class Wordless:
    """A cue of a statement that needs no number: its expression, hedge and operator."""

    kind: str
    cue: re.Pattern[str]
    hedge: str
    operator: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled words of a language; see the YAML file for what each is for."""

    language: str
    abbreviations: frozenset[str]
    number: re.Pattern[str]
    range_join: re.Pattern[str]
    scales: tuple[tuple[int, re.Pattern[str]], ...]
    units: tuple[tuple[str, re.Pattern[str]], ...]
    rank: re.Pattern[str]
    rank_nouns: re.Pattern[str]
    rank_before: re.Pattern[str]
    ordinals: tuple[tuple[Decimal, re.Pattern[str]], ...]
    cardinals: tuple[tuple[Decimal, re.Pattern[str]], ...]
    fractions: tuple[tuple[Decimal, re.Pattern[str]], ...]
    multiples: tuple[tuple[Decimal, re.Pattern[str]], ...]
    times: re.Pattern[str]
    times_before: re.Pattern[str]
    counted: re.Pattern[str]
    not_counted: re.Pattern[str]
    hedges_before: tuple[tuple[str, re.Pattern[str]], ...]
    hedges_after: tuple[tuple[str, re.Pattern[str]], ...]
    months: tuple[re.Pattern[str], ...]
    periods: tuple[tuple[str, re.Pattern[str]], ...]
    base_before: re.Pattern[str]
    base_after: re.Pattern[str]
    ordinal_numbers: Mapping[str, int]
    masks: tuple[re.Pattern[str], ...]
    kinds: Mapping[str, re.Pattern[str]]
    wordless: tuple[Wordless, ...]
    measured: re.Pattern[str]
    flows: tuple[tuple[str, re.Pattern[str]], ...]
    area_aliases: Mapping[str, tuple[str, ...]]
    terms_without: frozenset[str]

    def kind_cue(self, name: str) -> re.Pattern[str]:
        """Return a cue of kinds; one that the language does not have never matches."""
        return self.kinds.get(name) or re.compile(_NEVER)


@cache
def lexicon(language: str) -> Lexicon:
    """Return the words of a language; a language without a file reads as English."""
    folder = DEFINITIONS / "extraction"
    path = folder / f"{language}.yaml"
    with (path if path.exists() else folder / "en.yaml").open(encoding="utf-8") as stream:
        words: dict[str, Any] = yaml.load(stream, Loader=yaml.CSafeLoader)
    return _compiled(words)


def _compiled(words: Mapping[str, Any]) -> Lexicon:
    return Lexicon(
        language=words["language"],
        abbreviations=frozenset(words["abbreviations"].split()),
        number=_digits(words["language"]),
        range_join=re.compile(r"\s?[–—-]\s?| до | and | to "),
        scales=tuple((int(n), _after_digits(p)) for n, p in words["scales"].items()),
        units=tuple((code, _after_digits(p)) for code, p in words["units"].items()),
        rank=_any(words["rank"]),
        rank_nouns=_any(words["rank_nouns"]),
        rank_before=_ending(words.get("rank_before")),
        ordinals=_numbers(words["ordinals"]),
        cardinals=_numbers(words["cardinals"]),
        fractions=_numbers(words["fractions"]),
        multiples=_numbers(words["multiples"]),
        times=_any(words["times"]),
        times_before=_any(words.get("times_before", "")),
        counted=_word(words["counted"]),
        not_counted=_whole(words["not_counted"]),
        hedges_before=tuple((code, _ending(p)) for code, p in words["hedges_before"]),
        hedges_after=tuple(
            (code, _any("^ ?(?:" + p + r")(?!\w)")) for code, p in words["hedges_after"]
        ),
        months=tuple(_whole(p) for p in words["period_months"]),
        periods=_periods(words),
        base_before=_ending(words.get("base_before")),
        base_after=_any(words.get("base_after", _NEVER)),
        ordinal_numbers=words["ordinal_numbers"],
        masks=tuple(_any(p) for p in words["masks"]),
        kinds={name: _any(p) for name, p in words["kinds"].items()},
        wordless=tuple(
            Wordless(kind, _any(r"(?<!\w)(?:" + cue + ")"), hedge, operator)
            for kind, cues in words["wordless"].items()
            for cue, hedge, operator in cues
        ),
        measured=_any(_joined(words["measured"])),
        flows=tuple((code, _word(p)) for code, p in words["flows"].items()),
        area_aliases={code: tuple(names) for code, names in words["area_aliases"].items()},
        terms_without=frozenset(words["terms_without"].split()),
    )


def _any(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("\n", ""), re.IGNORECASE)


def _joined(pattern: str) -> str:
    """A folded list in YAML has spaces after its bars."""
    return re.sub(r"\|\s+", "|", pattern.strip())


def _word(pattern: str) -> re.Pattern[str]:
    return _any(r"(?<!\w)(?:" + _joined(pattern) + ")")


def _after_digits(pattern: str) -> re.Pattern[str]:
    """Words that may be set close to a number: "5%", "10км"."""
    return _any(r"(?<![^\W\d])(?:" + _joined(pattern) + ")")


def _whole(pattern: str) -> re.Pattern[str]:
    return _any(r"(?<!\w)(?:" + _joined(pattern) + r")(?!\w)")


def _ending(pattern: str | None) -> re.Pattern[str]:
    """What must stand right before something; nothing where the language has no such word."""
    if not pattern:
        return re.compile(_NEVER)
    return _any(r"(?<!\w)(?:" + pattern.removesuffix("$") + r")$")


def _numbers(words: Mapping[Any, str]) -> tuple[tuple[Decimal, re.Pattern[str]], ...]:
    # "seventy-six" is no six.
    return tuple(
        (Decimal(str(number)), _any(rf"(?<![\w-])(?:{p})(?!\w)")) for number, p in words.items()
    )


def _digits(language: str) -> re.Pattern[str]:
    digits = _DIGITS.get(language, _DIGITS[""])
    return re.compile(rf"(?<![\w./№])(?<![^\W\d]-)(?<!\d,)(?:{digits})(?![\d/]|[.,]\d)")


def _periods(words: Mapping[str, Any]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    months = "|".join(f"(?:{month})" for month in words["period_months"])
    blanks = {
        "{year_word}": words["year_word"],
        "{year}": words["year"],
        "{month}": f"(?P<m>{months})",
        "{month2}": f"(?P<m2>{months})",
        "{cardinal}": "|".join([r"\d{1,2}", *words["cardinals"].values()]),
    }
    for number in "2345":
        blanks["{year" + number + "}"] = words["year"].replace("<y>", f"<y{number}>")
    found = []
    for name, pattern in words["periods"]:
        for blank, filled in blanks.items():
            pattern = pattern.replace(blank, filled)
        found.append((name, _any(rf"(?<![\w.,/-])(?:{pattern})(?!\d)")))
    return tuple(found)
