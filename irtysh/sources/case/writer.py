"""Write a case as a folder: exported from a release, or new and empty."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from irtysh.sources.case.case import Case
from irtysh.sources.case.reader import INVENTORY_COLUMNS
from irtysh.sources.case.tables import COLUMNS, write_table
from irtysh.vocabulary.errors import FolderNotEmpty
from irtysh.vocabulary.text import LANGUAGES

_FILES = {
    "sources": "sources.yaml",
    "notes": "notes.yaml",
    "datasets": "datasets.yaml",
    "preferences": "preferences.yaml",
}


def write_case(case: Case, folder: Path) -> None:
    """Write a case whole or not at all; raises FolderNotEmpty rather than overwrite.

    Comments of the original files are not kept; reading the result gives the same case.
    """
    _refuse_full(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        _write(case, aside)
        if folder.exists():
            folder.rmdir()
        aside.chmod(0o755)
        aside.rename(folder)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise


def new_case(folder: Path, case_id: str) -> None:
    """Make a valid, empty case: two sides that the keeper replaces, one source, one dataset."""
    todo = {language: _PLACEHOLDER[language] for language in LANGUAGES}
    about = {
        "id": case_id,
        "format": 1,
        "title": todo,
        "sentence": todo,
        "invented": False,
        "languages": list(LANGUAGES),
        "sides": [{"id": "A", "area": "RU", "colour": "river"},
                  {"id": "B", "area": "KZ", "colour": "ochre"}],
    }  # fmt: skip
    documents = {
        "sources": [{"id": "first-source", "kind": "official-statistics", "title": todo}],
        "datasets": [{"id": "TRADE_PARTNER", "title": todo, "description": todo, "order": 1}],
        "notes": {},
    }
    write_case(Case(about=about, rows=(), documents=documents), folder)


def _write(case: Case, folder: Path) -> None:
    _yaml(folder / "case.yaml", case.about)
    for kind, data in case.documents.items():
        if data or kind in ("sources", "datasets"):
            _yaml(folder / _FILES.get(kind, f"{kind}.yaml"), data)
    (folder / "observations").mkdir()
    by_file: dict[str, list[Any]] = {}
    for row in case.rows:
        by_file.setdefault(row.file, []).append((row.observation, row.inventory))
    for file, rows in by_file.items():
        (folder / file).write_bytes(write_table(rows))
    if not by_file:
        (folder / "observations" / "observations.csv").write_text(",".join(COLUMNS) + "\n")
    if case.inventory:
        (folder / "inventory.csv").write_bytes(_inventory(case.inventory))
    if case.geometry:
        text = json.dumps(case.geometry, ensure_ascii=False, separators=(",", ":"))
        (folder / "map.json").write_text(text, encoding="utf-8")
    for name, texts in (("pages", _pages(case.pages)), ("codelists", _lists(case.own_codelists))):
        if texts:
            (folder / name).mkdir()
        for file, text in texts.items():
            (folder / name / file).write_text(text, encoding="utf-8")


class _Dumper(yaml.CSafeDumper):
    """Writes every value out: a case has no YAML references."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _yaml(path: Path, data: Any) -> None:
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    path.write_text(text, encoding="utf-8")


def _pages(pages: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {
        f"{slug}.{language}.md": text
        for slug, texts in pages.items()
        for language, text in texts.items()
    }


def _lists(lists: Mapping[str, str]) -> dict[str, str]:
    return {f"{name}.csv": text for name, text in lists.items()}


def _inventory(rows: tuple[Mapping[str, str], ...]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, INVENTORY_COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def _refuse_full(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderNotEmpty(folder=str(folder))


_PLACEHOLDER = {
    "ru": "Впишите текст",
    "kk": "Мәтінді жазыңыз",
    "en": "Write this text",
}
