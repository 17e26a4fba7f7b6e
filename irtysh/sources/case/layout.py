"""The files of a case and the fields of each: a new kind of document is one entry here."""

from __future__ import annotations

from dataclasses import dataclass

from irtysh.sources.case.registered import document_check
from irtysh.sources.case.shapes import (
    Check,
    Record,
    address,
    anything,
    between,
    boolean,
    day,
    identifier,
    keyed,
    known_in,
    listed,
    one_of,
    string,
    text_in,
)
from irtysh.sources.registers import TABLES
from irtysh.vocabulary.codelists import codelist

FORMAT = 1
"""Version of the layout of a case folder."""

PREFERENCE_RULES = (
    "prefer_kind", "prefer_status", "prefer_precise", "prefer_digits", "prefer_published_later",
)  # fmt: skip
INVENTORY_STATUSES = ("shown", "waits", "gap", "feature")
PAGE_MARK = "page:"
"""Begins a reference of the inventory to a page of the portal, below the language: page:map/."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document.

    Attributes
    ----------
    files : tuple of str
        Patterns of the files that hold it, relative to the folder; several are joined.
    check : Check
        Shape of the whole document.
    required : bool
        True where a case without it is no case.
    has_ids : bool
        True for a list of records with ids that must be unique.
    """

    files: tuple[str, ...]
    check: Check
    required: bool = False
    has_ids: bool = True


def kinds(languages: tuple[str, ...]) -> dict[str, Kind]:
    """Return the documents of a case with these languages."""
    text = text_in(languages)
    strings = listed(string)
    named = {"id": identifier}
    cited: dict[str, Check] = {"source": string, "locator": string, "inventory": strings}

    def records(required: dict[str, Check], optional: dict[str, Check], is_open: bool) -> Check:
        return listed(Record({**named, **required}, {**cited, **optional}, is_open))

    source_fields: dict[str, Check] = {
        "author": text,
        "publisher": text,
        "published_on": day,
        "address": address,
        "accessed_on": day,
        "licence": string,
        "cites": strings,
        "pages": listed(listed(between(1, 100_000))),
        "note": text,
    }
    return {
        "sources": Kind(
            ("sources*.yaml",),
            listed(
                Record(
                    {
                        **named,
                        "kind": known_in(codelist("source_kinds"), "source_kinds"),
                        "title": text,
                    },
                    source_fields,
                )
            ),
            required=True,
        ),
        "notes": Kind(("notes*.yaml",), keyed(text), has_ids=False),
        "datasets": Kind(
            ("datasets.yaml",),
            records(
                {"title": text, "description": text},
                {
                    "order": between(0, 999),
                    "unit_note": text,
                    "coverage_notes": strings,
                    "theme": identifier,
                },
                is_open=False,
            ),
            required=True,
        ),
        "preferences": Kind(
            ("preferences.yaml",),
            Record(
                {},
                {
                    "rules": listed(
                        Record(
                            {"rule": one_of(*PREFERENCE_RULES), "reason": text},
                            {"order": strings},
                        )
                    ),
                    "named": listed(
                        Record(
                            {"cell": keyed(string), "prefer": string, "reason": text},
                            {"locator": string, "decided_by": text, "decided_on": day},
                        )
                    ),
                },
            ),
            has_ids=False,
        ),
        "statements": Kind(
            ("statements.yaml",), records({"kind": string, "text": text}, {}, is_open=True)
        ),
        "gaps": Kind(
            ("gaps.yaml",),
            records({"title": text}, {"what_is_missing": text, "why_it_matters": text,
                                      "where_to_look": text}, is_open=True),
        ),
        "stakeholders": Kind(
            ("stakeholders.yaml",), records({"name": text}, {"summary": text}, is_open=True)
        ),
        "people": Kind(("people.yaml",), records({}, {}, is_open=True)),
        "benefits": Kind(
            ("benefits.yaml",),
            records(
                {"theme": string, "name": text, "lead": text},
                {"figure": keyed(string), "missing": text, "where_to_look": text,
                 "guides": strings, "links": strings},
                is_open=False,
            ),
        ),
        **{
            one.document: Kind(one.files, document_check(one, languages))
            for one in TABLES.values()
        },
    }  # fmt: skip


def case_record(languages: tuple[str, ...]) -> Record:
    """Return the shape of case.yaml."""
    text = text_in(languages)
    area = known_in(codelist("areas"), "areas")
    side = Record({"id": string, "area": area}, {"name": text, "colour": string})
    return Record(
        {
            "id": identifier,
            "format": between(1, FORMAT),
            "title": text,
            "sentence": text,
            "languages": listed(string),
            "sides": listed(side),
        },
        {
            "invented": boolean,
            "perimeter": listed(area),
            "themes": listed(Record({"id": identifier, "title": text}, {})),
            "headline": keyed(string),
            "note": text,
            "figures": anything,
            "order": between(0, 999),
        },
    )
