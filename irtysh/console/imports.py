"""`irtysh import`: a publisher's file recognised, read, checked and, if asked, published."""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from irtysh.console.shell import FAULTS, OK, Shell
from irtysh.vocabulary.errors import Fault, IrtyshError
from irtysh.vocabulary.places import data_folder, datasets_folder, releases_folder
from irtysh.vocabulary.text import LANGUAGES

_TEXTS = ("title", "description", "publisher", "unit_note")
_EXAMPLES = 20


class LayoutNotSeen(IrtyshError):
    """A file does not have the layout that was asked for, or none at all."""


class ImportSettingsOpen(IrtyshError):
    """A file cannot be read before its questions are answered on the command line."""


class AboutNotGiven(IrtyshError):
    """A dataset was to be published without its description."""


class ImportFileMissing(IrtyshError):
    """There is no file of the name given."""


def add_to(commands: Any, common: argparse.ArgumentParser, shell: Shell) -> None:
    """Add the command to the parser."""
    words = shell.words("import")
    parser = commands.add_parser("import", help=words, description=words, parents=[common])
    parser.set_defaults(run=run)
    parser.add_argument("file", type=Path, metavar=shell.words("import-file"),
                        help=shell.words("import-what"))  # fmt: skip
    for name in ("dataset", "layout", "encoding", "delimiter", "licence", "address"):
        parser.add_argument(f"--{name}", default="", help=shell.words(f"import-{name}"))
    parser.add_argument("--header-line", type=shell.whole_number, default=0,
                        help=shell.words("import-header-line"))  # fmt: skip
    parser.add_argument("--published-on", default="", help=shell.words("import-published-on"))
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE",
                        help=shell.words("import-set"))  # fmt: skip
    for name in _TEXTS:
        for language in LANGUAGES:
            parser.add_argument(f"--{name.replace('_', '-')}-{language}", default="",
                                help=shell.words(f"import-{name}", language=language))  # fmt: skip
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help=shell.words("import-check"))
    what.add_argument("--publish", action="store_true", help=shell.words("import-publish"))


def run(options: argparse.Namespace, shell: Shell) -> int:
    """Open, recognise, read, check; publish if that was asked and nothing forbids it."""
    from irtysh.publication.import_job import UPLOAD, Folder, naming

    if not options.file.is_file():
        raise ImportFileMissing(file=str(options.file))
    place = data_folder() / "imports"
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="shell-", dir=place) as made:
        folder = Folder(Path(made))
        (folder.path / UPLOAD).symlink_to(options.file.resolve())
        folder.write("job", asdict(_job(options)))
        with naming(folder.job):
            return _steps(folder, options, shell)


def _steps(folder: Any, options: argparse.Namespace, shell: Shell) -> int:
    from irtysh.publication.import_job import publish_job

    recognised = _recognised(folder, options, shell)
    sheet = _read(folder, recognised, options, shell)
    made = None
    is_clean = not sheet.obstacles
    if options.publish and is_clean:
        made = publish_job(folder)
    data = {
        "sheet": sheet.to_json(),
        "vintage": made.id if made else "",
        "dataset": options.dataset,
    }
    shell.answer(data, sheet_lines(sheet, shell))
    if made is not None:
        shell.tell("import-published", dataset=options.dataset, vintage=made.id)
    return OK if is_clean and not sheet.refusals else FAULTS


def _job(options: argparse.Namespace) -> Any:
    from irtysh.publication.import_job import Job, source_of

    about: dict[str, Any] = {}
    if options.publish:
        if not options.dataset:
            raise AboutNotGiven(missing="--dataset")
        about = _about(options, source_of(options.dataset))
    return Job(
        options.file.name, options.encoding, options.delimiter, options.header_line,
        dataset_id=options.dataset, about=about, datasets=str(datasets_folder()),
        releases=str(releases_folder()),
    )  # fmt: skip


def _about(options: argparse.Namespace, source: str) -> dict[str, Any]:
    """Return what is said of the dataset; that of the current edition where nothing is given."""
    from irtysh.store.vintages import Vintages
    from irtysh.vocabulary.errors import ReleaseNotFound

    texts = {name: {one: getattr(options, f"{name}_{one}") for one in LANGUAGES} for name in _TEXTS}
    given = any(any(text.values()) for text in texts.values())
    if not given:
        try:
            return dict(Vintages(datasets_folder()).current(options.dataset).about)
        except ReleaseNotFound:
            pass
    missing = [
        f"--{name}-{language}"
        for name in _TEXTS[:3] for language in LANGUAGES if not texts[name][language].strip()
    ]  # fmt: skip
    missing += [] if options.licence else ["--licence"]
    if missing:
        raise AboutNotGiven(missing=" ".join(missing))
    record = {"id": source, "kind": "dataset", "title": texts["title"],
              "publisher": texts["publisher"], "licence": options.licence}  # fmt: skip
    record |= {n: v for n, v in (("address", options.address),
                                 ("published_on", options.published_on)) if v}  # fmt: skip
    with options.file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    snapshot = {"file": options.file.name, "sha256": digest}
    return {**texts, "licence": options.licence, "sources": [record], "order": 1000,
            "snapshot": snapshot}  # fmt: skip


