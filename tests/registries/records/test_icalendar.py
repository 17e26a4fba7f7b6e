"""Calendars are read back by a strict parser written from RFC 5545, not by our own writer."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.registries.records.icalendar import Event, calendar

STAMP = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
_LINE = re.compile(
    r"(?P<name>[A-Z0-9-]+)(?P<params>(;[A-Z0-9-]+=[^\";:,\x00-\x08\x0a-\x1f\x7f]+)*)"
    r":(?P<value>[^\x00-\x08\x0a-\x1f\x7f]*)\Z"
)


def _read(data: bytes) -> list[tuple[str, str, str]]:
    """Return the content lines, or fail: octets, line breaks, folding, nesting, escapes."""
    assert data.endswith(b"\r\n")
    physical = data[:-2].split(b"\r\n")
    assert all(b"\n" not in one and b"\r" not in one for one in physical)
    assert all(len(one) <= 75 for one in physical)
    lines: list[str] = []
    for one in physical:
        text = one.decode()  # a letter cut in two fails here
        if text.startswith(" "):
            lines[-1] += text[1:]
        else:
            lines.append(text)
    found = []
    for line in lines:
        match = _LINE.match(line)
        assert match, line
        found.append((match["name"], match["params"], match["value"]))
    depth: list[str] = []
    for name, _params, value in found:
        if name == "BEGIN":
            depth.append(value)
        elif name == "END":
            assert depth.pop() == value
        else:
            assert depth
    assert depth == []
    return found


def _text(value: str) -> str:
    """Undo the escapes of a TEXT; fail on one that the standard does not know."""
    out, rest = "", value
    while rest:
        if rest[0] == "\\":
            assert rest[1] in "\\;,nN", value
            out += "\n" if rest[1] in "nN" else rest[1]
            rest = rest[2:]
        else:
            assert rest[0] not in ";,", value
            out, rest = out + rest[0], rest[1:]
    return out


def _value(lines: list[tuple[str, str, str]], name: str) -> tuple[str, str]:
    return next((params, value) for one, params, value in lines if one == name)


def test_a_calendar_has_what_the_standard_demands() -> None:
    lines = _read(calendar("Сроки", [Event("a@x", "Отчёт", date(2026, 6, 30), STAMP)], "ru"))
    assert lines[0] == ("BEGIN", "", "VCALENDAR")
    assert _value(lines, "VERSION")[1] == "2.0"
    assert _value(lines, "PRODID")[1]
    for needed in ("UID", "DTSTAMP", "DTSTART", "SUMMARY"):
        assert sum(one[0] == needed for one in lines) == 1
    assert _value(lines, "DTSTART") == (";VALUE=DATE", "20260630")
    assert _value(lines, "DTSTAMP")[1] == "20260301T120000Z"


def test_the_last_day_is_part_of_the_event() -> None:
    event = Event("a@x", "Forum", date(2026, 12, 30), STAMP, end=date(2026, 12, 31))
    assert _value(_read(calendar("x", [event], "en")), "DTEND") == (";VALUE=DATE", "20270101")


def test_moments_are_told_in_utc() -> None:
    omsk = timezone(timedelta(hours=6))
    start = datetime(2026, 5, 1, 2, 30, tzinfo=omsk)
    event = Event("a@x", "Webinar", start, STAMP, end=start + timedelta(hours=1))
    lines = _read(calendar("x", [event], "en"))
    assert _value(lines, "DTSTART") == ("", "20260430T203000Z")
    assert _value(lines, "DTEND") == ("", "20260430T213000Z")


def test_an_empty_calendar_is_one() -> None:
    assert not [one for one in _read(calendar("x", [], "kk")) if one[0] == "UID"]


@given(st.text(st.characters(codec="utf-8"), max_size=300), st.text(max_size=80))
def test_any_text_comes_back(summary: str, name: str) -> None:
    name = name.encode(errors="ignore").decode()
    event = Event("a@x", summary, date(2026, 1, 1), STAMP, description=summary)
    lines = _read(calendar(name, [event], "kk"))

    def told(text: str) -> str:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return "".join(one for one in text if one == "\n" or (one >= " " and one != "\x7f"))

    assert _text(_value(lines, "SUMMARY")[1]) == told(summary)
    assert _text(_value(lines, "X-WR-CALNAME")[1]) == told(name)


def test_an_address_cannot_begin_a_line_of_its_own() -> None:
    event = Event("a@x", "s", date(2026, 1, 1), STAMP, address="https://x.org/\r\nATTACH:evil")
    assert "ATTACH" not in [one[0] for one in _read(calendar("x", [event], "en"))]


def test_order_does_not_depend_on_the_order_given() -> None:
    events = [Event(f"{day}@x", "s", date(2026, 1, day), STAMP) for day in (3, 1, 2)]
    assert calendar("x", events, "en") == calendar("x", events[::-1], "en")


@pytest.mark.parametrize(
    "wrong",
    [
        [Event("a", "s", date(2026, 1, 1), STAMP), Event("a", "s", date(2026, 1, 2), STAMP)],
        [Event("", "s", date(2026, 1, 1), STAMP)],
        [Event("a", "s", date(2026, 1, 2), STAMP, end=date(2026, 1, 1))],
        [Event("a", "s", datetime(2026, 1, 2, 3), STAMP)],
        [Event("a", "s", date(2026, 1, 2), STAMP, end=STAMP)],
        [Event("a", "s", date(2026, 1, 2), STAMP, status="MAYBE")],
        [Event("a", "s", date(2026, 1, 2), datetime(2026, 1, 1))],
    ],
)
def test_what_no_calendar_could_read_is_refused(wrong: list[Event]) -> None:
    with pytest.raises(ValueError):
        calendar("x", wrong, "en")
