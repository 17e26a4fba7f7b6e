"""The import contract catches what it is there to catch."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from irtysh.vocabulary.places import ROOT


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    script = "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"
    return subprocess.run(
        [sys.executable, "-c", script, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package and its contract, to be spoiled."""
    sources = shutil.ignore_patterns("static", "templates", "fonts", "__pycache__")
    shutil.copytree(ROOT / "irtysh", tmp_path / "irtysh", ignore=sources)
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def test_the_house_stands_and_no_edge_is_ignored() -> None:
    done = _lint(ROOT)
    assert done.returncode == 0, done.stdout
    assert "ignore_imports" not in (ROOT / ".importlinter").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("vocabulary/period.py", "import irtysh.stats", "floors below it BROKEN"),
        ("sources/__init__.py", "import irtysh.evaluation", "floors below it BROKEN"),
        ("publication/__init__.py", "import irtysh.portal", "floors below it BROKEN"),
        ("portal/apps.py", "import irtysh.console", "floors below it BROKEN"),
        ("stats/shares.py", "import django.conf", "heard of Django BROKEN"),
        ("evaluation/__init__.py", "import duckdb", "spoken in the store only BROKEN"),
        ("portal/apps.py", "import vl_convert", "drawn in the indicators only BROKEN"),
        ("vocabulary/text.py", "import irtysh.vocabulary.wording", "at any depth BROKEN"),
    ],
)
def test_a_planted_import_is_caught(copy: Path, module: str, line: str, contract: str) -> None:
    path = copy / "irtysh" / module
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    done = _lint(copy)
    assert done.returncode == 1
    assert contract in " ".join(done.stdout.split())


def test_a_room_that_nobody_planned_is_caught(copy: Path) -> None:
    (copy / "irtysh" / "helpers").mkdir()
    (copy / "irtysh" / "helpers" / "__init__.py").write_text("", encoding="utf-8")
    done = _lint(copy)
    assert done.returncode == 1
    assert "helpers" in done.stdout


_REFUSED = {"utils", "util", "helpers", "helper", "base", "common", "manager", "managers",
            "service", "services", "handler", "handlers", "misc"}  # fmt: skip


def test_no_module_has_a_name_that_says_nothing() -> None:
    modules = list((ROOT / "irtysh").rglob("*.py"))
    assert len(modules) > 50
    assert [path for path in modules if {path.stem, path.parent.name} & _REFUSED] == []


def test_no_database_or_environment_of_somebody_is_in_the_repository() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    suspicious = (".sqlite3", ".env", ".pem", ".key", "secret-key", ".mo", ".pyc")
    assert [name for name in tracked if name.endswith(suspicious)] == []
