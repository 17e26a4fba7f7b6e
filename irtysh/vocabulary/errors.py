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


class AmbiguousCode(IrtyshError):
    """A code or name means several things; ``candidates`` lists them."""


class SeriesMixed(IrtyshError):
    """Rows that should be one series are of several; ``fields`` tells them apart."""


class FileHoldsNoFigures(IrtyshError):
    """A file is a list of codes or names and has nothing to import."""


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


class CodeEmpty(IrtyshError):
    """A flow to be staged lacks a code that tells it from others."""


class AmountUnreadable(IrtyshError):
    """A flow to be staged has an amount that is no number, or one too large to keep."""


class KeysRepeat(IrtyshError):
    """A dataset cannot be published while two lines say what only one may."""


class EditionsOverlap(IrtyshError):
    """The same trade stands in two editions of a classification, and a sum would count it twice."""


class DatasetIdWrong(IrtyshError):
    """The id of a dataset is not made of capital letters, digits and underscores."""


class DatasetIdTaken(IrtyshError):
    """The case has a dataset of this id; an import would hide it."""


class ImportHasId(IrtyshError):
    """Datasets of a case have ids of imported ones. Params: ``dataset``."""


class NothingStaged(IrtyshError):
    """There is nothing to publish: the staging folder is gone or holds no row."""


class NotReadable(IrtyshError):
    """A file cannot be read in the form it claims to have."""


class MappingDoesNotFit(IrtyshError):
    """A spreadsheet does not have what its mapping describes."""


class BadMapping(IrtyshError):
    """The description of a spreadsheet is itself wrong."""


class TooLarge(IrtyshError):
    """A file is larger than this machine should be made to read."""


class GrowsTooMuch(IrtyshError):
    """A packed file grows by unpacking as no table does: it is made to fill a machine."""


class EncodingUnclear(IrtyshError):
    """The bytes of a text could be read in more than one way."""


class NotSdmxCsv(IrtyshError):
    """A table does not have the columns that SDMX-CSV asks for."""


class NotSdmx(IrtyshError):
    """A message is not written as its form has it; says the line and what was expected."""


class SdmxStructureUnknown(IrtyshError):
    """A message has another data structure than ours."""


class KeyDoesNotFit(IrtyshError):
    """A key of SDMX has more parts than the structure has dimensions."""


class WideTable(IrtyshError):
    """A table has its periods in columns where one row should be one observation."""


class SnapshotDamaged(IrtyshError):
    """A stored file does not have the hash that was written down when it was fetched."""


class UnknownQueryParameter(IrtyshError):
    """A question names a parameter that the address does not have; ``possible`` lists those."""


class WrongParameter(IrtyshError):
    """A parameter of a question holds what cannot be used; ``expected`` says what can."""


class TooManyRows(IrtyshError):
    """An answer has more rows than the form asked for holds; ``instead`` names one that does."""


class TooManyCells(IrtyshError):
    """A cube has more cells than the form asked for holds; ``instead`` names one that does."""


class AskedTooOften(IrtyshError):
    """An address asks for more files than its share; ``seconds`` says how long to wait."""


class EngineMissing(IrtyshError):
    """A calculation needs an engine that is not installed."""


class NoDeclarations(IrtyshError):
    """A folder that should hold files of declarations holds none."""


class WrongColumns(IrtyshError):
    """A table of declarations lacks columns or has them in another type."""


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
