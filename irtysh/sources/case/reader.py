"""Read a case folder: everything in it, and everything wrong with it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from irtysh.sources.case.case import Case
from irtysh.sources.case.layout import FORMAT, Kind, case_record, kinds
from irtysh.sources.case.references import cross_faults
from irtysh.sources.case.shapes import Place
from irtysh.sources.case.tables import Lists, Row, read_table, repeated
from irtysh.sources.case.yaml_lines import Document, parse_yaml
from irtysh.vocabulary.codelists import Codelist, read_codelist, with_own_codelists
from irtysh.vocabulary.errors import CaseNotFound, Fault
from irtysh.vocabulary.text import LANGUAGES

INVENTORY_COLUMNS = (
    "number", "part", "title_ru", "title_kk", "title_en", "home", "files", "status", "waits_for",
)  # fmt: skip
_OWN_LISTS = ("areas", "commodities")
_KNOWN_FOLDERS = ("observations", "pages", "codelists", "imports")


def read_case(folder: Path) -> tuple[Case, list[Fault]]:
    """Read a case; faults of severity "error" mean that it must not be published.

    The case returned holds what could be read. Raises CaseNotFound if there is no case.yaml.
    """
    if not (folder / "case.yaml").is_file():
        raise CaseNotFound(folder=str(folder))
    return _Reading(folder).read()


class _Reading:
    """One reading of a folder: gathers documents and faults."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.sources_of: dict[str, list[Document]] = {}

    def read(self) -> tuple[Case, list[Fault]]:
        about = self._yaml("case.yaml")
        languages = _languages(about.data)
        own = self._own_codelists()
        with with_own_codelists(own):
            return self._read(about, languages, own)

    def _read(
        self, about: Document, languages: tuple[str, ...], own: Mapping[str, Codelist]
    ) -> tuple[Case, list[Fault]]:
        self.faults += case_record(languages)(about.data, Place(about, ()))
        self.faults += _about_faults(about)
        layout = kinds(languages)
        documents = {name: self._document(name, kind) for name, kind in layout.items()}
        rows = self._tables(documents)
        case = Case(
            about=about.data if isinstance(about.data, dict) else {},
            rows=tuple(rows),
            documents=documents,
            inventory=tuple(self._inventory()),
            pages=self._pages(languages),
            geometry=self._geometry(),
            own_codelists={
                name: (self.folder / "codelists" / f"{name}.csv").read_text("utf-8") for name in own
            },
        )
        self._unknown_files(layout)
        self.faults += cross_faults(case, self.sources_of, about)
        self.faults.sort(key=lambda fault: (fault.severity, fault.file, fault.line))
        return case, self.faults

    def _yaml(self, name: str) -> Document:
        document, faults = parse_yaml((self.folder / name).read_bytes(), name)
        self.faults += faults
        return document

    def _document(self, name: str, kind: Kind) -> Any:
        """Read all files of a kind and join them."""
        paths = sorted(path for pattern in kind.files for path in self.folder.glob(pattern))
        if not paths and kind.required:
            self.faults.append(Fault("FileMissing", kind.files[0].replace("*", "")))
        parts = [self._yaml(path.name) for path in paths]
        self.sources_of[name] = parts
        for part in parts:
            if part.data is not None:
                self.faults += kind.check(part.data, Place(part, ()))
        data = [part.data for part in parts if part.data is not None]
        if kind.has_ids:
            self.faults += _repeated_ids(parts)
            return [item for part in data if isinstance(part, list) for item in part]
        if all(isinstance(part, dict) for part in data):
            return {key: value for part in data for key, value in part.items()}
        return data[0] if data else {}

    def _tables(self, documents: Mapping[str, Any]) -> list[Row]:
        lists = Lists(
            datasets=_ids(documents["datasets"]),
            sources=_ids(documents["sources"]),
            notes=frozenset(documents["notes"]),
        )
        rows: list[Row] = []
        for path in sorted((self.folder / "observations").glob("*.csv")):
            found, faults = read_table(path.read_bytes(), f"observations/{path.name}", lists)
            rows += found
            self.faults += faults
        self.faults += repeated(rows)
        if not rows:
            self.faults.append(Fault("NoObservations", "observations", severity="warning"))
        return rows

    def _own_codelists(self) -> dict[str, Codelist]:
        own = {}
        for path in sorted((self.folder / "codelists").glob("*.csv")):
            name = f"codelists/{path.name}"
            if path.stem not in _OWN_LISTS:
                self.faults.append(Fault("CodelistUnknown", name, params={"name": path.stem}))
                continue
            try:
                own[path.stem] = read_codelist(path)
            except (KeyError, ValueError) as error:
                self.faults.append(Fault("CodelistUnreadable", name, params={"problem": error}))
        return own

    def _inventory(self) -> Iterator[dict[str, str]]:
        path = self.folder / "inventory.csv"
        if not path.is_file():
            return
        reader = csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
        missing = [name for name in INVENTORY_COLUMNS if name not in (reader.fieldnames or ())]
        for column in missing:
            self.faults.append(
                Fault("ColumnMissing", "inventory.csv", 1, column, {"column": column})
            )
        if not missing:
            for row in reader:
                row["line"] = str(reader.line_num)
                yield {str(key): value or "" for key, value in row.items()}

    def _geometry(self) -> dict[str, Any]:
        path = self.folder / "map.json"
        if not path.is_file():
            return {}
        try:
            found = json.loads(path.read_bytes())
        except ValueError as error:
            self.faults.append(Fault("NotJson", path.name, params={"problem": str(error)}))
            return {}
        if not isinstance(found, dict) or found.get("type") != "Topology":
            self.faults.append(Fault("NotATopology", path.name))
            return {}
        return found

    def _pages(self, languages: tuple[str, ...]) -> dict[str, dict[str, str]]:
        pages: dict[str, dict[str, str]] = {}
        for path in sorted((self.folder / "pages").glob("*.md")):
            slug, _, language = path.stem.rpartition(".")
            text = path.read_text("utf-8")
            pages.setdefault(slug, {})[language] = text
            if not text.startswith("# "):
                self.faults.append(Fault("PageWithoutTitle", f"pages/{path.name}", 1))
        for slug, texts in pages.items():
            for language in languages:
                if language not in texts:
                    self.faults.append(
                        Fault("PageMissing", f"pages/{slug}.{language}.md",
                              params={"language": language})
                    )  # fmt: skip
        return pages

    def _unknown_files(self, layout: Mapping[str, Kind]) -> None:
        known = {"case.yaml", "inventory.csv", "map.json", "map.recipe.yaml", "README.md"}
        for kind in layout.values():
            for pattern in kind.files:
                known |= {path.name for path in self.folder.glob(pattern)}
        for path in sorted(self.folder.iterdir()):
            if path.name not in known and path.name not in _KNOWN_FOLDERS:
                self.faults.append(Fault("FileUnknown", path.name, severity="warning"))


