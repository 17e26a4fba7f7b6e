"""Files that a case brings for import: records in its folder imports/, each beside its file."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from irtysh.publication.import_job import (
    UPLOAD,
    Folder,
    Job,
    NothingRead,
    naming,
    open_job,
    publish_job,
    read_job,
    recognised_of,
)
from irtysh.sources.case.shapes import (
    Check,
    Place,
    Record,
    address,
    boolean,
    identifier,
    keyed,
    string,
    text_in,
)
from irtysh.sources.case.yaml_lines import Document, parse_yaml
from irtysh.sources.layouts import layouts
from irtysh.store.vintages import Vintage, Vintages, is_dataset_id
from irtysh.vocabulary.errors import Fault, IrtyshError, ReleaseNotFound
from irtysh.vocabulary.text import LANGUAGES

FOLDER = "imports"
LARGEST = 5_000_000
"""Bytes of a file that travels with a case; larger ones are taken in by the assistant."""


class CaseImportRefused(IrtyshError):
    """A file of a case has rows that cannot be kept; a case is published whole."""


@dataclass(frozen=True, slots=True)
class CaseImport:
    """One record of imports/: a file and everything needed to publish it."""

    record: Mapping[str, Any]
    file: Path
    fingerprint: str

    @property
    def dataset(self) -> str:
        """Id of the dataset."""
        return str(self.record["dataset"])

    @property
    def about(self) -> dict[str, Any]:
        """What the catalogue says of it."""
        snapshot = {
            "file": self.file.name, "sha256": _sha256(self.file), "fingerprint": self.fingerprint,
        }  # fmt: skip
        return {**_about(self.record), "snapshot": snapshot}


def read_about(path: Path) -> tuple[dict[str, Any], list[Fault]]:
    """Return what the catalogue says of a dataset, and what is wrong with its description.

    A YAML file with the fields of a case's record that describe: ``title``, ``description``,
    ``publisher``, ``licence``, ``source``, and ``unit_note``, ``order``, ``invented`` if wanted.
    """
    if not path.is_file():
        return {}, [Fault("ImportFileMissing", path.name, params={"file": path.name})]
    document, faults = parse_yaml(path.read_bytes(), path.name)
    if document.data is not None:
        faults = [*faults, *_ABOUT(document.data, Place(document, ()))]
    if document.data is None or any(fault.severity == "error" for fault in faults):
        empty = Fault("WrongType", path.name, params={"expected": "mapping", "found": "null"})
        return {}, faults or [empty]
    return _about(document.data), faults


def _about(record: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: record[name] for name in ("title", "description", "publisher", "licence")}
    note = record.get("unit_note") or dict.fromkeys(LANGUAGES, "")
    return {
        **said, "unit_note": note, "sources": [record["source"]],
        "order": record.get("order", 1000), "invented": bool(record.get("invented")),
    }  # fmt: skip


def case_imports(
    folder: Path, datasets: tuple[str, ...] = ()
) -> tuple[list[CaseImport], list[Fault]]:
    """Return the imports of a case and what is wrong with their records, by file and line.

    ``datasets`` are the ids that the case itself has.
    """
    found: list[CaseImport] = []
    faults: list[Fault] = []
    taken = set(datasets)
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        name = f"{FOLDER}/{path.name}"
        content = path.read_bytes()
        document, wrong = parse_yaml(content, name)
        if document.data is not None:
            wrong = [*wrong, *_faults(document, folder, taken)]
        faults += wrong
        if not any(fault.severity == "error" for fault in wrong):
            taken.add(document.data["dataset"])
            file = folder / FOLDER / document.data["file"]
            mark = hashlib.sha256(content + file.read_bytes()).hexdigest()
            found.append(CaseImport(document.data, file, mark))
    return found, faults


def publish_case_imports(
    imports: list[CaseImport], datasets: Path, releases: Path
) -> Iterator[tuple[CaseImport, Vintage, bool]]:
    """Publish the imports whose content is new; yield each with its edition and whether it is new.

    Raises CaseImportRefused for rows that are refused, and what reading raises.
    """
    for one in imports:
        held = _held(one, datasets)
        yield (one, held, False) if held else (one, _published(one, datasets, releases), True)


def _held(one: CaseImport, datasets: Path) -> Vintage | None:
    try:
        held = Vintages(datasets).current(one.dataset)
    except ReleaseNotFound:
        return None
    mark = (held.about.get("snapshot") or {}).get("fingerprint")
    return held if mark == one.fingerprint else None


def _published(one: CaseImport, datasets: Path, releases: Path) -> Vintage:
    with tempfile.TemporaryDirectory(prefix="irtysh-import-") as made:
        folder = Folder(Path(made))
        (folder.path / UPLOAD).symlink_to(one.file.resolve())
        job = Job(
            one.file.name, layout=one.record["layout"], dataset_id=one.dataset, about=one.about,
            datasets=str(datasets), releases=str(releases), source_id=one.record["source"]["id"],
        )  # fmt: skip
        folder.write("job", asdict(job))
        with naming(job):
            seen = [recognised_of(row) for row in open_job(folder)["recognised"]]
            own = next((row for row in seen if row.layout == job.layout), None)
            stated = {
                name: str(value) for name, value in (one.record.get("settings") or {}).items()
            }
            job.settings = {**(own.settings if own else {}), **stated}
            folder.write("job", asdict(job))
            sheet = read_job(folder)
            if sheet.refusals:
                first = sheet.examples[0]
                raise CaseImportRefused(
                    file=one.file.name, count=str(sheet.refusals), line=str(first["line"]),
                    code=first["code"],
                )  # fmt: skip
            if not sheet.staged:
                raise NothingRead(name=one.file.name)
            return publish_job(folder)


def _faults(document: Document, folder: Path, taken: set[str]) -> Iterator[Fault]:
    place = Place(document, ())
    yield from _SHAPE(document.data, place)
    if not isinstance(document.data, dict):
        return
    dataset, layout = document.data.get("dataset"), document.data.get("layout")
    if isinstance(dataset, str) and not is_dataset_id(dataset):
        yield place.child("dataset").fault("DatasetIdWrong", dataset=dataset)
    if dataset in taken:
        yield place.child("dataset").fault("DatasetIdTaken", dataset=dataset)
    if isinstance(layout, str) and layout not in layouts():
        near = ", ".join(layouts())
        line = document.line(("layout",))
        params = {"code": layout, "codelist": "layouts", "near": near}
        yield Fault("UnknownCode", document.file, line, "layout", params)
    name = document.data.get("file")
    if not isinstance(name, str):
        return
    file = folder / FOLDER / name
    if "/" in name or "\\" in name or not file.is_file():
        yield place.child("file").fault("ImportFileMissing", file=f"{FOLDER}/{name}")
    elif file.stat().st_size > LARGEST:
        yield place.child("file").fault(
            "TooLarge", what="file_bytes", found=str(file.stat().st_size), limit=str(LARGEST)
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


_TEXT = text_in(LANGUAGES)
_SOURCE: dict[str, Check] = {"id": identifier, "kind": identifier, "title": _TEXT}
_SOURCE_MORE: dict[str, Check] = {
    "publisher": _TEXT, "published_on": string, "address": address, "accessed_on": string,
    "licence": string, "note": _TEXT, "author": _TEXT,
}  # fmt: skip
_SAID: dict[str, Check] = {
    "title": _TEXT, "description": _TEXT, "publisher": _TEXT, "licence": string,
    "source": Record(_SOURCE, _SOURCE_MORE),
}  # fmt: skip
_SAID_MORE: dict[str, Check] = {"unit_note": _TEXT, "order": string, "invented": boolean}
_ABOUT = Record(_SAID, _SAID_MORE)
_SHAPE = Record(
    {"dataset": string, "file": string, "layout": string, **_SAID},
    {"settings": keyed(string), **_SAID_MORE},
)
