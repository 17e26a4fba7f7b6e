"""Run every check, two at a time, and print one line for each; the output of those that failed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
BIN = Path(PYTHON).parent
_PRODUCTION = {
    "IRTYSH_PROFILE": "production",
    # Long and varied enough for Django's own check; used by nothing.
    "IRTYSH_SECRET_KEY": "".join(chr(33 + number) for number in range(60)),
    "IRTYSH_HOSTS": "portal.example.org",
    "IRTYSH_BASE_URL": "https://portal.example.org",
}


@dataclass(frozen=True, slots=True)
class Check:
    """A command that exits with 0 when all is well."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)


CHECKS = (
    Check("types of the left wing", [PYTHON, "-m", "mypy"]),
    Check("format", [str(BIN / "ruff"), "format", "--check", "."]),
    Check("lint", [str(BIN / "ruff"), "check", "."]),
    Check("import contract", [str(BIN / "lint-imports"), "--no-cache"]),
    Check("messages in three languages", [PYTHON, "-m", "checks.messages"]),
    Check("catalogues of the back office", [PYTHON, "-m", "checks.catalogues"]),
    Check("licences of dependencies", [PYTHON, "-m", "checks.licences"]),
    Check("migrations complete", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]),
    Check(
        "production settings",
        [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        _PRODUCTION,
    ),
)


def run(check: Check) -> tuple[bool, str, float]:
    """Return whether it passed, what it said, and how many seconds it took."""
    started = time.monotonic()
    done = subprocess.run(  # noqa: S603
        check.command,
        cwd=ROOT,
        env={**os.environ, **check.environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode == 0, done.stdout + done.stderr, time.monotonic() - started


def main() -> int:
    """Run all checks; return 1 if one failed."""
    failed = 0
    with ThreadPoolExecutor(max_workers=2) as pool:
        for check, (passed, said, seconds) in zip(CHECKS, pool.map(run, CHECKS), strict=True):
            print(f"{'ok    ' if passed else 'FAILED'} {check.name} ({seconds:.1f} s)", flush=True)
            if not passed:
                failed += 1
                print(said.rstrip(), flush=True)
    print(f"checks: {len(CHECKS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
