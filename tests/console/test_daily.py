"""`irtysh daily`: every step is taken, a second run does nothing, a failure stops no other."""

from __future__ import annotations

import io
import json
from argparse import Namespace
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.utils import timezone

from irtysh.accounts.letters import forget_old_letters
from irtysh.accounts.models import Outcome, SignIn
from irtysh.console import daily
from irtysh.console.daily import Done, Step, steps, take
from irtysh.console.shell import FAULTS, OK, Shell
from irtysh.registries.acts.models import Act
from irtysh.registries.offers.models import Offer
from irtysh.registries.records.actions import write
from irtysh.registries.records.imports import UploadedSheet
from irtysh.registries.records.models import Listing, ListingFacet
from irtysh.vocabulary.errors import UnknownCode
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import catalogue
from tests.registries.offers.made import firm, published, speaker
from tests.registries.programmes.made import measure, person, programme


def ran(language: str = "en", as_json: bool = False) -> tuple[int, str]:
    out = io.StringIO()
    code = daily.run(Namespace(), Shell(language, as_json, out=out, err=io.StringIO()))
    return code, out.getvalue()


def counts(done: list[Done]) -> dict[str, int]:
    assert [one.error for one in done] == [None] * len(done)
    return {name: count for one in done for name, count in one.counts.items()}


def owed(today: date) -> None:
    """Leave something to do for as many steps as can be had."""
    yesterday = today - timedelta(days=1)
    # An act that ended yesterday and is listed as it stood before.
    document = {"id": "old", "kind": "law", "title": {"ru": "Закон"}, "status": "in_force",
                "status_as_of": "2020-01-01", "valid_from": "2010",
                "valid_to": yesterday.isoformat()}  # fmt: skip
    write(register="acts", document=document, by=None)
    ListingFacet.objects.filter(facet="standing").update(value="in_force")
    # An offer past its last day.
    plough = firm()
    offer = published(plough, speaker(plough))
    Offer.objects.filter(pk=offer.pk).update(
        published_on=(today - timedelta(days=90)).isoformat(), expires_on=yesterday.isoformat()
    )
    # A report that nobody gave.
    programme()
    half = today - timedelta(days=400)
    measure(start=half.isoformat(), end=(today + timedelta(days=400)).isoformat())
    person("coordinator", "A")
    # A sign-in, an upload and a session from long ago.
    row = SignIn.objects.create(outcome=Outcome.REFUSED, address="203.0.113.7")
    SignIn.objects.filter(pk=row.pk).update(at=timezone.now() - timedelta(days=100))
    sheet = UploadedSheet.objects.create(
        register="acts", file="a.csv", content=b"id", by=person("importer", "A"), seen={}
    )
    UploadedSheet.objects.filter(pk=sheet.pk).update(at=timezone.now() - timedelta(days=9))
    Session.objects.create(
        session_key="x" * 32, session_data="", expire_date=timezone.now() - timedelta(days=1)
    )
    # A record that its editor wanted to be gone by now.
    ending = firm("ending")
    type(ending).objects.filter(pk=ending.pk).update(expire_at=timezone.now() - timedelta(hours=1))


@pytest.mark.django_db
def test_everything_due_is_done_once(django_capture_on_commit_callbacks: Any) -> None:
    today = timezone.localdate()
    with django_capture_on_commit_callbacks(execute=True):
        owed(today)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        first = counts(take(steps(), today))
    for name in ("scheduled_ended", "acts_relisted", "offers_expired", "reports_overdue",
                 "signins_shortened", "uploads_forgotten", "sessions_ended"):  # fmt: skip
        assert first[name] >= 1, (name, first)
    assert Act.objects.get(code="old").standing().status == "expired"
    assert ListingFacet.objects.get(facet="standing").value == "expired"
    assert not Listing.objects.filter(register="organisations", code="ending").exists()
    assert not Listing.objects.filter(register="offers").exists()
    letters = len(mail.outbox)
    assert letters >= 2  # the offer's owner, the coordinator

    with django_capture_on_commit_callbacks(execute=True):
        second = counts(take(steps(), today))
    assert set(second.values()) == {0}, second
    assert len(mail.outbox) == letters
    assert forget_old_letters() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_and_every_count_has_words(language: str) -> None:
    code, said = ran(language)
    assert code == OK
    assert len(said.splitlines()) == len(steps())
    for done in take(steps(), timezone.localdate()):
        for key in (f"daily-{done.name}", *(f"daily-count-{name}" for name in done.counts)):
            assert catalogue("console")[key][language]


@pytest.mark.django_db
def test_json_has_the_same_numbers() -> None:
    code, said = ran(as_json=True)
    answer = json.loads(said)
    assert (code, answer["failed"]) == (OK, 0)
    assert [one["step"] for one in answer["steps"]] == [one.name for one in steps()]
    assert all(isinstance(n, int) for one in answer["steps"] for n in one["counts"].values())


def _fails(_day: date) -> dict[str, int]:
    raise UnknownCode(code="x", codelist="themes", near="y")


def _breaks(_day: date) -> dict[str, int]:
    raise ZeroDivisionError("a mistake of the program")


def test_a_step_that_fails_stops_no_other() -> None:
    today = date(2026, 7, 1)
    reached = []
    last = Step("sessions", lambda day: reached.append(day) or {"sessions_ended": 1})
    done = take([Step("acts", _fails), Step("offers", _breaks), last], today)
    assert [type(one.error).__name__ for one in done] == [
        "UnknownCode", "ZeroDivisionError", "NoneType",
    ]  # fmt: skip
    assert reached == [today]


@pytest.mark.django_db
def test_a_failure_is_said_and_gives_another_exit_code(monkeypatch: Any) -> None:
    own = steps()
    monkeypatch.setattr(daily, "steps", lambda: [Step("acts", _fails), *own[-2:]])
    code, said = ran()
    assert code == FAULTS
    assert len(said.splitlines()) == 4
    assert "acts" in said.splitlines()[-1]
    assert "failure" in said.splitlines()[0]
    code, said = ran(as_json=True)
    assert (code, json.loads(said)["failed"]) == (FAULTS, 1)
    assert json.loads(said)["steps"][0]["error"]
