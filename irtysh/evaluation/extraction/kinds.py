"""What kind of statement a number makes, by its unit and the words around it."""

from __future__ import annotations

from irtysh.evaluation.extraction.lexicon import Lexicon
from irtysh.evaluation.extraction.mentions import Mention

_NEAR = 90
_NEAR_AFTER = 60
_TARGET_AFTER = 160
_EDGES = ";"


def kind_of(mention: Mention, sentence: str, lexicon: Lexicon) -> tuple[str, str]:
    """Return the kind (list of claim kinds) and the reason: a code for the words that decided."""
    before = _clause_before(sentence, mention.start)
    after = _clause_after(sentence, mention.last)
    if mention.unit == "PLACE":
        return "rank", "kind-rank"
    if _is_target(before, after, lexicon):
        return "target", "kind-target"
    if mention.form == "multiple" or mention.unit == "PP":
        return "change", "kind-change"
    if mention.form == "fraction":
        return _fraction(mention, sentence, before, after, lexicon)
    if mention.unit == "PC":
        return _per_cent(mention, sentence, before, after, lexicon)
    if mention.unit == "NUM":
        return "count", "kind-count"
    return "level", "kind-level"


def _clause_before(sentence: str, start: int) -> str:
    return sentence[:start].rpartition(_EDGES)[2].rstrip()


def _clause_after(sentence: str, end: int) -> str:
    return sentence[end:].partition(_EDGES)[0]


def _is_target(before: str, after: str, lexicon: Lexicon) -> bool:
    """Aims are stated before the number; in Kazakh the verb ends the sentence."""
    cue = lexicon.kind_cue("target_near")
    if lexicon.language == "kk":
        return bool(cue.search(after[:_TARGET_AFTER]))
    return bool(cue.search(before))


def _fraction(
    mention: Mention, sentence: str, before: str, after: str, lexicon: Lexicon
) -> tuple[str, str]:
    words = lexicon.kind_cue("change_before").search(before)
    follows = lexicon.kind_cue("change_after").match(after)
    if words or follows:
        return "change", "kind-change"
    return "share", "kind-share"


def _per_cent(
    mention: Mention, sentence: str, before: str, after: str, lexicon: Lexicon
) -> tuple[str, str]:
    """A change where a verb of change governs the number; else a share."""
    if lexicon.kind_cue("level_before").search(before):
        return "share", "kind-share"
    if lexicon.language == "kk":
        unit = sentence[mention.start : mention.last]
        governed = lexicon.kind_cue("change_unit").search(unit)
        if (
            governed
            and "дейін" not in after[:12]
            and lexicon.kind_cue("change_near").search(after[:_NEAR_AFTER])
        ):
            return "change", "kind-change"
        return "share", "kind-share"
    if lexicon.kind_cue("change_before").search(before):
        return "change", "kind-change"
    if lexicon.kind_cue("change_after").match(after):
        return "change", "kind-change"
    return "share", "kind-share"


def falls(mention: Mention, sentence: str, lexicon: Lexicon) -> bool:
    """Return True if the change word closest to a number is one of falling.

    Before the number; in Kazakh, whose verb ends the sentence, after it.
    """
    before, after = sentence[: mention.start], sentence[mention.start :]
    sides = [(after, False), (before, True)]
    for text, is_before in sides if lexicon.language == "kk" else sides[::-1]:
        places = [
            (match.start(), name == "falls")
            for name in ("falls", "rises")
            for match in lexicon.kind_cue(name).finditer(text)
        ]
        if places:
            return max(places)[1] if is_before else min(places)[1]
    return False


def is_aim_or_change(mention: Mention, sentence: str, lexicon: Lexicon) -> bool:
    """Return True where "up to" means a level reached, not a bound: увеличить до 17 тыс."""
    before = _clause_before(sentence, mention.start)[-_NEAR:]
    after = _clause_after(sentence, mention.last)[:_NEAR_AFTER]
    cue = lexicon.kind_cue("change_near")
    near = after if lexicon.language == "kk" else before
    return bool(cue.search(near)) or _is_target(before, after, lexicon)
