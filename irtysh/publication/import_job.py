"""One import in one folder: opened, read, published, each step in a process of its own.

What a step finds out lies in the folder as JSON, so that a killed process loses nothing but its
last rows, and whoever watches needs no more than the folder.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from irtysh.publication.fingerprint import reader_fingerprint
from irtysh.sources.intake.check_sheet import CheckSheet, fault_json, fault_of
from irtysh.sources.intake.layout import Head, Layout, Question, Reason, Recognised
from irtysh.sources.intake.opened import open_file
from irtysh.sources.intake.reading import Wishes, read_into, rows_expected
from irtysh.sources.layouts import layout_of, recognise, shape_of
from irtysh.store import Releases
from irtysh.store.staging import Staging
from irtysh.store.vintages import Vintage, Vintages
from irtysh.vocabulary.codelists import Codelist, read_codelist_text, with_own_codelists
from irtysh.vocabulary.errors import DatasetIdTaken, IrtyshError, ReleaseNotFound

UPLOAD = "upload"
STEPS = ("open", "read", "publish")
_MEMORY = 2 * 2**30
_SECONDS_BETWEEN = 0.5


class ReadingFailed(IrtyshError):
    """A step ended in a way that nobody foresaw; nothing was published."""


class MemoryExhausted(IrtyshError):
    """A step needed more memory than it may have; nothing was published."""


class NothingRead(IrtyshError):
    """A file gave no row that could be kept, so there is nothing to publish."""


class StructureDiffers(IrtyshError):
    """A dataset is published with flows, the import has figures, or the other way round."""


@dataclass(slots=True)
class Job:
    """What a person has said about a file.

    Attributes
    ----------
    name : str
        Of the file.
    encoding, delimiter, header_line : str, str, int
        Over what would be found out; empty and 0 find it out.
    layout, settings, dataset_id : str, dict, str
    about : dict
        What the catalogue says of the dataset, in every language.
    datasets, releases : str
        Folders of the published datasets and of the releases, whose case may name areas of its
        own.
    source_id : str
        Empty where the dataset's own id makes it.
    """

    name: str
    encoding: str = ""
    delimiter: str = ""
    header_line: int = 0
    layout: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    dataset_id: str = ""
    about: dict[str, Any] = field(default_factory=dict)
    datasets: str = ""
    releases: str = ""
    source_id: str = ""

    @property
    def source(self) -> str:
        """The id of the source under which figures are filed, one for each dataset."""
        return self.source_id or source_of(self.dataset_id)


def source_of(dataset_id: str) -> str:
    """Return the id of the source of a dataset: TRADE_OMSK comes from "import-trade-omsk"."""
    return f"import-{dataset_id.lower().replace('_', '-')}" if dataset_id else ""


class Folder:
    """The folder of one import."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, name: str) -> Any:
        """Return a JSON file of the folder; None where it is not there (or not whole yet)."""
        try:
            return json.loads((self.path / f"{name}.json").read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return None

    def write(self, name: str, data: Any) -> None:
        """Write a JSON file whole or not at all."""
        aside = self.path / f".{name}.{os.getpid()}"
        aside.write_text(json.dumps(data, ensure_ascii=False, default=str), encoding="utf-8")
        aside.replace(self.path / f"{name}.json")

    def forget(self, *names: str) -> None:
        """Delete JSON files of the folder."""
        for name in names:
            (self.path / f"{name}.json").unlink(missing_ok=True)

    @property
    def job(self) -> Job:
        """What was asked for."""
        return Job(**self.read("job"))

    @property
    def staging(self) -> Path:
        """Where rows wait."""
        return self.path / "staging"

    @property
    def refusals(self) -> Path:
        """Every row that was refused, as CSV."""
        return self.path / "refusals.csv"

    @property
    def cancelled(self) -> Path:
        """Exists where a person stopped the reading."""
        return self.path / "cancel"


def open_job(folder: Folder) -> dict[str, Any]:
    """Open the file, recognise it, write head.json and return it."""
    head = _head(folder, folder.job)
    data = {
        "name": head.name, "form": head.form, "encoding": head.encoding,
        "delimiter": head.delimiter, "header": list(head.header), "header_line": head.header_line,
        "rows": [list(row) for row in head.rows[:20]], "sheets": list(head.sheets),
        "remarks": [fault_json(one) for one in head.remarks], "shape": shape_of(head),
        "expected": rows_expected(head),
        "recognised": [asdict(one) for one in recognise(head)],
    }  # fmt: skip
    folder.write("head", data)
    return data


def read_job(folder: Folder, wishes: Wishes | None = None) -> CheckSheet:
    """Read the file into the staging; write sheet.json with the check sheet and return it."""
    job = folder.job
    head = _head(folder, job)
    layout = layout_of(job.layout)
    _go_on_only_alike(folder, job)
    staging = Staging(folder.staging, structure_of(layout))
    against = current(job)
    if wishes is None:
        wishes = Wishes(
            _Progress(folder, rows_expected(head)), folder.cancelled.exists, folder.refusals,
            job.dataset_id, job.source, against,
        )  # fmt: skip
    sheet = read_into(staging, head, layout, job.settings, wishes)
    sheet.findings = findings(staging, job)
    folder.write("sheet", sheet.to_json())
    return sheet


def _go_on_only_alike(folder: Folder, job: Job) -> None:
    """Throw away rows staged by another program or with other answers.

    A reading that goes on skips as many rows as are staged, so both must turn the file into the
    same rows.
    """
    answers = [job.encoding, job.delimiter, job.header_line, job.layout, job.settings, job.source]
    alike = [reader_fingerprint(), json.loads(json.dumps(answers))]
    if folder.read("alike") != alike:
        if folder.staging.exists():
            Staging(folder.staging).discard()
        folder.write("alike", alike)


def publish_job(folder: Folder) -> Vintage:
    """Publish what was read and checked; write published.json.

    Raises NothingRead, DatasetIdTaken, StructureDiffers, and what Vintages.publish raises.
    """
    job = folder.job
    sheet = CheckSheet.from_json(folder.read("sheet"))
    if not sheet.staged:
        raise NothingRead(name=sheet.file)
    staging = Staging(folder.staging, "trade" if sheet.produces == "flows" else "figures")
    refuse_taken(job.dataset_id, Path(job.releases) if job.releases else None)
    before = current(job)
    if before is not None and before.dataset.structure != staging.structure:
        raise StructureDiffers(dataset=job.dataset_id)
    constants = None
    if staging.structure == "trade":
        constants = {**sheet.constants, "source": job.source,
                     "retrieved_on": job.settings.get("retrieved_on", "")}  # fmt: skip
    made = Vintages(Path(job.datasets)).publish(
        job.dataset_id, staging, job.about,
        structure=staging.structure, constants=constants, checks=checks(sheet),
    )  # fmt: skip
    folder.write("published", {"dataset": job.dataset_id, "vintage": made.id})
    return made


def refuse_taken(dataset_id: str, releases: Path | None) -> None:
    """Raise DatasetIdTaken if the case that is shown now has a dataset of this id."""
    if releases is None:
        return
    with suppress(ReleaseNotFound):
        rows = Releases(releases).current().document("datasets")
        if dataset_id in {row["id"] for row in rows}:
            raise DatasetIdTaken(dataset=dataset_id)


def current(job: Job) -> Vintage | None:
    """Return what is published under the dataset's id; None where nothing is."""
    if not job.dataset_id or not job.datasets:
        return None
    try:
        return Vintages(Path(job.datasets)).current(job.dataset_id)
    except ReleaseNotFound:
        return None


def structure_of(layout: Layout) -> Any:
    """Return how a layout's rows lie in the store: "trade" or "figures"."""
    return "trade" if layout.produces == "flows" else "figures"


def checks(sheet: CheckSheet) -> dict[str, Any]:
    """Return what a reader of the dataset is told of its check."""
    return {
        "lines": sheet.lines, "kept": sheet.kept, "left_out": sheet.left_out,
        "refused": sheet.refused, "unknown": len(sheet.unknown),
        "printed": list(sheet.printed[:20]), "layout": sheet.layout,
    }  # fmt: skip


@contextmanager
def naming(job: Job) -> Iterator[None]:
    """Let codes of the case that is shown now be known: the areas of an invented border."""
    own: dict[str, Codelist] = {}
    if job.releases:
        with suppress(ReleaseNotFound):
            texts = Releases(Path(job.releases)).current().document("own_codelists")
            own = {name: read_codelist_text(name, text) for name, text in texts.items()}
    with with_own_codelists(own):
        yield


_MOST_JUDGED = 20_000
"""Figures that the rules of consistency are asked about; declared flows have sums instead."""


def findings(staging: Staging, job: Job) -> list[dict[str, Any]]:
    """Return what does not add up among staged figures, in words; flows are not judged here."""
    if staging.structure != "figures" or not 0 < staging.rows <= _MOST_JUDGED:
        return []
    from irtysh.evaluation.consistency import find
    from irtysh.store.parquet import read_parquet
    from irtysh.store.schema import from_row
    from irtysh.vocabulary.text import LANGUAGES

    figures = [from_row(row) for row in read_parquet(staging.seal())]
    documents = {"sources": job.about.get("sources") or [], "datasets": []}
    return [
        {
            "severity": str(one.severity),
            "said": {
                language: {"title": one.title(language), "text": one.explanation(language)}
                for language in LANGUAGES
            },
        }
        for one in find(figures, documents)[:200]
    ]


def recognised_of(data: Mapping[str, Any]) -> Recognised:
    """Return a recognition as open_job wrote it."""
    return Recognised(
        data["layout"], data["certainty"], _reasons(data["reasons"]), data["settings"],
        tuple(
            Question(one["setting"], tuple(one["options"]), one["suggested"],
                     _reasons(one["reasons"]))
            for one in data["questions"]
        ),
    )  # fmt: skip


def remarks_of(head: Mapping[str, Any]) -> list[Any]:
    """Return the doubts about the opening as faults."""
    return [fault_of(one) for one in head["remarks"]]


def _reasons(rows: Any) -> tuple[Reason, ...]:
    return tuple(Reason(one["code"], one["params"]) for one in rows)


def _head(folder: Folder, job: Job) -> Head:
    unpacked = folder.path / "unpacked"
    unpacked.mkdir(exist_ok=True)
    return open_file(
        folder.path / UPLOAD, job.name, unpacked,
        encoding=job.encoding, delimiter=job.delimiter, header_line=job.header_line,
    )  # fmt: skip


class _Progress:
    """Writes how many rows are done, not more often than somebody looks."""

    def __init__(self, folder: Folder, expected: int) -> None:
        self.folder, self.expected, self.last = folder, expected, 0.0

    def __call__(self, done: int) -> None:
        now = time.monotonic()
        if now - self.last >= _SECONDS_BETWEEN or not self.last:
            self.folder.write("progress", {"rows": done, "of": self.expected})
            self.last = now


def main(arguments: list[str], memory: int = _MEMORY) -> int:
    """Take one step in a folder; what goes wrong is written there as error.json.

    ``memory`` is what the process may allocate, in bytes.
    """
    step, path = arguments
    folder = Folder(Path(path))
    _bound(memory)
    try:
        with naming(folder.job):
            match step:
                case "open":
                    open_job(folder)
                case "read":
                    read_job(folder)
                case "publish":
                    publish_job(folder)
                case _:
                    return 2
    except IrtyshError as error:
        params = {name: str(value) for name, value in error.params.items()}
        folder.write("error", {"code": error.code, "params": params})
        return 3
    except MemoryError:
        pass  # said below: only then are the frames gone that hold the memory
    except Exception as error:  # noqa: BLE001 (the person must be told, whatever it was)
        reason = f"{type(error).__name__}: {error}"[:300]
        print(reason, file=sys.stderr)
        folder.write("error", {"code": "ReadingFailed", "params": {"reason": reason}})
        return 4
    else:
        return 0
    limit = MemoryExhausted(limit=str(memory // 2**20))
    folder.write("error", {"code": limit.code, "params": limit.params})
    return 5


def _bound(memory: int) -> None:
    """Limit the memory of this process where the system can."""
    try:
        import resource
    except ImportError:  # not a Unix system
        return
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
