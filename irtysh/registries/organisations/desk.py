"""What somebody who merges organisations sees: two entries side by side, and what would move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from irtysh.registries.organisations.actions import names_differ, possible_duplicates
from irtysh.registries.organisations.models import Merger, Organisation
from irtysh.registries.organisations.rules import name_key
from irtysh.registries.records.actions import finder, pointing_at
from irtysh.registries.records.codes import code_name, language_now
from irtysh.registries.records.deeds import Deed, register_deed
from irtysh.registries.records.documents import RecordUnknown, begin, fill
from irtysh.registries.records.models import Record, register_title, registers
from irtysh.registries.records.policy import office_address
from irtysh.registries.records.showing import facts_of
from irtysh.sources.registers.words import column_label
from irtysh.vocabulary.text import LANGUAGES

MERGE = Deed(
    "organisations",
    gettext_lazy("Merge with another entry"),
    "merge",
    "organisations_merge",
    "resubmit",
)
register_deed(MERGE)

MOST_MOVES = 100
"""Records shown before a merger; all of them move."""


@dataclass(frozen=True, slots=True)
class Line:
    """One column of two entries.

    Attributes
    ----------
    label : str
    kept, gone : dict or None
        What each holds, as ``facts_of`` gives it; None where it holds nothing.
    note : str
        What the merger does with it.
    """

    label: str
    kept: dict[str, Any] | None
    gone: dict[str, Any] | None
    note: str


def side_by_side(kept: Organisation, gone: Organisation) -> list[Line]:
    """Return every column that one of the two fills."""
    ours = {fact["label"]: fact for fact in facts_of(kept)}
    theirs = {fact["label"]: fact for fact in facts_of(gone)}
    found = []
    for column in Organisation.table.columns:
        label = column_label("organisations", column.name, language_now())
        mine, other = ours.get(label), theirs.get(label)
        if mine or other:
            is_former = column.name == "name" and names_differ(kept, gone)
            note = _("becomes a former name") if is_former else _fate(mine, other)
            found.append(Line(label, mine, other, note))
    return found


def _fate(mine: dict[str, Any] | None, other: dict[str, Any] | None) -> str:
    """Return what becomes of a column of the entry that goes."""
    if other is None or mine == other:
        return ""
    if "rows" in other:
        return _("rows that are missing are added")
    if mine is None:
        return _("taken over")
    if "texts" in other:
        known = {language for language, _text in mine["texts"]}
        if any(language not in known for language, _text in other["texts"]):
            return _("missing languages are taken over")
    return _("is not taken over; it stays in the history of mergers")


def moves(user: Any, gone: Organisation) -> list[dict[str, str]]:
    """Return the records that point at an entry, and would point at the other one."""
    found = []
    for record in pointing_at("organisations", gone):
        found.append(record_words(user, record))
        if len(found) == MOST_MOVES:
            break
    return found


def record_words(user: Any, record: Record) -> dict[str, str]:
    """Return title, register and address of a record."""
    return {
        "title": record.title_in(language_now()),
        "register": register_title(record.table.name),
        "address": office_address(user, record),
    }


def changed_records(user: Any, names: list[str]) -> Iterator[dict[str, str]]:
    """Yield the records of a merger's list, ``register/id``; those since deleted by their name."""
    models_of = registers()
    for name in names:
        register, _slash, code = name.partition("/")
        model = models_of.get(register)
        record = model.objects.filter(code=code).first() if model is not None else None
        if record is None:
            yield {"title": name, "register": "", "address": ""}
        else:
            yield record_words(user, record)


def pairs(user: Any) -> list[dict[str, Any]]:
    """Return possible duplicates, each with what tells the two apart."""
    return [
        {"one": _in_short(user, one), "other": _in_short(user, other)}
        for one, other in possible_duplicates()
    ]


def namesakes(user: Any, one: Organisation) -> list[dict[str, str]]:
    """Return the entries whose name means the same as that of one, in any language."""
    keys = {(lang, key) for lang in LANGUAGES if (key := name_key(one.text("name", lang)))}
    names = Organisation.objects.exclude(pk=one.pk).values_list(
        "pk", *(f"name_{language}" for language in LANGUAGES)
    )
    same = [
        pk
        for pk, *texts in names.iterator()
        if keys & {(lang, name_key(text)) for lang, text in zip(LANGUAGES, texts, strict=True)}
    ]
    found = Organisation.objects.filter(pk__in=same[:20]).select_related("place")
    return [_in_short(user, other) for other in found]


def as_it_was(merger: Merger) -> list[dict[str, Any]]:
    """Return what the entry that went held; without its rows if they name what is gone too."""
    record = Organisation()
    try:
        fill(record, merger.document, finder())
    except RecordUnknown:
        record = Organisation()
        begin(record, merger.document, finder())
    return facts_of(record)


def _in_short(user: Any, one: Organisation) -> dict[str, str]:
    known = [
        one.code,
        code_name("organisation_kinds", one.kind),
        ", ".join(code_name("sides", side) for side in sorted(one.sides())),
        *(f"{name.upper()} {value}" for name in ("inn", "bin") if (value := getattr(one, name))),
    ]
    return {
        "code": one.code,
        "title": one.title_in(language_now()),
        "note": " · ".join(part for part in known if part),
        "address": office_address(user, one),
    }
