"""Words without what should stand behind them: events, registers, scales, places, names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from irtysh.evaluation.consistency import names
from irtysh.evaluation.consistency.book import Book, Findings
from irtysh.evaluation.consistency.finding import Finding, Severity
from irtysh.evaluation.consistency.ledger import as_text, printed_amount
from irtysh.evaluation.consistency.rules.acts import day
from irtysh.evaluation.consistency.statements import period_of
from irtysh.evaluation.consistency.values import Listed, Moment, Phrase, Value

RULE = "documents"


def find(book: Book) -> Findings:
    """Yield statements that the case's own documents do not bear out."""
    for row in book.ledger.statements("recurrent"):
        yield from _recurrent(book, row)
    for row in book.ledger.statements("register_filled"):
        yield from _register(book, row)
    for row in book.ledger.statements("contents"):
        if not row.get("reproduced"):
            yield _plain(row, "contents_absent", Severity.NOTE, {"what": as_text(row["what"])})
    for row in book.ledger.statements("verdict"):
        if not row.get("scale") and not row.get("method"):
            said = as_text(row.get("verdict", ""))
            yield _plain(row, "verdict_without_scale", Severity.DOUBT, {"verdict": said})
    for row in book.ledger.statements("location"):
        yield from _location(book, row)
    for row in book.ledger.statements("word_used"):
        yield _word(book, row)
    for row in book.ledger.statements("period_in_words"):
        yield from _period_in_words(book, row)
    yield from _directions(book)
    yield from _people(book)
    yield from _credits(book)


def _plain(
    row: Mapping[str, Any],
    kind: str,
    severity: Severity,
    numbers: dict[str, Value],
    lines: tuple[Phrase, ...] = (),
    observations: tuple[str, ...] = (),
) -> Finding:
    claim: dict[str, Value] = {"claim": as_text(row.get("text", ""))}
    subject = f"statement:{row['id']}"
    ids = (str(row["id"]),)
    return Finding(RULE, kind, severity, subject, claim | numbers, lines, observations, ids)


def _recurrent(book: Book, row: Mapping[str, Any]) -> Findings:
    """A thing called regular whose last named occasion lies further back than the threshold."""
    last, on = period_of(row.get("last_named")), day(row.get("on"))
    if last.start is None or on is None or on.start is None:
        return
    gap = on.start.year - last.start.year
    if gap <= book.ledger.thresholds["recurrent_gap_years"]:
        return
    blanks: dict[str, Value] = {"last": last, "on": Moment(on), "gap": str(gap)}
    numbers = {"what": as_text(row.get("what", "")), **blanks}
    lines = (Phrase("line.years_between", blanks),)
    yield _plain(row, "recurrent_gap", Severity.DOUBT, numbers, lines)


def _register(book: Book, row: Mapping[str, Any]) -> Findings:
    """ "Many" of something of which the source that says so names not one."""
    held = book.ledger.rows(str(row.get("register", "")))
    if any(one.get("source") == row.get("source") for one in held):
        return
    numbers: dict[str, Value] = {"wording": as_text(row.get("wording", "")), "count": "0"}
    yield _plain(row, "register_empty", Severity.DOUBT, numbers)


def _location(book: Book, row: Mapping[str, Any]) -> Findings:
    """A place called adjoining that is neither a side of the case nor on its perimeter."""
    case = book.ledger.documents.get("case")
    near = set()
    if isinstance(case, Mapping):
        near = {str(side.get("area")) for side in case.get("sides", [])}
        near |= {str(area) for area in case.get("perimeter", [])}
    for territory in book.ledger.rows("territories"):
        if territory.get("role") in ("core", "perimeter"):
            near.add(str(territory.get("area")))
    outside = [str(area) for area in row.get("areas", []) if str(area) not in near]
    if not near or not outside or row.get("expected") != "adjoining":
        return
    areas = tuple(names.named("areas", area) for area in outside)
    yield _plain(row, "place_outside", Severity.NOTE, {"areas": Listed(areas)})


def _word(book: Book, row: Mapping[str, Any]) -> Finding:
    """A word that the source uses where another is meant."""
    fields = dict(row.get("observation") or {})
    found = tuple(
        observation.id
        for observation in book.ledger.observations
        if fields
        and all(getattr(observation, name, None) == value for name, value in fields.items())
    )
    expected = Listed(tuple(str(word) for word in row.get("expected", [])), " / ")
    numbers: dict[str, Value] = {"word": str(row.get("word", "")), "expected": expected}
    return _plain(row, "word_doubtful", Severity.NOTE, numbers, (), found)


