"""What every message with structures says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from irtysh.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a message.

    Attributes
    ----------
    id : str
        An SDMX id.
    prepared : datetime
        With its time zone.
    sender : Text
        The name of the portal.
    language : str
        The reader's: what SDMX-JSON calls the best match.
    is_test : bool
        True where the portal shows invented data.
    """

    id: str
    prepared: datetime
    sender: Text
    language: str = "en"
    is_test: bool = False
