"""What an import must have before a step: the id of its dataset, its answers, its description."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from irtysh.sources.intake.layout import Recognised
from irtysh.sources.intake.roles import PREFIX
from irtysh.store.vintages import is_dataset_id
from irtysh.vocabulary.errors import DatasetIdTaken, DatasetIdWrong, IrtyshError
from irtysh.vocabulary.text import LANGUAGES

LONGEST_ID = 40
TEXTS = ("title", "description", "publisher", "unit_note")
"""What is said of a dataset in every language."""
MAY_BE_EMPTY = ("unit_note",)


class QuestionsOpen(IrtyshError):
    """A file cannot be read before its questions are answered."""


class AboutIncomplete(IrtyshError):
    """A dataset cannot be published before it is described in every language."""


class ImportElsewhere(IrtyshError):
    """An import is not in the state in which this can be done."""


class DatasetBusy(IrtyshError):
    """Another file is being read or published for the same dataset."""


def refuse_id(dataset: str, of_case: Iterable[str]) -> None:
    """Raise DatasetIdWrong or DatasetIdTaken."""
    if not is_dataset_id(dataset):
        raise DatasetIdWrong(dataset=dataset[:60])
    if dataset in set(of_case):
        raise DatasetIdTaken(dataset=dataset)


def open_questions(recognised: Recognised | None, settings: Mapping[str, str]) -> list[str]:
    """Return the settings that still want an answer; a column that has the role is one."""
    if recognised is None:
        return []
    roles = {role for name, role in settings.items() if name.startswith(PREFIX)}
    return [
        one.setting
        for one in recognised.questions
        if not settings.get(one.setting) and one.setting not in roles
    ]


def about_gaps(about: Mapping[str, Any]) -> list[str]:
    """Return what a description lacks, as field names: title_kk, licence."""
    gaps = [
        f"{name}_{language}"
        for name in TEXTS
        if name not in MAY_BE_EMPTY
        for language in LANGUAGES
        if not (about.get(name) or {}).get(language, "").strip()
    ]
    if not str(about.get("licence") or "").strip():
        gaps.append("licence")
    return gaps
