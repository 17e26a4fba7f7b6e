"""Events as readers and calendars see them, with the real case."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from irtysh.publication import case_of
from irtysh.registries.events.models import Event, Series
from irtysh.registries.records.actions import write
from irtysh.registries.records.loading import load_registers

_ATOM = "{http://www.w3.org/2005/Atom}"
_NAME = {"ru": "Событие", "kk": "Іс-шара", "en": "Event"}


@pytest.fixture(scope="module")
def case(portal, django_db_blocker):
    """The registers of the real case, loaded once for the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_registers(case_of(portal).documents)
        yield portal
        transaction.set_rollback(True)


@pytest.fixture
def reader(case, db):
    return Client()


def an_event(code, **more):
    document = {"id": code, "kind": "forum", "name": _NAME, "status": "planned", **more}
    return write(register="events", document=document, by=None)


def text_of(answer):
    return re.sub(r"<[^>]*>", " ", answer.content.decode())


class TestStandings:
    def test_the_forum_of_2022_is_not_called_held(self, reader):
        page = reader.get("/ru/events/interregional-forum-18/")
        assert "Было запланировано, состоялось ли – неизвестно" in text_of(page)
        data = re.search(r'ld\+json">(.*?)</script>', page.content.decode()).group(1)
        assert "eventStatus" not in json.loads(data)

    def test_a_series_shows_its_gaps(self, reader):
        page = text_of(reader.get("/en/event-series/interregional-forum/"))
        assert "5, 6, 10, 12, 13" in page
        assert page.count("no source names it") == 5
        series = Series.objects.get(code="interregional-forum")
        assert series.gaps().unconfirmed == ("interregional-forum-18",)

    def test_a_series_without_events_is_shown_empty(self, reader):
        page = text_of(reader.get("/en/event-series/exhibitions/"))
        assert "Not one event of this series" in page
        assert "What no source names" not in page

    def test_participants_by_side_and_outcomes_by_kind(self, reader):
        page = reader.get("/ru/events/interregional-forum-21/").content.decode()
        assert 'class="side side--A"' in page
        assert "/ru/organisations/akimat-pavlodar/" in page
        assert "/ru/law/memorandum-pavlodar-omsk-2025/" in page
        assert "11–12 ноября 2025" in page

    def test_an_event_is_not_held_before_its_day(self, reader):
        event = an_event("early", status="held", start=f"{timezone.localdate().year + 2}")
        assert "HeldBeforeItsDay" in {fault.code for fault in event.faults()}

    def test_the_database_wants_a_start_for_an_end(self, reader):
        with pytest.raises(IntegrityError), transaction.atomic():
            Event.objects.create(code="x", end="2026-01-01")
        with pytest.raises(IntegrityError), transaction.atomic():
            Event.objects.create(code="x", number=0)


class TestCalendar:
    def test_ahead_year_month_and_what_makes_no_sense(self, reader):
        an_event("ahead", start=f"{timezone.localdate().year + 1}-05-01")
        ahead = reader.get("/ru/events/calendar/").content.decode()
        assert "/ru/events/ahead/" in ahead
        year = reader.get("/ru/events/calendar/", {"year": "2019"}).content.decode()
        assert "/ru/events/interregional-forum-16/" in year
        assert "/ru/events/interregional-forum-17/" not in year
        month = reader.get("/ru/events/calendar/", {"year": "2019", "month": "11"})
        assert month.content.decode().count('href="/ru/events/interregional-forum-16/"') == 3
        for query in ({"year": "zz"}, {"year": "99999", "month": "13"}, {"near": "nowhere"},
                      {"year": "2019", "month": "13"}, {"theme": "zz"}):  # fmt: skip
            assert reader.get("/kk/events/calendar/", query).status_code == 200

    def test_an_event_over_several_days_stands_on_each(self, reader):
        an_event("long", status="held", start="2024-02-27", end="2024-03-02")
        page = "/en/events/calendar/?year=2024&month={}"
        assert reader.get(page.format(2)).content.decode().count("/en/events/long/") == 4
        assert reader.get(page.format(3)).content.decode().count("/en/events/long/") == 3

    def test_near_a_town_the_nearest_come_first(self, reader):
        page = reader.get("/en/events/calendar/", {"near": "omsk"}).content.decode()
        past = page[page.index("Past, nearest to") :]
        km = [int(found.replace(",", "")) for found in re.findall(r"([\d,]+) km away", past)]
        assert km == sorted(km)
        assert km[0] == 0
        assert 260 < km[[one > 0 for one in km].index(True)] < 280, "Petropavl"
        chosen = re.search(r'<option value="omsk" selected>', page)
        assert chosen, "the choice stays in the address and in the form"

    def test_a_territory_and_a_theme_narrow_it(self, reader):
        page = reader.get("/en/events/calendar/", {"year": "2018", "territory": "KZ-59"})
        assert "/en/events/mission-petropavl-2018/" in page.content.decode()
        assert "/en/events/interregional-forum-15/" not in page.content.decode()


