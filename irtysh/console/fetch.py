"""`irtysh fetch`: a publisher's file, fetched and kept as a snapshot."""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from irtysh.console.shell import OK, Shell
from irtysh.vocabulary.places import data_folder


def add_to(commands: Any, common: argparse.ArgumentParser, shell: Shell) -> None:
    """Add the command to the parser."""
    words = shell.words("fetch")
    parser = commands.add_parser("fetch", help=words, description=words, parents=[common])
    parser.add_argument(
        "source", nargs="?", metavar=shell.words("fetch-source"), help=shell.words("fetch-which")
    )
    parser.add_argument("--year", metavar="YYYY", help=shell.words("fetch-year"))
    parser.add_argument(
        "--with",
        dest="parameters",
        action="append",
        default=[],
        type=_pair(shell),
        metavar="NAME=VALUE",
        help=shell.words("fetch-with"),
    )
    parser.add_argument("--copy", metavar=shell.words("fetch-file"), help=shell.words("fetch-copy"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, shell: Shell) -> int:
    """Fetch one file, or list what can be fetched."""
    if not options.source:
        return _list(shell)
    from irtysh.sources.fetching import address, fetch

    source = address(options.source)
    parameters = _parameters(options, source.blanks)
    with shell.progress() as report:
        kept = fetch(
            source,
            parameters,
            data_folder() / "snapshots",
            on=date.today(),
            progress=lambda had, total: report("fetch", had, max(total, had)),
        )
    if options.copy:
        shutil.copyfile(kept.file, options.copy)
    data = {
        "source": source.id,
        "file": kept.name,
        "place": str(kept.place),
        "sha256": _hash(kept.place),
        "bytes": kept.size,
        "new": kept.is_new,
        "layout": source.layout,
        "licence": source.licence,
    }
    key = "fetch-new" if kept.is_new else "fetch-same"
    shell.answer(
        data, [shell.words(key, file=kept.name, place=str(kept.place), count=str(kept.size))]
    )
    return OK


def _list(shell: Shell) -> int:
    from irtysh.sources.fetching import addresses

    rows, data = [], []
    for source in addresses().values():
        missing = [name for name in source.blanks if name not in source.defaults]
        by_hand = "" if source.address else shell.words("fetch-by-hand")
        rows.append([source.id, by_hand or ", ".join(missing), source.page])
        note = source.note[shell.language] if source.note else ""
        data.append({
            "source": source.id, "address": source.address, "needs": missing,
            "page": source.page, "licence": source.licence, "note": note,
        })  # fmt: skip
    shell.answer(data, shell.table(["column-source", "column-needs", "column-page"], rows))
    return OK


def _pair(shell: Shell) -> Callable[[str], tuple[str, str]]:
    def read(text: str) -> tuple[str, str]:
        name, sign, value = text.partition("=")
        if not sign:
            raise argparse.ArgumentTypeError(shell.words("fetch-not-a-pair", text=text))
        return name.strip(), value.strip()

    return read


def _parameters(options: argparse.Namespace, blanks: tuple[str, ...]) -> dict[str, str]:
    """Return the blanks that were given; a year fills whatever the source calls its time."""
    given = dict(options.parameters)
    if not options.year:
        return given
    names = [name for name in ("year", "period", "start", "end") if name in blanks]
    return {**dict.fromkeys(names or ["year"], options.year), **given}


def _hash(place: Path) -> str:
    found: str = json.loads((place / "snapshot.json").read_text(encoding="utf-8"))["sha256"]
    return found
