from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from irtysh.vocabulary.places import ROOT

_PATIENCE = 90.0


def _command(*arguments: object, **environment: str) -> tuple[list[str], dict[str, str]]:
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("IRTYSH_", "DJANGO_"))
    }
    words = [sys.executable, "-m", "irtysh.console", *map(str, arguments)]
    return words, {**kept, "IRTYSH_LANG": "en", **environment}


def _run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    words, full = _command(*arguments, **environment)
    return subprocess.run(
        words, env=full, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The demo prepared from nothing: its folder and its accounts."""
    data = tmp_path_factory.mktemp("demo")
    # A database somebody works with: the demo must not look at it.
    done = _run(
        "demo", "--no-serve", "--json", "--data", data,
        IRTYSH_DATABASE_URL="postgres://nobody@127.0.0.1:1/never",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return data, json.loads(done.stdout)["accounts"]


def test_the_demo_is_refused_in_production(tmp_path: Path) -> None:
    done = _run("demo", "--no-serve", "--data", tmp_path / "x", IRTYSH_PROFILE="production")
    assert (done.returncode, done.stdout) == (3, "")
    assert "IRTYSH_PROFILE" in done.stderr
    assert not (tmp_path / "x").exists()


def test_secrets_are_readable_by_their_owner_only(demo) -> None:
    data, accounts = demo
    assert {"editor", "coordinator-a", "coordinator-b", "administrator", "member"} < set(accounts)
    assert len(set(accounts.values())) == len(accounts) == 9
    for name in ("secret-key", "accounts.json"):
        assert stat.S_IMODE((data / name).stat().st_mode) == 0o600


def test_a_second_run_publishes_nothing_and_keeps_what_editors_wrote(demo) -> None:
    data, accounts = demo
    with sqlite3.connect(data / "irtysh.sqlite3") as records:
        assert records.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        changed = records.execute(
            "UPDATE wagtailcore_page SET title = 'Edited by hand' WHERE depth = 3"
        ).rowcount
    assert changed > 0
    releases = sorted(path.name for path in (data / "releases").iterdir())
    # Pages are loaded again, as after a change of the case.
    (data / "pages-of-release").unlink()

    done = _run("demo", "--no-serve", "--json", "--data", data)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["accounts"] == accounts
    assert sorted(path.name for path in (data / "releases").iterdir()) == releases
    with sqlite3.connect(data / "irtysh.sqlite3") as records:
        kept = records.execute(
            "SELECT count(*) FROM wagtailcore_page WHERE title = 'Edited by hand'"
        ).fetchone()[0]
    assert kept == changed


def test_the_demo_serves_pages_in_three_languages_and_stops_when_told(demo) -> None:
    data, _ = demo
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words, environment = _command("demo", "--data", data, "--port", port)
    process = subprocess.Popen(
        words, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        for language in ("ru", "kk", "en"):
            answer = _ask(f"http://127.0.0.1:{port}/{language}/", process)
            assert f'lang="{language}"' in answer
        assert "wagtail" in _ask(f"http://127.0.0.1:{port}/admin/login/", process)
    finally:
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=30)
    assert f"http://127.0.0.1:{port}/" in said.decode()


def _ask(address: str, process: subprocess.Popen[bytes]) -> str:
    """Wait for the server and return the page."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            with urlopen(Request(address), timeout=20) as answer:
                return str(answer.read().decode())
        except URLError as error:
            if hasattr(error, "code") or process.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.2)
