"""The portal as `irtysh demo` serves it, and windows of real Chromium that look at it."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

from irtysh.vocabulary.places import ROOT
from tests.release import alone, migrations_mark, published

_CASE = "omsk-kazakhstan"
_DATABASE = "irtysh.sqlite3"
_EMPTY = "empty.sqlite3"
"""The database as migrating left it."""
_PATIENCE = 90.0
_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Served:
    """A portal that answers on this machine.

    Attributes
    ----------
    address : str
        Without a slash at its end.
    accounts : dict
        Demonstration username → password.
    said : Path
        What the command writes, letters among it.
    """

    address: str
    accounts: dict[str, str]
    said: Path


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a command: nothing of this run's own Irtysh is in it."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("IRTYSH_", "DJANGO_"))
    }
    return {**kept, "IRTYSH_LANG": "en", **more}


def _command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "irtysh.console", "demo", *map(str, arguments)]


def _prepare(data: Path) -> dict[str, str]:
    """Fill a data folder with what the command makes; cheap where it has been made before."""
    releases = published(_CASE)
    shutil.rmtree(data / "releases", ignore_errors=True)
    shutil.copytree(releases, data / "releases", symlinks=True)
    done = run(_command("--no-serve", "--json", "--data", data), environment())
    accounts: dict[str, str] = json.loads(done)["accounts"]
    return accounts


def run(words: list[str], surroundings: dict[str, str]) -> str:
    """Run a command that must succeed; return what it writes."""
    done = subprocess.run(
        words, env=surroundings, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def migrated(data: Path) -> None:
    """Make a data folder whose database has every table and nothing in them."""
    data.mkdir()
    secret = secrets.token_urlsafe(50)
    settings = {"IRTYSH_PROFILE": "demo", "IRTYSH_DATA": str(data), "IRTYSH_SECRET_KEY": secret}
    run(
        [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity=0"],
        environment(**settings),
    )


@contextmanager
def empty_portal() -> Iterator[Path]:
    """Lend a data folder with tables, static files and nothing else, for a case of a test's own.

    Call it where ``served`` was made before: migrating takes longest of all, and is done once.
    """
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        with alone("demo") as kept:
            made = _made(kept)
            data.mkdir()
            shutil.copy(made / _EMPTY, data / _DATABASE)
            shutil.copy(made / "static-signature", data)
            shutil.copytree(made / "static", data / "static")
        yield data


def _made(kept: Path) -> Path:
    return kept / f"demo-{migrations_mark()[:16]}"


def demonstration(data: Path) -> dict[str, str]:
    """Fill a new data folder as the command does; return demonstration username → password."""
    with alone("demo") as kept:
        made = _made(kept)
        # Migrations and static files of an earlier run are brought up to date, not made anew.
        if (made / _EMPTY).exists():
            shutil.copytree(made, data, symlinks=True)
        else:
            migrated(data)
            shutil.copy(data / _DATABASE, data / _EMPTY)
        accounts = _prepare(data)
        shutil.rmtree(made, ignore_errors=True)
        shutil.copytree(data, made, symlinks=True, ignore=shutil.ignore_patterns("releases"))
    return accounts


@pytest.fixture(scope="package")
def served() -> Iterator[Served]:
    """The portal with the real case on a free port; nothing may go wrong inside it unseen."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        accounts = demonstration(data)
        with serving(data) as (address, said):
            yield Served(address, accounts, said)


@contextmanager
def serving(data: Path, *arguments: object) -> Iterator[tuple[str, Path]]:
    """Serve a data folder on a free port: the address, and the file of what the command says."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = _command("--data", data, "--port", port, *arguments)
    said = data.parent / "said"
    with said.open("w") as sink:
        process = subprocess.Popen(
            words, env=environment(), cwd=ROOT, stdout=sink, stderr=subprocess.STDOUT
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/robots.txt", process, said)
            yield f"http://127.0.0.1:{port}", said
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)
    assert "Traceback" not in said.read_text(), said.read_text()


def _wait_for(address: str, process: subprocess.Popen[bytes], said: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            urlopen(address, timeout=20).close()
            return
        except URLError:
            if process.poll() is not None or time.monotonic() > until:
                pytest.fail(f"the portal does not answer: {said.read_text()}")
            time.sleep(0.1)


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for all windows.

    It ends with this package: its event loop would keep other tests from the database.
    """
    with sync_playwright() as player:
        launched = player.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield launched
        launched.close()


@dataclass
class Watch:
    """What went wrong in a window while a test looked elsewhere."""

    home: str
    expected: set[str] = field(default_factory=set)
    """Paths that may answer 4xx, because the test asks for them on purpose."""
    problems: list[str] = field(default_factory=list)

    def look_at(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        place = message.location.get("url", "")
        if message.type in ("error", "warning") and not self._is_expected(place):
            self.problems.append(f"console: {message.text} {place}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.home + "/", "data:", "blob:")):
            self.problems.append(f"leaves the host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not self._is_expected(response.url):
            self.problems.append(f"{response.status} {response.url}")

    def _is_expected(self, address: str) -> bool:
        return address.removeprefix(self.home) in self.expected


Opener = Callable[..., Page]


@pytest.fixture
def watch(served: Served) -> Iterator[Watch]:
    """Nothing may be said on the console, fail, or be asked of another host."""
    watching = Watch(served.address)
    yield watching
    assert watching.problems == []


@pytest.fixture
def window(served: Served, browser: Browser, watch: Watch) -> Iterator[Opener]:
    """Open a window: ``window(width=375, scheme="dark", scripts=False)``."""
    with windows(served, browser, watch) as opener:
        yield opener


@contextmanager
def windows(served: Served, browser: Browser, watch: Watch) -> Iterator[Opener]:
    """Lend an opener of windows, and close at the end what it opened."""
    opened = []

    def open_window(*, width: int = 1440, scheme: str = "light", scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=served.address,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=scripts,
            reduced_motion="reduce",
            locale="ru",
        )
        context.set_default_timeout(20_000)
        opened.append(context)
        page = context.new_page()
        watch.look_at(page)
        return page

    yield open_window
    for context in opened:
        context.close()
