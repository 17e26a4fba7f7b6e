"""What visitors see of a programme: in each language, with nothing, and with everything."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from irtysh.portal.registers.gantt import scale_of
from irtysh.registries.programmes.actions import freeze_version
from irtysh.registries.programmes.models import Report
from irtysh.registries.programmes.rules import Term
from irtysh.registries.records.actions import write
from tests.registries.programmes.made import measure, programme, reported

pytestmark = pytest.mark.django_db

TODAY = date(2026, 7, 10)


@pytest.fixture(autouse=True)
def _today(monkeypatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 7, 10, 6, tzinfo=UTC))


def _text(client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def _full():
    plan = programme("plan", owners=[{"name": {"ru": "Сторона А"}, "side": "A"}])
    write(register="objectives", by=None, document={
        "id": "goal", "programme": "plan", "level": "goal", "name": {"ru": "Цель", "kk": "Мақсат"},
    })  # fmt: skip
    write(register="objectives", by=None, document={
        "id": "task", "programme": "plan", "parent": "goal", "level": "objective",
        "name": {"ru": "Задача"}, "leads_to": [{"to": "objectives/goal",
        "assumption": {"ru": "Если откроют мост"}, "risk": {"ru": "Паводок"}}],
    })  # fmt: skip
    first = measure("m1", objective="task", end="2026")
    measure("m2", start="2026-06-01", depends_on=[{"measure": "m1"}])
    measure("m3", start="", end="", bodies=[])
    write(register="targets", by=None, document={
        "id": "aim", "programme": "plan", "level": "result", "name": {"ru": "Показатель"},
        "direction": "up", "objective": "task",
    })  # fmt: skip
    return plan, first


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_pages_of_a_whole_programme(portal, client, language) -> None:
    _plan, first = _full()
    reported(first, 30)
    for path in ("programmes/plan/", "programmes/plan/roadmap/", "programmes/plan/changes/",
                 "measures/m1/", "measures/m2/", "measures/m3/", "objectives/task/",
                 "targets/aim/"):  # fmt: skip
        assert "<h1" in _text(client, f"/{language}/{path}")


def test_the_tree_shows_what_is_missing(portal, client) -> None:
    _full()
    page = _text(client, "/ru/programmes/plan/")
    for said in ("Задача", "Если откроют мост", "Паводок", "цель не задана", "нет данных",
                 "исполнитель не назван", "срок не назван"):  # fmt: skip
        assert said in page, said
    assert page.index("Цель") < page.index("Задача") < page.index("Мера m1")
    assert "Пора пересмотреть" in page


def test_the_arithmetic_of_a_light_is_on_the_page(portal, client) -> None:
    _plan, first = _full()
    reported(first, 30)
    page = _text(client, "/ru/measures/m1/")
    # 180 of 364 days: 0,49; 0,30 of it: 0,61.
    assert "0,30 / 0,49 = 0,61" in page
    assert "под угрозой срыва" in page
    assert "только одна сторона" in page


def test_what_is_not_confirmed_is_not_shown(portal, client) -> None:
    _plan, first = _full()
    for state in ("draft", "submitted", "returned"):
        Report.objects.all().delete()
        reported(first, 30, state=state)
        page = _text(client, "/ru/measures/m1/")
        assert "Сделано" not in page.split("Подтверждённые отчёты")[1]
        assert "нет отчёта" in page


def test_a_proof_is_sent_only_if_public_and_confirmed(portal, client) -> None:
    _plan, first = _full()
    report = reported(first, 30)
    report.proof_name = "акт.pdf"
    report.proof_file.save("x.pdf", ContentFile(b"%PDF-1.7"))
    path = f"/ru/measures/m1/proof/{report.pk}/"
    try:
        assert client.get(path).status_code == 404
        Report.objects.update(proof_is_public=True)
        response = client.get(path)
        assert response.getvalue() == b"%PDF-1.7"
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in response.headers["Content-Security-Policy"]
        Report.objects.update(state="submitted")
        assert client.get(path).status_code == 404
        assert client.get(f"/ru/measures/m2/proof/{report.pk}/").status_code == 404
    finally:
        report.proof_file.storage.delete(report.proof_file.name)


def test_an_ended_programme_says_so_by_its_dates(portal, client) -> None:
    programme("old", valid_from="2018", valid_to="2023", stated={"ru": "активно действует"})
    page = _text(client, "/ru/programmes/old/")
    assert "Срок закончился" in page
    assert "активно действует" in page
    assert "Меры неизвестны" in page
    assert "Меры неизвестны" in _text(client, "/ru/programmes/old/roadmap/")
    programme("vague", valid_from="", valid_to="")
    assert "нельзя сказать, что программа действует" in _text(client, "/ru/programmes/vague/")


def test_the_roadmap_says_in_words_what_it_draws(portal, client) -> None:
    plan, first = _full()
    reported(first, 30)
    freeze_version(programme=plan, label="Подписана", by=None, made_on=date(2026, 1, 10))
    measure("m1", objective="task", end="2027-06")
    measure("m4")
    page = _text(client, "/ru/programmes/plan/roadmap/")
    assert "было: 1 января 2026 г. – 2026" in page
    assert "изменена с тех пор" in page and "добавлена с тех пор" in page
    assert "начинается раньше, чем закончится то, от чего зависит" in page
    assert "срок не назван" in page
    assert page.count('class="was"') == 1
    assert 'style="' not in page
    plain = _text(client, "/ru/programmes/plan/roadmap/?since=none")
    assert 'class="was"' not in plain and "добавлена с тех пор" not in plain
    for number in re.findall(r'(?:x|x1|width)="([^"%]+)%"', page):
        assert 0 <= float(number) <= 100, number


def test_what_changed_since_a_version_and_since_a_day(portal, client) -> None:
    plan, _first = _full()
    freeze_version(programme=plan, label="Подписана", by=None, made_on=date(2026, 1, 10))
    assert "Ничего не изменилось" in _text(client, "/ru/programmes/plan/changes/?since=1")
    measure("m1", objective="task", end="2027-06")
    page = _text(client, "/ru/programmes/plan/changes/?since=1")
    assert "<del" in page and "июнь 2027" in page and "Срок исполнения" in page
    day = _text(client, "/ru/programmes/plan/changes/?since=2020-01-01")
    assert "Добавлено: 7" in day
    for wrong in ("99", "2026-13-45", "x", "9999-12-31"):
        assert "Такой версии или дня нет" in _text(
            client, f"/ru/programmes/plan/changes/?since={wrong}"
        )
    _text(client, "/ru/programmes/none/changes/", 404)


def test_deadlines_are_a_calendar_in_the_readers_language(portal, client) -> None:
    _full()
    for language, word in (("ru", "Срок меры"), ("kk", "Шараның мерзімі"), ("en", "Term of")):
        response = client.get(f"/{language}/programmes/plan/deadlines.ics")
        assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
        text = response.content.decode().replace("\r\n ", "")
        assert word in text and "UID:measure-m1-end@" in text


@pytest.mark.parametrize(
    "code", ["interstate-2018-2023", "paper-directions", "plan-oms-sko-2025-2028"]
)
def test_programmes_of_the_first_case(portal, client, code) -> None:
    from irtysh.publication import case_of
    from irtysh.registries.records.loading import load_registers

    documents = case_of(portal).documents
    needed = {"programmes", "objectives", "measures", "targets", "acts", "organisations",
              "territories"}  # fmt: skip
    load_registers({name: found for name, found in documents.items() if name in needed})
    for page in ("", "roadmap/", "changes/"):
        _text(client, f"/kk/programmes/{code}/{page}")
    if code == "interstate-2018-2023":
        assert "Срок закончился" in _text(client, f"/ru/programmes/{code}/")


def test_a_scale_holds_every_day_and_draws_open_ends_to_its_edge() -> None:
    terms = [Term(date(2026, 3, 1), None), Term(date(2027, 1, 1), date(2027, 1, 1))]
    scale = scale_of(terms, TODAY)
    assert (scale.first, scale.last) == (date(2026, 1, 1), date(2027, 12, 31))
    bar = scale.bar(terms[0], TODAY)
    assert bar["open_end"] and bar["x"] + bar["width"] == pytest.approx(100)
    assert scale.bar(Term(None, None), TODAY) is None
    assert scale_of([Term(None, None)], TODAY) is None
