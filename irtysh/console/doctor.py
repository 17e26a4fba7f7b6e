"""`irtysh doctor`: is this machine fit to run Irtysh, and if not, what to do."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import socket
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from irtysh.console.shell import FAULTS, OK, Shell
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.places import ROOT, data_folder, releases_folder

_TESTED_PYTHON = (3, 11)
_GIBIBYTE = 1024**3
_PATIENCE = 3.0
"""Seconds to wait for a server before calling it silent."""
_PIN = re.compile(r"^(?P<name>[A-Za-z0-9_.-]+)==(?P<version>[^ ;\\]+)(?P<marker> ;)?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Result:
    """Outcome of one check.

    Attributes
    ----------
    check : str
        What was looked at; "check-NAME" names it in the catalogue.
    state : str
        "ok", "warn" (works, with something missing) or "fail".
    detail : str
        What was seen.
    remedy : str
        Key of the catalogue that says what to do; empty if nothing.
    """

    check: str
    state: str
    detail: str
    remedy: str = ""


def add_to(commands: Any, common: argparse.ArgumentParser, shell: Shell) -> None:
    """Add the command to the parser."""
    words = shell.words("doctor")
    parser = commands.add_parser("doctor", help=words, description=words, parents=[common])
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, shell: Shell) -> int:
    """Look at everything and print it, faults with their remedy."""
    results = list(examine())
    data = [
        asdict(result) | {"remedy": shell.words(result.remedy) if result.remedy else ""}
        for result in results
    ]
    lines = []
    for result in results:
        state = shell.words(f"state-{result.state}")
        lines.append(f"{state}  {shell.words(f'check-{result.check}')}: {result.detail}")
        if result.remedy:
            lines.append(f"      {shell.words(result.remedy)}")
    shell.answer(data, lines)
    return FAULTS if any(result.state == "fail" for result in results) else OK


def examine() -> Iterator[Result]:
    """Yield the results of all checks."""
    yield _python()
    yield _packages(ROOT / "requirements" / "base.txt")
    yield _secret_key()
    yield _folder()
    yield _disk()
    yield _records(os.environ.get("IRTYSH_DATABASE_URL", ""))
    yield _releases()
    yield _fonts(ROOT / "irtysh" / "indicators" / "fonts")
    yield _chromium()
    yield _redis(os.environ.get("IRTYSH_REDIS_URL", ""))


def _python() -> Result:
    seen = sys.version.split()[0]
    if sys.version_info[:2] == _TESTED_PYTHON:
        return Result("python", "ok", seen)
    return Result("python", "warn", seen, "remedy-python")


def _packages(requirements: Path) -> Result:
    """Compare what is installed with what is pinned."""
    wrong = []
    pins = list(_PIN.finditer(requirements.read_text(encoding="utf-8")))
    for pin in pins:
        if pin["marker"]:
            continue  # for another system or Python
        try:
            found = version(pin["name"])
        except PackageNotFoundError:
            found = "-"
        if found != pin["version"]:
            wrong.append(f"{pin['name']} {found} ({pin['version']})")
    if wrong:
        return Result("packages", "warn", ", ".join(wrong), "remedy-packages")
    return Result("packages", "ok", str(len(pins)))


def _secret_key() -> Result:
    profile = os.environ.get("IRTYSH_PROFILE", "development")
    if profile == "production" and not os.environ.get("IRTYSH_SECRET_KEY"):
        return Result("secret-key", "fail", profile, "remedy-secret-key")
    return Result("secret-key", "ok", profile)


def _folder() -> Result:
    folder = data_folder()
    existing = _nearest_existing(folder)
    if os.access(existing, os.W_OK):
        return Result("data-folder", "ok", str(folder))
    return Result("data-folder", "fail", str(folder), "remedy-folder")


def _disk() -> Result:
    free = shutil.disk_usage(_nearest_existing(data_folder())).free
    detail = f"{free / _GIBIBYTE:.1f} GiB"
    if free < _GIBIBYTE / 4:
        return Result("disk", "fail", detail, "remedy-disk")
    if free < 2 * _GIBIBYTE:
        return Result("disk", "warn", detail, "remedy-disk")
    return Result("disk", "ok", detail)


def _records(address: str) -> Result:
    """Ask the database of records for its version."""
    if not address or address.startswith("sqlite:"):
        import sqlite3

        return Result("records", "ok", f"SQLite {sqlite3.sqlite_version}")
    import psycopg

    try:
        with psycopg.connect(address, connect_timeout=int(_PATIENCE)) as connection:
            number = connection.info.server_version
    except psycopg.Error as error:
        # Its message names host and port, never the password.
        return Result("records", "fail", str(error).splitlines()[0], "remedy-records")
    state = "ok" if number >= 140000 else "fail"
    remedy = "" if state == "ok" else "remedy-records-old"
    return Result("records", state, f"PostgreSQL {number // 10000}", remedy)


def _releases() -> Result:
    """Compare the current release with the hashes of its manifest."""
    if not releases_folder().exists():
        return Result("releases", "warn", str(releases_folder()), "remedy-no-release")
    from irtysh.store import Releases

    try:
        release = Releases(releases_folder()).current()
        release.verify()
    except IrtyshError as error:
        remedy = "remedy-no-release" if error.code == "ReleaseNotFound" else "remedy-release"
        return Result("releases", "fail", str(error), remedy)
    return Result("releases", "ok", release.id)


def _fonts(folder: Path) -> Result:
    fonts = sorted(path.name for path in folder.glob("*.ttf"))
    if fonts:
        return Result("fonts", "ok", ", ".join(fonts))
    return Result("fonts", "fail", str(folder), "remedy-fonts")


def _chromium() -> Result:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found:
        return Result("chromium", "ok", found)
    return Result("chromium", "warn", "-", "remedy-chromium")


def _redis(address: str) -> Result:
    """Send PING, if a Redis is named at all."""
    if not address:
        return Result("redis", "ok", "-")
    parts = urlsplit(address)
    place = (parts.hostname or "127.0.0.1", parts.port or 6379)
    try:
        with socket.create_connection(place, timeout=_PATIENCE) as link:
            link.sendall(b"PING\r\n")
            # A server with a password answers -NOAUTH: it lives, which is what is asked here.
            answers = link.recv(16)[:1] in (b"+", b"-")
    except OSError:
        answers = False
    detail = f"{place[0]}:{place[1]}"
    return (
        Result("redis", "ok", detail)
        if answers
        else Result("redis", "fail", detail, "remedy-redis")
    )


def _nearest_existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.exists())