def _languages(about: Any) -> tuple[str, ...]:
    stated = about.get("languages") if isinstance(about, dict) else None
    return tuple(map(str, stated)) if isinstance(stated, list) and stated else LANGUAGES


def _about_faults(about: Document) -> Iterator[Fault]:
    data = about.data
    if not isinstance(data, dict):
        return
    place = Place(about, ())
    if data.get("format") not in (None, FORMAT):
        yield place.child("format").fault("FormatUnknown", found=data["format"], known=FORMAT)
    sides = data.get("sides")
    if isinstance(sides, list) and len(sides) != 2:
        yield place.child("sides").fault("SidesNotTwo", found=len(sides))


def _repeated_ids(parts: list[Document]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for part in parts:
        for number, item in enumerate(part.data if isinstance(part.data, list) else []):
            key = str(item.get("id", "")) if isinstance(item, dict) else ""
            place = Place(part, (number, "id"))
            if key and key in seen:
                yield place.fault("IdTwice", id=key, other=seen[key])
            elif key:
                seen[key] = f"{part.file}:{part.line((number, 'id'))}"


def _ids(items: Any) -> frozenset[str]:
    if not isinstance(items, list):
        return frozenset()
    return frozenset(str(item["id"]) for item in items if isinstance(item, dict) and "id" in item)