def _recognised(folder: Any, options: argparse.Namespace, shell: Shell) -> Any:
    from irtysh.publication.import_job import open_job, recognised_of
    from irtysh.sources.intake.words import layout_name, reason_words

    head = open_job(folder)
    found = [recognised_of(row) for row in head["recognised"]]
    chosen = next((one for one in found if options.layout in ("", one.layout)), None)
    if chosen is None:
        known = ", ".join(one.layout for one in found) or "–"
        raise LayoutNotSeen(layout=options.layout or "–", found=known)
    shell.tell("import-recognised", layout=layout_name(chosen.layout, shell.language),
               id=chosen.layout)  # fmt: skip
    for reason in chosen.reasons:
        shell.tell("import-reason", reason=reason_words(reason, shell.language))
    return chosen


def _read(folder: Any, chosen: Any, options: argparse.Namespace, shell: Shell) -> Any:
    from irtysh.publication.import_job import current, read_job
    from irtysh.sources.intake.reading import Wishes
    from irtysh.sources.intake.roles import PREFIX

    settings = {**chosen.settings, **_set(options.set)}
    roles = {role for name, role in settings.items() if name.startswith(PREFIX)}
    gaps = [
        one for one in chosen.questions
        if not settings.get(one.setting) and one.setting not in roles
    ]  # fmt: skip
    if gaps:
        asked = "; ".join(_asked(one, shell.language) for one in gaps)
        raise ImportSettingsOpen(asked=asked)
    job = folder.job
    job.layout, job.settings = chosen.layout, settings
    folder.write("job", asdict(job))
    expected = (folder.read("head") or {}).get("expected", 0)
    with shell.progress() as report:
        wishes = Wishes(
            lambda done: report("import", done, expected or done),
            refusals=folder.refusals, dataset_id=job.dataset_id, source=job.source,
            against=current(job),
        )  # fmt: skip
        return read_job(folder, wishes)


def _asked(question: Any, language: str) -> str:
    """Write a question as the option that answers it, and in words."""
    from irtysh.sources.intake.words import option_name, setting_name

    name = question.setting
    said = ", ".join(f"{one} – {option_name(name, one, language)}" for one in question.options)
    chosen = "|".join(question.options) or "…"
    return f"--set {name}={chosen} ({said or setting_name(name, language)})"


def _set(pairs: Sequence[str]) -> dict[str, str]:
    return {name.strip(): value.strip() for name, _, value in (p.partition("=") for p in pairs)}


def sheet_lines(sheet: Any, shell: Shell) -> Iterator[str]:
    """Yield a check sheet as lines."""
    from irtysh.sources.intake.check_sheet import fault_of
    from irtysh.sources.intake.sums import covered
    from irtysh.sources.intake.words import left_out_words

    yield shell.words("import-rows", lines=str(sheet.lines), kept=str(sheet.kept),
                      staged=str(sheet.staged), refused=str(sheet.refusals))  # fmt: skip
    for code, count in sheet.left_out.items():
        yield shell.words("import-left-out", what=left_out_words(code, shell.language),
                          count=str(count))  # fmt: skip
    for row in (*sheet.examples, *sheet.repeats, *sheet.remarks)[:_EXAMPLES]:
        fault: Fault = fault_of(row)
        column = f" [{fault.column}]" if fault.column else ""
        line = f":{fault.line}" if fault.line else ""
        yield f"{sheet.file}{line}{column}: {shell.explained(fault)}"
    if sheet.unknown:
        codes = ", ".join(row["code"] for row in sheet.unknown[:_EXAMPLES])
        yield shell.words("import-unknown", count=str(len(sheet.unknown)), codes=codes)
    rows = [
        (one["year"], _added(one, shell.language), covered(one, shell.language), one["level"],
         one["rows"], one["value"] or "–")
        for one in sheet.sums
    ]  # fmt: skip
    if rows:
        yield from shell.table(tuple(f"import-heading-{name}" for name in _SUMS), rows)
    for one in sheet.printed[:_EXAMPLES]:
        key = "import-printed-agrees" if one["agrees"] else "import-printed-differs"
        yield shell.words(key, name=one["name"], printed=one["printed"], sum=one["sum"] or "–",
                          level=one["level"] or "–")  # fmt: skip
    if sheet.differences:
        found: Mapping[str, Any] = sheet.differences
        counts = {name: str(found[name]) for name in ("same", "added", "changed", "withdrawn")}
        yield shell.words("import-differences", against=found["against"], **counts)


_SUMS = ("year", "what", "covered", "level", "rows", "value")


def _added(row: Mapping[str, Any], language: str) -> str:
    """Return what is added up: a flow, and for figures the measure with its unit."""
    from irtysh.vocabulary.codelists import codelist

    named = [("flows", row["flow"])] if row["flow"] != "_Z" else []
    named += [(name, row[key]) for name, key in (("measures", "measure"), ("units", "unit"))
              if row.get(key)]  # fmt: skip
    lists = ((codelist(name), code) for name, code in named)
    return ", ".join(one.label(code, language) if code in one else code for one, code in lists)
