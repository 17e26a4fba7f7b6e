"""Times and weights of every type of page, cold and warm, as the demo serves them.

    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python -m benchmarks.pages [requests] [language]

For each type the portal is started anew: one granian worker, compressed static files, the first
case. ``cold`` is the first page that process makes (it opens the release and compiles templates);
starting Python is not in it, because robots.txt is asked for before. ``warm`` are sequential
requests over one connection, the answers whole. Weights are those of a first visit in Chromium with
an empty cache; the page itself is counted as gzip makes it, which is the work of the web server
that stands in front of a portal.
"""

from __future__ import annotations

import gzip
import http.client
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from irtysh.store import Release, Releases
from irtysh.vocabulary.places import ROOT

DATA = ROOT / "var" / "benchmark"
TYPES = {
    "home": "",
    "trade": "trade/",
    "turnover": "trade/turnover/",
    "partners": "trade/partners/",
    "goods": "trade/goods/",
    "figure": "figures/{figure}/",
    "indicators": "indicators/",
    "indicator": "indicators/commodity-contribution/",
    "data": "data/",
    "dataset": "data/TRADE_PARTNER/",
    "chart": "charts/turnover/",
    "sources": "sources/",
    "source": "sources/pogrebtsova-2024/",
    "findings": "findings/",
    "finding": "findings/{finding}/",
    "territories": "territories/",
    "law": "law/",
    "glossary": "glossary/",
    "factors": "factors/",
    "research": "research/",
    "releases": "releases/",
    "search": "search/?q=2021",
    "text": "about/",
}
_KINDS = {"Stylesheet": "css", "Script": "js", "Font": "fonts", "Image": "images"}


def command(*arguments: object) -> tuple[list[str], dict[str, str]]:
    """Return the demo's command line, and an environment in which nothing else is set."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("IRTYSH_", "DJANGO_"))
    }
    words = [sys.executable, "-m", "irtysh.console", "demo", "--data", str(DATA)]
    return [*words, *map(str, arguments)], kept


@contextmanager
def portal() -> Iterator[int]:
    """Serve the demo on a free port until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    words, environment = command("--port", port)
    process = subprocess.Popen(
        words, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + 60
        while not _is_there(port):
            if process.poll() is not None or time.monotonic() > until:
                sys.exit("the portal does not start")
            time.sleep(0.05)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _is_there(port: int) -> bool:
    try:
        get(http.client.HTTPConnection("127.0.0.1", port, timeout=30), "/robots.txt")
    except OSError:
        return False
    return True


def get(connection: http.client.HTTPConnection, path: str) -> tuple[float, bytes]:
    """Return milliseconds and the whole answer."""
    start = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200:
        sys.exit(f"{path} answers {answer.status}")
    return (time.perf_counter() - start) * 1000, content


def weighed(browser: Browser, address: str) -> tuple[Counter[str], int]:
    """Return bytes by kind as they came over the wire, and the number of requests."""
    context = browser.new_context()
    page = context.new_page()
    listening = context.new_cdp_session(page)
    listening.send("Network.enable")
    kinds: dict[str, str] = {}
    bytes_of: Counter[str] = Counter()
    listening.on(
        "Network.responseReceived",
        lambda event: kinds.update({event["requestId"]: event["type"]}),
    )
    listening.on(
        "Network.loadingFinished",
        lambda event: bytes_of.update({event["requestId"]: int(event["encodedDataLength"])}),
    )
    page.goto(address, wait_until="networkidle")
    weights: Counter[str] = Counter()
    for request, size in bytes_of.items():
        if kinds.get(request) != "Document":
            weights[_KINDS.get(kinds.get(request, ""), "other")] += size
    context.close()
    return weights, len(bytes_of)


def row(name: str, path: str, browser: Browser, repeats: int) -> str:
    """Measure one type of page; return its line of the table."""
    with portal() as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        cold, content = get(connection, path)
        times = sorted(get(connection, path)[0] for _ in range(repeats))
        weights, requests = weighed(browser, f"http://127.0.0.1:{port}{path}")
    html = len(gzip.compress(content, 6))
    parts = [html, *(weights[kind] for kind in ("css", "fonts", "js", "images"))]
    p95 = times[min(round(repeats * 0.95), repeats - 1)]
    cells = [
        name,
        f"{cold:.0f}",
        f"{statistics.median(times):.1f}",
        f"{p95:.1f}",
        f"{len(content) / 1000:.0f}",
        *(f"{part / 1000:.1f}" for part in parts),
        f"{(html + sum(weights.values())) / 1000:.0f}",
        str(requests),
    ]
    return "| " + " | ".join(cells) + " |"


def addresses(release: Release, language: str) -> dict[str, str]:
    """Return the path of every type; the most disputed figure, the longest finding."""
    figure = max(release.document("preferred"), key=lambda one: len(one["rivals"]))["rivals"][0]
    finding = max(release.document("findings"), key=lambda one: len(str(one["said"])))["id"]
    return {
        name: f"/{language}/{below.format(figure=figure, finding=finding)}"
        for name, below in TYPES.items()
    }


def main(repeats: int, language: str) -> None:
    """Print the table."""
    words, environment = command("--no-serve")
    done = subprocess.run(words, env=environment, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    release = Releases(Path(DATA) / "releases").current()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    print(f"release {release.id}, {language}, {repeats} warm requests\n")
    print("| Page | cold, ms | warm, ms | p95, ms | HTML, kB | HTML gzip | CSS | fonts | JS |"
          " images | first visit, kB | requests |")  # fmt: skip
    print("|---|" + "---:|" * 11)
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, path in addresses(release, language).items():
            print(row(name, path, browser, repeats), flush=True)
        browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50, (sys.argv[2:] or ["ru"])[0])
