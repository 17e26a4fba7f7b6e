"""Writing reports, changes of plans and versions: each step has a person, a side and a log line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from irtysh.accounts.models import User
from irtysh.accounts.permissions import require
from irtysh.registries.programmes import proofs, reporting, rules
from irtysh.registries.programmes.compare import differences
from irtysh.registries.programmes.models import (
    ChangeRequest,
    Measure,
    Programme,
    Report,
    Version,
)
from irtysh.registries.programmes.reporting import NotInThisState, ReportTaken
from irtysh.registries.programmes.trees import tree_of
from irtysh.registries.records.actions import refuse_draft, write
from irtysh.registries.records.documents import digest, document_of
from irtysh.registries.records.listing import grow
from irtysh.registries.records.models import Record, registers
from irtysh.vocabulary.errors import IrtyshError


class NothingToChange(IrtyshError):
    """A change was proposed that changes nothing."""


class ChangeWaits(IrtyshError):
    """A record has an open change already; one at a time."""


class ChangeOutdated(IrtyshError):
    """The record was changed after the change was proposed."""


class NotOfAProgramme(IrtyshError):
    """A record belongs to no programme, or is of a register that has no changes."""


class NothingNewToFreeze(IrtyshError):
    """A programme is as its last version has it."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a person writes into a report: share in per cent, three texts in one language, proof."""

    share: Any
    done: str
    problems: str = ""
    ahead: str = ""
    proof_file: Any = None
    """An uploaded file; None keeps the one that is there."""
    proof_address: str = ""
    proof_is_public: bool = False
    body: Any = None
    """An organisation, or None."""


@transaction.atomic
def save_report(
    *, measure: Measure, period_start: date, words: Words, by: User, today: date | None = None
) -> Report:
    """Keep a draft of the report of a person's side, or change a returned one.

    Raises NotAllowed, NoSideToSpeakFor, NotAReportingPeriod, ShareNotAShare, NotInThisState,
    ReportTaken, ProofTooLarge, ProofOfUnknownKind, ProofNotAnAddress.
    """
    side = reporting.require_reporter(by, measure)
    cycle = reporting.period_of(measure, period_start, today or timezone.localdate())
    report = _own(measure, cycle, side)
    report.state = reporting.step(report, "save")
    _write(report, words, by)
    return report


@transaction.atomic
def submit_report(
    *, measure: Measure, period_start: date, words: Words, by: User, today: date | None = None
) -> Report:
    """Submit the report of a person's side for the other side to confirm.

    A returned report is submitted anew; what it said before stays in its log. Raises as
    save_report does, and ReportSaysNothing.
    """
    reporting.check_words(words.done, words.share)
    report = save_report(
        measure=measure, period_start=period_start, words=words, by=by, today=today
    )
    report.state = reporting.step(report, "submit")
    report.submitted_at = timezone.now()
    report.decided_by, report.decided_side, report.decided_at = None, "", None
    report.reason = ""
    report.save()
    _say(report, "programmes.report.submit", by)
    return report


def _own(measure: Measure, cycle: rules.Cycle, side: str) -> Report:
    found = (
        Report.objects.select_for_update()
        .filter(measure=measure, period_start=cycle.start, side=side)
        .first()
    )
    return found or Report(
        measure=measure, period_start=cycle.start, period_end=cycle.end, side=side
    )


def _write(report: Report, words: Words, by: User) -> None:
    report.share = reporting.check_share(words.share)
    report.done, report.problems = words.done.strip(), words.problems.strip()
    report.ahead = words.ahead.strip()
    report.language, report.written_by, report.body = by.language, by, words.body
    report.proof_address = reporting.check_address(words.proof_address)
    report.proof_is_public = words.proof_is_public
    if words.proof_file is not None:
        proofs.check(words.proof_file)
        report.proof_name = proofs.tidy_name(words.proof_file.name)
        # The earlier file stays: the log of a returned report speaks of it.
        report.proof_file = words.proof_file
    try:
        with transaction.atomic():
            report.save()
    except IntegrityError:  # the same side, in another window
        raise ReportTaken() from None


@transaction.atomic
def return_report(*, report: Report, reason: str, by: User, seen: str | None = None) -> Report:
    """Give a report back to the side that wrote it, with a reason.

    Raises NoSideToSpeakFor, OwnSideCannotConfirm, NotAllowed, NotInThisState, ReasonNeeded,
    ReportNotSeen.
    """
    return _answer(report, "return", by, reporting.check_reason(reason), seen)


@transaction.atomic
def confirm_report(*, report: Report, by: User, seen: str | None = None) -> Report:
    """Stand by a report of the other side: from now on the light counts it.

    ``seen`` is the mark of the submission that was read (``reporting.mark_of``), None where that
    is the one at hand. Raises NoSideToSpeakFor, OwnSideCannotConfirm, NotAllowed, NotInThisState,
    ReportNotSeen.
    """
    return _answer(report, "confirm", by, "", seen)


def _answer(report: Report, done: str, by: User, reason: str, seen: str | None) -> Report:
    read = reporting.mark_of(report) if seen is None else seen
    report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    report.decided_side = reporting.require_confirmer(by, report)
    report.state = reporting.step(report, done)
    reporting.require_seen(report, read)
    report.decided_by, report.decided_at, report.reason = by, timezone.now(), reason
    report.save()
    _say(report, f"programmes.report.{done}", by)
    return report


