"""Why a document could not be read; the words are in definitions/messages/faults.yaml."""

from __future__ import annotations

from irtysh.vocabulary.errors import IrtyshError


class DocumentMissing(IrtyshError):
    """There is no such file, or it may not be opened."""


class DocumentDamaged(IrtyshError):
    """The file begins like a PDF, DOCX or HTML but cannot be read as one."""


class DocumentEncrypted(IrtyshError):
    """The document asks for a password."""


class DocumentTooLarge(IrtyshError):
    """The document, packed or unpacked, is beyond what this machine should be made to read."""


class DocumentWithoutText(IrtyshError):
    """The document has pages but no letters: a scan, or an empty file."""


class DocumentKindUnknown(IrtyshError):
    """The bytes are none of the kinds that are read."""


class DocumentEncodingUnclear(IrtyshError):
    """The bytes of a text could be read in more than one way."""