class TestFeeds:
    def test_a_calendar_file_of_a_series(self, reader):
        answer = reader.get("/kk/events.ics", {"series": "interregional-forum"})
        assert answer.headers["Content-Type"].startswith("text/calendar")
        text = answer.content.decode().replace("\r\n ", "")
        assert text.startswith("BEGIN:VCALENDAR\r\n")
        dated = Event.objects.filter(
            series__code="interregional-forum", start__regex=r"^\d{4}-\d{2}-\d{2}$"
        ).count()
        assert text.count("BEGIN:VEVENT") == dated
        assert "UID:events/interregional-forum-16@testserver" in text
        assert "DTSTART;VALUE=DATE:20191106\r\nDTEND;VALUE=DATE:20191108" in text
        entry = text[text.index("interregional-forum-18@") :]
        assert "STATUS" not in entry[: entry.index("END:VEVENT")], "nobody knows"

    def test_a_theme_and_a_territory_narrow_it(self, reader):
        an_event("sport-only", start="2030-05-01", themes=["sport"], territories=["KZ-59"])
        both = {"theme": "sport", "territory": "KZ"}
        assert reader.get("/ru/events.ics", both).content.count(b"BEGIN:VEVENT") == 1
        assert reader.get("/ru/events.ics", {"theme": "zz"}).status_code == 404

    @pytest.mark.parametrize("language", ["ru", "kk", "en"])
    def test_the_feed_of_changes_is_atom(self, reader, language):
        answer = reader.get(f"/{language}/news.atom")
        assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        feed = ElementTree.fromstring(answer.content)
        assert feed.tag == f"{_ATOM}feed"
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
        assert feed.find(f"{_ATOM}link[@rel='self']").get("href").endswith("/news.atom")
        entries = feed.findall(f"{_ATOM}entry")
        assert len(entries) == 50
        ids = [entry.findtext(f"{_ATOM}id") for entry in entries]
        assert len(set(ids)) == len(ids)
        updated = [entry.findtext(f"{_ATOM}updated") for entry in entries]
        assert updated == sorted(updated, reverse=True)
        assert feed.findtext(f"{_ATOM}updated") == updated[0]
        for entry in entries:
            assert entry.findtext(f"{_ATOM}title")
        assert reader.get(ids[0].removeprefix("http://testserver")).status_code == 200

    def test_the_tag_changes_with_the_registers_only(self, reader):
        first = reader.get("/ru/news.atom").headers["ETag"]
        again = reader.get("/ru/news.atom", headers={"If-None-Match": first})
        assert again.status_code == 304
        an_event("newest")
        fresh = reader.get("/ru/news.atom", headers={"If-None-Match": first})
        assert fresh.status_code == 200
        assert b"/ru/events/newest/" in fresh.content

    def test_a_register_and_a_theme_narrow_it(self, reader):
        answer = reader.get("/en/news.atom", {"register": "guides", "theme": "trade"})
        feed = ElementTree.fromstring(answer.content)
        ids = [entry.findtext(f"{_ATOM}id") for entry in feed.findall(f"{_ATOM}entry")]
        assert ids
        assert all("/en/guides/" in one for one in ids)
        assert reader.get("/en/news.atom", {"register": "zz"}).status_code == 404
