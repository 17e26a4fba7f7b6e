"""Search over everything that a release says, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from irtysh.portal.presenters import words
from irtysh.portal.reading import Reading
from irtysh.vocabulary.stems import stems

_LIMIT = 60
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found: what kind, where, its words and their roots."""

    kind: str
    name: str
    key: str
    title: str
    text: str
    title_roots: frozenset[str]
    roots: frozenset[str]


def search(reading: Reading, question: str, pages: Iterable[Any] = ()) -> list[dict[str, Any]]:
    """Return what holds every word of the question, best first.

    Parameters
    ----------
    question : str
        Cut at 200 letters; a question without a word finds nothing.
    pages : text pages of the language
        Editors' pages with ``title``, ``lead``, ``url`` and ``plain``.
    """
    asked = set(stems(question[:_LONGEST], reading.language))
    if not asked:
        return []
    entries = [*_page_entries(pages, reading.language), *index(reading)]
    found = []
    for entry in entries:
        in_title = _matches(asked, entry.title_roots)
        if all(_known(word, entry.roots) or _known(word, entry.title_roots) for word in asked):
            found.append((-in_title, entry.title, entry))
    found.sort(key=lambda hit: hit[:2])
    return [
        {
            "kind": entry.kind,
            "name": entry.name,
            "key": entry.key,
            "title": entry.title,
            "text": entry.text[:280] + ("…" if len(entry.text) > 280 else ""),
        }
        for _rank, _title, entry in found[:_LIMIT]
    ]


def index(reading: Reading) -> tuple[Entry, ...]:
    """Return everything that can be found in a release; made once a release and language."""
    return _index(reading)


@lru_cache(maxsize=12)
def _index(reading: Reading) -> tuple[Entry, ...]:
    return tuple(_entry(reading.language, *item) for item in _items(reading))


def _items(reading: Reading) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield (kind, name of the address, key, title, text) of everything."""
    text = reading.text
    for one in reading.document("findings"):
        said = one["said"][reading.language]
        body = " ".join((said["text"], *said["arithmetic"]))
        yield "finding", "finding", one["id"], said["title"], body
    for one in reading.release.observations(limit=5000):
        value = "" if one.value is None else f"{one.value:f}"
        title = f"{words.what_words(reading, one)}, {words.period_words(reading, one)}"
        shown = value if reading.language == "en" else value.replace(".", ",")
        unit = words.unit_words(reading, one.unit, one.unit_mult)
        yield "figure", "figure", one.id, title, f"{shown} {unit}"
    for one in reading.document("datasets"):
        yield "dataset", "dataset", one["id"], text(one["title"]), text(one.get("description"))
    for one in reading.document("acts"):
        body = f"{one.get('number') or ''} {text(one.get('summary'))} {text(one.get('issuer'))}"
        yield "act", "act", one["id"], text(one["title"]), body
    for one in reading.sources.values():
        body = f"{text(one.get('author'))} {text(one.get('publisher'))} {text(one.get('note'))}"
        yield "source", "source", one["id"], text(one["title"]), body
    for kind, name, title, body in (
        ("glossary", "glossary", "term", "definition"),
        ("factors", "factors", "name", "text"),
        ("territories", "territories", "name", "summary"),
        ("gaps", "research", "title", "what_is_missing"),
        ("people", "research", "name", "summary"),
    ):
        for one in reading.document(kind):
            heading = text(one.get(title)) or text(one.get("text"))
            yield kind, name, "", heading, text(one.get(body))
    for one in reading.document("publications"):
        body = f"{text(one.get('summary'))} {text(one.get('position'))}"
        yield "publications", "research", "", text(one.get("title")), body


def _page_entries(pages: Iterable[Any], language: str) -> Iterator[Entry]:
    for page in pages:
        yield _entry(language, "page", "", page["url"], page["title"], page["text"])


def _entry(language: str, kind: str, name: str, key: str, title: str, text: str) -> Entry:
    return Entry(
        kind, name, key, title, " ".join(text.split()),
        frozenset(stems(title, language)),
        frozenset(stems(text, language)),
    )  # fmt: skip


def _matches(asked: Iterable[str], roots: frozenset[str]) -> int:
    return sum(_known(word, roots) for word in asked)


def _known(word: str, roots: frozenset[str]) -> bool:
    return word in roots or (
        len(word) > 2 and any(one.startswith(word) for one in roots if len(one) > len(word))
    )
