"""`irtysh case`: check, load, export and begin the folder that a case is."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from irtysh.console.portal import migrate, migrations_wait, pages_stamp, start_django
from irtysh.console.shell import FAULTS, OK, Shell
from irtysh.vocabulary.errors import CaseHasFaults, Fault
from irtysh.vocabulary.places import CASES, datasets_folder, releases_folder


def add_to(commands: Any, common: argparse.ArgumentParser, shell: Shell) -> None:
    """Add the family to the parser."""
    words = shell.words("case")
    family = commands.add_parser("case", help=words, description=words)
    actions = family.add_subparsers(metavar=shell.words("command"), required=True)
    for name, run in {"check": check, "load": load, "export": export, "new": new}.items():
        words = shell.words(f"case-{name}")
        parser = actions.add_parser(name, help=words, description=words, parents=[common])
        parser.set_defaults(run=run)
        new_folder = name in ("export", "new")
        parser.add_argument(
            "folder",
            type=Path if new_folder else str,
            metavar=shell.words("folder"),
            help=shell.words(f"case-{name}-folder"),
        )
        if name == "export":
            parser.add_argument("--release", default="current", help=shell.words("release-id"))
        if name == "new":
            parser.add_argument("--id", dest="case_id", help=shell.words("case-new-id"))
        if name in ("load", "export"):
            words = shell.words(f"case-{name}-without-pages")
            parser.add_argument("--without-pages", action="store_true", help=words)


def check(options: argparse.Namespace, shell: Shell) -> int:
    """List every fault of a case by file and line."""
    from irtysh.sources.case import read_case

    folder = case_folder(options.folder)
    case, faults = read_case(folder)
    faults = [*faults, *_imports(folder, case)[1]]
    show_faults(faults, shell)
    return FAULTS if has_errors(faults) else OK


def load(options: argparse.Namespace, shell: Shell) -> int:
    """Publish a case and put its pages into the portal."""
    folder = case_folder(options.folder)
    if options.without_pages:
        published = publish(folder, shell) is not None
    else:
        start_django()
        if migrations_wait():
            shell.tell("migrating")
            migrate()
        published = publish_and_load(folder, shell)
    return OK if published else FAULTS


def export(options: argparse.Namespace, shell: Shell) -> int:
    """Write a release back as a case folder."""
    from irtysh.publication import case_of
    from irtysh.sources.case import write_case
    from irtysh.store import Releases

    release = Releases(releases_folder()).get(options.release)
    case = case_of(release)
    if options.release == "current" and not options.without_pages:
        case = with_edits(case)
    write_case(case, options.folder)
    shell.answer(
        {"release": release.id, "folder": str(options.folder)},
        [shell.words("exported", release=release.id, folder=str(options.folder))],
    )
    return OK


def with_edits(case: Any) -> Any:
    """Return the case with pages and registers as their editors left them."""
    start_django()
    if migrations_wait():
        return case
    from irtysh.portal.exporting import pages_with_edits
    from irtysh.registries.records.loading import export_registers

    documents = {**case.documents, **export_registers()}
    return replace(case, pages=pages_with_edits(case.pages), documents=documents)


def new(options: argparse.Namespace, shell: Shell) -> int:
    """Begin a case: a valid folder with nothing in it."""
    from irtysh.sources.case import new_case

    case_id = options.case_id or options.folder.name
    new_case(options.folder, case_id)
    shell.answer(
        {"case": case_id, "folder": str(options.folder)},
        [shell.words("case-begun", case=case_id, folder=str(options.folder))],
    )
    return OK


def case_folder(given: str) -> Path:
    """Return the folder meant by a path or by the name of one of the project's own cases."""
    from irtysh.sources.case import folder_of

    return folder_of(given, CASES)


