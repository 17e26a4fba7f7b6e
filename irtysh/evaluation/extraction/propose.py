"""Proposes the statements of a document: sentence by sentence, by rules, the same each time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import yaml

from irtysh.evaluation.extraction.gridded import of_grids
from irtysh.evaluation.extraction.kinds import falls, is_aim_or_change, kind_of
from irtysh.evaluation.extraction.languages import cyrillic_language, language_of
from irtysh.evaluation.extraction.lexicon import Lexicon, lexicon
from irtysh.evaluation.extraction.masks import masked
from irtysh.evaluation.extraction.mentions import Mention, mentions
from irtysh.evaluation.extraction.periods import Dated, Named, dated, named_periods
from irtysh.evaluation.extraction.proposal import Proposal
from irtysh.evaluation.extraction.sentences import sentences
from irtysh.evaluation.extraction.terms import Term, gazetteer
from irtysh.evaluation.extraction.values import as_value
from irtysh.evaluation.extraction.wordless import Cue, cues
from irtysh.sources.texts import Cleaned
from irtysh.vocabulary.places import DEFINITIONS

_OPERATORS = {
    "over": "gt",
    "at_least": "ge",
    "under": "lt",
    "at_most": "le",
    "about": "about",
    "almost": "almost",
    "fraction": "fraction",
}
_TRADITIONALLY = re.compile(r"традиционно|дәстүрлі түрде|traditionally", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_INHERITING = frozenset({"level", "change", "share"})
_GOODS_AFTER, _GOODS_BEFORE = 60, 60
_MOST_NUMBERS = 60
"""A sentence with more is a table that lost its lines; proposals from it would be noise."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with all that was found in it once."""

    text: str
    start: int
    words: Lexicon
    named: tuple[Named, ...]
    areas: tuple[Term, ...]
    goods: tuple[Term, ...]
    inherited: str


@cache
def confidences() -> Mapping[str, Decimal]:
    """Return definitions/thresholds/extraction.yaml: how far each ground is believed."""
    path = DEFINITIONS / "thresholds" / "extraction.yaml"
    with path.open(encoding="utf-8") as stream:
        loaded = yaml.load(stream, Loader=yaml.CSafeLoader)
    return {name: Decimal(str(value)) for name, value in loaded["confidence"].items()}


def propose(cleaned: Cleaned, language: str | None = None) -> tuple[Proposal, ...]:
    """Return the statements of a document in their order on the page.

    Parameters
    ----------
    cleaned : Cleaned
    language : str, optional
        "ru" or "kk": that of its Cyrillic paragraphs. "en": of all. Otherwise found from the
        letters; a paragraph in Latin letters is read as English in any case.
    """
    document = language if language in ("ru", "kk") else cyrillic_language(cleaned.text)
    found: list[Proposal] = []
    for start, end in cleaned.paragraphs():
        found += _of_paragraph(cleaned, start, end, language, document)
    found += of_grids(cleaned, gazetteer(language or document), confidences()["table"])
    return tuple(sorted(found, key=lambda one: (one.first, one.start < 0, one.start)))


def _of_paragraph(
    cleaned: Cleaned,
    offset: int,
    stop: int,
    asked: str | None,
    document: str,
) -> Iterator[Proposal]:
    paragraph = cleaned.text[offset:stop]
    spoken = asked or language_of(paragraph, document)
    inherited = ""
    for start, end in sentences(paragraph, spoken):
        text = paragraph[start:end]
        if len(_NUMBER.findall(text)) > _MOST_NUMBERS:
            continue
        # An abstract in another script may follow without a blank line.
        names = gazetteer(asked if asked == "en" else language_of(text, spoken, whole=False))
        words = lexicon(names.language)
        named = named_periods(text, words)
        sentence = _Sentence(
            text,
            offset + start,
            words,
            tuple(named),
            names.areas_in(text),
            names.goods_in(text),
            "" if any(one.form in ("vague", "since") for one in named) else inherited,
        )
        yield from _of_sentence(cleaned, sentence)
        inherited = _main(named, sentence.inherited)


def _main(named: Sequence[Named], inherited: str) -> str:
    """Return the period that the next sentence may go on speaking of."""
    main = [one.code for one in named if one.code and not one.is_base]
    return main[0] if main else inherited


def _of_sentence(cleaned: Cleaned, sentence: _Sentence) -> Iterator[Proposal]:
    spans = [*masked(sentence.text, sentence.words)]
    spans += [(one.start, one.end) for one in sentence.named]
    found = mentions(sentence.text, sentence.words, spans)
    judged = _kinds(sentence, found)
    before = 0
    for mention, (kind, ground) in zip(found, judged, strict=True):
        between = sentence.text[before : mention.start]
        before = mention.last
        yield _numbered(cleaned, sentence, mention, between, kind, ground)
    kinds = [kind for kind, _ in judged]
    for cue in cues(sentence.text, sentence.words, kinds):
        yield _wordless(cleaned, sentence, cue)


