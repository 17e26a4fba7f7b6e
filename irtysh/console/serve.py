"""`irtysh serve`: the portal on this machine's web server."""

from __future__ import annotations

import argparse
import errno
import socket
from typing import Any

from irtysh.console.portal import collect_static, migrate, migrations_wait, start_django
from irtysh.console.shell import OK, Shell
from irtysh.vocabulary.errors import IrtyshError

HOST = "127.0.0.1"
PORT = 8000
_THREADS = 12
"""A reader who takes a large file slowly holds one of them."""


class PortTaken(IrtyshError):
    """Another program listens there; the system would let both, and share the readers out."""


class PortNotOurs(IrtyshError):
    """The address is not this machine's, or the port is not to be had. Params say which."""


def add_to(commands: Any, common: argparse.ArgumentParser, shell: Shell) -> None:
    """Add the command to the parser."""
    words = shell.words("serve")
    parser = commands.add_parser("serve", help=words, description=words, parents=[common])
    add_address(parser, shell)
    parser.add_argument(
        "--workers", type=shell.whole_number, default=2, help=shell.words("serve-workers")
    )
    parser.set_defaults(run=run)


def add_address(parser: argparse.ArgumentParser, shell: Shell) -> None:
    """Add --host and --port."""
    parser.add_argument("--host", default=HOST, help=shell.words("serve-host", host=HOST))
    parser.add_argument(
        "--port",
        type=shell.whole_number,
        default=PORT,
        help=shell.words("serve-port", port=str(PORT)),
    )


def run(options: argparse.Namespace, shell: Shell) -> int:
    """Prepare what has changed since the last start, and serve until stopped."""
    refuse_taken(options.host, options.port)
    prepare(shell)
    shell.tell("serving", address=f"http://{options.host}:{options.port}/")
    serve_portal(options.host, options.port, options.workers)
    return OK


def refuse_taken(host: str, port: int) -> None:
    """Raise PortTaken if somebody listens on the port already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortTaken(host=host, port=str(port)) from None
            raise PortNotOurs(host=host, port=str(port), reason=str(error)) from None


def prepare(shell: Shell) -> None:
    """Bring database and static files up to date."""
    start_django()
    if migrations_wait():
        shell.tell("migrating")
        migrate()
    if collect_static():
        shell.tell("collected")


def serve_portal(host: str, port: int, workers: int) -> None:
    """Serve until a signal comes."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "irtysh.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        # No more threads than PostgreSQL's pool has connections; what comes on top waits.
        blocking_threads=_THREADS,
        log_level=LogLevels.warning,
    ).serve()
