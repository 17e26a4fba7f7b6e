"""Makes once what many tests look at, on all processors, so that no worker waits for another.

Tests make it themselves where it is missing: this saves the minutes in which they would wait.
"""

from __future__ import annotations

import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

import tests.settings  # noqa: F401 (chooses the profile, and with it the folder of what is kept)


def release(case: str) -> None:
    """Publish a case for the tests."""
    django.setup()
    from tests.release import published

    published(case)


def demonstration() -> None:
    """Fill the data folder from which every browser test starts."""
    django.setup()
    from tests.browser.conftest import demonstration as filled

    with tempfile.TemporaryDirectory() as folder:
        filled(Path(folder) / "data")


def main() -> None:
    """Make the releases of both cases side by side, then the demonstration of the first."""
    with ProcessPoolExecutor(2) as pool:
        making = [pool.submit(release, one) for one in ("omsk-kazakhstan", "sandbox")]
        making.append(pool.submit(demonstration))
        for one in making:
            one.result()


if __name__ == "__main__":
    main()
