"""The coordinator's pages by hand: report, return, correct, confirm; propose, agree; a sheet."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from irtysh.portal.desk import desk
from irtysh.registries.programmes import sheets
from irtysh.registries.programmes.models import ChangeRequest, Measure, Report, Version
from tests.registries.programmes.made import measure, person, programme, reported

pytestmark = pytest.mark.django_db

TODAY = date(2026, 7, 10)


@pytest.fixture(autouse=True)
def _today(monkeypatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 7, 10, 6, tzinfo=UTC))


@pytest.fixture
def plan():
    return programme()


def _client(name: str, side: str, role: str = "Coordinator", language: str = "ru") -> Client:
    from wagtail.users.models import UserProfile

    user = person(name, side, role, language)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def _report_address(code: str = "m1") -> str:
    return reverse("programmes_report", args=(code, "2026-01-01"))


def test_report_return_correct_confirm(plan) -> None:
    measure()
    anna, asel = _client("anna", "A"), _client("asel", "B", language="kk")
    desk = anna.get(reverse("programmes_desk")).content.decode()
    assert "Мера m1" in desk and _report_address() in desk
    assert anna.get(_report_address()).status_code == 200
    sent = {"share": "90", "done": "Готово", "submit": "1"}
    proof = SimpleUploadedFile("акт.pdf", b"%PDF-1.7 x")
    assert anna.post(_report_address(), {**sent, "proof_file": proof}).status_code == 302
    report = Report.objects.get()
    read = reverse("programmes_read", args=(report.pk,))
    own = anna.get(read).content.decode()
    assert 'name="confirm"' not in own
    refused = anna.post(read, {"confirm": "1"})
    assert refused.status_code == 200 and "другая сторона" in refused.content.decode()
    other = asel.get(read).content.decode()
    assert 'name="confirm"' in other and "Шара m1" in other
    assert asel.get(reverse("programmes_proof", args=(report.pk,))).getvalue() == b"%PDF-1.7 x"
    report.proof_file.storage.delete(report.proof_file.name)
    seen = re.search(r'name="seen" value="([^"]+)"', other)[1]
    empty = asel.post(read, {"return": "1", "reason": "", "seen": seen})
    assert empty.status_code == 200 and "Себебін жазыңыз" in empty.content.decode()
    sent_back = {"return": "1", "reason": "Актісі жоқ", "seen": seen}
    assert asel.post(read, sent_back).status_code == 302
    assert "Актісі жоқ" in anna.get(_report_address()).content.decode()
    assert anna.post(_report_address(), {**sent, "share": "40"}).status_code == 302
    stale = asel.post(read, {"confirm": "1", "seen": seen})
    assert stale.status_code == 200 and "қайта тапсырылды" in stale.content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', stale.content.decode())[1]
    assert asel.post(read, {"confirm": "1", "seen": seen}).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.share, report.decided_side) == ("confirmed", 40, "B")
    assert Measure.objects.get().light(TODAY).state == "at_risk"


def test_words_survive_a_mistake(plan) -> None:
    measure()
    anna = _client("anna", "A")
    page = anna.post(_report_address(), {"share": "50", "done": " ", "problems": "Ливни",
                                         "submit": "1"}).content.decode()  # fmt: skip
    assert "Напишите, что сделано" in page and "Ливни" in page
    assert not Report.objects.exists()
    page = anna.post(_report_address(), {"share": "500", "done": "Да", "submit": "1"})
    assert page.status_code == 200 and not Report.objects.exists()


def test_a_draft_is_for_its_own_side_alone(plan) -> None:
    measure()
    anna, asel = _client("anna", "A"), _client("asel", "B")
    assert anna.post(_report_address(), {"share": "5", "done": "", "draft": "1"}).status_code == 302
    draft = Report.objects.get()
    assert draft.state == "draft"
    assert asel.get(reverse("programmes_read", args=(draft.pk,)), follow=True).status_code == 404


def test_doors_are_shut_for_others(plan) -> None:
    measure()
    editor = _client("editor", "A", "Editor")
    assert editor.get(_report_address()).status_code in (302, 403)
    sent = {"share": "5", "done": "x", "submit": "1"}
    assert editor.post(_report_address(), sent).status_code in (302, 403)
    member = _client("member", "A", "Member")
    assert member.get(reverse("programmes_desk")).status_code in (302, 403)
    assert not Report.objects.exists()
    anna = _client("anna", "A")
    for start in ("2026-02-01", "nonsense", "2030-01-01"):
        address = reverse("programmes_report", args=("m1", start))
        assert anna.get(address, follow=True).status_code == 404


def test_propose_preview_agree(plan) -> None:
    one = measure()
    anna, asel = _client("anna", "A"), _client("asel", "B", language="kk")
    address = reverse("programmes_propose", args=("measures", one.code))
    form = anna.get(address).context["form"]
    data = {name: field.initial if field.initial is not None else ""
            for name in form.fields if (field := form[name])}  # fmt: skip
    data = {name: value if value is not None else "" for name, value in data.items()}
    data |= {"end": "2027-06-30", "change_reason": "Долго везут", "themes": []}
    preview = anna.post(address, {**data, "preview": "1"}).content.decode()
    assert "30 июня 2027" in preview and not ChangeRequest.objects.exists()
    assert anna.post(address, {**data, "send": "1"}).status_code == 302
    change = ChangeRequest.objects.get()
    page = reverse("programmes_change", args=(change.pk,))
    assert 'name="agree"' not in anna.get(page).content.decode()
    assert 'name="agree"' in asel.get(page).content.decode()
    assert anna.post(page, {"agree": "1"}).status_code == 200
    assert asel.post(page, {"agree": "1"}).status_code == 302
    found = Measure.objects.get()
    assert found.end == "2027-06-30" and found.bodies.count() == 2
    assert asel.get(reverse("programmes_changes")).status_code == 200


def test_a_faulty_sheet_is_shown_and_a_right_one_sent(plan) -> None:
    measure("m1"), measure("m2")
    anna = _client("anna", "A")
    sheet = anna.get(reverse("programmes_sheet_out")).content
    assert sheet.startswith(b"\xef\xbb\xbf") and b"m1" in sheet
    address = reverse("programmes_sheet_in")
    bad = "measure;period_start;share;done\nm1;2026-01-01;40;Да\nm2;2026-01-01;400;Да\n"
    page = anna.post(address, {"file": SimpleUploadedFile("r.csv", bad.encode())})
    assert "«400» – не доля" in page.content.decode()
    assert 'name="submit"' not in page.content.decode() and not Report.objects.exists()
    good = bad.replace("400", "50")
    page = anna.post(address, {"file": SimpleUploadedFile("r.csv", good.encode())})
    assert 'name="submit"' in page.content.decode() and not Report.objects.exists()
    assert anna.post(address, {"submit": "1", "text": page.context["text"]}).status_code == 302
    assert Report.objects.filter(state="submitted").count() == 2
    broken = anna.post(address, {"file": SimpleUploadedFile("r.csv", b"a;b\n")})
    assert "measure" in broken.content.decode() and broken.status_code == 200


def test_a_version_is_frozen_from_its_page(plan) -> None:
    measure()
    anna = _client("anna", "A")
    address = reverse("programmes_versions", args=("plan",))
    assert anna.post(address, {"label": "Подписана"}).status_code == 302
    assert Version.objects.get().made_by == anna.user
    again = anna.post(address, {"label": "Ещё"})
    assert again.status_code == 200 and Version.objects.count() == 1


def test_the_start_page_leads_to_what_waits(plan) -> None:
    one, two = measure("m1"), measure("m2")
    anna, asel = _client("anna", "A"), _client("asel", "B")
    sent = reported(one, 50, state="submitted")
    reported(two, 50, state="returned")
    read = reverse("programmes_read", args=(sent.pk,))
    for client, place in ((anna, "awaiting_them"), (asel, "awaiting_us")):
        found = {queue.name: queue for queue in desk(client.user)}
        assert [row.address for row in found[place].rows] == [read]
    returned = {queue.name: queue for queue in desk(anna.user)}["returned"]
    assert anna.get(returned.rows[0].address).status_code == 200
    due = {queue.name: queue for queue in desk(asel.user)}["due"]
    assert due.rows and all(asel.get(row.address).status_code == 200 for row in due.rows)


def test_nobody_of_neither_side_gets_a_sheet(plan) -> None:
    measure()
    assert sheets.sheet_for(person("root", ""), TODAY).count(b"\n") == 1
