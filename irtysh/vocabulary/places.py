"""Where the project's own files lie: definitions, message catalogues, cases."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEFINITIONS = Path(os.environ.get("IRTYSH_DEFINITIONS", ROOT / "definitions"))
CASES = Path(os.environ.get("IRTYSH_CASES", ROOT / "cases"))
