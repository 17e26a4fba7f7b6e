"""Pages of evaluations and their interface for machines: in each language, past and present."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from irtysh.evaluation.strategy.outcome import STEPS
from irtysh.registries.evaluations import rules
from irtysh.registries.evaluations.actions import evaluate_now
from irtysh.registries.programmes.models import Measure
from irtysh.registries.records.actions import write
from irtysh.vocabulary.text import LANGUAGES
from tests.registries.programmes.made import measure, programme, reported

pytestmark = pytest.mark.django_db


def _now():
    return evaluate_now(by=None, reason=rules.SHELL)


def _text(client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def test_before_the_first_one_the_pages_say_so(portal, client) -> None:
    for page in ("evaluation/", "evaluation/history/", "evaluation/compare/", "evaluation/tasks/"):
        for language in LANGUAGES:
            assert "<h1" in _text(client, f"/{language}/{page}")
    _text(client, "/ru/evaluation/1/", 404)
    assert client.get("/api/evaluations/latest.json").status_code == 404


def test_every_step_of_the_real_case_in_every_language(portal, client) -> None:
    made = _now()
    outcome = made.outcome
    for language in LANGUAGES:
        page = _text(client, f"/{language}/evaluation/")
        for step in outcome.steps:
            assert f"/{language}/evaluation/1/{step.id}/" in page
        for step in STEPS:
            own = _text(client, f"/{language}/evaluation/1/{step}/")
            for line in outcome.step(step).lines:
                assert f'id="{line.id}"' in own, line.id
    _text(client, "/ru/evaluation/1/E99/", 404)
    _text(client, "/ru/evaluation/2/", 404)
    _text(client, "/ru/evaluation/compare/?a=1&b=7", 404)
    assert "<h1" in _text(client, "/ru/evaluation/compare/?a=1&b=1")


def test_the_history_finds_what_held_on_a_day(portal, client) -> None:
    made = _now()
    found = client.get(f"/ru/evaluation/history/?day={made.day}")
    assert (found.status_code, found.headers["Location"]) == (302, "/ru/evaluation/1/")
    early = _text(client, f"/ru/evaluation/history/?day={made.day - timedelta(days=1)}")
    assert "оценок ещё не сохраняли" in early
    assert "Такого дня нет" in _text(client, "/ru/evaluation/history/?day=x")


def test_a_past_release_shows_the_evaluation_made_from_it(portal, client) -> None:
    made = _now()
    page = _text(client, f"/ru/evaluation/?release={made.release}")
    assert "Оценка стратегии" in page


def test_machines_get_the_same_numbers(portal, client) -> None:
    made = _now()
    response = client.get("/api/evaluations/latest.json?lang=kk")
    data = response.json()
    assert (data["number"], data["outcome_digest"]) == (1, made.outcome_digest)
    lines = {line["id"]: line for step in data["steps"] for line in step["lines"]}
    assert set(lines) == set(made.outcome.lines)
    for line_id, line in lines.items():
        assert line["said"] == made.words("kk")[line_id]
        assert line["figures"] == made.outcome.lines[line_id].figures
    etag = response.headers["ETag"]
    path = "/api/evaluations/1.json?lang=kk"
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
    assert client.get("/api/evaluations/").json()["evaluations"][0]["number"] == 1
    assert client.get("/api/evaluations/77.json").status_code == 404


def test_risks_registered_and_found_by_rule_stand_side_by_side(portal, client) -> None:
    today = timezone.localdate()
    write(register="acts", by=None, document={
        "id": "soon-over", "kind": "law", "title": {"ru": "Соглашение"}, "status": "in_force",
        "status_as_of": "2026-01-01", "valid_to": (today + timedelta(days=40)).isoformat(),
    })  # fmt: skip
    write(register="risks", by=None, document={
        "id": "flood", "kind": "environmental", "name": {"ru": "Паводок", "kk": "Тасқын"},
        "status": "treated", "likelihood": 4, "impact": 5, "residual_likelihood": 2,
        "residual_impact": 5, "countermeasure": {"ru": "Дамба"},
    })  # fmt: skip
    made = _now()
    raised = [line for line in made.outcome.step("E8").lines if line.id.startswith("E8.auto.")]
    assert any("soon-over" in line.id for line in raised)
    for language in LANGUAGES:
        page = _text(client, f"/{language}/risks/")
        for line in raised:
            assert f'id="{line.id}"' in page
        assert f"/{language}/risks/flood/" in page
    own = _text(client, "/ru/risks/flood/")
    for said in ("4 × 5 = 20", "2 × 5 = 10", "Дамба", "высокий риск", "средний риск"):
        assert said in own, said


def test_the_road_map_and_the_evaluation_tell_one_tale(portal, client) -> None:
    programme("plan")
    one, other = measure("m1"), measure("m2")
    measure("m3")
    measure("m4")
    for of, share in ((one, 100), (other, 95)):
        reported(of, share, on=timezone.localdate())
    made = _now()
    said = {line.subject["id"]: line.status for line in made.outcome.step("E1").lines}
    today = timezone.localdate()
    for code in ("m1", "m2", "m3", "m4"):
        assert said[code] == Measure.objects.get(code=code).light(today).state
    fires = "E10.measures_behind.plan" in {line.id for line in made.outcome.triggers}
    page = _text(client, "/ru/programmes/plan/")
    assert ("Пора пересмотреть" in page) is fires is True
    assert "/ru/evaluation/1/E10/#E10.measures_behind.plan" in page
