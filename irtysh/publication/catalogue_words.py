"""A dataset of the catalogue in one language: its titles, names of codes, sources, notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from irtysh.publication.catalogue import Offered
from irtysh.publication.edition import Edition
from irtysh.sources.case.tables import CODED, COMMODITIES
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import UnknownCode
from irtysh.vocabulary.wording import say

LISTS = CODED | {"period_kind": "period_kinds"}
"""Column → the code list that its values come from, whatever the classification."""


@dataclass(frozen=True)
class Described:
    """What is said about an offered dataset in one language.

    Attributes
    ----------
    offered : Offered
    language : str
    edition : Edition or None
        The release that a dataset of the case is read from; None for an imported one.
    home : Edition or None
        The release beside which an imported dataset is shown: it names the case's own codes.
    """

    offered: Offered
    language: str
    edition: Edition | None = None
    home: Edition | None = None
    _labels: dict[tuple[str, str, str], str] = field(default_factory=dict, repr=False)

    def text(self, texts: Any) -> str:
        """Return a text in the reader's language; empty for a missing one."""
        if not texts:
            return ""
        return texts if isinstance(texts, str) else str(texts.get(self.language, ""))

    @property
    def title(self) -> str:
        """The name of the dataset; its id where it has none."""
        return self.text(self.offered.about.get("title")) or self.offered.id

    @property
    def description(self) -> str:
        """What the dataset is; may be empty."""
        return self.text(self.offered.about.get("description"))

    @property
    def case_title(self) -> str:
        """The border that the data are about; empty for an imported dataset."""
        return self.text(self.edition.case.get("title")) if self.edition else ""

    @property
    def warning(self) -> str:
        """The sentence that a file of made-up data must say; empty for others."""
        if not self.invented:
            return ""
        return say("downloads", "invented" if self.edition else "invented_data", self.language)

    @property
    def case_line(self) -> str:
        """What stands in every row of a table: the border, and that its data are made up."""
        return ". ".join(part for part in (self.case_title, self.warning) if part)

    @property
    def licence(self) -> str:
        """The licence as it is named, else the sentence that names nobody's."""
        named = self.text(self.offered.about.get("licence"))
        return named or say("downloads", "licence_text", self.language)

    @property
    def invented(self) -> bool:
        """True where the data are made up."""
        return self.offered.invented or bool(self.offered.about.get("invented"))

    @cached_property
    def sources(self) -> Mapping[str, Mapping[str, Any]]:
        """Sources by id."""
        if self.edition:
            return self.edition.sources
        listed = self.offered.about.get("sources") or ()
        return {one["id"]: one for one in listed if isinstance(one, Mapping) and "id" in one}

    @cached_property
    def notes(self) -> Mapping[str, Any]:
        """Notes by id."""
        if self.edition:
            return self.edition.notes
        found: Mapping[str, Any] = self.offered.about.get("notes") or {}
        return found

    def source_line(self, source: str) -> str:
        """Return title and address of a source; its id where nothing is said of it."""
        about = self.sources.get(source, {})
        parts = (self.text(about.get("title")), about.get("address") or "")
        return ". ".join(part for part in parts if part) or source

    def label(self, column: str, code: str, edition_of_goods: str = "") -> str:
        """Return the name of a code of a column, the code itself where it has none.

        The goods' names depend on the classification, ``edition_of_goods``.
        """
        key = (column, code, edition_of_goods)
        if key not in self._labels:
            self._labels[key] = self._label(*key)
        return self._labels[key]

    def _label(self, column: str, code: str, edition_of_goods: str) -> str:
        if column == "source":
            return self.text(self.sources.get(code, {}).get("title")) or code
        if column == "commodity" and edition_of_goods not in ("", "_Z", *COMMODITIES):
            return _name_in(edition_of_goods, code, self.language)
        name = LISTS.get(column) or COMMODITIES.get(edition_of_goods, "")
        if not name and column == "commodity" and code == "_T":
            name = "commodities"
        if not name:
            return code
        if self.edition:
            return self.edition.code(name, code)
        try:
            return codelist(name).label(code, self.language)
        except UnknownCode:
            return self.home.code(name, code) if self.home else code

    def symbol(self, unit: str) -> str:
        """Return how a unit is written beside a number."""
        if self.edition:
            return self.edition.symbol(unit)
        try:
            return codelist("units")[unit].extra[f"symbol_{self.language}"]
        except (UnknownCode, KeyError):
            return unit

    def is_preferred(self, observation: str) -> bool:
        """Return False where another value of the same cell is preferred, or none is."""
        if self.edition is None:
            return True
        standing = self.edition.standing.get(observation)
        return standing is None or bool(standing["preferred"])


def _name_in(edition: str, code: str, language: str) -> str:
    """Return the name of goods in an edition of a nomenclature, read only when it is asked for."""
    from irtysh.vocabulary.classifications import EDITIONS, classification

    if edition not in EDITIONS:
        return code
    try:
        return classification(edition).label(code, language) or code
    except UnknownCode:
        return code
