"""Small invented files on their way through the assistant, each test with folders of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache

from irtysh.accounts.models import User
from irtysh.registries.imports.models import Import
from irtysh.registries.records import shelf as shelves

HEADER = "Year,Reporter,Partner,Flow,HS code,Trade value,Net weight"
ROWS = (
    "2021,Kazakhstan,Russian Federation,Export,271019,100.5,2000",
    "2021,Kazakhstan,Russian Federation,Import,271019,50,1000",
    "2022,Kazakhstan,China,Export,100199,70.25,",
    "2022,Kazakhstan,China,Import,870323,…,300",
)
ANSWERS = {
    **{f"column-{place}": role for place, role in enumerate(
        ("year", "ref_area", "counterpart_area", "flow", "commodity", "value", "weight"), 1)},
    "unit": "USD", "unit_mult": "3", "valuation": "_U", "classification": "H6",
}  # fmt: skip
ABOUT = {
    **{name: {"ru": "Проба", "kk": "Сынақ", "en": "Trial"}
       for name in ("title", "description", "publisher", "unit_note")},
    "licence": "CC0", "sources": [{"id": "import-trial"}],
}  # fmt: skip


def table(*rows: str, header: str = HEADER) -> bytes:
    """Return a CSV of the invented form."""
    return ("\n".join((header, *(rows or ROWS))) + "\n").encode()


@pytest.fixture
def folders(tmp_path: Path, settings: object, db: None) -> Path:
    """An empty portal: no release, no dataset, no upload."""
    for name in ("RELEASES", "DATASETS"):
        setattr(settings, f"IRTYSH_{name}", tmp_path / name.lower())
    settings.IRTYSH_DATA = tmp_path  # type: ignore[attr-defined]
    shelves._open.cache_clear()
    shelves._vintages.cache_clear()
    cache.clear()
    return tmp_path


def person(name: str, role: str, side: str = "A") -> User:
    """Return a person with a role."""
    user = User.objects.create_user(username=name, password="x" * 12, side=side)
    user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user


@pytest.fixture
def analyst(folders: Path) -> User:
    """Somebody who imports and publishes for side A."""
    return person("anna", "Analyst")


@pytest.fixture
def editor(folders: Path) -> User:
    """Somebody who may look, and no more."""
    return person("egor", "Editor")


def fresh(one: Import) -> Import:
    """Return an import as the database has it."""
    return Import.objects.get(pk=one.pk)
