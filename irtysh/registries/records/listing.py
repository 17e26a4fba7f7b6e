"""Keeping the listing: what lists, facets, search and the map read instead of the records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from irtysh.registries.records.models import (
    Listing,
    ListingFacet,
    Record,
    Reference,
    Stamp,
    references_of,
    registers,
)
from irtysh.registries.records.sorting import sort_key
from irtysh.sources.registers import Kind
from irtysh.sources.registers.columns import TRANSLATED
from irtysh.vocabulary.stems import stems
from irtysh.vocabulary.text import LANGUAGES

_MOST_WORDS = 400


@dataclass(frozen=True)
class Entry:
    """What the listing keeps of a record.

    Attributes
    ----------
    fields : dict
        Columns of Listing.
    facets : tuple of (facet, value)
    references : tuple of (field, register, code)
    """

    fields: Mapping[str, Any]
    facets: tuple[tuple[str, str], ...]
    references: tuple[tuple[str, str, str], ...]


def entry_of(record: Record) -> Entry | None:
    """Return a published record's entry; None for a draft.

    Made before the record is saved: its rows are at hand then, afterwards each costs a question.
    """
    if not record.live:
        return None
    point = record.point()
    fields = {
        "day": record.day(),
        "side": "".join(sorted(record.sides())),
        "lat": point[0] if point else None,
        "lon": point[1] if point else None,
        "untranslated": ",".join(record.untranslated()),
    }
    for language in LANGUAGES:
        title = record.title_in(language)
        fields[f"title_{language}"] = title
        fields[f"summary_{language}"] = record.summary_in(language)[:300]
        fields[f"sort_{language}"] = sort_key(title)
        fields[f"words_{language}"] = search_words(record, language)
    facets = [
        (facet, value[:120])
        for facet, values in record.facets().items()
        for value in dict.fromkeys(values)
    ]
    return Entry(fields, tuple(facets), tuple(dict.fromkeys(references_of(record))))


def enlist(record: Record) -> None:
    """Write a published record's entry anew; strike that of a draft."""
    write_entry(record.table.name, record.code, entry_of(record))


@transaction.atomic
def write_entry(register: str, code: str, entry: Entry | None) -> None:
    """Put an entry in the place of the one that is there."""
    if entry is None:
        strike(register, [code])
        return
    listing, is_new = Listing.objects.update_or_create(
        register=register, code=code, defaults=entry.fields
    )
    if not is_new:
        listing.facets.all().delete()
        Reference.objects.filter(from_register=register, from_code=code).delete()
    ListingFacet.objects.bulk_create(
        ListingFacet(listing=listing, register=register, facet=facet, value=value)
        for facet, value in entry.facets
    )
    Reference.objects.bulk_create(
        Reference(
            from_register=register, from_code=code,
            field=field, to_register=to_register, to_code=to_code,
        )
        for field, to_register, to_code in entry.references
    )  # fmt: skip
    grow()


def strike(register: str, codes: Iterable[str]) -> None:
    """Take records out of the listing."""
    codes = list(codes)
    Listing.objects.filter(register=register, code__in=codes).delete()
    Reference.objects.filter(from_register=register, from_code__in=codes).delete()
    grow()


def relist(register: str = "") -> int:
    """Write the entries of one register or of all anew; return how many records were listed."""
    count = 0
    for name, model in registers().items():
        if register in ("", name):
            Listing.objects.filter(register=name).delete()
            for record in model.objects.filter(live=True).iterator(chunk_size=500):
                enlist(record)
                count += 1
    return count


def search_words(record: Record, language: str) -> str:
    """Return the stems of a record's texts in a language, each once, each after a space."""
    texts = [record.code]
    for column in record.table.columns:
        if column.kind in TRANSLATED:
            texts.append(record.text(column.name, language))
        elif column.kind is Kind.STRING and column.name not in ("source", "locator"):
            texts.append(str(getattr(record, column.name)))
        elif column.kind is Kind.ROWS and column.name not in ("links", "rivals", "geometries"):
            for row in getattr(record, column.name).all():
                texts += [
                    row.text(one.name, language) for one in column.rows if one.kind in TRANSLATED
                ]
                texts.append(getattr(row, "hs", ""))
    known = dict.fromkeys(stems(" ".join(texts), language))
    return " " + " ".join(list(known)[:_MOST_WORDS])


def grow() -> None:
    """Let every page made from the registers know that something changed."""
    if not Stamp.objects.filter(name="registers").update(number=F("number") + 1):
        Stamp.objects.get_or_create(name="registers", defaults={"number": 1})


def alone(name: str) -> None:
    """Let one transaction at a time go on from here, among those that name the same."""
    Stamp.objects.get_or_create(name=name, defaults={"number": 0})
    Stamp.objects.select_for_update().get(name=name)


def stamp() -> int:
    """Return the number that grows with every change of any register."""
    return Stamp.objects.filter(name="registers").values_list("number", flat=True).first() or 0
