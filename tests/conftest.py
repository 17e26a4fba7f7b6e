"""What holds for every test: no network, own data folder, required services or none."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings
from pytest_django.plugin import DjangoDbBlocker

from irtysh.console.portal import compile_catalogues
from irtysh.store import Release, Releases
from irtysh.vocabulary.places import ROOT, data_folder
from tests.release import migrations_mark, published, showing

settings.register_profile("irtysh", max_examples=30, deadline=None)
settings.register_profile("thorough", max_examples=300, deadline=None)
settings.load_profile(os.environ.get("IRTYSH_HYPOTHESIS", "irtysh"))

_SHOWING = {"pages", "invented"}
"""Fixtures of whoever walks over all pages."""
_DATA_ONLY = tuple(
    ROOT / "tests" / one for one in ("api/sdmx", "pages", "portal/explorer", "portal/profiles")
)
"""Folders of tests that look at pages, or read releases and datasets, which lie in files."""
_LOOPBACK = ("127.", "::1", "localhost")


def is_required(service: str) -> bool:
    """Return True where the absence of a service (POSTGRES, …) is a failure, not a skip."""
    return os.environ.get(f"IRTYSH_REQUIRE_{service}") == "1"


def pytest_configure(config: pytest.Config) -> None:
    compile_catalogues(ROOT)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database of records, so that it runs on PostgreSQL too."""
    has_ibis = find_spec("ibis") is not None
    for item in items:
        if item.get_closest_marker("scale") and not has_ibis:
            item.add_marker(pytest.mark.skip(reason="runs in .venv-scale (make scale)"))
        fixtures = set(getattr(item, "fixturenames", ()))
        if "portal" in fixtures:
            item.add_marker(pytest.mark.django_db)
        # What a page or a message looks like does not depend on the database; that it answers does.
        is_look = bool(fixtures & _SHOWING) or any(one in item.path.parents for one in _DATA_ONLY)
        is_look = is_look and item.name != "test_every_address_answers"
        has_records = item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db"}
        if has_records and not is_look:
            item.add_marker(pytest.mark.records)


@pytest.fixture(autouse=True)
def _network_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test speak to another machine."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(_LOOPBACK):
            pytest.fail(f"a test wanted to speak to {address[0]}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect_here)


@pytest.fixture(scope="session")
def django_db_createdb(request: pytest.FixtureRequest) -> bool:
    """Keep the test database between runs (pytest-django's --reuse-db) while migrations stay.

    Making it costs ten seconds; a kept one goes stale when a migration is edited, so a signature
    of all of ours decides.
    """
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    mark = migrations_mark()
    engine = os.environ.get("IRTYSH_DATABASE_URL", "sqlite").split(":")[0]
    stamp = data_folder() / f"migrations-{engine}-{worker}"
    if stamp.exists() and stamp.read_text(encoding="ascii") == mark:
        return bool(request.config.getvalue("create_db"))
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(mark, encoding="ascii")
    return True


@pytest.fixture(scope="session")
def release() -> Release:
    """The real case as a release, published once and shared by every worker and later run."""
    return Releases(published("omsk-kazakhstan")).current()


@pytest.fixture(scope="module")
def portal(
    release: Release, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Release]:
    """The portal showing the release, its text pages loaded; undone after the module's last test.

    A module shares it, because loading the pages costs more than reading most of them.
    """
    with showing(published("omsk-kazakhstan"), django_db_blocker):
        yield release


@pytest.fixture
def redis_url() -> str:
    """Address of a Redis on this machine."""
    try:
        socket.create_connection(("127.0.0.1", 6379), timeout=2).close()
    except OSError:
        if is_required("REDIS"):
            pytest.fail("Redis does not answer on 127.0.0.1:6379, and IRTYSH_REQUIRE_REDIS is 1")
        pytest.skip("no Redis on 127.0.0.1:6379")
    return "redis://127.0.0.1:6379/15"


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of Chromium, without its frame of tabs and menus where that is installed.

    The frame has processes of its own, and takes three times as long to open as a page does.
    """
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    found = next(filter(None, map(shutil.which, names)), None)
    if not found:
        if is_required("BROWSER"):
            pytest.fail("Chromium is missing, and IRTYSH_REQUIRE_BROWSER is 1")
        pytest.skip("no Chromium on this machine")
    return found


@pytest.fixture
def irtysh(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Callable[..., tuple[int, str, str]]]:
    """Run the command in this process: ``irtysh("case", "check", "x") -> code, out, err``."""
    from irtysh.console.main import main

    monkeypatch.setenv("IRTYSH_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("IRTYSH_LANG", "en")
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: object) -> tuple[int, str, str]:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    yield run
