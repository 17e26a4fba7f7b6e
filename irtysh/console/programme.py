"""`irtysh programme`: the letters of a road-map, and its versions."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from irtysh.console.portal import start_django
from irtysh.console.shell import OK, Shell
from irtysh.vocabulary.errors import IrtyshError


class ProgrammeNotFound(IrtyshError):
    """No programme has this id."""


def add_to(commands: Any, common: argparse.ArgumentParser, shell: Shell) -> None:
    """Add the family to the parser."""
    words = shell.words("programme")
    family = commands.add_parser("programme", help=words, description=words)
    actions = family.add_subparsers(metavar=shell.words("command"), required=True)
    words = shell.words("programme-remind")
    reminding = actions.add_parser("remind", help=words, description=words, parents=[common])
    reminding.set_defaults(run=remind)
    words = shell.words("programme-freeze")
    freezing = actions.add_parser("freeze", help=words, description=words, parents=[common])
    freezing.add_argument("programme", help=shell.words("programme-id"))
    freezing.add_argument("--label", required=True, help=shell.words("programme-label"))
    freezing.add_argument("--on", type=date.fromisoformat, help=shell.words("programme-on"))
    freezing.set_defaults(run=freeze)


def remind(options: argparse.Namespace, shell: Shell) -> int:
    """Send the letters that today calls for; run it once a day."""
    start_django()
    from irtysh.registries.programmes.reminders import send_reminders

    counts = send_reminders()
    shell.answer(counts, [shell.words("programme-reminded", count=sum(counts.values()))])
    return OK


def freeze(options: argparse.Namespace, shell: Shell) -> int:
    """Keep a programme as it is now, for ever."""
    start_django()
    from irtysh.registries.programmes.actions import freeze_version
    from irtysh.registries.programmes.models import Programme

    programme = Programme.objects.filter(code=options.programme, live=True).first()
    if programme is None:
        raise ProgrammeNotFound(id=options.programme)
    version = freeze_version(programme=programme, label=options.label, by=None, made_on=options.on)
    shell.answer(
        {"programme": programme.code, "number": version.number, "digest": version.digest},
        [shell.words("programme-frozen", number=version.number)],
    )
    return OK
