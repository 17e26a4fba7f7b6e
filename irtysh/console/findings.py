"""`irtysh check`: what does not add up, in the current release or in a case folder."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from irtysh.console.case import case_folder, has_errors, show_faults
from irtysh.console.shell import FAULTS, OK, Shell
from irtysh.vocabulary.places import releases_folder


def add_to(commands: Any, common: argparse.ArgumentParser, shell: Shell) -> None:
    """Add the command to the parser."""
    words = shell.words("check")
    parser = commands.add_parser("check", help=words, description=words, parents=[common])
    parser.add_argument(
        "folder", nargs="?", metavar=shell.words("folder"), help=shell.words("check-folder")
    )
    parser.add_argument("--release", default="current", help=shell.words("release-id"))
    parser.add_argument("--arithmetic", action="store_true", help=shell.words("check-arithmetic"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, shell: Shell) -> int:
    """List the findings; those of a folder are computed now, those of a release were stored."""
    if options.folder:
        findings = _of_folder(options.folder, shell)
        if findings is None:
            return FAULTS
    else:
        findings = _of_release(options.release)
    shell.answer(findings, _lines(findings, options.arithmetic, shell))
    return FAULTS if findings else OK


def _of_folder(folder: str, shell: Shell) -> list[dict[str, Any]] | None:
    """Compute the findings of a folder; None (having listed them) if it has faults."""
    from irtysh.evaluation.consistency import find
    from irtysh.publication.documents import case_documents
    from irtysh.sources.case import read_case

    case, faults = read_case(case_folder(folder))
    if has_errors(faults):
        show_faults(faults, shell)
        return None
    with case.naming():
        findings = find(list(case.observations), case_documents(case))
        language = shell.language
        return [
            {
                **finding.to_json(),
                "said": {
                    language: {
                        "title": finding.title(language),
                        "text": finding.explanation(language),
                        "arithmetic": finding.arithmetic(language),
                    }
                },
            }
            for finding in findings
        ]


def _of_release(release_id: str) -> list[dict[str, Any]]:
    """Return the findings as they were computed and worded when the release was published."""
    from irtysh.store import Releases

    found: list[dict[str, Any]] = Releases(releases_folder()).get(release_id).document("findings")
    return found


def _lines(findings: list[dict[str, Any]], with_arithmetic: bool, shell: Shell) -> Iterator[str]:
    for finding in findings:
        said = finding["said"]
        # A case may speak other languages than the reader.
        words = said.get(shell.language) or next(iter(said.values()))
        yield f"{shell.words('finding-' + finding['severity'])}: {words['title']}"
        if with_arithmetic:
            yield f"    {words['text']}"
            for line in words["arithmetic"]:
                yield f"    {line}"
    yield shell.words("findings-counted", count=str(len(findings)))
