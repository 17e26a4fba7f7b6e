"""Are all texts of the definitions there in every language, with the same blanks?

A text is a mapping with a language code among its keys; in code lists, the columns name_LANG.
"""

from __future__ import annotations

import csv
import string
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

from irtysh.vocabulary.places import DEFINITIONS
from irtysh.vocabulary.text import LANGUAGES

# The same value in another grammatical form.
_SAME_BLANK = {"month_genitive": "month"}


def faults(folder: Path) -> Iterator[str]:
    """Yield a line for every text that is missing, blank or unlike its translations."""
    for path in sorted(folder.rglob("*.yaml")):
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        if root is not None:
            for fault in _in_node(root):
                yield f"{path.relative_to(folder.parent)}:{fault}"
    for path in sorted((folder / "codelists").glob("*.csv")):
        for fault in _in_codelist(path):
            yield f"{path.relative_to(folder.parent)}:{fault}"


def _in_node(node: yaml.Node) -> Iterator[str]:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _in_node(item)
    elif isinstance(node, yaml.MappingNode):
        entries = {key.value: value for key, value in node.value}
        if entries.keys() & set(LANGUAGES):
            yield from _in_text(entries, node.start_mark.line + 1)
        else:
            for value in entries.values():
                yield from _in_node(value)


def _in_text(entries: dict[str, yaml.Node], line: int) -> Iterator[str]:
    missing = [language for language in LANGUAGES if language not in entries]
    if missing:
        yield f"{line}: no text in {', '.join(missing)}"
        return
    written = {language: _words(entries[language]) for language in LANGUAGES}
    for language, words in written.items():
        if not words or any(not word.strip() for word in words):
            yield f"{line}: the text in {language} is blank"
    if len({len(words) for words in written.values()}) > 1:
        yield f"{line}: the lists differ in length"
    blanks = {language: _blanks(words) for language, words in written.items()}
    if len(set(map(frozenset, blanks.values()))) > 1:
        seen = "; ".join(f"{language}: {sorted(names)}" for language, names in blanks.items())
        yield f"{line}: the blanks differ ({seen})"


def _words(node: yaml.Node) -> list[str]:
    if isinstance(node, yaml.SequenceNode):
        return [word for item in node.value for word in _words(item)]
    if isinstance(node, yaml.MappingNode):
        return [word for _, value in node.value for word in _words(value)]
    return [str(node.value)]


def _blanks(words: list[str]) -> set[str]:
    found: set[str] = set()
    for word in words:
        try:
            names = [name for _, name, _, _ in string.Formatter().parse(word) if name]
        except ValueError:
            continue  # a formula, not a template
        found |= {_SAME_BLANK.get(name, name) for name in names}
    return found


def _in_codelist(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        for row in reader:
            for language in LANGUAGES:
                if not (row.get(f"name_{language}") or "").strip():
                    yield f"{reader.line_num}: {row.get('code')} has no name_{language}"


def main() -> int:
    """Print the faults; return 1 if there are any."""
    found = list(faults(DEFINITIONS))
    print("\n".join(found) or "all texts are complete")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
