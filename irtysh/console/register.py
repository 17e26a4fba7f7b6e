"""`irtysh register`: a register into a file, a file into registers, and what it would change."""

from __future__ import annotations

import argparse
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from irtysh.console.portal import start_django
from irtysh.console.shell import FAULTS, OK, Shell
from irtysh.sources.registers import TABLES
from irtysh.vocabulary.errors import Fault, IrtyshError, UnknownCode
from irtysh.vocabulary.text import LANGUAGES

_MOST_FAULTS = 50


class FileNotThere(IrtyshError):
    """A file named on the command line cannot be read."""


class PersonUnknown(IrtyshError):
    """No account has the name given, or there is no administrator to write as."""


class RegisterNotNamed(IrtyshError):
    """A file that is not described by a mapping needs the name of its register."""


def add_to(commands: Any, common: argparse.ArgumentParser, shell: Shell) -> None:
    """Add the family to the parser."""
    words = shell.words("register")
    family = commands.add_parser("register", help=words, description=words)
    actions = family.add_subparsers(metavar=shell.words("command"), required=True)
    for name, run in {"export": export, "preview": preview, "import": import_file}.items():
        words = shell.words(f"register-{name}")
        parser = actions.add_parser(name, help=words, description=words, parents=[common])
        parser.set_defaults(run=run)
        if name == "export":
            parser.add_argument("register", choices=TABLES, metavar="REGISTER",
                                help=shell.words("register-name"))  # fmt: skip
        parser.add_argument("file", type=Path, metavar=shell.words("register-file"),
                            help=shell.words(f"register-{name}-file"))  # fmt: skip
        if name == "export":
            parser.add_argument("--labels", choices=LANGUAGES, default=shell.language,
                                help=shell.words("register-labels"))  # fmt: skip
            continue
        parser.add_argument("--register", action="append", choices=TABLES, metavar="REGISTER",
                            help=shell.words("register-which"))  # fmt: skip
        parser.add_argument("--mapping", type=Path, metavar="YAML",
                            help=shell.words("register-mapping"))  # fmt: skip
        parser.add_argument("--by", metavar="USERNAME", help=shell.words("register-by"))


def export(options: argparse.Namespace, shell: Shell) -> int:
    """Write the published records of a register, in the form that the file's ending names."""
    start_django()
    from irtysh.registries.records.bulk_export import as_csv, as_json, as_xlsx, public_records

    form = options.file.suffix.lower().removeprefix(".")
    writers = {
        "csv": lambda found: as_csv(options.register, found, options.labels),
        "json": lambda found: as_json(options.register, found, options.labels, ""),
        "xlsx": lambda found: _pieces(as_xlsx(options.register, found, options.labels, "")),
    }
    if form not in writers:
        raise UnknownCode(code=form or "–", codelist="csv, xlsx, json", near=".csv")
    count = 0

    def counted() -> Iterator[dict[str, Any]]:
        nonlocal count
        for document in public_records(options.register):
            count += 1
            yield document

    try:
        with options.file.open("wb") as stream:
            for piece in writers[form](counted()):
                stream.write(piece)
    except OSError as error:
        raise FileNotThere(file=str(options.file), problem=error.strerror or "") from error
    shell.answer(
        {"register": options.register, "records": count, "file": str(options.file)},
        [shell.words("register-exported", count=str(count), file=str(options.file))],
    )
    return OK


def _pieces(stream: Any) -> Iterator[bytes]:
    with stream:
        while piece := stream.read(io.DEFAULT_BUFFER_SIZE):
            yield piece


def preview(options: argparse.Namespace, shell: Shell) -> int:
    """Show what an import would do; nothing is saved."""
    start_django()
    found = _previewed(options)
    shell.answer(_as_json(found, shell), _lines(found, shell))
    return FAULTS if found.errors else OK


def import_file(options: argparse.Namespace, shell: Shell) -> int:
    """Save a file whole, or nothing of it."""
    start_django()
    from irtysh.registries.records.bulk_actions import apply

    found = _previewed(options)
    if found.errors:
        shell.answer(_as_json(found, shell), _lines(found, shell))
        return FAULTS
    batch = apply(preview=found, by=_person(options.by))
    said = shell.words("register-imported", batch=str(batch.pk))
    answer = {**_as_json(found, shell), "import": batch.pk}
    shell.answer(answer, [*_lines(found, shell), said])
    return OK


def _previewed(options: argparse.Namespace) -> Any:
    from irtysh.registries.records.bulk import names_now, preview
    from irtysh.sources.registers.mapping import load_mapping, read_mapped
    from irtysh.sources.registers.reading import read_sheet

    data = _content(options.file)
    names = names_now()
    if options.mapping:
        described = load_mapping(_content(options.mapping).decode("utf-8", errors="replace"))
        files = read_mapped(data, options.file.name, described, names)
        wanted = options.register or list(files)
        files = {name: read for name, read in files.items() if name in wanted}
    elif len(options.register or ()) == 1:
        register = options.register[0]
        files = {register: read_sheet(data, options.file.name, TABLES[register], names)}
    else:
        raise RegisterNotNamed(known=", ".join(TABLES))
    digest = hashlib.sha256(data).hexdigest()
    return preview(files=files, by=_person(options.by), digest=digest)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileNotThere(file=str(path), problem=error.strerror or "") from error


def _person(name: str | None) -> Any:
    """Return the person in whose name records are written: by default the first administrator."""
    from django.db.models import Q

    from irtysh.accounts.models import User
    from irtysh.accounts.roles import ADMINISTRATOR

    people = User.objects.filter(is_active=True).order_by("pk")
    wanted = Q(username=name) if name else Q(is_superuser=True) | Q(groups__name=ADMINISTRATOR)
    found = people.filter(wanted).first()
    if found is None:
        raise PersonUnknown(name=name or "–")
    return found


def _faults(found: Any) -> list[Fault]:
    return [*found.faults, *(fault for row in found.rows for fault in row.faults)]


def _counts(found: Any) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for row in found.rows:
        own = counts.setdefault(row.register, dict.fromkeys(found.counts, 0))
        own[row.outcome.value] += 1
    return counts


def _as_json(found: Any, shell: Shell) -> dict[str, Any]:
    return {
        "file": found.file,
        "counts": _counts(found),
        "errors": found.errors,
        "faults": [
            {
                "code": fault.code,
                "severity": fault.severity,
                "row": fault.line,
                "cell": fault.column,
                "message": shell.explained(fault),
            }
            for fault in _faults(found)
        ],
    }


def _lines(found: Any, shell: Shell) -> Iterator[str]:
    faults = sorted(_faults(found), key=lambda fault: fault.severity)
    for fault in faults[:_MOST_FAULTS]:
        place = f"{fault.file}:{fault.line}" if fault.line else fault.file
        cell = f" [{fault.column}]" if fault.column else ""
        severity = shell.words(f"severity-{fault.severity}")
        yield f"{place}{cell}: {severity}: {shell.explained(fault)}"
    if len(faults) > _MOST_FAULTS:
        yield shell.words("register-more-faults", count=str(len(faults) - _MOST_FAULTS))
    for register, counts in _counts(found).items():
        yield shell.words("register-counted", register=register,
                          **{name: str(count) for name, count in counts.items()})  # fmt: skip
    if found.errors:
        yield shell.words("register-refused", errors=str(found.errors))
