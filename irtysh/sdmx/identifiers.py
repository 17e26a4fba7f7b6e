"""Codes as identifiers of SDMX, and back, nothing lost.

SDMX ids are letters, digits, "_", "@", "$" and "-" (IDType of SDMXCommon.xsd); our codes also hold
":", "/", "." and letters of other alphabets. Such a character, and "$" itself, is written as "$"
and two hexadecimal digits of its code point, beyond U+00FF as "$-", digits, "-": "FLOW:T" is
"FLOW$3AT".
"""

from __future__ import annotations

import re

from irtysh.vocabulary.errors import UnknownCode

EMPTY = "_Z"
"""What an empty part of a key is written as: the dimension does not apply."""

_ID = re.compile(r"[A-Za-z0-9_@\-]+", re.ASCII)
_OTHER = re.compile(r"[^A-Za-z0-9_@\-]", re.ASCII)
_WRITTEN = re.compile(r"\$(?:([0-9A-F]{2})|-([0-9A-F]{3,6})-)", re.ASCII)


def sdmx_id(code: str) -> str:
    """Return a code as an SDMX id; an empty one as EMPTY."""
    if not code:
        return EMPTY
    return code if _ID.fullmatch(code) else _OTHER.sub(_escaped, code)


def own_code(identifier: str) -> str:
    """Return the code of an id; the inverse of ``sdmx_id`` for codes that are not empty.

    Raises UnknownCode where "$" is followed by nothing that ``sdmx_id`` writes.
    """
    if "$" not in identifier:
        return identifier
    if "$" in _WRITTEN.sub("", identifier):
        raise UnknownCode(code=identifier, codelist="SDMX id", near="$3A")
    return _WRITTEN.sub(_unescaped, identifier)


def _escaped(found: re.Match[str]) -> str:
    point = ord(found[0])
    return f"${point:02X}" if point < 256 else f"$-{point:X}-"


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1] or found[2], 16))
