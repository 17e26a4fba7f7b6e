"""Read the arguments, call one function, turn errors into words and exit codes."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence

from irtysh import __version__
from irtysh.console import (
    aggregate,
    case,
    claims,
    daily,
    demo,
    doctor,
    evaluate,
    fetch,
    findings,
    imports,
    programme,
    register,
    release,
    report,
    serve,
)
from irtysh.console.language import chosen_language, translate_argparse
from irtysh.console.shell import OK, REFUSED, Shell
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.text import LANGUAGES

_FAMILIES = (
    demo,
    serve,
    case,
    release,
    imports,
    register,
    programme,
    fetch,
    findings,
    claims,
    evaluate,
    report,
    aggregate,
    daily,
    doctor,
)
_STOPPED = 130


def build_parser(shell: Shell) -> argparse.ArgumentParser:
    """Return the parser of the whole command, in the shell's language."""
    # Both options may stand before or after the command; SUPPRESS keeps the later parser from
    # writing its default over what the earlier one has read.
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=shell.words("option-lang")
    )
    common.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help=shell.words("option-json")
    )
    parser = argparse.ArgumentParser(
        prog="irtysh",
        description=shell.words("program"),
        epilog=shell.words("exit-codes"),
        parents=[common],
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"irtysh {__version__}",
        help=shell.words("option-version"),
    )
    commands = parser.add_subparsers(
        title=shell.words("commands"), metavar=shell.words("command"), required=True
    )
    for family in _FAMILIES:
        family.add_to(commands, common, shell)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    language = chosen_language(arguments, os.environ)
    translate_argparse(language)
    shell = Shell(language, as_json="--json" in arguments)
    options = build_parser(shell).parse_args(arguments)
    try:
        code: int = options.run(options, shell)
        sys.stdout.flush()
        return code
    except IrtyshError as error:
        _refuse(error, shell)
        return REFUSED
    except KeyboardInterrupt:
        return _STOPPED
    except BrokenPipeError:
        # The reader (head, less) has gone: nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def _refuse(error: IrtyshError, shell: Shell) -> None:
    message = shell.explained(error)
    if shell.as_json:
        answer = {"error": error.code, "message": message, "params": error.params}
        print(json.dumps(answer, ensure_ascii=False, indent=2, default=str), file=shell.out)
    else:
        print(f"irtysh: {message}", file=shell.err)
