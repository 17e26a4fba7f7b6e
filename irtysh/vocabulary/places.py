"""Where the project's own files lie: definitions, message catalogues, cases."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEFINITIONS = Path(os.environ.get("IRTYSH_DEFINITIONS", ROOT / "definitions"))
CASES = Path(os.environ.get("IRTYSH_CASES", ROOT / "cases"))


def data_folder() -> Path:
    """Return the folder of what a running Irtysh writes: releases, database, uploads.

    ``IRTYSH_DATA``, else var/PROFILE in the project's own folder. Read at each call, because
    the ``irtysh`` command chooses the profile after this module is imported.
    """
    profile = os.environ.get("IRTYSH_PROFILE", "development")
    return Path(os.environ.get("IRTYSH_DATA", ROOT / "var" / profile)).absolute()


def releases_folder() -> Path:
    """Return the folder that holds the releases."""
    return data_folder() / "releases"


def datasets_folder() -> Path:
    """Return the folder that holds the imported datasets, a folder each."""
    return data_folder() / "datasets"
