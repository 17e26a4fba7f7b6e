"""How a profile was made: level, coverage, what is missing, in sentences of three languages."""

from __future__ import annotations

from collections.abc import Iterator

from irtysh.portal.trade_profiles.subject import Subject
from irtysh.store.questions import Answer
from irtysh.vocabulary.wording import say

_MOST_GAPS = 24


def notes_of(subject: Subject) -> list[str]:
    """Return what a reader must know, the most important first."""
    return list(_notes(subject))


def _notes(subject: Subject) -> Iterator[str]:
    profile, language = subject.profile, subject.language
    line, coverage = profile.line, profile.coverage
    if line is None or coverage is None:
        return
    if profile.side != "ref_area":
        yield say("profile", "partners_records", language, area=subject.area(profile.area))
    yield level_words(line, language)
    if len(line.levels) > 1:
        levels = ", ".join(line.levels)
        yield say("profile", "levels_apart", language, levels=levels)
    if not profile.partner and line.whole:
        yield say("profile", "world_printed", language)
    elif not profile.partner:
        key = "world_summed" if coverage.partners > 1 else "one_partner"
        yield say("profile", key, language, partners=str(coverage.partners))
    if any(block.found for block in profile.shares.values()):
        yield say("profile", f"share_{profile.share_of}", language)
    if profile.chosen and profile.chosen.is_sum:
        months = str(len(profile.chosen.periods))
        yield say("profile", "sum_of_months", language, year=profile.chosen.code, months=months)
    if coverage.gaps:
        named = [subject.period(code) for code in coverage.gaps]
        shown = ", ".join(named[:_MOST_GAPS]) + (", …" if len(named) > _MOST_GAPS else "")
        yield say("profile", "gaps", language, periods=shown)
    if coverage.missing:
        yield say(
            "profile", "missing", language, missing=str(coverage.missing),
            all=str(coverage.observations), suppressed=str(coverage.suppressed),
        )  # fmt: skip
    else:
        yield say("profile", "nothing_missing", language, all=str(coverage.observations))
    if not any(block.found or block.refused for block in profile.products.values()):
        yield say("profile", "totals_only", language)
    elif not profile.sections:
        yield say("profile", "not_harmonised", language)


def level_words(answer: Answer, language: str) -> str:
    """Say which level was summed and why."""
    if answer.level == "0":
        key = "level_printed" if answer.is_complete else "level_printed_gaps"
    else:
        key = "level_complete" if answer.is_complete else "level_chosen"
    return say("profile", key, language, level=answer.level)
