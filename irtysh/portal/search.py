"""Search over everything that a release says, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from irtysh.portal.presenters import words
from irtysh.portal.presenters.figures import number
from irtysh.portal.reading import Reading
from irtysh.portal.registers.paths import record_path
from irtysh.registries.records.models import Listing
from irtysh.sources.registers.words import register_words
from irtysh.vocabulary.stems import stems

_LIMIT = 60
_SHOWN = 280
_LONGEST = 200


_MOST_FIGURES = 5000


class Item(NamedTuple):
    """One thing that can be found: what kind, where it stands, its words.

    ``page`` and ``key`` make the address, ``anchor`` the place on it; an editors' page has its
    address as key.
    """

    kind: str
    page: str
    key: str
    anchor: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An item with the roots of its words."""

    item: Item
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
    found = list(_records(asked, reading.language))
    for entry in entries:
        in_title = _matches(asked, entry.title_roots)
        if all(_known(word, entry.roots) or _known(word, entry.title_roots) for word in asked):
            found.append((-in_title, entry.item.title, entry.item))
    found.sort(key=lambda hit: hit[:2])
    return [
        {
            "kind": item.kind,
            "name": item.page,
            "key": item.key,
            "anchor": item.anchor,
            "title": item.title,
            "text": item.text[:_SHOWN] + ("…" if len(item.text) > _SHOWN else ""),
        }
        for _rank, _title, item in found[:_LIMIT]
    ]


def _records(asked: set[str], language: str) -> Iterator[tuple[int, str, Item]]:
    """Yield records of the registers that hold every word."""
    listings = Listing.objects.all()
    for stem in asked:
        listings = listings.filter(**{f"words_{language}__contains": f" {stem}"})
    for one in listings.order_by(f"sort_{language}")[:_LIMIT]:
        title = one.title(language)
        in_title = _matches(asked, frozenset(stems(title, language)))
        path = record_path(one.register, one.code, language)
        heading = register_words(one.register, "one", language)
        yield -in_title, title, Item(heading, "", path, "", title, one.summary(language))


def index(reading: Reading) -> tuple[Entry, ...]:
    """Return everything that can be found in a release; made once a release and language."""
    return _index(reading)


@lru_cache(maxsize=12)
def _index(reading: Reading) -> tuple[Entry, ...]:
    return tuple(_entry(reading.language, item) for item in _items(reading))


def _items(reading: Reading) -> Iterator[Item]:
    """Yield everything that has an address of its own or an anchor on a page."""
    text = reading.text
    for one in reading.document("findings"):
        said = one["said"][reading.language]
        body = " ".join((said["text"], *said["arithmetic"]))
        yield Item("finding", "finding", one["id"], "", said["title"], body)
    for one in reading.definitions.values():
        body = f"{one.short[reading.language]} {one.description[reading.language]}"
        yield Item("indicator", "indicator", one.id, "", one.title[reading.language], body)
    yield from _figures(reading)
    for one in reading.document("datasets"):
        body = text(one.get("description"))
        yield Item("dataset", "dataset", one["id"], "", text(one["title"]), body)
    for one in reading.sources.values():
        body = f"{text(one.get('author'))} {text(one.get('publisher'))} {text(one.get('note'))}"
        yield Item("source", "source", one["id"], "", text(one["title"]), body)
    for kind, page, title, bodies in _ANCHORED:
        for one in reading.document(kind):
            heading = text(one.get(title)) or text(one.get("text"))
            body = " ".join(text(one.get(part)) for part in bodies)
            yield Item(kind, page, "", one["id"], heading, body)


_ANCHORED = (
    ("stakeholders", "territories", "name", ("summary",)),
    ("gaps", "research", "title", ("what_is_missing", "why_it_matters")),
    ("people", "research", "name", ("summary",)),
)
"""Kind of document → page on which its items stand, field of the title, fields of the text."""


def _figures(reading: Reading) -> Iterator[Item]:
    """Yield figures one by one; beyond a limit a reader finds them through their data set."""
    for one in reading.release.observations(limit=_MOST_FIGURES):
        title = f"{words.what_words(reading, one)}, {words.period_words(reading, one)}"
        shown = number(reading, one)
        unit = words.unit_words(reading, one.unit, one.unit_mult)
        body = f"{shown['words']} {shown['text']} {unit}"
        yield Item("figure", "figure", one.id, "", title, body)


def _page_entries(pages: Iterable[Any], language: str) -> Iterator[Entry]:
    for page in pages:
        item = Item("page", "", page["url"], "", page["title"], page["text"])
        yield _entry(language, item)


def _entry(language: str, item: Item) -> Entry:
    tidy = item._replace(text=" ".join(item.text.split()))
    return Entry(
        tidy, frozenset(stems(item.title, language)), frozenset(stems(item.text, language))
    )


def _matches(asked: Iterable[str], roots: frozenset[str]) -> int:
    return sum(_known(word, roots) for word in asked)


def _known(word: str, roots: frozenset[str]) -> bool:
    return word in roots or (
        len(word) > 2 and any(one.startswith(word) for one in roots if len(one) > len(word))
    )
