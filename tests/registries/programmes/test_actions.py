from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from irtysh.accounts.permissions import NotAllowed
from irtysh.registries.programmes import actions, proofs, reporting, rules
from irtysh.registries.programmes.models import (
    ChangeRequest,
    Measure,
    Report,
    Version,
    VersionIsFrozen,
)
from irtysh.registries.programmes.reporting import ProofNotAnAddress
from irtysh.registries.programmes.trees import tree_as_of, tree_of
from irtysh.registries.records.actions import DraftInTheWay
from irtysh.registries.records.bulk import read_and_preview
from irtysh.registries.records.documents import document_of
from irtysh.vocabulary.wording import explain
from tests.registries.programmes.made import (
    H1,
    TODAY,
    measure,
    person,
    programme,
    reported,
    words,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return programme()


@pytest.fixture
def asel():
    return person("asel", "B", language="kk")


@pytest.fixture
def anna():
    return person("anna", "A")


def _submit(of: Measure, by, share: int = 50, **more) -> Report:
    return actions.submit_report(
        measure=of, period_start=H1, words=words(share, **more), by=by, today=TODAY
    )


def test_one_side_reports_and_the_other_confirms(plan, anna, asel) -> None:
    one = measure()
    report = _submit(one, anna)
    assert (report.state, report.side, report.language) == ("submitted", "A", "ru")
    assert one.light(TODAY).state == rules.NO_REPORT
    actions.confirm_report(report=report, by=asel)
    report.refresh_from_db()
    assert (report.state, report.decided_side, report.decided_by) == ("confirmed", "B", asel)
    assert Measure.objects.get(code="m1").light(TODAY.replace(year=2027)).state == rules.NO_REPORT


def test_nobody_confirms_what_their_own_side_wrote(plan, anna, asel) -> None:
    report = _submit(measure(), anna)
    for own in (anna, person("igor", "A")):
        with pytest.raises(reporting.OwnSideCannotConfirm):
            actions.confirm_report(report=report, by=own)
    with pytest.raises(reporting.NoSideToSpeakFor):
        actions.confirm_report(report=report, by=person("root", "", "Administrator"))
    with pytest.raises(NotAllowed):
        actions.confirm_report(report=report, by=person("editor", "B", "Editor"))
    report.refresh_from_db()
    assert report.state == "submitted"


def test_the_database_itself_refuses_a_report_confirmed_by_its_own_side(plan) -> None:
    report = reported(measure(), 50, state="submitted")
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(
            state="confirmed", decided_side="A", decided_at=report.submitted_at
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(state="confirmed")


@pytest.mark.parametrize(
    "wrong",
    [
        {"share": 101}, {"side": ""}, {"period_end": date(2025, 1, 1)}, {"state": "odd"},
        {"state": "returned", "reason": ""}, {"submitted_at": None},
    ],
)  # fmt: skip
def test_the_database_refuses(plan, wrong) -> None:
    report = reported(measure(), 50, state="submitted")
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(**wrong)


def test_one_report_a_measure_period_and_side(plan) -> None:
    one = measure()
    reported(one, 50)
    reported(one, 50, side="B")
    with pytest.raises(IntegrityError), transaction.atomic():
        reported(one, 60)


def test_who_has_no_right_cannot_report(plan, anna) -> None:
    one = measure()
    with pytest.raises(NotAllowed):
        _submit(one, person("editor", "A", "Editor"))
    with pytest.raises(reporting.NoSideToSpeakFor):
        _submit(one, person("root", "", "Administrator"))
    of_b = measure("m2", bodies=[{"name": {"ru": "Б"}, "side": "B"}])
    with pytest.raises(NotAllowed):
        _submit(of_b, anna)


def test_a_returned_report_is_submitted_anew_and_its_history_stays(plan, anna, asel) -> None:
    report = _submit(measure(), anna, 90, done="Всё готово")
    with pytest.raises(reporting.ReasonNeeded):
        actions.return_report(report=report, reason="  ", by=asel)
    actions.return_report(report=report, reason="Актісі жоқ", by=asel)
    report.refresh_from_db()
    assert (report.state, report.reason) == ("returned", "Актісі жоқ")
    _submit(report.measure, anna, 40, done="Готово наполовину")
    report.refresh_from_db()
    assert (report.state, report.share, report.reason) == ("submitted", 40, "")
    log = ModelLogEntry.objects.for_instance(report).order_by("timestamp")
    assert [(one.action, one.data["share"], one.data["done"]) for one in log] == [
        ("programmes.report.submit", 90, "Всё готово"),
        ("programmes.report.return", 90, "Всё готово"),
        ("programmes.report.submit", 40, "Готово наполовину"),
    ]
    assert log[1].data["reason"] == "Актісі жоқ"
    assert log[1].user == asel


def test_a_step_out_of_order_is_refused(plan, anna, asel) -> None:
    one = measure()
    draft = actions.save_report(measure=one, period_start=H1, words=words(), by=anna, today=TODAY)
    with pytest.raises(reporting.NotInThisState):
        actions.confirm_report(report=draft, by=asel)
    report = _submit(one, anna)
    assert report.pk == draft.pk
    with pytest.raises(reporting.NotInThisState):
        _submit(one, anna)
    actions.confirm_report(report=report, by=asel)
    for again in (
        lambda: actions.confirm_report(report=report, by=asel),
        lambda: actions.return_report(report=report, reason="x", by=asel),
        lambda: _submit(one, anna),
    ):
        with pytest.raises(reporting.NotInThisState):
            again()


@pytest.mark.parametrize("start", [date(2026, 2, 1), date(2027, 1, 1), date(2025, 7, 1)])
def test_only_periods_of_the_measure_that_have_begun(plan, anna, start) -> None:
    with pytest.raises(reporting.NotAReportingPeriod):
        actions.submit_report(
            measure=measure(), period_start=start, words=words(), by=anna, today=TODAY
        )


def test_an_empty_report_and_an_odd_share_are_refused(plan, anna) -> None:
    one = measure()
    with pytest.raises(reporting.ReportSaysNothing):
        _submit(one, anna, done="   ")
    for share in (101, -1, "половина", "1.5", None):
        with pytest.raises(reporting.ShareNotAShare):
            _submit(one, anna, share)
    assert not Report.objects.exists()


def test_a_proof_is_checked_and_kept_apart(plan, anna, settings) -> None:
    one = measure()
    for name, content in (("a.exe", b"MZ"), ("a.pdf", b"<script>"), ("a", b"%PDF-")):
        with pytest.raises(proofs.ProofOfUnknownKind):
            _submit(one, anna, proof_file=SimpleUploadedFile(name, content))
    large = SimpleUploadedFile("a.pdf", b"%PDF-" + b"0" * proofs.LARGEST)
    with pytest.raises(proofs.ProofTooLarge):
        _submit(one, anna, proof_file=large)
    good = SimpleUploadedFile("../Акт №1\r\n.pdf", b"%PDF-1.7")
    report = _submit(one, anna, proof_file=good)
    assert "/" not in report.proof_name and "\n" not in report.proof_name
    assert report.proof_name.endswith(".pdf")
    kept = Path(report.proof_file.path)
    assert kept.read_bytes() == b"%PDF-1.7"
    kept.unlink()
    assert not kept.is_relative_to(settings.MEDIA_ROOT)
    assert "Акт" not in kept.name


def test_jointness_counts_sides_that_spoke(plan) -> None:
    one = measure()
    assert one.jointness(TODAY).received == 0
    reported(one, 50, state="submitted")
    reported(one, 50, side="B", state="draft")
    found = Measure.objects.get().jointness(TODAY)
    assert (found.received, found.is_one_sided) == (1, True)
    Report.objects.filter(side="B").update(state="submitted", submitted_at="2026-07-05T00:00Z")
    assert Measure.objects.get().jointness(TODAY).received == 2


# Changes


def _change(of: Measure, by, **fields) -> ChangeRequest:
    document = {**document_of(of), **fields}
    return actions.propose_change(record=of, document=document, reason="Срок нереален", by=by)


def test_a_change_applies_when_the_other_side_agrees(plan, anna, asel) -> None:
    one = measure()
    change = _change(one, anna, end="2027-06-30")
    assert Measure.objects.get().end == "2026-12-31"
    with pytest.raises(reporting.OwnSideCannotConfirm):
        actions.agree_change(change=change, by=anna)
    actions.agree_change(change=change, by=asel)
    found = Measure.objects.get()
    assert found.end == "2027-06-30"
    assert found.bodies.count() == 2
    assert found.latest_revision.user == asel
    change.refresh_from_db()
    assert (change.state, change.side, change.decided_side) == ("agreed", "A", "B")


def test_a_change_can_be_refused_or_withdrawn_once(plan, anna, asel) -> None:
    one = measure()
    change = _change(one, anna, end="2027-06-30")
    with pytest.raises(reporting.ReasonNeeded):
        actions.refuse_change(change=change, answer="", by=asel)
    actions.refuse_change(change=change, answer="Ақша бөлінген", by=asel)
    with pytest.raises(reporting.NotInThisState):
        actions.withdraw_change(change=change, by=anna)
    second = _change(one, asel, end="2028")
    with pytest.raises(NotAllowed):
        actions.withdraw_change(change=second, by=anna)
    actions.withdraw_change(change=second, by=asel)
    assert Measure.objects.get().end == "2026-12-31"
    states = set(ChangeRequest.objects.values_list("state", flat=True))
    assert states == {"refused", "withdrawn"}


def test_one_open_change_a_record_and_none_that_changes_nothing(plan, anna, asel) -> None:
    one = measure()
    with pytest.raises(actions.NothingToChange):
        _change(one, anna)
    _change(one, anna, end="2027")
    with pytest.raises(actions.ChangeWaits):
        _change(one, asel, end="2028")


def test_a_change_of_what_was_changed_meanwhile_is_not_applied(plan, anna, asel) -> None:
    one = measure()
    change = _change(one, anna, end="2027")
    measure(end="2029")
    with pytest.raises(actions.ChangeOutdated):
        actions.agree_change(change=change, by=asel)
    assert Measure.objects.get().end == "2029"


def test_the_database_refuses_a_change_agreed_by_its_own_side(plan, anna) -> None:
    change = _change(measure(), anna, end="2027")
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeRequest.objects.filter(pk=change.pk).update(state="agreed", decided_side="A")


# Versions


def test_versions_hold_what_was_and_do_not_change(plan, anna) -> None:
    measure()
    first = actions.freeze_version(programme=plan, label="Подписана", by=None)
    with pytest.raises(actions.NothingNewToFreeze):
        actions.freeze_version(programme=plan, label="Ещё раз", by=None)
    measure(end="2027")
    second = actions.freeze_version(programme=plan, label="Уточнена", by=anna)
    assert (first.number, second.number) == (1, 2)
    assert Version.objects.get(number=1).tree["measures"][0]["end"] == "2026-12-31"
    assert second.tree == tree_of(plan)
    for forbidden in (
        first.save, first.delete, lambda: Version.objects.filter(number=1).update(label="x"),
    ):  # fmt: skip
        with pytest.raises(VersionIsFrozen):
            forbidden()
    with pytest.raises(NotAllowed):
        actions.freeze_version(programme=plan, label="x", by=person("editor", "A", "Editor"))


def test_the_tree_of_a_day_comes_from_history(plan) -> None:
    from wagtail.models import Revision

    one = measure()
    Revision.objects.all().update(created_at="2026-03-01T00:00Z")
    measure(end="2027")
    measure("m2")
    before = tree_as_of(plan, date(2026, 3, 2))
    assert [(doc["id"], doc["end"]) for doc in before["measures"]] == [("m1", "2026-12-31")]
    assert before["measures"][0]["bodies"] == document_of(one)["bodies"]
    assert tree_as_of(plan, date(2026, 1, 1)) == {
        "programmes": [], "objectives": [], "measures": [], "targets": [],
    }  # fmt: skip
    assert tree_as_of(plan, timezone.localdate() + timedelta(days=1)) == tree_of(plan)


def test_a_later_report_makes_an_earlier_missing_one_needless(plan) -> None:
    one = measure(report_every=3)

    def owed() -> list[date]:
        found = reporting.owed(Measure.objects.get(), "A", TODAY)
        return [cycle.start for cycle in found]

    assert owed() == [date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1)]
    reported(one, 40, state="submitted", start=date(2026, 4, 1))
    assert owed() == [date(2026, 7, 1)]
    reported(one, 20, state="returned", start=date(2026, 1, 1), end=date(2026, 3, 31))
    assert owed() == [date(2026, 1, 1), date(2026, 7, 1)]
    assert reporting.owed(measure("m2", start=""), "A", TODAY) == []


def test_what_was_never_public_is_not_in_the_tree_of_a_day(plan) -> None:
    one = measure()
    one.end = "2029"
    draft = one.save_revision(clean=False)
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert tree_as_of(plan, tomorrow)["measures"][0]["end"] == "2026-12-31"
    draft.publish()
    assert tree_as_of(plan, tomorrow)["measures"][0]["end"] == "2029"


def test_a_change_does_not_publish_over_a_draft(plan, anna, asel) -> None:
    one = measure()
    change = actions.propose_change(
        record=one, document={**document_of(one), "end": "2027"}, reason="Позже", by=anna
    )
    one.start = "2026-02-01"
    one.save_revision(clean=False)
    with pytest.raises(DraftInTheWay):
        actions.agree_change(change=change, by=asel)
    assert Measure.objects.get().end == "2026-12-31"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.org/a", "акт"])
def test_a_proof_is_an_address_of_the_web_or_none(plan, anna, address) -> None:
    one = measure()
    with pytest.raises(ProofNotAnAddress):
        _submit(one, anna, proof_address=address)


def test_nobody_confirms_their_own_words_from_the_other_side(plan, anna) -> None:
    report = _submit(measure(), anna)
    anna.side = "B"
    anna.save()
    with pytest.raises(reporting.OwnSideCannotConfirm):
        actions.confirm_report(report=report, by=anna)


def test_one_side_alone_moves_no_term_of_a_plan_that_both_agreed_on(plan, anna) -> None:
    one = measure()
    assert one.managed_now() == ()
    actions.freeze_version(programme=plan, label="Подписана", by=None)
    one = Measure.objects.get(pk=one.pk)
    assert one.managed_now() == ("start", "end", "report_every")
    faults = preview_of(one, anna)
    assert [fault.code for fault in faults] == ["ManagedColumn"]
    assert "{" not in explain(faults[0], "kk")


def preview_of(one: Measure, by) -> list:
    table = f"id,end\n{one.code},2031-12-31\n".encode()
    rows = read_and_preview(register="measures", data=table, file="m.csv", by=by).rows
    return [fault for row in rows for fault in row.faults]
