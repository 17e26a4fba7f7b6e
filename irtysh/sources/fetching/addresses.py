"""Where publishers give their data: definitions/publishers/addresses.yaml."""

from __future__ import annotations

import os
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

from irtysh.vocabulary.errors import IrtyshError, NotReadable, UnknownCode
from irtysh.vocabulary.places import DEFINITIONS
from irtysh.vocabulary.text import Text


class OnlyByHand(IrtyshError):
    """A publisher gives a file to people only."""


class ParameterNeeded(IrtyshError):
    """An address has a blank that was not filled."""


@dataclass(frozen=True, slots=True)
class Address:
    """A kind of file that a publisher gives.

    Attributes
    ----------
    id, publisher, layout : str
        ``layout`` is empty where no layout of ours reads the answer itself.
    address : str
        Template with blanks; empty where a person has to fetch the file.
    defaults : dict
        Blank → value where none is given.
    file : str
        Template of the file's name.
    page, terms, licence : str
        Where people find the data and the terms of reuse, and these in short.
    key, key_header : str
        Environment variable with the key, and the header in which it is sent.
    accept : str
        Media type to ask for.
    note : Text or None
    """

    id: str
    publisher: str
    layout: str
    page: str
    terms: str
    licence: str
    address: str = ""
    defaults: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    key: str = ""
    key_header: str = ""
    accept: str = "*/*"
    note: Text | None = None

    @property
    def blanks(self) -> tuple[str, ...]:
        """The names that have to be filled, those with a default included."""
        found = string.Formatter().parse(self.address + self.file)
        return tuple(dict.fromkeys(name for _, name, _, _ in found if name))

    def filled(self, parameters: Mapping[str, str]) -> tuple[str, str]:
        """Return (address, file name); raises OnlyByHand, ParameterNeeded, UnknownCode."""
        if not self.address:
            raise OnlyByHand(source=self.id, page=self.page)
        for name in parameters:
            if name not in self.blanks:
                near = ", ".join(get_close_matches(name, self.blanks)) or ", ".join(self.blanks)
                raise UnknownCode(code=name, codelist=f"{self.id}: parameters", near=near)
        values = {**self.defaults, **parameters}
        missing = [name for name in self.blanks if name not in values]
        if missing:
            raise ParameterNeeded(source=self.id, missing=", ".join(missing))
        quoted = {name: quote(value, safe=",:") for name, value in values.items()}
        plain = {name: _file_safe(value) for name, value in values.items()}
        return self.address.format_map(quoted), self.file.format_map(plain)


def addresses() -> Mapping[str, Address]:
    """Return all kinds of files by id, in the order of the definitions.

    The file named by IRTYSH_ADDRESSES, if any, is laid over them: an institution's own mirror.
    """
    own = os.environ.get("IRTYSH_ADDRESSES")
    generic = _read(DEFINITIONS / "publishers" / "addresses.yaml")
    return {**generic, **_read(Path(own))} if own else generic


def address(source: str) -> Address:
    """Return one; raises UnknownCode with near ones."""
    try:
        return addresses()[source]
    except KeyError:
        near = ", ".join(get_close_matches(source, addresses(), n=3)) or ", ".join(addresses())
        raise UnknownCode(code=source, codelist="sources", near=near) from None


@cache
def _read(path: Path) -> Mapping[str, Address]:
    try:
        loaded: dict[str, dict[str, Any]] = yaml.load(
            path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
        )
        return {name: _address(name, entry) for name, entry in loaded.items()}
    except (OSError, yaml.YAMLError, TypeError, AttributeError) as error:
        raise NotReadable(reason=f"{path.name}: {error}") from None


def _address(name: str, entry: Mapping[str, Any]) -> Address:
    note = {"note": Text(entry["note"])} if "note" in entry else {}
    return Address(id=name, **{**entry, **note})


def _file_safe(value: str) -> str:
    return "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in value)
