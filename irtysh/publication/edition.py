"""A release read in one language: texts, names of codes, sources, notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from irtysh.indicators.catalogue import Definition
from irtysh.store import Release
from irtysh.vocabulary.codelists import Code, Codelist, codelist, read_codelist_text
from irtysh.vocabulary.errors import ReleaseNotFound, UnknownCode


@dataclass(frozen=True)
class Edition:
    """One release in one language.

    Attributes
    ----------
    release : Release
    language : str
    is_past : bool
        True where the reader asked for a release by name.
    """

    release: Release
    language: str
    is_past: bool = False

    def document(self, name: str, default: Any = None) -> Any:
        """Return a document of the release, or ``default`` where it has none."""
        try:
            return self.release.document(name)
        except ReleaseNotFound:
            return [] if default is None else default

    def text(self, texts: Mapping[str, str] | str | None) -> str:
        """Return a text in the reader's language; empty for a missing one."""
        if not texts:
            return ""
        return texts if isinstance(texts, str) else str(texts.get(self.language, ""))

    def code(self, name: str, code: str) -> str:
        """Return the name of a code: as the release has it, else as the code lists do."""
        entry = self.codes.get(name, {}).get(code)
        if entry:
            return self.text(entry["name"])
        try:
            return codelist(name).label(code, self.language)
        except (UnknownCode, KeyError):
            own: Mapping[str, Code] = self.own_codelists.get(name, {})
            return self.text(own[code].name) if code in own else code

    def symbol(self, unit: str) -> str:
        """Return how a unit is written beside a number."""
        entry = self.codes.get("units", {}).get(unit)
        if entry:
            return str(entry.get(f"symbol_{self.language}") or self.text(entry["name"]))
        try:
            return codelist("units")[unit].extra[f"symbol_{self.language}"]
        except (UnknownCode, KeyError):
            return unit

    @cached_property
    def codes(self) -> Mapping[str, Mapping[str, Any]]:
        """Code lists as of the release."""
        found: Mapping[str, Mapping[str, Any]] = self.document("codes", {})
        return found

    @cached_property
    def own_codelists(self) -> Mapping[str, Codelist]:
        """Codes of the case's own, in use or not, by list."""
        texts = self.document("own_codelists", {})
        return {name: read_codelist_text(name, text) for name, text in texts.items()}

    @cached_property
    def case(self) -> Mapping[str, Any]:
        """What the case says of itself."""
        found: Mapping[str, Any] = self.document("case", {})
        return found

    @cached_property
    def sources(self) -> Mapping[str, Mapping[str, Any]]:
        """Sources by id."""
        return {source["id"]: source for source in self.document("sources")}

    @cached_property
    def notes(self) -> Mapping[str, Mapping[str, str]]:
        """Notes by id."""
        found: Mapping[str, Mapping[str, str]] = self.document("notes", {})
        return found

    @cached_property
    def definitions(self) -> Mapping[str, Definition]:
        """Indicators by id, as they were defined when the release was made."""
        return {row["id"]: Definition.from_json(row) for row in self.document("definitions")}

    @cached_property
    def code_of_indicator(self) -> Mapping[str, Mapping[str, str]]:
        """Indicator → path and text of the function that computed it."""
        return {row["id"]: row["code"] for row in self.document("definitions")}

    @cached_property
    def standing(self) -> Mapping[str, Mapping[str, Any]]:
        """Observation id → its standing among rivals: preferred or not, why, by whom."""
        return {
            rival: {**decision, "preferred": rival == decision["observation"]}
            for decision in self.document("preferred")
            for rival in decision["rivals"]
        }

    @cached_property
    def datasets(self) -> Mapping[str, Mapping[str, Any]]:
        """Datasets by id, in the order of the case."""
        listed = sorted(self.document("datasets"), key=lambda item: item.get("order") or 0)
        return {dataset["id"]: dataset for dataset in listed}