def _kinds(sentence: _Sentence, found: Sequence[Mention]) -> list[tuple[str, str]]:
    """Return the kind of each number; both ends of "20–25 %" are of one kind.

    The word that governs a range stands before it, in Kazakh after it.
    """
    judged = [kind_of(mention, sentence.text, sentence.words) for mention in found]
    for place in range(1, len(found)):
        between = sentence.text[found[place - 1].last : found[place].start]
        ends = (judged[place - 1], judged[place])
        if sentence.words.range_join.fullmatch(between) and all(
            kind in _INHERITING for kind, _ in ends
        ):
            judged[place - 1] = judged[place] = ends[sentence.words.language == "kk"]
    return judged


def _numbered(
    cleaned: Cleaned,
    sentence: _Sentence,
    mention: Mention,
    between: str,
    kind: str,
    ground: str,
) -> Proposal:
    """``between`` are the words since the number before."""
    hedge = mention.hedge
    if hedge == "at_most" and is_aim_or_change(mention, sentence.text, sentence.words):
        hedge = "none"
    if kind == "rank" and _TRADITIONALLY.search(between):
        hedge = "traditionally"
    when = dated(
        mention.start,
        mention.last,
        sentence.text,
        sentence.named,
        sentence.inherited if kind in _INHERITING else "",
        kind == "change",
    )
    commodity, nearly = _commodity(sentence, mention)
    reasons = [ground, *(() if hedge == "none" else (f"hedge:{hedge}",))]
    reasons += _grounds(mention, when, nearly)
    operator = "rank" if kind == "rank" else _OPERATORS.get(hedge, "eq")
    return _proposal(
        cleaned,
        sentence,
        (mention.start, mention.end, mention.last),
        kind=kind,
        operator=operator,
        hedge=hedge,
        printed=mention.printed,
        value=_value(mention, kind, sentence),
        unit=mention.unit,
        unit_mult=mention.unit_mult,
        flow=_flow(sentence, mention.start),
        commodity=commodity,
        period=when.period,
        base_period=when.base,
        confidence=_confidence(mention, when),
        reasons=tuple(reasons),
    )


def _value(mention: Mention, kind: str, sentence: _Sentence) -> str:
    """A fall is a negative change: "сократился на 34 %" is −34."""
    value = as_value(mention.printed, sentence.words.language)
    negative = kind == "change" and falls(mention, sentence.text, sentence.words)
    return f"-{value}" if negative and value and not value.startswith("-") else value


def _grounds(mention: Mention, when: Dated, nearly: str) -> Iterator[str]:
    if not mention.unit:
        yield "unit-unlisted"
    if mention.noun:
        yield f"counted:{mention.noun}"
    if when.inherited and when.period:
        yield f"period-inherited:{when.period}"
    if not when.period:
        yield "period-missing"
    if nearly:
        yield f"commodity-near:{nearly}"


def _confidence(mention: Mention, when: Dated) -> Decimal:
    known = confidences()
    believed = known[mention.form]
    if not mention.certain:
        believed *= known["uncertain_noun"]
    if when.inherited:
        believed *= known["inherited_period"]
    if not mention.unit:
        believed *= known["unlisted_unit"]
    return believed.quantize(Decimal("0.01"))


def _wordless(cleaned: Cleaned, sentence: _Sentence, cue: Cue) -> Proposal:
    when = dated(cue.start, cue.end, sentence.text, sentence.named, "", False)
    goods = [term.code for term in sentence.goods]
    return _proposal(
        cleaned,
        sentence,
        (cue.start, cue.end, cue.end),
        kind=cue.kind,
        operator=cue.operator,
        hedge=cue.hedge,
        flow=_flow(sentence, cue.start),
        commodity=goods[0] if len(goods) == 1 else "",
        period=when.period,
        confidence=confidences()[f"cue_{cue.kind}"],
        reasons=(f"cue:{cue.words}",),
    )


def _proposal(
    cleaned: Cleaned, sentence: _Sentence, span: tuple[int, int, int], **said: object
) -> Proposal:
    start, end, last = (sentence.start + place for place in span)
    return Proposal(
        start=start,
        end=end,
        locator=cleaned.locator(start, last),
        first=cleaned.origin(start)[0],
        last=cleaned.origin(last - 1)[0],
        language=sentence.words.language,
        areas=tuple(dict.fromkeys(term.code for term in sentence.areas)),
        quote=sentence.text,
        **said,  # type: ignore[arg-type]
    )


def _flow(sentence: _Sentence, place: int) -> str:
    """Return the flow named last before a place, else first after it."""
    named = sorted(
        (match.start(), code)
        for code, pattern in sentence.words.flows
        for match in pattern.finditer(sentence.text)
    )
    before = [code for start, code in named if start < place]
    return before[-1] if before else (named[0][1] if named else "")


def _commodity(sentence: _Sentence, mention: Mention) -> tuple[str, str]:
    """Return the goods named closest: right after the unit, else before the number."""
    after = [t for t in sentence.goods if 0 <= t.start - mention.last <= _GOODS_AFTER]
    before = [t for t in sentence.goods if 0 <= mention.start - t.end <= _GOODS_BEFORE]
    if after and not re.search(r"[.,;()—–]", sentence.text[mention.last : after[0].start]):
        return after[0].code, after[0].nearly
    if before:
        return before[-1].code, before[-1].nearly
    return "", ""
