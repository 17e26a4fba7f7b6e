"""What may be done with reports and changes: who, when, and why not."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from irtysh.accounts.models import User
from irtysh.accounts.permissions import may, require
from irtysh.registries.programmes import rules
from irtysh.registries.programmes.models import ChangeRequest, Measure, Report
from irtysh.registries.records.documents import digest
from irtysh.vocabulary.errors import IrtyshError

_ADDRESS = URLValidator(schemes=["http", "https"])
_LOOK_BACK = 3
"""Periods whose reports are still asked for; older silence is grey on the page."""


class NoSideToSpeakFor(IrtyshError):
    """A person of neither side wanted to speak for one."""


class OwnSideCannotConfirm(IrtyshError):
    """A person wanted to confirm, return or decide what their own side submitted."""


class ReportNotSeen(IrtyshError):
    """A report was submitted anew since the page was opened on which it is answered."""


class NotInThisState(IrtyshError):
    """A report or a change is not in the state in which that can be done."""


class ReportTaken(IrtyshError):
    """A side has reported on this period already."""


class NotAReportingPeriod(IrtyshError):
    """A report names days that are no period of the measure, or one that has not begun."""


class ReportSaysNothing(IrtyshError):
    """A report without a word on what was done was to be submitted."""


class ShareNotAShare(IrtyshError):
    """A share is not a whole number from 0 to 100."""


class ProofNotAnAddress(IrtyshError):
    """The proof of a report is no address of a page of the web."""


class ReasonNeeded(IrtyshError):
    """Something was returned, proposed or refused without a reason."""


def side_of(by: User) -> str:
    """Return the side that a person speaks for; raises NoSideToSpeakFor."""
    if by.side not in rules.SIDES:
        raise NoSideToSpeakFor()
    return str(by.side)


def require_reporter(by: User, measure: Measure) -> str:
    """Return the side for which a person reports on a measure; raises NotAllowed and others."""
    side = side_of(by)
    require(by, "report", "measures", measure.sides())
    return side


def require_confirmer(by: User, report: Report) -> str:
    """Return the side for which a person answers a report: the other one than wrote it.

    Raises NoSideToSpeakFor, OwnSideCannotConfirm, NotAllowed.
    """
    side = side_of(by)
    if side == report.side or by.pk == report.written_by_id:  # who changed sides since
        raise OwnSideCannotConfirm()
    require(by, "confirm", "measures", side)
    return side


def require_decider(by: User, change: ChangeRequest) -> str:
    """Return the side for which a person decides a change: the other one than proposed it."""
    side = side_of(by)
    if side == change.side or by.pk == change.proposed_by_id:
        raise OwnSideCannotConfirm()
    require(by, "decide_change", permission_object(change.register), side)
    return side


def may_report(by: Any, measure: Measure) -> bool:
    """Return True if a person may report on a measure."""
    return by.side in rules.SIDES and may(by, "report", "measures", measure.sides())


def may_answer(by: Any, report: Report) -> bool:
    """Return True if a person may confirm or return a report as it stands."""
    return (
        report.state == rules.SUBMITTED
        and by.side in rules.SIDES
        and by.side != report.side
        and by.pk != report.written_by_id
        and may(by, "confirm", "measures", by.side)
    )


def permission_object(register: str) -> str:
    """Return under which name the matrix keeps a register: goals and targets go with programmes."""
    return "measures" if register == "measures" else "programmes"


def require_seen(report: Report, seen: str) -> None:
    """Raise ReportNotSeen unless a person answers the submission that they have read.

    ``seen`` is its mark as the page has it: a side stands by words, not by a number.
    """
    if seen != mark_of(report):
        raise ReportNotSeen()


def mark_of(report: Report) -> str:
    """Return what tells one submission of a report from the next, by what it says and when."""
    names = ("share", "done", "problems", "ahead", "proof_file", "proof_address", "submitted_at")
    return digest({name: str(getattr(report, name)) for name in names})[:32]


def step(report: Report, done: str) -> str:
    """Return the state that a report gets; raises NotInThisState."""
    now = report.state if report.pk else ""
    try:
        return rules.STEPS[done][now]
    except KeyError:
        raise NotInThisState(state=now) from None


def period_of(measure: Measure, start: date, today: date) -> rules.Cycle:
    """Return the period of a measure that starts on a day; raises NotAReportingPeriod."""
    term = measure.term
    cycle = rules.cycle_of(term, measure.months, start)
    if cycle is None or term.start is None or cycle.start != start or start > today:
        raise NotAReportingPeriod(start=start)
    if cycle.end < term.start:
        raise NotAReportingPeriod(start=start)
    return cycle


def owed(measure: Measure, side: str, today: date) -> list[rules.Cycle]:
    """Return the periods that a side may still report on, earliest first.

    A share counts from the start of the measure, so that a later report makes an earlier missing
    one needless; a returned one waits until it is submitted anew. Nothing is owed by a measure
    that is done, or that names no start: there is nothing to count periods from.
    """
    if measure.light(today).state == rules.DONE:
        return []
    own = {one.period_start: one.state for one in measure.reports.all() if one.side == side}
    sent = [start for start, state in own.items() if state in (rules.SUBMITTED, rules.CONFIRMED)]
    latest = max(sent, default=date.min)
    return [
        cycle
        for cycle in rules.cycles(measure.term, measure.months, today)[-_LOOK_BACK:]
        if cycle.start > latest or own.get(cycle.start) == rules.RETURNED
    ]


def check_words(done: str, share: Any) -> int:
    """Return the share of a report fit to be submitted; raises ReportSaysNothing and others."""
    if not done.strip():
        raise ReportSaysNothing()
    return check_share(share)


def check_share(share: Any) -> int:
    """Return a share in per cent; raises ShareNotAShare."""
    try:
        found = int(str(share).strip().removesuffix("%").strip())
    except ValueError:
        raise ShareNotAShare(share=str(share)) from None
    if not 0 <= found <= 100:
        raise ShareNotAShare(share=str(share))
    return found


def check_address(address: str) -> str:
    """Return the address of a proof, or an empty text; raises ProofNotAnAddress.

    It becomes a link on which the other side presses: nothing but http and https may stand in it.
    """
    address = address.strip()
    if address:
        try:
            _ADDRESS(address)
        except ValidationError:
            raise ProofNotAnAddress(address=address[:80]) from None
    return address


def check_reason(reason: str) -> str:
    """Return a reason without blanks around it; raises ReasonNeeded."""
    if not reason.strip():
        raise ReasonNeeded()
    return reason.strip()
