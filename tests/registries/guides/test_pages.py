"""Guides as readers see them."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from irtysh.registries.records.actions import write

pytestmark = pytest.mark.django_db

_TEXT = {"ru": "Слово", "kk": "Сөз", "en": "Word"}


@pytest.fixture
def reader(portal):
    return Client()


def a_guide(**more):
    document = {
        "id": "a-guide", "kind": "work", "audience": "worker", "name": _TEXT,
        "steps": [
            {"title": {"en": "First <b>"}, "text": _TEXT, "checked_on": "2026-05-01"},
            {"title": {"en": "Second"}, "text": _TEXT},
        ],
        **more,
    }  # fmt: skip
    return write(register="guides", document=document, by=None)


def test_steps_in_their_order_also_for_machines(reader):
    a_guide(checked_on=timezone.localdate().isoformat())
    page = reader.get("/en/guides/a-guide/").content.decode()
    assert page.index('id="step-1"') < page.index('id="step-2"')
    assert "First &lt;b&gt;" in page
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page).group(1))
    assert data["@type"] == "HowTo"
    assert [step["name"] for step in data["step"]] == ["First <b>", "Second"]
    assert data["step"][1]["url"].endswith("/en/guides/a-guide/#step-2")


@pytest.mark.parametrize(
    ("language", "words"),
    [("ru", "могла устареть"), ("kk", "ескіруі мүмкін"), ("en", "may be out of date")],
)
def test_past_its_day_it_says_so(reader, language, words):
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    guide = a_guide(checked_on="2026-01-01", expires_on=yesterday)
    assert words in reader.get(f"/{language}/guides/a-guide/").content.decode()
    assert guide.tags(language)[-1].code == "outdated"


def test_a_step_in_another_language_says_which(reader):
    a_guide()
    page = reader.get("/kk/guides/a-guide/").content.decode()
    assert '<h3 lang="en">Second</h3>' in page


def test_without_steps_it_says_what_is_missing(reader):
    a_guide(steps=[], missing=_TEXT, where_to_look=_TEXT)
    page = reader.get("/en/guides/a-guide/").content.decode()
    assert "What is missing here" in page
    assert "the portal makes none up" in page


def test_the_list_is_by_whom_they_are_for(reader):
    a_guide()
    a_guide(id="another", audience="student")
    page = reader.get("/en/guides/").content.decode()
    assert page.index('id="for-worker"') < page.index('id="for-student"')
    narrowed = reader.get("/en/guides/", {"audience": "student"}).content.decode()
    assert "/en/guides/another/" in narrowed
    assert "/en/guides/a-guide/" not in narrowed


def test_a_record_can_be_shared_without_script_or_frame(reader):
    a_guide(name={"en": 'A "quoted" <guide> & more'})
    page = reader.get("/en/guides/a-guide/").content.decode()
    shared = page[page.index('class="section section--near share"') :]
    assert "&lt;blockquote cite=" in shared
    assert "&lt;iframe" not in shared
    # What a reader copies is HTML: the name in it is escaped there too.
    assert "&amp;lt;guide&amp;gt; &amp;amp; more" in shared
    assert "/en/follow/guides/a-guide/" in shared
