"""Starting Django from the shell, and bringing its database and static files up to date."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from irtysh.vocabulary.places import ROOT, data_folder


def start_django() -> None:
    """Load the settings and applications; no-op the second time."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "irtysh.config.settings")
    compile_catalogues(ROOT)
    import django

    django.setup()


def compile_catalogues(root: Path) -> None:
    """Write django.mo beside each django.po that is newer; gettext reads only those.

    They are not in the repository, so that no translation is changed in one file and not in the
    other.
    """
    import polib

    name = "locale/*/LC_MESSAGES/django.po"
    office = "irtysh/backoffice_locale/*/LC_MESSAGES/django*.po"
    for source in (*root.glob(name), *root.glob(f"irtysh/*/{name}"), *root.glob(office)):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        aside = compiled.with_suffix(f".{os.getpid()}.mo")
        polib.pofile(str(source)).save_as_mofile(str(aside))
        aside.replace(compiled)


def migrations_wait() -> bool:
    """Return True if the database is behind the code."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> None:
    """Bring the database up to date; what it knew of loaded pages may be gone with the old one."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    pages_stamp().unlink(missing_ok=True)


def pages_stamp() -> Path:
    """Return the file that names the release whose pages the database has."""
    return data_folder() / "pages-of-release"


def collect_static() -> bool:
    """Collect static files unless they are as they were; return True if it was done.

    Collecting hashes and compresses about a thousand files, so a signature of names, sizes and
    times decides.
    """
    from django.conf import settings
    from django.core.management import call_command

    if settings.STATIC_ROOT is None:
        return False  # this profile serves files from where they lie
    signature = hashlib.sha256("\n".join(sorted(_static_files())).encode()).hexdigest()
    stamp = data_folder() / "static-signature"
    if stamp.exists() and stamp.read_text(encoding="ascii") == signature:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(signature, encoding="ascii")
    return True


def _static_files() -> Iterator[str]:
    from django.contrib.staticfiles.finders import get_finders

    for finder in get_finders():
        for name, storage in finder.list(ignore_patterns=None):
            found = Path(storage.path(name)).stat()
            yield f"{name} {found.st_size} {found.st_mtime_ns}"