def _say(report: Report, action: str, by: User) -> None:
    """Write what a report said at this step: a later submission does not wipe out an earlier."""
    log(
        instance=report,
        action=action,
        user=by,
        data={
            "side": by.side,
            "share": report.share,
            "language": report.language,
            "done": report.done,
            "problems": report.problems,
            "ahead": report.ahead,
            "proof": report.proof_name or report.proof_address,
            "reason": report.reason,
        },
    )
    grow()


# Changes of plans


def record_of(register: str, code: str) -> Record:
    """Return a record whose plan can be changed; raises NotOfAProgramme."""
    known = {"measures", "objectives", "targets"}
    record = registers()[register].objects.filter(code=code).first() if register in known else None
    if record is None or record.programme_id is None:
        raise NotOfAProgramme(register=register, id=code)
    return record


@transaction.atomic
def propose_change(
    *, record: Record, document: Mapping[str, Any], reason: str, by: User
) -> ChangeRequest:
    """Propose that a measure, objective or target becomes what a document says.

    The other side agrees or refuses. Raises NoSideToSpeakFor, NotAllowed, ReasonNeeded,
    NothingToChange, ChangeWaits, NotOfAProgramme.
    """
    side = reporting.side_of(by)
    register = record.table.name
    record = record_of(register, record.code)
    require(by, "request_change", reporting.permission_object(register), record.sides())
    reason = reporting.check_reason(reason)
    before, after = document_of(record), {**document, "id": record.code}
    if not list(differences(before, after)):
        raise NothingToChange()
    try:
        with transaction.atomic():
            change = ChangeRequest.objects.create(
                programme=record.programme, register=register, code=record.code, before=before,
                document=after, reason=reason, language=by.language, side=side, proposed_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise ChangeWaits() from None
    log(instance=change, action="programmes.change.propose", user=by, data={"reason": reason})
    grow()
    return change


@transaction.atomic
def agree_change(*, change: ChangeRequest, by: User) -> ChangeRequest:
    """Agree for the other side: the record becomes what the change says.

    Raises as refuse_change does, ChangeOutdated if the record was changed meanwhile, and
    DraftInTheWay if somebody is writing at it.
    """
    change = _open(change)
    change.decided_side = reporting.require_decider(by, change)
    known = record_of(change.register, change.code)
    record = type(known).objects.select_for_update(of=("self",)).get(pk=known.pk)
    refuse_draft(record)
    if digest(document_of(record)) != digest(change.before):
        raise ChangeOutdated()
    write(
        register=change.register, document=change.document, by=by, action="programmes.change.agree"
    )
    return _decided(change, ChangeRequest.AGREED, by, "")


@transaction.atomic
def refuse_change(*, change: ChangeRequest, answer: str, by: User) -> ChangeRequest:
    """Refuse for the other side, with a reason.

    Raises NoSideToSpeakFor, OwnSideCannotConfirm, NotAllowed, NotInThisState, ReasonNeeded.
    """
    change = _open(change)
    change.decided_side = reporting.require_decider(by, change)
    return _decided(change, ChangeRequest.REFUSED, by, reporting.check_reason(answer))


@transaction.atomic
def withdraw_change(*, change: ChangeRequest, by: User) -> ChangeRequest:
    """Take a proposal of one's own side back. Raises NotAllowed, NotInThisState."""
    change = _open(change)
    require(by, "request_change", reporting.permission_object(change.register), change.side)
    if reporting.side_of(by) != change.side:
        raise NotInThisState(state=change.state)
    return _decided(change, ChangeRequest.WITHDRAWN, by, "")


def _open(change: ChangeRequest) -> ChangeRequest:
    change = ChangeRequest.objects.select_for_update().get(pk=change.pk)
    if change.state != ChangeRequest.PROPOSED:
        raise NotInThisState(state=change.state)
    return change


def _decided(change: ChangeRequest, state: str, by: User, answer: str) -> ChangeRequest:
    change.state, change.answer = state, answer
    change.decided_by, change.decided_at = by, timezone.now()
    change.save()
    verb = {"agreed": "agree", "refused": "refuse", "withdrawn": "withdraw"}[state]
    log(instance=change, action=f"programmes.change.{verb}", user=by, data={"answer": answer})
    grow()
    return change


# Versions


@transaction.atomic
def freeze_version(
    *, programme: Programme, label: str, by: User | None, made_on: date | None = None
) -> Version:
    """Keep a programme with its whole tree as it is now, for ever.

    Raises NotAllowed, NothingNewToFreeze. ``by`` None is the shell.
    """
    if by is not None:
        require(by, "publish", "programmes", programme.sides())
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    tree = tree_of(programme)
    mark = digest(tree)
    last = programme.versions.order_by("-number").first()
    if last is not None and last.digest == mark:
        raise NothingNewToFreeze(number=last.number)
    version = Version(
        programme=programme,
        number=last.number + 1 if last else 1,
        label=label.strip()[:200],
        made_on=made_on or timezone.localdate(),
        made_by=by,
        tree=tree,
        digest=mark,
    )
    version.save()
    log(
        instance=programme,
        action="programmes.version.freeze",
        user=by,
        data={"number": version.number, "label": version.label},
    )
    grow()
    return version
