"""The forms in which a message with data can be written, and one way to write any of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from irtysh.sdmx.data_messages.csv import csv_text
from irtysh.sdmx.data_messages.generic_xml import generic_xml
from irtysh.sdmx.data_messages.json import sdmx_json
from irtysh.sdmx.data_messages.message import DataSet, Message
from irtysh.sdmx.data_messages.specific_xml import specific_xml


@dataclass(frozen=True, slots=True)
class Form:
    """How a message is written.

    Attributes
    ----------
    syntax : {"xml", "json", "csv"}
    version : str
        XML "2.1" or "3.0"; JSON and CSV "1.0" or "2.0".
    is_generic, is_time_series : bool
        For XML 2.1: generic instead of structure-specific, and the root for time series alone.
    labels, time_format, keys : str
        For CSV; see ``csv_text``.
    """

    syntax: Literal["xml", "json", "csv"]
    version: str
    is_generic: bool = False
    is_time_series: bool = False
    labels: str = "id"
    time_format: str = "original"
    keys: str = "none"

    @property
    def ending(self) -> str:
        """The ending of a file of this form."""
        return self.syntax


FORMS = (
    Form("xml", "2.1"),
    Form("xml", "2.1", is_generic=True),
    Form("xml", "2.1", is_time_series=True),
    Form("xml", "2.1", is_generic=True, is_time_series=True),
    Form("xml", "3.0"),
    Form("json", "1.0"),
    Form("json", "2.0"),
    Form("csv", "1.0"),
    Form("csv", "2.0"),
)
"""Every form that is written and read."""


def write(
    message: Message, data_sets: Iterable[DataSet], form: Form, *, with_changes: bool = False
) -> Iterator[str]:
    """Yield a message piece by piece; ``with_changes`` as ``csv_text`` has it."""
    if form.syntax == "csv":
        return csv_text(
            message,
            data_sets,
            version=form.version,
            labels=form.labels,
            time_format=form.time_format,
            keys=form.keys,
            with_changes=with_changes,
        )
    if form.syntax == "json":
        return sdmx_json(message, data_sets, version=form.version)
    if form.is_generic:
        return generic_xml(message, data_sets, time_series=form.is_time_series)
    return specific_xml(message, data_sets, version=form.version, time_series=form.is_time_series)
