"""A dataset with all that belongs to it in one ZIP, written while it is sent."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from irtysh.api import csvw
from irtysh.api.asked_for import in_words
from irtysh.api.formats import as_csv
from irtysh.api.parts import Part
from irtysh.api.tables import CODED, header
from irtysh.publication.catalogue_words import LISTS
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import catalogue, say

_LISTED = (*CODED, "period_kind", "qualifier", "unit", "valuation", "status", "source")


class _Outlet(io.RawIOBase):
    """What a ZIP is written to: bytes wait here until they are taken."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += data
        return len(data)

    def taken(self) -> bytes:
        """Return what waits, and forget it."""
        data, self._waiting = bytes(self._waiting), bytearray()
        return data


def package(part: Part) -> Iterator[bytes]:
    """Yield a ZIP: data, what its columns are, all codes, the licence, and a README."""
    outlet = _Outlet()
    name = part.told.offered.id
    about = dict(part.about())
    day = part.told.offered.dataset.created_at.timetuple()[:6]
    # The data stand last, but are begun first: if they cannot be read, nothing has been sent yet.
    data = as_csv(header(), part.rows(), mark=False)
    begun = next(data, b"")
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as archive:
        members: list[tuple[str, Iterable[bytes]]] = [
            ("README.txt", [readme(part, about).encode("utf-8-sig")]),
            ("LICENCE.txt", [f"{about['licence']}\n".encode("utf-8-sig")]),
            ("metadata.json", [_metadata(part, about)]),
            (f"{name}.csv-metadata.json", [csvw.metadata(part.told, f"{name}.csv", about)]),
            ("codes.csv", [_codes(part)]),
            (f"{name}.csv", chain([begun], data)),
        ]
        for member, pieces in members:
            entry = zipfile.ZipInfo(member, day)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as stream:
                for piece in pieces:
                    stream.write(piece)
                    if waiting := outlet.taken():
                        yield waiting
    yield outlet.taken()


def readme(part: Part, about: dict[str, str]) -> str:
    """Return the text that a person reads first, in the reader's language."""
    language = part.told.language
    lines = []
    for key, text in about.items():
        if text:
            lines += [say("downloads", key, language).upper(), text, ""]
    lines += [say("open_data", "files", language).upper()]
    lines += [
        f"{name}: {say('open_data', key, language)}"
        for name, key in (
            (f"{part.told.offered.id}.csv", "file_data"),
            (f"{part.told.offered.id}.csv-metadata.json", "file_csvw"),
            ("codes.csv", "file_codes"),
            ("metadata.json", "file_metadata"),
            ("LICENCE.txt", "file_licence"),
        )
    ]
    lines += ["", say("open_data", "columns", language).upper()]
    lines += [f"{name}: {catalogue('columns')[name][language]}" for name in header()]
    return "\r\n".join(line.replace("\n", "\r\n") for line in lines) + "\r\n"


def _metadata(part: Part, about: dict[str, str]) -> bytes:
    told = part.told
    found = {
        "id": told.offered.id,
        "version": told.offered.version,
        "structure": told.offered.dataset.structure,
        "kind": told.offered.kind,
        "invented": told.invented,
        "language": told.language,
        "about": about,
        "texts": {
            key: told.offered.about.get(key) for key in ("title", "description", "unit_note")
        },
        "sources": [
            dict(told.sources[name])
            for name in told.offered.dataset.codes("source", part.selection)
            if name in told.sources
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=1, default=str).encode()


def _codes(part: Part) -> bytes:
    """Return every code that the file uses with its names in all languages."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(["column", "list", "code", *(f"name_{language}" for language in LANGUAGES)])
    spoken = [in_words(part.told.offered, language) for language in LANGUAGES]
    dataset = part.told.offered.dataset
    goods_of = dataset.codes("classification", part.selection)
    for column in _LISTED:
        lists = goods_of if column == "commodity" else {LISTS.get(column, column): 0}
        for name in lists:
            selection = part.selection
            if column == "commodity":
                selection = selection.with_codes(classification=name)
            for code in dataset.codes(column, selection):
                names = (told.label(column, code, name) for told in spoken)
                writer.writerow([column, name, code, *names])
    return stream.getvalue().encode()