def publish(folder: Path, shell: Shell) -> Any:
    """Publish a case; return the outcome, or None (having listed the faults) if it was refused."""
    from irtysh.publication import publish_case
    from irtysh.store import Releases
    from irtysh.store.vintages import Vintages

    imports, faults = _imports(folder, None)
    if has_errors(faults):
        show_faults(faults, shell)
        return None
    try:
        with shell.progress() as report:
            outcome = publish_case(
                folder,
                Releases(releases_folder()),
                progress=report,
                imported=Vintages(datasets_folder()).ids(),
            )
    except CaseHasFaults as refusal:
        show_faults(refusal.params["faults"], shell)
        return None
    shell.tell("published" if outcome.is_new else "unchanged", release=outcome.release.id)
    _publish_imports(imports, shell)
    return outcome


def _imports(folder: Path, case: Any) -> tuple[list[Any], list[Fault]]:
    """Return the files that a case brings for import, and what is wrong with their records."""
    from irtysh.publication.case_imports import case_imports

    datasets = case.documents.get("datasets") or [] if case is not None else []
    return case_imports(folder, tuple(str(row.get("id", "")) for row in datasets))


def _publish_imports(imports: list[Any], shell: Shell) -> None:
    """Publish those of the case's files that are new, after the release whose codes they use."""
    from irtysh.publication.case_imports import publish_case_imports

    for one, vintage, is_new in publish_case_imports(imports, datasets_folder(), releases_folder()):
        if is_new:
            shell.tell("import-of-case", dataset=one.dataset, vintage=vintage.id)


def publish_and_load(folder: Path, shell: Shell) -> bool:
    """Publish a case and load its pages where they are not yet those of this release.

    Django must have been started. Returns False if the case has errors.
    """
    outcome = publish(folder, shell)
    if outcome is None:
        return False
    stamp = pages_stamp()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == outcome.release.id:
        return True
    from irtysh.portal.actions import load_case_pages
    from irtysh.publication import case_of
    from irtysh.registries.records.loading import load_registers

    case = case_of(outcome.release)
    load_case_pages(case)
    load_registers(case.documents)
    shell.tell("pages-loaded")
    _judge(outcome.release, shell)
    _evaluate(shell)
    stamp.write_text(outcome.release.id, encoding="utf-8")
    return True


def _judge(release: Any, shell: Shell) -> None:
    """Judge the claims of the database against the release."""
    from irtysh.registries.claims.actions import judge_claims

    found = judge_claims(release)
    shell.tell("claims-judged", judged=str(found.judged), changed=str(found.changed))


def _evaluate(shell: Shell) -> None:
    """Evaluate the strategy anew: figures, records and claims are those of the new release."""
    from irtysh.registries.evaluations.actions import evaluate_now
    from irtysh.registries.evaluations.rules import CASE

    made = evaluate_now(by=None, reason=CASE, only_if_changed=True)
    shell.tell("evaluated", number=str(made.number))


def has_errors(faults: Sequence[Fault]) -> bool:
    """Return True if a fault refuses the case."""
    return any(fault.severity == "error" for fault in faults)


def show_faults(faults: Sequence[Fault], shell: Shell) -> None:
    """Print faults as file:line, column, what was expected and what to do."""
    errors = sum(fault.severity == "error" for fault in faults)
    data = {
        "errors": errors,
        "warnings": len(faults) - errors,
        "faults": [_as_json(fault, shell) for fault in faults],
    }
    shell.answer(data, _lines(faults, shell, errors))


def _lines(faults: Sequence[Fault], shell: Shell, errors: int) -> Iterator[str]:
    for fault in sorted(faults, key=lambda fault: (fault.file, fault.line)):
        place = f"{fault.file}:{fault.line}" if fault.line else fault.file
        column = f" [{fault.column}]" if fault.column else ""
        severity = shell.words(f"severity-{fault.severity}")
        yield f"{place}{column}: {severity}: {shell.explained(fault)}"
    if faults:
        yield shell.words("faults-counted", errors=str(errors), warnings=str(len(faults) - errors))
    else:
        yield shell.words("no-faults")


def _as_json(fault: Fault, shell: Shell) -> dict[str, Any]:
    return {
        "code": fault.code,
        "severity": fault.severity,
        "file": fault.file,
        "line": fault.line,
        "column": fault.column,
        "message": shell.explained(fault),
        "params": fault.params,
    }
