"""Is every text that code and templates hand to gettext translated into Russian and Kazakh?

The texts are read from the sources here, so no GNU gettext is needed on the machine.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
TRANSLATED_INTO = ("ru", "kk")
"""English is the language of the sources."""

_FUNCTIONS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
_CONTEXTUAL = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
_BLANK = re.compile(r"%\(\w+\)[a-z]|%[sdr]|\{\w*\}")


def texts(folder: Path) -> dict[str, str]:
    """Return text → place of every text marked for translation under a folder."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.py")):
        for line, text in _in_python(path.read_text(encoding="utf-8")):
            found.setdefault(text, f"{path.relative_to(folder.parent)}:{line}")
    for path in sorted((*folder.rglob("*.html"), *folder.rglob("*.txt"))):
        source = templatize(path.read_text(encoding="utf-8"))
        for text in _in_templatized(source):
            found.setdefault(text, str(path.relative_to(folder.parent)))
    return found


def _in_python(source: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        position = 0 if name in _FUNCTIONS else 1 if name in _CONTEXTUAL else None
        if position is None or len(node.args) <= position:
            continue
        argument = node.args[position]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield node.lineno, argument.value


def _in_templatized(source: str) -> Iterator[str]:
    """Read the calls that Django writes in place of its template tags."""
    literal = r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
    for match in re.finditer(rf"(?<!\w)(?:_|gettext|ngettext)\(\s*u?{literal}", source):
        yield ast.literal_eval(match[1])
    for match in re.finditer(rf"(?<!\w)n?pgettext\(\s*u?{literal},\s*u?{literal}", source):
        yield ast.literal_eval(match[2])


def faults(root: Path) -> Iterator[str]:
    """Yield a line for each text that no catalogue has, or that one leaves open or spoils.

    Catalogues lie in the project's own locale/ and in that of a room.
    """
    wanted = texts(root / "irtysh")
    for language in TRANSLATED_INTO:
        translated = set()
        for path in catalogues(root, language):
            for entry in polib.pofile(str(path)):
                if entry.obsolete:
                    continue
                translated.add(entry.msgid)
                for fault in _in_entry(entry):
                    yield f"{path.relative_to(root)}:{entry.linenum}: {fault}"
        for text, place in wanted.items():
            if text not in translated:
                yield f"{place}: “{text}” is not in the catalogue of {language}"


def catalogues(root: Path, language: str) -> list[Path]:
    """Return the catalogues of a language."""
    name = f"locale/{language}/LC_MESSAGES/django.po"
    return [path for path in (root / name, *sorted(root.glob(f"irtysh/*/{name}"))) if path.exists()]


def _in_entry(entry: polib.POEntry) -> Iterator[str]:
    if entry.fuzzy:
        yield f"“{entry.msgid}” is marked as unsure"
    translations = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    for translation in translations:
        if not translation.strip():
            yield f"“{entry.msgid}” has no translation"
        elif not entry.msgid_plural and _blanks(entry.msgid) != _blanks(translation):
            yield f"“{entry.msgid}” and its translation differ in their blanks"


def _blanks(text: str) -> list[str]:
    return sorted(_BLANK.findall(text))


def main() -> int:
    """Print the faults; return 1 if there are any."""
    found = list(faults(ROOT))
    print("\n".join(found) or "catalogues are complete")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
