"""What settings are read from: environment variables, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from irtysh.vocabulary.errors import IrtyshError

PROFILES = ("demo", "development", "production", "test")


class SettingMissing(IrtyshError):
    """The production profile was started without a setting it cannot do without."""


class SettingWrong(IrtyshError):
    """An environment variable holds what cannot be used."""


def profile() -> str:
    """Return which of the four profiles runs; raises SettingWrong for any other word."""
    name = os.environ.get("IRTYSH_PROFILE", "development")
    if name not in PROFILES:
        raise SettingWrong(name="IRTYSH_PROFILE", value=name, expected=", ".join(PROFILES))
    return name


def words(name: str, default: str = "") -> list[str]:
    """Return a list written with commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def number(name: str, default: int) -> int:
    """Return a whole number, 0 or more."""
    text = os.environ.get(name, str(default))
    if not text.isdecimal():
        raise SettingWrong(name=name, value=text, expected="0, 1, 2, …")
    return int(text)


def switch(name: str, default: bool) -> bool:
    """Return True for 1, False for 0."""
    text = os.environ.get(name, "1" if default else "0")
    if text not in ("0", "1"):
        raise SettingWrong(name=name, value=text, expected="0, 1")
    return text == "1"


def needed_in_production(name: str, otherwise: str) -> str:
    """Return a setting that production must state and the other profiles may leave out."""
    value = os.environ.get(name, "")
    if value:
        return value
    if profile() == "production":
        raise SettingMissing(name=name)
    return otherwise


def database(address: str, *, pooled: bool) -> dict[str, Any]:
    """Return Django's description of a database from its address.

    ``sqlite:///var/irtysh.sqlite3`` (three slashes: relative to the working folder, four:
    absolute) or ``postgres://user:password@host:port/name?sslmode=require``.
    """
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path[1:])))
    if parts.scheme in ("postgres", "postgresql"):
        options: dict[str, Any] = dict(parse_qsl(parts.query))
        if pooled:
            options["pool"] = {"min_size": 1, "max_size": 12, "timeout": 10}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "OPTIONS": options,
        }
    # The address may hold a password, so only its beginning is repeated.
    raise SettingWrong(
        name="IRTYSH_DATABASE_URL", value=parts.scheme or "…", expected="sqlite:///…, postgres://…"
    )


def sqlite(file: Path) -> dict[str, Any]:
    """Return a SQLite database that several workers may share.

    WAL lets readers go on while one writes. IMMEDIATE takes the write lock at the start of a
    transaction: taken later it fails at once instead of waiting. The connection persists,
    because opening it costs a fifth of a page.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
