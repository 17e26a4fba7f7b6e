from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail

from irtysh.registries.programmes.deadlines import deadlines
from irtysh.registries.programmes.reminders import send_reminders
from tests.registries.programmes.made import measure, person, programme, reported

pytestmark = pytest.mark.django_db

DUE = date(2026, 7, 15)


@pytest.fixture
def remind(django_capture_on_commit_callbacks):
    def send(today: date) -> dict[str, int]:
        with django_capture_on_commit_callbacks(execute=True):
            return {kind: count for kind, count in send_reminders(today=today).items() if count}

    return send


def test_each_date_calls_for_its_letter_once(remind) -> None:
    programme()
    measure()
    person("asel", "B", language="kk")
    person("anna", "A")
    person("editor", "A", "Editor")
    assert remind(DUE - timedelta(days=15)) == {}
    assert remind(DUE - timedelta(days=14)) == {"soon": 2}
    assert remind(DUE - timedelta(days=13)) == {}
    assert remind(DUE) == {"today": 2}
    assert remind(DUE) == {}
    assert remind(DUE + timedelta(days=6)) == {}
    assert remind(DUE + timedelta(days=9)) == {"overdue": 2}
    assert len(mail.outbox) == 6
    kazakh = next(one for one in mail.outbox if one.to == ["asel@example.org"])
    assert "Шара m1" in kazakh.body
    assert "Мера m1" in next(one for one in mail.outbox if one.to == ["anna@example.org"]).body


def test_one_letter_names_every_measure(remind) -> None:
    programme()
    for code in ("m1", "m2", "m3"):
        measure(code)
    person("anna", "A")
    assert remind(DUE) == {"today": 1}
    assert mail.outbox[0].body.count("Мера m") == 3


def test_who_has_reported_is_left_alone_and_the_other_side_asked(remind) -> None:
    programme()
    one = measure()
    person("asel", "B", language="kk")
    person("anna", "A")
    reported(one, 40, state="submitted", on=date(2026, 7, 5))
    assert remind(date(2026, 7, 11)) == {"soon": 1}
    assert remind(date(2026, 7, 12)) == {"awaiting": 1}
    assert {one.to[0] for one in mail.outbox} == {"asel@example.org"}
    assert remind(date(2026, 7, 13)) == {}


def test_a_measure_that_is_done_owes_nothing(remind) -> None:
    programme()
    reported(measure(), 100)
    person("asel", "B")
    assert remind(DUE) == {}


def test_done_without_a_proof_still_owes_one(remind) -> None:
    programme()
    reported(measure(), 100, proof="")
    person("asel", "B")
    assert remind(DUE) != {}


def test_deadlines_keep_their_uid_when_a_day_moves() -> None:
    plan = programme()
    measure()

    def entries() -> dict[str, str]:
        lines = deadlines(plan, "ru", date(2026, 7, 10)).decode().replace("\r\n ", "").split("\r\n")
        uids = [line[4:] for line in lines if line.startswith("UID:")]
        return dict(zip(uids, (one for one in lines if one.startswith("DTSTART")), strict=True))

    before = entries()
    assert before["measure-m1-end@127.0.0.1"] == "DTSTART;VALUE=DATE:20261231"
    assert before["programme-plan-end@127.0.0.1"] == "DTSTART;VALUE=DATE:20271231"
    assert before["measure-m1-report-2026-01-01@127.0.0.1"] == "DTSTART;VALUE=DATE:20260715"
    measure(end="2026-11")
    after = entries()
    assert after["measure-m1-end@127.0.0.1"] == "DTSTART;VALUE=DATE:20261130"
    assert set(before) == set(after)
