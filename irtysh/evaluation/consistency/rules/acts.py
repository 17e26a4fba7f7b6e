"""Acts and programmes in time: validity, horizons, cause before effect, titles and numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from irtysh.evaluation.consistency.book import Book, Findings
from irtysh.evaluation.consistency.finding import Finding, Severity
from irtysh.evaluation.consistency.ledger import as_text
from irtysh.evaluation.consistency.statements import period_of
from irtysh.evaluation.consistency.values import Listed, Moment, Phrase, Value
from irtysh.vocabulary.errors import NotAPeriod
from irtysh.vocabulary.period import Period
from irtysh.vocabulary.text import Text

RULE = "acts"
ENDED = frozenset({"repealed", "replaced", "expired"})
_QUOTED = re.compile(r"[«“](.+)[»”]")


def find(book: Book) -> Findings:
    """Yield acts said to be in force after their end, effects before causes, other titles."""
    acts = {str(row.get("id")): row for row in book.ledger.rows("acts")}
    for row in book.ledger.statements("in_force"):
        if row.get("act") in acts:
            yield from _in_force(row, acts[row["act"]], acts)
    for row in book.ledger.statements("effect_of"):
        if row.get("cause_act") in acts:
            yield from _effect(row, acts[row["cause_act"]])
    for row in book.ledger.statements("approved_in"):
        if row.get("act") in acts:
            yield from _approved(row, acts[row["act"]])
    for row in book.ledger.statements("title_used"):
        if row.get("act") in acts:
            yield from _title(row, acts[row["act"]], acts)
    for row in book.ledger.statements("cited_with"):
        if row.get("act") in acts:
            yield from _cited(row, acts[row["act"]], acts)
    yield from _horizons(book, acts)


def day(value: object) -> Period | None:
    """Return a day, month or year of a document as a period; None where there is none."""
    if isinstance(value, date):
        return Period.parse("P", value.isoformat())
    text = str(value or "")
    if not text:
        return None
    try:
        return Period.parse("P", text)
    except NotAPeriod:
        return None


def act_title(act: Mapping[str, Any]) -> Text:
    """Return the short title of an act, or its title."""
    return as_text(act.get("short_title") or act.get("title") or act.get("id", ""))


def _in_force(
    row: Mapping[str, Any], act: Mapping[str, Any], acts: Mapping[str, Mapping[str, Any]]
) -> Findings:
    """An act said to be in force on a day must be in force on it by what is recorded."""
    on, end = day(row.get("on")), day(act.get("valid_to"))
    numbers: dict[str, Value] = {
        "claim": as_text(row.get("text", "")),
        "act": act_title(act),
        "on": Moment(on) if on is not None else Phrase("word.none", {}),
    }
    ids = ((str(row["id"]),), (str(act["id"]),))
    repeal = _repealed(act)
    later = acts.get(str(repeal.get("act"))) if repeal else None
    ended = end if end is not None else day(act.get("status_as_of"))
    status = str(act.get("status", ""))
    gone = ended is not None and on is not None and _before(ended, on)
    if gone and (end is not None or status in ENDED):
        assert ended is not None
        kind = "ended_said_in_force"
        lines = [
            Phrase(
                "line.act_ended",
                {"act": act_title(act), "end": Moment(ended), "on": Moment(on or ended)},
            )
        ]
        evidence = list(ids[1])
        if repeal and later is not None:
            kind = "repealed_said_in_force"
            since = day(repeal.get("from")) or ended
            numbers |= {"later": act_title(later), "since": Moment(since)}
            lines = [
                Phrase("line.act_repealed", {"later": act_title(later), "since": Moment(since)})
            ]
            evidence.append(str(later["id"]))
        numbers["end"] = Moment(ended)
        yield Finding(
            RULE,
            kind,
            Severity.CONTRADICTION,
            f"statement:{row['id']}",
            numbers,
            tuple(lines),
            (),
            ids[0],
            tuple(evidence),
        )
    elif status in ("unchecked", ""):
        yield Finding(
            RULE,
            "status_unchecked",
            Severity.NOTE,
            f"statement:{row['id']}",
            numbers,
            (),
            (),
            *ids,
        )


def _repealed(act: Mapping[str, Any]) -> Mapping[str, Any] | None:
    for relation in act.get("relations") or ():
        if isinstance(relation, Mapping) and relation.get("kind") in ("repealed_by", "replaced_by"):
            return relation
    return None


def _before(first: Period, second: Period) -> bool:
    return first.end is not None and second.start is not None and first.end < second.start


def _effect(row: Mapping[str, Any], act: Mapping[str, Any]) -> Findings:
    """An act cannot have brought about what was measured before it existed."""
    adopted = day(act.get("date")) or day(act.get("valid_from"))
    first, last = period_of(row.get("effect_from")), period_of(row.get("effect_to"))
    if adopted is None or adopted.start is None or last.end is None or last.end >= adopted.start:
        return
    numbers: dict[str, Value] = {
        "claim": as_text(row.get("text", "")),
        "act": act_title(act),
        "adopted": Moment(adopted),
        "from_period": first,
        "to_period": last,
    }
    keys = ("from_period", "to_period", "adopted")
    yield Finding(
        RULE,
        "effect_before_cause",
        Severity.CONTRADICTION,
        f"statement:{row['id']}",
        numbers,
        (Phrase("line.effect_before", {key: numbers[key] for key in keys}),),
        (),
        (str(row["id"]),),
        (str(act["id"]),),
    )


def _approved(row: Mapping[str, Any], act: Mapping[str, Any]) -> Findings:
    """The year in which a document is said to be approved against the date of the act."""
    dated, stated = day(act.get("date")), period_of(row.get("stated"))
    if dated is None or not stated.is_known or dated.overlaps(stated):
        return
    blanks: dict[str, Value] = {"act": act_title(act), "date": Moment(dated), "stated": stated}
    yield Finding(
        RULE,
        "approved_otherwise",
        Severity.DOUBT,
        f"statement:{row['id']}",
        {"claim": as_text(row.get("text", "")), **blanks},
        (Phrase("line.act_dated", blanks),),
        (),
        (str(row["id"]),),
        (str(act["id"]),),
    )


def _bare(title: str) -> str:
    """Return the words of a title: what stands in quotes, else all of it, case left out."""
    quoted = _QUOTED.search(title)
    return " ".join((quoted[1] if quoted else title).casefold().split())


def _title(
    row: Mapping[str, Any], act: Mapping[str, Any], acts: Mapping[str, Mapping[str, Any]]
) -> Findings:
    """A title used must be the act's own; if it is another act's, that one is named."""
    used, own = as_text(row.get("title", "")), as_text(act.get("title", ""))
    language = "ru" if used["ru"] else "en"
    if _bare(used[language]) == _bare(own[language]):
        return
    numbers: dict[str, Value] = {
        "used": used,
        "title": own,
        "number": str(act.get("number") or "–"),
    }
    evidence = [str(act["id"])]
    kind = "title_differs"
    for other in acts.values():
        title = _bare(as_text(other.get("title", ""))[language])
        if other is not act and title and _bare(used[language]).startswith(title):
            kind = "title_of_another"
            numbers |= {"other": as_text(other["title"]), "other_number": str(other["number"])}
            evidence.append(str(other["id"]))
            break
    yield Finding(
        RULE,
        kind,
        Severity.DEFECT,
        f"statement:{row['id']}",
        numbers,
        (),
        (),
        (str(row["id"]),),
        tuple(evidence),
    )


def _cited(
    row: Mapping[str, Any], act: Mapping[str, Any], acts: Mapping[str, Mapping[str, Any]]
) -> Findings:
    """The number and date with which an act is cited must be its own."""
    number = str(row.get("number_used") or "")
    dated = day(row.get("date_used"))
    own = day(act.get("date"))
    if number == str(act.get("number") or "") and dated == own:
        return
    owner = next(
        (other for other in acts.values() if number and str(other.get("number")) == number), None
    )
    numbers: dict[str, Value] = {
        "act": act_title(act),
        "number": number,
        "date": Moment(dated) if dated is not None else Phrase("word.none", {}),
        "own_date": Moment(own) if own is not None else Phrase("word.none", {}),
        "owner": act_title(owner) if owner is not None else Phrase("word.none", {}),
    }
    evidence = (str(act["id"]), *([str(owner["id"])] if owner is not None else []))
    yield Finding(
        RULE,
        "cited_with_other_number",
        Severity.DEFECT,
        f"statement:{row['id']}",
        numbers,
        (),
        (),
        (str(row["id"]),),
        evidence,
    )


def _horizons(book: Book, acts: Mapping[str, Mapping[str, Any]]) -> Findings:
    """Programmes of one subject with different ends: a reader must know which one is meant."""
    by_subject: dict[str, list[Mapping[str, Any]]] = {}
    for row in book.ledger.statements("horizon"):
        by_subject.setdefault(str(row.get("subject", "")), []).append(row)
    for subject, rows in sorted(by_subject.items()):
        ends = {str(row.get("to_period")) for row in rows}
        if len(ends) < 2:
            continue
        rows = sorted(rows, key=lambda row: (str(row.get("to_period")), str(row["id"])))
        spans = tuple(_span(row) for row in rows)
        lines = [
            Phrase(
                "line.horizon",
                {
                    "span": _span(row),
                    "claim": as_text(row.get("text", "")),
                    "locator": str(row.get("locator", "")),
                },
            )
            for row in rows
        ]
        linked = [str(row["act"]) for row in rows if row.get("act") in acts]
        yield Finding(
            RULE,
            "several_horizons",
            Severity.NOTE,
            f"horizon:{subject}",
            {"count": str(len(rows)), "spans": Listed(spans, "; ")},
            tuple(lines),
            (),
            tuple(str(row["id"]) for row in rows),
            tuple(linked),
        )


def _span(row: Mapping[str, Any]) -> Phrase:
    start, end = str(row.get("from_period") or ""), str(row.get("to_period") or "")
    if start:
        return Phrase("word.span", {"start": start, "end": end})
    return Phrase("word.span_to", {"end": end})
