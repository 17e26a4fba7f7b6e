"""Lines and steps in words: templates of definitions/messages/evaluation.yaml, nothing else.

A template holds no number. Its blanks are the figures of the line by name, its params, and
``subject``, ``status``. ``{cagr}`` writes the point with its unit, ``{cagr_range}`` the bounds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from irtysh.evaluation.strategy.figures import number
from irtysh.evaluation.strategy.outcome import Line, Step
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import UnknownCode
from irtysh.vocabulary.numbers import NO_BREAK_SPACE, Shown, format_number, format_shown
from irtysh.vocabulary.period import Period
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import catalogue, period_in_words, say

CATALOGUE = "evaluation"
STATUSES = "evaluation_statuses"
_STOPS = re.compile(r"(?<!\.)\.{2}(?!\.)")

IPCC = (
    ("virtually_certain", Decimal("0.99")),
    ("extremely_likely", Decimal("0.95")),
    ("very_likely", Decimal("0.90")),
    ("likely", Decimal("0.66")),
    ("as_likely_as_not", Decimal("0.33")),
    ("unlikely", Decimal("0.10")),
    ("very_unlikely", Decimal("0.05")),
    ("extremely_unlikely", Decimal("0.01")),
)
"""Words for a probability and the least one that each is used for (Mastrandrea et al. 2010)."""


def said(one: Line | Step | Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return a line or a step in words: {"title": str, "text": str, "arithmetic": [str, …]}.

    Takes the JSON of either, too. Raises UnknownWording if a template or a blank is missing.
    """
    plain = one if isinstance(one, Mapping) else one.to_json()
    blanks = _blanks(plain, language)
    key = plain["sentence"]
    arithmetic = _spoken(f"{key}.arithmetic", language, blanks) if has_arithmetic(key) else ""
    return {
        "title": _spoken(f"{key}.title", language, blanks),
        "text": _spoken(f"{key}.text", language, blanks),
        "arithmetic": [line for line in arithmetic.split("\n") if line.strip()],
    }


def has_arithmetic(key: str) -> bool:
    """Return True if a sentence has a computation to show."""
    return f"{key}.arithmetic" in catalogue(CATALOGUE)


def likelihood(probability: Decimal) -> str:
    """Return the key of the word for a probability, 0 to 1, by the scale of the IPCC."""
    for word, least in IPCC:
        if probability >= least:
            return word
    return "exceptionally_unlikely"


def status_name(status: str, language: str) -> str:
    """Return the name of a status."""
    return codelist(STATUSES).label(status, language)


def tone(status: str) -> str:
    """Return good, fair, poor or grey; raises UnknownCode."""
    return codelist(STATUSES)[status].extra["tone"]


def figure_in_words(figure: Mapping[str, Any], language: str) -> str:
    """Write a figure with its unit; its bounds where it has no point; a dash where nothing."""
    point = number(figure["point"])
    if point is None:
        return range_in_words(figure, language)
    shown = Shown(point, figure.get("digits", 2), figure.get("signed", False))
    return _with_unit(format_shown(shown, language), figure, language)


def range_in_words(figure: Mapping[str, Any], language: str) -> str:
    """Write the bounds of a figure, "≥ 380" where one is open; a dash where there are none."""
    low, high = number(figure["low"]), number(figure["high"])
    if low is None or high is None or (not low.is_finite() and not high.is_finite()):
        return "–"
    digits = figure.get("digits", 2)
    if not high.is_finite():
        written = f"≥ {format_number(low, language, digits)}"
    elif not low.is_finite():
        written = f"≤ {format_number(high, language, digits)}"
    else:
        ends = (
            format_shown(Shown(end, digits, figure.get("signed", False)), language)
            for end in (low, high)
        )
        written = "…".join(ends)
    return _with_unit(written, figure, language)


def _with_unit(written: str, figure: Mapping[str, Any], language: str) -> str:
    unit, mult = figure["unit"], figure.get("unit_mult", 0)
    if unit in ("_Z", "_U", "NUM", "INDEX", "RATIO", ""):
        return written
    words = [written]
    if mult:
        words.append(say("consistency", f"scale.{mult}", language))
    words.append(_symbol(unit, language))
    return NO_BREAK_SPACE.join(word for word in words if word)


def _symbol(unit: str, language: str) -> str:
    for name in ("units", "target_units"):
        if unit in codelist(name):
            code = codelist(name)[unit]
            own = code.extra.get(f"symbol_{language}") or code.extra.get("symbol")
            return own or code.name[language]
    return unit


def _blanks(plain: Mapping[str, Any], language: str) -> dict[str, str]:
    blanks: dict[str, str] = {}
    for name, figure in plain.get("figures", {}).items():
        blanks[name] = figure_in_words(figure, language)
        blanks[f"{name}_range"] = range_in_words(figure, language)
    for name, value in plain.get("params", {}).items():
        blanks[name] = value_in_words(value, language)
    blanks["status"] = status_name(plain["status"], language)
    if "subject" in plain:
        blanks["subject"] = _label(plain["subject"], language)
    if plain.get("robust") is not None:
        share = Decimal(plain["robust"]) * 100
        blanks["robust"] = f"{format_number(share, language, 0)}{NO_BREAK_SPACE}%"
    return blanks


def value_in_words(value: Any, language: str) -> str:
    """Write a param: plain text, or one of the tagged kinds.

    {"text": {language: words}}, {"period": [kind, code]}, {"day": ISO}, {"code": [list, code]},
    {"list": [value, …]}, {"phrase": key, "params": {…}}.
    """
    match value:
        case {"text": by_language}:
            return by_language.get(language) or next(iter(by_language.values()), "")
        case {"period": [kind, code]}:
            return period_in_words(Period.parse(kind, code), language)
        case {"day": day}:
            return moment_in_words(day, language)
        case {"code": [name, code]}:
            return _code(name, code, language)
        case {"list": items}:
            return ", ".join(value_in_words(item, language) for item in items) or "–"
        case {"phrase": key, "params": params}:
            filled = {name: value_in_words(item, language) for name, item in params.items()}
            return _spoken(key, language, filled)
        case None:
            return "–"
        case _:
            return str(value)


def moment_in_words(day: str, language: str) -> str:
    """Write a day, month or year known as "2021-12-31", "2021-12" or "2021"."""
    period = Period.parse("P", day)
    assert period.start is not None
    part = {4: "year", 7: "month", 10: "day"}[len(day)]
    months = catalogue("periods")["months_genitive" if part == "day" else "months"][language]
    return say(
        "consistency",
        f"moment.{part}",
        language,
        day=str(period.start.day),
        month=months[period.start.month - 1],
        year=str(period.start.year),
    )


def _code(name: str, code: str, language: str) -> str:
    try:
        return codelist(name).label(code, language)
    except UnknownCode:
        return code


def _label(subject: Mapping[str, Any], language: str) -> str:
    label = subject.get("label") or {}
    return str(label.get(language) or next(iter(label.values()), subject["id"]))


def _spoken(key: str, language: str, blanks: Mapping[str, str]) -> str:
    """Fill a template; a period that ends in a stop ("2021 г.") ends the sentence by itself."""
    return _STOPS.sub(".", say(CATALOGUE, key, language, **blanks)).strip()


def label_of(key: str) -> dict[str, str]:
    """Return a phrase of the catalogue in every language, as a subject's label."""
    return {language: _spoken(key, language, {}) for language in LANGUAGES}


def figure_name(name: str, language: str) -> str:
    """Return what a figure of a line is called."""
    return say(CATALOGUE, f"figure.{name}", language)
