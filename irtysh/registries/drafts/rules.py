"""What may be done with a draft of the report, and why not."""

from __future__ import annotations

from irtysh.vocabulary.errors import IrtyshError

DRAFT, SUBMITTED, APPROVED, RETURNED = "draft", "submitted", "approved", "returned"
STATES = (DRAFT, SUBMITTED, APPROVED, RETURNED)
"""Codes of definitions/codelists/draft_states.csv."""
OPEN = (DRAFT, RETURNED)
"""States in which the author goes on writing."""


class ReportFrozen(IrtyshError):
    """An approved report was to be changed or deleted."""


class NotWritable(IrtyshError):
    """A report that waits for approval was to be changed."""


class NotSubmitted(IrtyshError):
    """A report was to be approved or returned that nobody has submitted."""


class OwnReport(IrtyshError):
    """The author wanted to approve the report."""


class ReturnReasonNeeded(IrtyshError):
    """A report was to be returned without a word on why."""


class ReportChanged(IrtyshError):
    """The report was submitted anew after the approver had read it."""


class NoChapters(IrtyshError):
    """A report was to hold no chapter at all."""


class NothingEvaluated(IrtyshError):
    """A report needs an evaluation, and there is none."""


class ReportNotFound(IrtyshError):
    """No approved report has this number."""
