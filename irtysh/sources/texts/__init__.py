"""Reads documents (PDF, DOCX, HTML, plain text) to lines that know where they stand."""

from irtysh.sources.texts.cleaning import Cleaned, clean
from irtysh.sources.texts.document import Line, Place, TextDocument
from irtysh.sources.texts.limits import DEFAULT_LIMITS, TextLimits
from irtysh.sources.texts.reader import read_document, read_file

__all__ = [
    "DEFAULT_LIMITS",
    "Cleaned",
    "Line",
    "Place",
    "TextDocument",
    "TextLimits",
    "clean",
    "read_document",
    "read_file",
]
