"""`irtysh demo`: the whole portal with its first case, from nothing, on this machine."""

from __future__ import annotations

import argparse
import os
import secrets
from pathlib import Path
from typing import Any

from irtysh.console.case import case_folder, publish_and_load
from irtysh.console.serve import add_address, prepare, refuse_taken, serve_portal
from irtysh.console.shell import FAULTS, OK, Shell
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.places import ROOT, data_folder

CASE = "omsk-kazakhstan"


class DemonstrationInProduction(IrtyshError):
    """The demo was asked for where the environment says production."""


def add_to(commands: Any, common: argparse.ArgumentParser, shell: Shell) -> None:
    """Add the command to the parser."""
    words = shell.words("demo")
    parser = commands.add_parser("demo", help=words, description=words, parents=[common])
    add_address(parser, shell)
    parser.add_argument("--case", default=CASE, help=shell.words("demo-case", case=CASE))
    parser.add_argument(
        "--data", type=Path, default=ROOT / "var" / "demo", help=shell.words("demo-data")
    )
    parser.add_argument("--no-serve", action="store_true", help=shell.words("demo-no-serve"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, shell: Shell) -> int:
    """Prepare what is missing, print where to look, and serve until stopped."""
    choose_demo_profile(options)
    if not options.no_serve:
        refuse_taken(options.host, options.port)
    prepare(shell)
    if not publish_and_load(case_folder(options.case), shell):
        return FAULTS
    accounts = _accounts(shell)
    address = f"http://{options.host}:{options.port}/"
    shell.answer(
        {"address": address, "accounts": accounts},
        [
            "",
            shell.words("demo-address", address=address),
            shell.words("demo-office", address=f"{address}admin/"),
            shell.words("demo-accounts"),
            *(f"  {name:<14} {password}" for name, password in accounts.items()),
            "",
        ],
    )
    shell.out.flush()
    if not options.no_serve:
        serve_portal(options.host, options.port, workers=1)
    return OK


def choose_demo_profile(options: argparse.Namespace) -> None:
    """Set the environment of the demo; raises DemonstrationInProduction.

    The demo has its own folder and its own SQLite file, whatever the environment says: it makes
    accounts, and must never make them in somebody's real database.
    """
    if os.environ.get("IRTYSH_PROFILE") == "production":
        raise DemonstrationInProduction()
    os.environ["IRTYSH_PROFILE"] = "demo"
    os.environ["IRTYSH_DATA"] = str(options.data.absolute())
    os.environ["IRTYSH_BASE_URL"] = f"http://{options.host}:{options.port}"
    os.environ.pop("IRTYSH_DATABASE_URL", None)
    os.environ.pop("IRTYSH_REDIS_URL", None)
    os.environ["IRTYSH_SECRET_KEY"] = _kept_secret(data_folder() / "secret-key")


def _kept_secret(file: Path) -> str:
    """Return the demo's secret key, made at random on the first run."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return file.read_text(encoding="ascii")


def _accounts(shell: Shell) -> dict[str, str]:
    from irtysh.accounts.actions import create_demonstration_accounts

    return create_demonstration_accounts(
        passwords_file=data_folder() / "accounts.json", language=shell.language
    )
