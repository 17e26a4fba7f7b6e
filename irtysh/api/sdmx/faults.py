"""What can be wrong with a request, with its SDMX code and its HTTP status.

Codes: SDMX 2.1 section 7 and sdmx-twg/sdmx-rest, page on status. 1000 and above are for the
service's own errors, where HTTP has a status and SDMX no code.
"""

from __future__ import annotations

from typing import ClassVar

from irtysh.vocabulary.errors import IrtyshError


class SdmxError(IrtyshError):
    """A request that cannot be answered."""

    sdmx_code: ClassVar[int] = 500
    status: ClassVar[int] = 500


class NoResults(SdmxError):
    """What is asked for is not there. Params: ``asked``."""

    sdmx_code = 100
    status = 404


class BadSdmxQuery(SdmxError):
    """A part of the request is not written as SDMX REST has it: ``part, found, expected``."""

    sdmx_code = 140
    status = 400


class MeaninglessSdmxQuery(SdmxError):
    """Well written, but about what the structure does not have: ``part, found, expected``."""

    sdmx_code = 150
    status = 400


class AnswerTooLarge(SdmxError):
    """More is asked for than is sent at once: ``found, limit``."""

    sdmx_code = 130
    status = 413


class TooOften(SdmxError):
    """One address asks for more than is fair. Params: ``limit, seconds``."""

    sdmx_code = 1007
    status = 429


class NotServed(SdmxError):
    """Part of the standard that is not served here: ``what``."""

    sdmx_code = 501
    status = 501


class NotAcceptable(SdmxError):
    """No form that the reader accepts is offered: ``asked, offered``."""

    sdmx_code = 1006
    status = 406


class MethodNotServed(SdmxError):
    """Only reading is served: ``method``."""

    sdmx_code = 1005
    status = 405


class SdmxBroken(SdmxError):
    """Our own mistake, told without its inner details."""
