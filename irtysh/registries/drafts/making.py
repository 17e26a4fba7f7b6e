"""From a draft to a report: its material, its contents, its files."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import get_ident

from django.conf import settings

from irtysh import __version__
from irtysh.publication.edition import Edition
from irtysh.registries.drafts import rules
from irtysh.registries.drafts.models import Draft
from irtysh.registries.evaluations.models import Evaluation
from irtysh.registries.evaluations.rules import EvaluationNotFound
from irtysh.registries.records.shelf import edition
from irtysh.reports.blocks import Contents
from irtysh.reports.contents import contents
from irtysh.reports.material import Material
from irtysh.reports.rendering import form_of, render
from irtysh.vocabulary.places import data_folder

_KEPT = 60
"""Files of automatic reports that stay on the disk; the oldest give way."""


def evaluation_of(number: int | None) -> Evaluation:
    """Return an evaluation by its number, the newest for None.

    Raises EvaluationNotFound, NothingEvaluated.
    """
    if number is None:
        newest = Evaluation.objects.newest()
        if newest is None:
            raise rules.NothingEvaluated()
        return newest
    found: Evaluation | None = Evaluation.objects.listed().filter(number=number).first()
    if found is None:
        raise EvaluationNotFound(number=str(number))
    return found


def material_of(evaluation: Evaluation, language: str) -> Material:
    """Return what a report on an evaluation is written from; raises ReleaseNotFound."""
    inputs = evaluation.inputs
    return Material(
        edition(evaluation.release, language),
        evaluation.outcome,
        list(inputs.claims),
        inputs.registers,
        settings.WAGTAILADMIN_BASE_URL.rstrip("/"),
        evaluation.number,
    )


def draft_contents(draft: Draft, approved: str = "") -> Contents:
    """Return a report as its draft stands; an approved one as it was approved.

    Raises ChapterUnknown, and the refusals of irtysh.reports.references.
    """
    kept = draft.contents
    if kept is not None:
        return kept
    return contents(
        material_of(draft.evaluation, draft.language),
        chapters=draft.chapters,
        own=draft.paragraphs,
        title=draft.title,
        approved=approved,
    )


def approved_report(number: int) -> Contents:
    """Return an approved report by its number; raises ReportNotFound."""
    found = Draft.objects.approved().filter(number=number).first()
    kept = found.contents if found else None
    if kept is None:
        raise rules.ReportNotFound(number=str(number))
    return kept


def automatic(evaluation: Evaluation, language: str) -> Contents:
    """Return the report that nobody edited: all chapters, no words but those of templates."""
    return contents(material_of(evaluation, language))


def rendered(made: Contents, form: str) -> bytes:
    """Return a report in a form."""
    return render(made, _edition(made), form)


def _edition(made: Contents) -> Edition:
    return edition(made.release, made.language)


def automatic_file(evaluation: Evaluation, language: str, form: str) -> bytes:
    """Return the automatic report in a form, made once and kept: anybody may ask for it."""
    form_of(form)
    name = f"{evaluation.inputs_digest[:24]}-{evaluation.outcome_digest[:12]}-{language}"
    return _kept(
        f"{name}-{__version__}.{form}",
        lambda: rendered(automatic(evaluation, language), form),
    )


def approved_file(draft: Draft, form: str) -> bytes:
    """Return an approved report in a form, made once and kept."""
    form_of(form)
    name = f"{draft.digest[:40]}-{__version__}.{form}"
    return _kept(name, lambda: rendered(draft_contents(draft), form))


def _kept(name: str, make: Callable[[], bytes]) -> bytes:
    folder = data_folder() / "reports"
    path = folder / name
    try:
        return path.read_bytes()
    except FileNotFoundError:
        pass
    made = make()
    folder.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{name}.{os.getpid()}.{get_ident()}")
    aside.write_bytes(made)
    aside.replace(path)
    _forget_old(folder)
    return made


def _forget_old(folder: Path) -> None:
    """Remove the files that were made first; any can be made again."""
    with suppress(FileNotFoundError):  # another process is tidying up as well
        known = sorted(
            (one for one in folder.iterdir() if not one.name.startswith(".")),
            key=lambda one: one.stat().st_mtime,
        )
        for one in known[:-_KEPT]:
            one.unlink(missing_ok=True)
