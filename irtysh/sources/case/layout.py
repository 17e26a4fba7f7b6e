"""The files of a case and the fields of each: a new kind of document is one entry here."""

from __future__ import annotations

from dataclasses import dataclass

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
from irtysh.vocabulary.codelists import codelist

FORMAT = 1
"""Version of the layout of a case folder."""

ACT_STATUSES = (
    "in_force", "repealed", "replaced", "expired", "signed", "adopted", "approved", "named",
    "announced", "proposed", "unchecked",
)  # fmt: skip
PREFERENCE_RULES = (
    "prefer_kind", "prefer_status", "prefer_precise", "prefer_digits", "prefer_published_later",
)  # fmt: skip
INVENTORY_STATUSES = ("shown", "waits", "gap", "feature")


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
    area = known_in(codelist("areas"), "areas")
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
    act_fields: dict[str, Check] = {
        "level": string, "number": string, "date": day, "parties": strings, "issuer": text,
        "issuer_stated": boolean, "title_translated": strings, "short_title": text,
        "address": address, "accessed_on": day,
        "other_addresses": listed(Record({"address": address},
                                         {"source": string, "language": string})),
        "valid_from": day, "valid_to": day, "status_as_of": day, "status_source": string,
        "relations": listed(Record({"kind": string, "act": identifier}, {"source": string,
                                   "locator": string, "from": day, "note": text})),
        "summary": text, "register_number": string, "place": text, "title_in_prose": text,
        "title_in_prose_locator": string, "title_in_footnote": text,
        "title_in_footnote_locator": string, "parties_unchecked": strings, "stub": boolean,
    }  # fmt: skip
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
                {"order": between(0, 999), "unit_note": text, "coverage_notes": strings},
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
        "territories": Kind(
            ("territories.yaml",),
            records(
                {"kind": string, "name": text},
                {
                    "area": area, "side": string, "lat": between(-90, 90),
                    "lon": between(-180, 180), "summary": text, "outside": boolean,
                },
                is_open=True,
            ),
        ),
        "stakeholders": Kind(
            ("stakeholders.yaml",), records({"name": text}, {"summary": text}, is_open=True)
        ),
        "acts": Kind(
            ("acts.yaml",),
            records(
                {"kind": string, "title": text, "status": one_of(*ACT_STATUSES)},
                act_fields,
                is_open=False,
            ),
        ),
        "glossary": Kind(
            ("glossary.yaml",), records({"term": text}, {"definition": text}, is_open=True)
        ),
        "factors": Kind(("factors.yaml",), records({"text": text}, {}, is_open=True)),
        "publications": Kind(("publications.yaml",), records({}, {"title": text}, is_open=True)),
        "people": Kind(("people.yaml",), records({}, {}, is_open=True)),
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
