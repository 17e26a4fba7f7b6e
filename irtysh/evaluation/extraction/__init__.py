"""Proposes the statements of a document that data may confirm or refute; a person decides."""

from irtysh.evaluation.extraction.proposal import Proposal
from irtysh.evaluation.extraction.propose import propose

__all__ = ["Proposal", "propose"]
