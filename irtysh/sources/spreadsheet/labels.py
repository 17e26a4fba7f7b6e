"""From a label as printed to a code: by name in any language, by alias, or by another column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from irtysh.sdmx.dimensions import list_of
from irtysh.sources.aliases import area
from irtysh.sources.spreadsheet.mapping import LabelRule, Mapping
from irtysh.sources.spreadsheet.words import Words, level, one_script, split_marks
from irtysh.vocabulary.codelists import Code, codelist
from irtysh.vocabulary.errors import AmbiguousCode, UnknownCode

_NEAR = 3


@dataclass(frozen=True, slots=True)
class Found:
    """What a label led to: a code or None, its footnote marks, and near names if it failed."""

    code: str | None
    marks: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


class Lookup:
    """Finds codes for the labels of one column or one row of headings.

    A name that two codes share finds neither: the two are named as near, and an alias of the
    mapping has to decide.
    """

    def __init__(self, rule: LabelRule, words: Words, classification: str) -> None:
        self._words = words
        # The service of aliases knows more than the list; what the mapping says goes first.
        self._scheme = (rule.by.partition(":")[2] or "name") if rule.by.startswith("alias") else ""
        self.codelist = rule.codelist or list_of(rule.gives, classification) or ""
        self._codes: dict[str, set[str]] = {}
        self._names: dict[str, str] = {}
        if self.codelist:
            for code in codelist(self.codelist).values():
                self._names[code.code] = code.name[words.language]
                for name in _names(code, rule.by):
                    self._codes.setdefault(level(name), set()).add(code.code)
        for label, code_text in rule.aliases.items():
            self._codes[words.name(label)] = {code_text}

    def find(self, text: str) -> Found:
        """Look up a label: as it stands first, then without the footnote marks glued to it."""
        code = self._exact(one_script(text))
        if code is not None:
            return Found(code)
        base, marks = split_marks(text)
        code = self._exact(one_script(base)) if marks else None
        if code is not None:
            return Found(code, marks)
        if not self.codelist and base:
            return Found(base, marks)
        return Found(None, near=self._near(self._words.name(base)))

    def _exact(self, text: str) -> str | None:
        codes = self._codes.get(self._words.name(text)) or self._codes.get(level(text)) or set()
        if codes or not self._scheme or split_marks(text)[1]:
            return next(iter(codes)) if len(codes) == 1 else None
        try:
            return area(text, self._scheme).code
        except (UnknownCode, AmbiguousCode):
            return None

    def _near(self, name: str) -> tuple[str, ...]:
        shared = sorted(self._codes.get(name, ()))
        if shared:
            return tuple(self._shown(code) for code in shared)
        names = get_close_matches(name[:200], self._codes, n=_NEAR)
        return tuple(self._shown(code) for near in names for code in sorted(self._codes[near]))

    def _shown(self, code: str) -> str:
        return f"{code} ({self._names.get(code, '')})"


def _names(code: Code, by: str) -> Iterable[str]:
    if by == "name" or by.startswith("alias"):
        return code.name.values()
    if by == "code":
        return [code.code]
    return filter(None, [code.extra.get(by, "")])


def lookups(mapping: Mapping, classification: str) -> dict[str, Lookup]:
    """Return a look-up for each coded thing that the mapping's labels and headings give."""
    made: dict[str, Lookup] = {}
    for heading in mapping.headings:
        rule = LabelRule("A", heading.gives, "", "name", {})
        made[f"row {heading.row}"] = Lookup(rule, mapping.words, classification)
    for label in mapping.labels:
        made[f"column {label.column}"] = Lookup(label, mapping.words, classification)
    return made
