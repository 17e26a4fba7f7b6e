"""A part of a dataset in one language: what every form of file is made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from irtysh.api.tables import Cell, rows
from irtysh.publication.catalogue_words import Described
from irtysh.store.selection import Selection
from irtysh.vocabulary.wording import say


@dataclass(frozen=True)
class Part:
    """A part of a dataset in one language: what a file is made from.

    Attributes
    ----------
    told : Described
    selection : Selection
    address : str
        Where the file was asked for: it stands in the citation.
    """

    told: Described
    selection: Selection
    address: str

    @cached_property
    def count(self) -> int:
        """How many observations are in it."""
        return self.told.offered.dataset.count(self.selection)

    def stream(self) -> Iterator[dict[str, Any]]:
        """Yield the rows as the store keeps them."""
        return self.told.offered.dataset.stream(self.selection)

    def rows(self) -> Iterator[list[Cell]]:
        """Yield the rows with the names of their codes."""
        return rows(self.told, self.stream())

    def about(self) -> list[tuple[str, str]]:
        """Return key and text of everything a file must say about itself."""
        told, language = self.told, self.told.language
        dataset, version = told.offered.dataset, told.offered.version
        notes = dict.fromkeys(
            note
            for column in ("definition", "notes")
            for code in dataset.codes(column, self.selection)
            for note in code.split(";")
            if note
        )
        sources = dataset.codes("source", self.selection)
        citation = say("downloads", "citation", language, case=told.case_title or told.offered.id,
                       title=told.title, release=version, address=self.address)  # fmt: skip
        lines = [
            ("title", told.title),
            ("case", told.case_title),
            ("description", told.description),
            ("release", version),
            ("published", dataset.created_at.date().isoformat()),
            ("rows", str(self.count)),
            ("reading", say("downloads", "reading_text", language)),
            ("sources", "\n".join(told.source_line(name) for name in sources)),
            ("notes", "\n".join(told.text(told.notes.get(note)) for note in notes)),
            ("licence", told.licence),
            ("cite", citation),
        ]
        if told.invented:
            lines.insert(0, ("warning", told.warning))
        return [(name, text) for name, text in lines if name != "case" or text]
