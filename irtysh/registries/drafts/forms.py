"""Forms of the report: beginning one, writing it, deciding on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import category

from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from irtysh.registries.drafts.models import Draft
from irtysh.registries.evaluations.models import Evaluation
from irtysh.reports.chapters import CHAPTERS
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import say

_MOST = 50
_LONGEST = 20_000
_UNFIT = ("Cc", "Cs")
_NO_CHARACTERS = "\ufffe\uffff"
"""XML, and so a word processor, refuses them."""


class BeginForm(forms.Form):
    """Of which evaluation, in which language."""

    evaluation = forms.TypedChoiceField(label=_("Evaluation"), coerce=int)
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = Evaluation.objects.listed()[:_MOST]
        self.fields["evaluation"].choices = [
            (one.number, f"№ {one.number}, {one.day:%d.%m.%Y}") for one in listed
        ]
        self.fields["language"].choices = [
            (one, get_language_info(one)["name_local"]) for one in LANGUAGES
        ]


class ReasonForm(forms.Form):
    """Why a report goes back."""

    reason = forms.CharField(
        label=_("Why it is returned"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """What the writing page sends: title, chapters in order, paragraphs, and what to do."""

    title: str
    chapters: list[str]
    paragraphs: dict[str, str]

    @classmethod
    def read(cls, sent: Mapping[str, Any]) -> Written:
        """Read the fields ``use-ID``, ``place-ID``, ``text-ID`` and the buttons up-ID, down-ID.

        Chapters stand by their numbers; a button moves one by a place among the chosen.
        """
        order = list(CHAPTERS)
        used = [name for name in order if sent.get(f"use-{name}")]
        used.sort(key=lambda name: (_place(sent.get(f"place-{name}", "")), order.index(name)))
        for name in list(used):
            at = used.index(name)
            if f"up-{name}" in sent and at:
                used[at - 1], used[at] = used[at], used[at - 1]
            elif f"down-{name}" in sent and at < len(used) - 1:
                used[at + 1], used[at] = used[at], used[at + 1]
        texts = {name: _clean(sent.get(f"text-{name}", ""))[:_LONGEST] for name in order}
        return cls(_clean(sent.get("title", ""))[:200], used, texts)


def _clean(text: Any) -> str:
    """Return a text without control characters: no form of the report can hold them."""
    return "".join(
        one
        for one in str(text)
        if one in "\n\t" or (category(one) not in _UNFIT and one not in _NO_CHARACTERS)
    )


def _place(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 else 999


def chapter_rows(draft: Draft, language: str) -> list[dict[str, Any]]:
    """Return the chapters as the writing page lists them: the chosen in order, then the others."""
    used = list(draft.chapters)
    rest = [name for name in CHAPTERS if name not in used]
    return [
        {
            "id": name,
            "title": say("report", f"chapter_{name}", language),
            "is_used": name in used,
            "place": used.index(name) + 1 if name in used else "",
            "is_first": used[:1] == [name],
            "is_last": used[-1:] == [name],
            "text": draft.paragraphs.get(name, ""),
        }
        for name in (*used, *rest)
    ]
