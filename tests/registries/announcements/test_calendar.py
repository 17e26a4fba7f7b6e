"""The release calendar and the corrections, as readers and calendar programs get them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from irtysh.registries.announcements.models import Announcement
from irtysh.registries.announcements.rules import is_late
from irtysh.registries.records.actions import write
from irtysh.sources.registers.agreement import disagreements

_TEXT = {"ru": "Слово", "kk": "Сөз", "en": "Word"}


def announced(**more):
    document = {"id": "one", "state": "provisional", "name": _TEXT, "planned_on": "2031-02-03"}
    return write(register="announcements", document={**document, **more}, by=None)


@pytest.fixture
def reader(portal):
    return Client()


@pytest.mark.parametrize(
    ("columns", "codes"),
    [
        ({"state": "published"}, ["PublishedWithoutDay"]),
        ({"state": "provisional", "published_on": "2026-01-01"}, ["PublishedWithoutDay"]),
        ({"state": "cancelled"}, ["CancelledWithoutReason"]),
        ({"state": "cancelled", "moves": [{"reason": _TEXT}]}, []),
        ({"state": "published", "published_on": "2026-01-01"}, []),
    ],
)
def test_states_and_days_agree(columns, codes):
    found = [error.code for _column, error in disagreements("announcements", columns)]
    assert found == codes


@pytest.mark.parametrize(
    ("planned", "late"), [("2026-11-21", True), ("2026-11-22", False), ("2026-11", False),
                          ("2026-10", True), ("2027", False)],
)  # fmt: skip
def test_a_month_is_late_when_it_is_over(planned, late):
    assert is_late("confirmed", planned, "2026-11-22") is late
    assert not is_late("published", planned, "2026-11-22")


@pytest.mark.django_db
def test_the_database_refuses_a_day_of_what_was_not_published():
    announced()
    with pytest.raises(IntegrityError), transaction.atomic():
        Announcement.objects.update(published_on="2026-01-01")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_what_is_to_come_stands_first_and_what_is_late_says_so(reader, language):
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    announced(id="later", planned_on="2031-03-01")
    late = announced(id="overdue", planned_on=yesterday, state="confirmed")
    announced(
        id="off", state="cancelled", moves=[{"planned_before": "2031-01-01", "reason": _TEXT}]
    )
    page = reader.get(f"/{language}/release-calendar/").content.decode()
    coming = page[page.index('id="coming"') : page.index('id="published"')]
    assert coming.index("/overdue/") < coming.index("/later/")
    assert "/off/" not in coming
    assert [tag.code for tag in late.tags(language)] == ["confirmed", "late"]
    assert reader.get(f"/{language}/release-calendar/off/").status_code == 200


@pytest.mark.django_db
def test_published_versions_stand_below(reader, portal):
    page = reader.get("/en/release-calendar/").content.decode()
    assert "No release is announced for a day to come." in page
    assert portal.id in page[page.index('id="published"') :]


@pytest.mark.django_db
def test_a_calendar_program_gets_days_and_states(reader):
    announced(id="day", planned_on="2031-02-03", state="confirmed")
    announced(id="month", planned_on="2031-02")
    announced(id="out", state="published", planned_on="2026-01-01", published_on="2026-01-05")
    answer = reader.get("/kk/release-calendar.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    lines = answer.content.decode().replace("\r\n ", "").split("\r\n")
    assert "UID:announcements/day@testserver" in lines
    assert "DTSTART;VALUE=DATE:20310203" in lines
    assert "STATUS:CONFIRMED" in lines
    assert f"DTSTART;VALUE=DATE:{date(2026, 1, 5):%Y%m%d}" in lines
    assert not any("month@" in line for line in lines)


@pytest.mark.django_db
def test_a_correction_is_a_page_and_an_entry_of_the_feed(reader):
    document = {
        "id": "mended", "kind": "correction", "name": {**_TEXT, "en": "The total of 2020"},
        "announced_on": "2026-11-01", "datasets": ["TRADE_PARTNER"],
        "was": {**_TEXT, "en": "twice"}, "corrected": {**_TEXT, "en": "once"},
    }  # fmt: skip
    write(register="corrections", document=document, by=None)
    page = reader.get("/en/corrections/mended/").content.decode()
    assert "twice" in page and "once" in page
    feed = reader.get("/en/news.atom?register=corrections").content.decode()
    assert "The total of 2020" in feed


@pytest.mark.django_db
def test_what_is_to_come_says_when_of_what_and_from_when_it_was_moved(reader, portal):
    moves = [{"planned_before": "2031-01-01", "reason": _TEXT}]
    announced(id="moved", planned_on="2031-03-01", datasets=["TRADE_PARTNER"], moves=moves)
    page = reader.get("/en/release-calendar/").content.decode()
    assert page.count("planned for 1 March 2031 · before that for 1 January 2031") == 2
    assert "Trade by partner" in page[page.index('id="coming"') : page.index('id="published"')]
    assert f"/en/explore/TRADE_PARTNER/?version={portal.id}" in page
    record = reader.get("/en/release-calendar/moved/").content.decode()
    assert '<a href="/en/explore/TRADE_PARTNER/">Trade by partner</a>' in record


@pytest.mark.django_db
def test_without_announcements_and_corrections_nothing_is_empty_twice(reader):
    calendar = reader.get("/en/release-calendar/").content.decode()
    assert "All announcements" not in calendar
    assert "0 records" not in calendar
    corrections = reader.get("/en/corrections/").content.decode()
    assert "There have been no corrections so far." in corrections
    assert "0 records" not in corrections