def _period_in_words(book: Book, row: Mapping[str, Any]) -> Findings:
    """A number that one source refers to a whole year and another to a part of it."""
    fields = row.get("observation") or {}
    stated = str(row.get("period_kind_stated", ""))
    same = [
        observation
        for observation in book.ledger.observations
        if observation.printed == fields.get("printed")
        and observation.dataflow == fields.get("dataflow")
        and observation.ref_area == fields.get("ref_area")
    ]
    other = [item for item in same if item.period.is_known and item.period.kind.value != stated]
    if not other:
        return
    numbers: dict[str, Value] = {
        "number": printed_amount(other[0]),
        "words": as_text(row.get("words", "")),
        "period": other[0].period,
        "source": book.ledger.source(other[0]),
    }
    evidence = tuple(item.id for item in same)
    yield _plain(row, "period_in_words_differs", Severity.DOUBT, numbers, (), evidence)


def _directions(book: Book) -> Findings:
    """Goods said to go one way by one statement and the other way by another."""
    rows = list(book.ledger.statements("direction"))
    for index, one in enumerate(rows):
        for other in rows[index + 1 :]:
            shared = [code for code in one.get("goods", []) if code in other.get("goods", [])]
            if not shared or not _opposite(one, other):
                continue
            goods = [names.commodity(str(one.get("classification")), str(c)) for c in shared]
            yield Finding(
                RULE,
                "directions_differ",
                Severity.DOUBT,
                f"statement:{'+'.join(sorted((str(one['id']), str(other['id']))))}",
                {
                    "goods": Listed(tuple(goods)),
                    "one": as_text(one.get("text", "")),
                    "other": as_text(other.get("text", "")),
                },
                (),
                (),
                (str(one["id"]), str(other["id"])),
            )


def _opposite(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """True if the goods go from A to B in one and from B, or a part of it, to A in the other."""
    return _related(one.get("from_area"), other.get("to_area")) and _related(
        one.get("to_area"), other.get("from_area")
    )


def _related(one: object, other: object) -> bool:
    first, second = str(one), str(other)
    return first == second or first.startswith(f"{second}-") or second.startswith(f"{first}-")


def _people(book: Book) -> Findings:
    """Persons whose names differ by a letter may be one person, misprinted."""
    people = [
        (str(row.get("id")), as_text(row.get("name", "")), row)
        for row in book.ledger.rows("people")
    ]
    by_length: dict[int, list[int]] = defaultdict(list)
    for index, (_, name, _) in enumerate(people):
        by_length[len(_letters(name["ru"]))].append(index)
    for index, (id_, name, _) in enumerate(people):
        length = len(_letters(name["ru"]))
        for near in (i for n in (length, length + 1) for i in by_length.get(n, ())):
            other_id, other, _ = people[near]
            after = near > index if len(_letters(other["ru"])) == length else True
            if after and _alike(name["ru"], other["ru"]):
                first, second = sorted(((id_, name), (other_id, other)), key=lambda one: one[0])
                yield Finding(
                    RULE,
                    "names_alike",
                    Severity.NOTE,
                    f"people:{first[0]}+{second[0]}",
                    {"one": first[1], "other": second[1]},
                )


def _letters(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalpha())


def _surname(name: str) -> str:
    """Return the longest word of a name."""
    words = [_letters(word) for word in name.replace(".", " ").split()]
    return max(words, key=len, default="")


def _alike(one: str, other: str) -> bool:
    """True if surnames are equal or one letter apart and the initials share a letter."""
    if _letters(one) == _letters(other) or not _one_apart(_surname(one), _surname(other)):
        return False
    return bool(_initials(one) & _initials(other))


def _initials(name: str) -> set[str]:
    words = [_letters(word) for word in name.replace(".", " ").split()]
    return {word[0] for word in words if word and word != _surname(name)}


def _one_apart(a: str, b: str) -> bool:
    if abs(len(a) - len(b)) > 1:
        return False
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) <= 1
    short, long = sorted((a, b), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _opened(row: Mapping[str, Any]) -> Value:
    found = day(row.get("accessed_on"))
    return Phrase("word.none", {}) if found is None else Moment(found)


def _credits(book: Book) -> Findings:
    """Data credited to the front page of a site, without the table they come from."""
    roots: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in book.ledger.rows("sources"):
        parts = urlsplit(str(row.get("address") or ""))
        official = row.get("kind") in ("official-statistics", "dataset")
        if official and parts.netloc and parts.path in ("", "/") and not parts.query:
            roots[parts.netloc].append(row)
    for host, rows in sorted(roots.items()):
        days = [found for row in rows if (found := day(row.get("accessed_on"))) is not None]
        yield Finding(
            RULE,
            "credited_to_front_page",
            Severity.DEFECT,
            f"source:{host}",
            {
                "host": host,
                "count": str(len(rows)),
                "days": Listed(tuple(Moment(found) for found in dict.fromkeys(days)), "; ")
                if days
                else Phrase("word.none", {}),
                "titles": Listed(tuple(as_text(row.get("title", "")) for row in rows), "; "),
            },
            tuple(
                Phrase(
                    "line.credited",
                    {
                        "title": as_text(row.get("title", "")),
                        "host": host,
                        "on": _opened(row),
                    },
                )
                for row in rows
            ),
        )
