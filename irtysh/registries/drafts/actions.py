"""Writing, submitting, returning and approving a report: each step has a person and a log line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from irtysh.accounts.models import User
from irtysh.accounts.permissions import require
from irtysh.registries.drafts import rules
from irtysh.registries.drafts.making import draft_contents, evaluation_of, material_of
from irtysh.registries.drafts.models import Draft
from irtysh.registries.evaluations.rules import packed
from irtysh.registries.records.listing import alone, grow
from irtysh.reports.chapters import CHAPTERS, chosen
from irtysh.reports.references import faults
from irtysh.reports.words import day_words
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.wording import say

OBJECT = "reports"
WRITE = "drafts.write"


def begin(*, by: User, language: str, title: str = "", number: int | None = None) -> Draft:
    """Begin a report on an evaluation, the newest for None, with all chapters.

    Raises NotAllowed, EvaluationNotFound, NothingEvaluated.
    """
    require(by, "add", OBJECT)
    evaluation = evaluation_of(number)
    made = Draft.objects.create(
        title=title.strip() or say("report", "title", language),
        language=language,
        evaluation=evaluation,
        chapters=list(CHAPTERS),
        author=by,
        author_name=name_of(by),
    )
    log(instance=made, action="drafts.begin", user=by)
    return made


def write(
    *, draft: Draft, by: User, title: str, chapters: Sequence[str], paragraphs: Mapping[str, str]
) -> Draft:
    """Change title, chapters and paragraphs; texts with mistakes are kept, a draft may be wrong.

    Raises NotAllowed, NotWritable, ReportFrozen, NoChapters, ChapterUnknown.
    """
    require(by, "change", OBJECT)
    with transaction.atomic():
        known = _locked(draft)
        if not known.is_writable:
            raise rules.ReportFrozen() if known.state == rules.APPROVED else rules.NotWritable()
        names = chosen(list(chapters))
        if not names:
            raise rules.NoChapters()
        before = (known.title, known.chapters, known.paragraphs)
        known.title = title.strip() or known.title
        known.chapters = list(names)
        known.paragraphs = {
            name: text.replace("\r\n", "\n").strip()
            for name, text in paragraphs.items()
            if name in CHAPTERS and text.strip()
        }
        if before != (known.title, known.chapters, known.paragraphs):
            known.save()
            log(instance=known, action=WRITE, user=by)
    return known


def wrote(draft: Draft, user: User) -> bool:
    """Return True where a person began a report or changed a word of it, as the log knows."""
    written = ModelLogEntry.objects.for_instance(draft).filter(action=WRITE, user=user)
    return draft.author_id == user.pk or written.exists()


def mistakes(draft: Draft) -> dict[str, list[IrtyshError]]:
    """Return chapter → what is wrong with its own paragraphs; chapters without mistakes not."""
    material = material_of(draft.evaluation, draft.language)
    found = {
        name: faults(material, text)
        for name, text in draft.paragraphs.items()
        if name in draft.chapters
    }
    return {name: wrong for name, wrong in found.items() if wrong}


def submit(*, draft: Draft, by: User) -> Draft:
    """Hand a report to those who approve; raises NotAllowed, NotWritable, or its first mistake."""
    require(by, "change", OBJECT)
    with transaction.atomic():
        known = _locked(draft)
        if not known.is_writable:
            raise rules.ReportFrozen() if known.state == rules.APPROVED else rules.NotWritable()
        draft_contents(known)
        known.state, known.reason = rules.SUBMITTED, ""
        known.submitted_at = timezone.now()
        known.save()
        log(instance=known, action="drafts.submit", user=by)
    return known


def give_back(*, draft: Draft, by: User, reason: str) -> Draft:
    """Return a report to its author; raises NotAllowed, NotSubmitted, ReturnReasonNeeded."""
    require(by, "approve", OBJECT)
    if not reason.strip():
        raise rules.ReturnReasonNeeded()
    with transaction.atomic():
        known = _submitted(draft)
        known.state, known.reason = rules.RETURNED, reason.strip()
        known.save()
        log(instance=known, action="drafts.return", user=by, data={"reason": known.reason})
    return known


def approve(*, draft: Draft, by: User, seen: str = "") -> Draft:
    """Approve a report and keep everything that it says; from now on everybody may read it.

    ``seen`` is the mark of what the person read (``mark_of``); empty where nobody was shown it.
    Raises NotAllowed, NotSubmitted, OwnReport, ReportChanged, or the report's first mistake.
    """
    require(by, "approve", OBJECT)
    with transaction.atomic():
        known = _submitted(draft)
        if seen and seen != mark_of(known):
            raise rules.ReportChanged()
        if wrote(known, by):
            raise rules.OwnReport()
        alone(OBJECT)  # each takes the next number
        today = timezone.localdate()
        approved = say(
            "report", "standing_approved", known.language,
            day=day_words(today.isoformat(), known.language), by=name_of(by),
        )  # fmt: skip
        made = draft_contents(known, approved)
        newest = Draft.objects.aggregate(newest=Max("number"))["newest"] or 0
        known.state, known.approver, known.approver_name = rules.APPROVED, by, name_of(by)
        known.approved_on, known.number = today, newest + 1
        known.contents_kept, known.digest = packed(made.to_json()), made.digest
        known.save()
        log(instance=known, action="drafts.approve", user=by, data={"digest": known.digest})
        grow()  # the public list has one more
    return known


def mark_of(draft: Draft) -> str:
    """Return what changes whenever a report is submitted anew."""
    return draft.submitted_at.isoformat() if draft.submitted_at else ""


def discard(*, draft: Draft, by: User) -> None:
    """Delete a draft; raises NotAllowed, ReportFrozen."""
    require(by, "delete", OBJECT)
    with transaction.atomic():
        known = _locked(draft)
        log(instance=known, action="drafts.discard", user=by)
        known.delete()


def name_of(user: User) -> str:
    """Return how a person signs."""
    return user.get_full_name() or user.get_username()


def _locked(draft: Draft) -> Draft:
    return Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)


def _submitted(draft: Draft) -> Draft:
    known = _locked(draft)
    if known.state != rules.SUBMITTED:
        raise rules.NotSubmitted()
    return known
