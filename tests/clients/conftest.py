"""The running portal for clients that others wrote, and direct answers to compare theirs with."""

from __future__ import annotations

import os
import random
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from irtysh.publication.catalogue import Catalogue
from irtysh.sdmx.points import Points
from irtysh.sdmx.structure import Point, structure_of
from irtysh.store import Releases
from irtysh.store.vintages import Vintages
from irtysh.vocabulary.places import ROOT
from tests.browser.conftest import environment, migrated
from tests.conftest import is_required
from tests.flows import published_flows
from tests.release import alone, migrations_mark, published

HERE = Path(__file__).parent
FLOW = "TEST_TRADE"
_PATIENCE = 180.0


@dataclass(frozen=True)
class Service:
    """A portal that answers on this machine, and what it ought to answer.

    Attributes
    ----------
    address : str
        Of the portal, without a slash at its end.
    catalogue : Catalogue
        Opened on the same files, beside the server.
    """

    address: str
    catalogue: Catalogue

    @property
    def v1(self) -> str:
        return f"{self.address}/sdmx/v1"

    @property
    def v2(self) -> str:
        return f"{self.address}/sdmx/v2"

    def points(self, flow: str = FLOW) -> list[Point]:
        """Return everything that a dataflow has, asked of the store directly."""
        dataset = self.catalogue.get(flow).dataset
        return list(Points(structure_of(dataset.structure), dataset.stream(by_series=True)))

    def series(self, key: tuple[str, ...], flow: str = FLOW) -> dict[str, Decimal | None]:
        """Return one series: time → value."""
        return {point.time: point.value for point in self.points(flow) if point.key == key}

    def random_keys(self, count: int, flow: str = FLOW, seed: int = 20261122) -> list[str]:
        """Return keys of series that have only values, drawn with a seed."""
        keys: dict[tuple[str, ...], bool] = {}
        for point in self.points(flow):
            keys[point.key] = keys.get(point.key, True) and point.value is not None
        whole = sorted(key for key, is_whole in keys.items() if is_whole)
        return [".".join(key) for key in random.Random(seed).sample(whole, count)]


@pytest.fixture(scope="package")
def service() -> Iterator[Service]:
    """The releases of the real case and a dataset of declared flows, served without any pages."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        with alone("clients") as kept:
            made = kept / f"clients-{migrations_mark()[:16]}"
            if not (made / "ready").exists():  # migrating takes longest of all, and is done once
                shutil.rmtree(made, ignore_errors=True)
                migrated(made)
                (made / "ready").touch()
            shutil.copytree(made, data, symlinks=True)
        shutil.copytree(published("omsk-kazakhstan"), data / "releases", symlinks=True)
        published_flows(data / "datasets")
        with _serving(data) as address:
            yield Service(
                address, Catalogue(Releases(data / "releases"), Vintages(data / "datasets"))
            )


@contextmanager
def _serving(data: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "IRTYSH_PROFILE": "demo",
        "IRTYSH_DATA": str(data),
        "IRTYSH_SECRET_KEY": secrets.token_urlsafe(50),
        "IRTYSH_FILES_A_MINUTE": "0",
    }
    words = ["serve", "--port", str(port), "--workers", "1"]
    said = data.parent / "said"
    with said.open("w") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", "irtysh.console", *words],
            env=environment(**settings),
            cwd=ROOT,
            stdout=sink,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/sdmx/v1/agencyscheme", process, said)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=60)
    assert "Traceback" not in said.read_text(), said.read_text()


def _wait_for(address: str, process: subprocess.Popen[bytes], said: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            urlopen(address, timeout=20).close()
            return
        except (URLError, TimeoutError):
            if process.poll() is not None or time.monotonic() > until:
                pytest.fail(f"the portal does not answer: {said.read_text()}")
            time.sleep(0.2)


def answer_of(words: list[str], **more: str) -> str:
    """Run a client and return what it writes; no proxy may stand between it and the server."""
    surroundings = {
        name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")
    }
    done = subprocess.run(
        words,
        env={**surroundings, "NO_PROXY": "127.0.0.1", **more},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


def program(name: str, hint: str) -> str:
    """Return the path of a program; its absence skips, or fails where clients are required."""
    found = shutil.which(name)
    if found is None:
        absent(f"{name} is missing ({hint})")
    return str(found)


def absent(why: str) -> None:
    """Skip, or fail where IRTYSH_REQUIRE_CLIENTS is 1."""
    if is_required("CLIENTS"):
        pytest.fail(f"{why}, and IRTYSH_REQUIRE_CLIENTS is 1")
    pytest.skip(why)
