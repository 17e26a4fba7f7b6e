"""Named errors and faults; their words live in definitions/messages/faults.yaml.

Two families. An ``IrtyshError`` stops the work: the caller asked for something that cannot be
done. A ``Fault`` is one row of a check sheet: the check goes on and lists all of them.
Only a door (page, endpoint, command) turns either into a status or an exit code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


class IrtyshError(Exception):
    """A mistake the user can mend. ``code`` names the message, ``params`` fill its blanks."""

    def __init__(self, **params: Any) -> None:
        self.params = params
        super().__init__(self.code, params)

    @property
    def code(self) -> str:
        """The key of the message: the class's name."""
        return type(self).__name__

    def __str__(self) -> str:
        filled = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code}({filled})"


class EmptyInterval(IrtyshError):
    """The lower bound lies above the upper one."""


class DivisionByZeroInterval(IrtyshError):
    """The divisor can be zero, so the quotient has no bounds."""


class NotANumber(IrtyshError):
    """A text that should hold a printed number does not."""


class NotAPeriod(IrtyshError):
    """A text that should name a period does not."""


class UnknownCode(IrtyshError, KeyError):
    """A code is not in its code list."""


class UnknownWording(IrtyshError):
    """A message has no text under this key or in this language."""


class UnknownValue(IrtyshError):
    """A calculation needs a value that is missing."""


class NothingToCompute(IrtyshError):
    """A formula was given inputs for which it has no result."""


class CaseNotFound(IrtyshError):
    """The folder given is not a case."""


class CaseHasFaults(IrtyshError):
    """A case was refused because its check found errors."""


class FolderNotEmpty(IrtyshError):
    """A folder that should be written anew already holds something."""


class ReleaseNotFound(IrtyshError):
    """No release has this name."""


class ReleaseDamaged(IrtyshError):
    """A file of a release does not have the hash its manifest states."""


class NotReadable(IrtyshError):
    """A file cannot be read in the form it claims to have."""


class MappingDoesNotFit(IrtyshError):
    """A spreadsheet does not have what its mapping describes."""


class BadMapping(IrtyshError):
    """The description of a spreadsheet is itself wrong."""


class TooLarge(IrtyshError):
    """A file is larger than this machine should be made to read."""


class EncodingUnclear(IrtyshError):
    """The bytes of a text could be read in more than one way."""


class NotSdmxCsv(IrtyshError):
    """A table does not have the columns that SDMX-CSV asks for."""


class WideTable(IrtyshError):
    """A table has its periods in columns where one row should be one observation."""


class SnapshotDamaged(IrtyshError):
    """A stored file does not have the hash that was written down when it was fetched."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong (or doubtful) in a file, with what was expected and what to do.

    Attributes
    ----------
    code : str
        Key of the message in definitions/messages/faults.yaml.
    file : str
        Path relative to the folder that was checked.
    line : int
        Line in the file, counted from 1; 0 where the fault is the whole file.
    column : str
        Column, field or cell; empty where it does not apply.
    params : dict
        What fills the blanks of the message.
    severity : str
        "error" refuses the case, "warning" does not.
    """

    code: str
    file: str
    line: int = 0
    column: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    severity: str = "error"
