"""`irtysh report`: the report on the strategy as a file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from irtysh.console.portal import start_django
from irtysh.console.shell import OK, Shell

_FORMS = ("pdf", "docx", "xlsx", "html")


def add_to(commands: Any, common: argparse.ArgumentParser, shell: Shell) -> None:
    """Add the command to the parser."""
    words = shell.words("report")
    parser = commands.add_parser("report", help=words, description=words, parents=[common])
    parser.add_argument(
        "--evaluation", type=shell.whole_number, metavar="N", help=shell.words("report-evaluation")
    )
    parser.add_argument(
        "--number", type=shell.whole_number, metavar="N", help=shell.words("report-number")
    )
    parser.add_argument(
        "--format", choices=_FORMS, default=_FORMS[0], help=shell.words("report-format")
    )
    parser.add_argument("--chapters", metavar="A,B", help=shell.words("report-chapters"))
    parser.add_argument("--out", metavar=shell.words("report-file"), help=shell.words("report-out"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, shell: Shell) -> int:
    """Write an approved report, or one made by program from an evaluation, to a file."""
    start_django()
    from irtysh.registries.drafts.making import rendered
    from irtysh.reports.rendering import file_name

    made, number = _contents(options, shell)
    body = rendered(made, options.format)
    path = Path(options.out or file_name(made, options.format, number))
    path.write_bytes(body)
    data = {
        "file": str(path),
        "bytes": len(body),
        "release": made.release,
        "evaluation": made.evaluation,
        "digest": made.digest,
        "draft": bool(made.draft),
        "chapters": [one.id for one in made.chapters],
        "evidence": len(made.evidence),
    }
    key = "report-draft-written" if made.draft else "report-written"
    shell.answer(data, [shell.words(key, file=str(path), evidence=str(len(made.evidence)))])
    return OK


def _contents(options: argparse.Namespace, shell: Shell) -> tuple[Any, int | None]:
    from irtysh.registries.drafts.making import approved_report, evaluation_of, material_of
    from irtysh.reports.contents import contents

    if options.number is not None:
        return approved_report(options.number), options.number
    evaluation = evaluation_of(options.evaluation)
    chapters = None
    if options.chapters:
        chapters = [name.strip() for name in options.chapters.split(",") if name.strip()]
    made = contents(material_of(evaluation, shell.language), chapters=chapters)
    return made, evaluation.number
