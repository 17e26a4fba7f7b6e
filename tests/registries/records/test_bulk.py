"""Many records from a file: preview, all or nothing, and back."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.utils.translation import override

from irtysh.accounts.actions import create_account
from irtysh.accounts.models import User
from irtysh.accounts.permissions import NotAllowed
from irtysh.accounts.roles import ADMINISTRATOR, ANALYST, COORDINATOR, EDITOR
from irtysh.registries.records import bulk_actions
from irtysh.registries.records.actions import write
from irtysh.registries.records.bulk import Outcome, Preview, names_now, read_and_preview, whole
from irtysh.registries.records.documents import digest, document_of
from irtysh.registries.records.imports import ImportBatch, UploadedSheet
from irtysh.registries.records.models import Listing, registers
from irtysh.sources.registers import TABLES
from irtysh.sources.registers.sheets import write_csv, write_xlsx
from irtysh.vocabulary.wording import explain

pytestmark = pytest.mark.django_db


def person(role: str, side: str = "") -> User:
    name = f"{role}{side}".lower()
    return create_account(username=name, password="a long enough one", role=role, side=side)


@pytest.fixture
def admin() -> User:
    return person(ADMINISTRATOR)


def firm(code: str, **more: Any) -> dict[str, Any]:
    return {"id": code, "kind": "company", "name": {"ru": f"Фирма {code}"}, **more}


def as_file(*rows: dict[str, str]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def previewed(by: User, data: bytes, register: str = "organisations") -> Preview:
    return read_and_preview(register=register, data=data, file="firms.csv", by=by)


def said(found: Preview) -> list[tuple[str, str]]:
    faults = [*found.faults, *(fault for row in found.rows for fault in row.faults)]
    for fault in faults:
        assert all(explain(fault, language) for language in ("ru", "kk", "en"))
    return [(fault.code, fault.column) for fault in faults]


def document(register: str, code: str) -> dict[str, Any]:
    return document_of(registers()[register].objects.get(code=code))


def test_a_preview_tells_new_from_changed_and_saves_nothing(admin: User) -> None:
    write(register="organisations", document=firm("a", locator="0077"), by=admin)
    write(register="organisations", document=firm("b"), by=admin)
    found = previewed(admin, as_file(
        {"id": "a", "name_ru": "Фирма А", "name_kk": "", "kind": "банк"},
        {"id": "b", "name_ru": "Фирма b", "name_kk": "", "kind": "company"},
        {"id": "c", "name_ru": "Новая", "name_kk": "Жаңа", "kind": "Кәсіпорын"},
    ))  # fmt: skip
    assert [row.outcome for row in found.rows] == [Outcome.CHANGED, Outcome.UNCHANGED, Outcome.NEW]
    with override("ru"):
        changes = {one.column: (one.before, one.after) for one in found.rows[0].changes}
    assert changes["name_ru"] == ("Фирма a", "Фирма А")
    assert changes["kind"][0].startswith("company") and changes["kind"][1].startswith("bank")
    assert found.rows[0].after["locator"] == "0077"  # the file does not speak of it
    assert found.rows[2].after["kind"] == "company"
    assert set(registers()["organisations"].objects.values_list("code", flat=True)) == {"a", "b"}


def test_faults_name_row_and_cell(admin: User) -> None:
    found = previewed(admin, as_file(
        {"id": "x", "name_ru": "Без вида", "kind": "", "place": "", "colour": "red"},
        {"id": "y", "name_ru": "Нет такого", "kind": "compny", "place": "", "colour": ""},
        {"id": "y", "name_ru": "Дважды", "kind": "bank", "place": "", "colour": ""},
        {"id": "z", "name_ru": "Нигде", "kind": "bank", "place": "nowhere", "colour": ""},
        {"id": "Not An Id", "name_ru": "Имя", "kind": "bank", "place": "", "colour": ""},
        {"id": "", "name_ru": "Без имени", "kind": "bank", "place": "", "colour": ""},
        {"id": "UP", "name_ru": "Прописные", "kind": "bank", "place": "", "colour": ""},
    ))  # fmt: skip
    assert said(found) == [
        ("SheetColumnUnknown", "E1"), ("FieldMissing", "C2"), ("CellUnknownCode", "C3"),
        ("SheetIdTwice", "A4"), ("RecordNotThere", "D5"), ("CellNotAnId", "A6"),
        ("CellMissing", "A7"), ("FieldRefused", "A8"),
    ]  # fmt: skip
    assert found.counts == {"new": 0, "changed": 0, "unchanged": 0, "faulty": 7}
    assert "company" in found.rows[1].faults[0].params["near"]
    with pytest.raises(bulk_actions.ImportHasFaults):
        bulk_actions.apply(preview=found, by=admin)
    assert not registers()["organisations"].objects.exists()
    assert not ImportBatch.objects.exists()


def test_an_import_is_saved_with_history_and_taken_back_whole(admin: User) -> None:
    before = firm("a", products=[{"direction": "exports", "hs": "1001"}], note_of_case={"x": [1]})
    write(register="organisations", document=before, by=admin)
    write(register="organisations", document=firm("quiet"), by=admin)
    data = as_file(
        {"id": "a", "kind": "bank", "name_ru": "Фирма А", "products": "", "extra": ""},
        {"id": "n", "kind": "bank", "name_ru": "Новая", "products":
         '[{"direction":"exports","hs":"0101","name":{"kk":"Ат"}}]', "extra": '{"more":1}'},
    )  # fmt: skip
    batch = bulk_actions.apply(preview=previewed(admin, data), by=admin)
    assert (batch.created, batch.changed, batch.unchanged) == (1, 1, 0)
    assert document("organisations", "a") == firm("a", kind="bank", name={"ru": "Фирма А"})
    made = document("organisations", "n")
    assert made["products"] == [{"direction": "exports", "hs": "0101", "name": {"kk": "Ат"}}]
    assert made["more"] == 1
    assert document("organisations", "quiet") == firm("quiet")
    assert Listing.objects.filter(register="organisations", code="n").exists()
    assert registers()["organisations"].objects.get(code="a").revisions.count() == 2
    assert previewed(admin, data).counts["unchanged"] == 2

    bulk_actions.undo(batch=batch, by=admin)
    assert document("organisations", "a") == before
    assert registers()["organisations"].objects.get(code="a").revisions.count() == 3
    assert not registers()["organisations"].objects.filter(code="n").exists()
    assert not Listing.objects.filter(register="organisations", code="n").exists()
    with pytest.raises(bulk_actions.ImportUndoneAlready):
        bulk_actions.undo(batch=batch, by=admin)


def test_rows_of_one_file_may_point_at_one_another(admin: User) -> None:
    place = {"kind": "city", "name_ru": "Город"}
    data = as_file(
        {"id": "inner", **place, "within": "outer"},
        {"id": "outer", **place, "within": ""},
        {"id": "one", **place, "within": "two"},
        {"id": "two", **place, "within": "one"},
    )
    batch = bulk_actions.apply(preview=previewed(admin, data, "places"), by=admin)
    assert document("places", "inner")["within"] == "outer"
    assert document("places", "one")["within"] == "two"
    assert document("places", "two")["within"] == "one"
    with pytest.raises(bulk_actions.ImportNotUndone) as refusal:
        bulk_actions.undo(batch=batch, by=admin)  # a circle cannot be taken apart from outside
    assert refusal.value.params["referenced"] == "places/one, places/two"
    assert registers()["places"].objects.count() == 4


def test_what_was_changed_since_the_preview_is_not_overwritten(admin: User) -> None:
    write(register="organisations", document=firm("a"), by=admin)
    kept, found = bulk_actions.upload(
        register="organisations", file="firms.csv", by=admin,
        data=as_file({"id": "a", "name_ru": "Из файла"}, {"id": "b", "kind": "bank",
                                                          "name_ru": "Ещё"}),
    )  # fmt: skip
    assert found.errors == 1  # the first row says nothing of kind, the second column is fine
    UploadedSheet.objects.all().delete()
    data = as_file({"id": "a", "name_ru": "Из файла"})
    kept, _found = bulk_actions.upload(
        register="organisations", file="firms.csv", by=admin, data=data
    )
    stale = previewed(admin, data)
    write(register="organisations", document=firm("a", locator="1"), by=admin)
    for attempt in (
        lambda: bulk_actions.apply_upload(pk=kept.pk, by=admin),
        lambda: bulk_actions.apply(preview=stale, by=admin),
    ):
        with pytest.raises(bulk_actions.RecordsChangedSince) as refusal:
            attempt()
        assert refusal.value.params["ids"] == "organisations/a"
    assert document("organisations", "a") == firm("a", locator="1")


def test_undoing_refuses_what_was_changed_or_is_pointed_at(admin: User) -> None:
    write(register="organisations", document=firm("a"), by=admin)
    data = as_file({"id": "a", "name_ru": "Из файла", "kind": "bank"},
                   {"id": "n", "name_ru": "Новая", "kind": "bank"})  # fmt: skip
    batch = bulk_actions.apply(preview=previewed(admin, data), by=admin)
    write(register="organisations", document=firm("a", locator="1"), by=admin)
    project = {"id": "o", "kind": "other", "name": {"ru": "Мост"}}
    write(register="projects", document={**project, "partners": [{"organisation": "n"}]}, by=admin)
    with pytest.raises(bulk_actions.ImportNotUndone) as refusal:
        bulk_actions.undo(batch=batch, by=admin)
    assert refusal.value.params == {
        "changed": "organisations/a", "referenced": "organisations/n",
    }  # fmt: skip
    assert document("organisations", "n")["kind"] == "bank"
    assert ImportBatch.objects.get().undone_at is None


def test_each_side_imports_its_own_and_only_publishers_publish(admin: User) -> None:
    write(register="organisations", document=firm("theirs", side="B"), by=admin)
    write(register="organisations", document=firm("ours", side="A"), by=admin)
    editor = person(EDITOR, "A")
    taking = as_file({"id": "theirs", "side": "A"})
    giving = as_file({"id": "ours", "side": "B"})
    assert said(previewed(editor, taking)) == [("ImportNotAllowed", "A2")]
    assert said(previewed(editor, giving)) == [("ImportNotAllowed", "A2")]
    data = as_file({"id": "ours", "kind": "bank", "name_ru": "Наша", "side": "A"},
                   {"id": "new", "kind": "bank", "name_ru": "Новая", "side": "A"})  # fmt: skip
    batch = bulk_actions.apply(preview=previewed(editor, data), by=editor)
    ours = registers()["organisations"].objects.get(code="ours")
    assert ours.live and ours.has_unpublished_changes
    assert document_of(ours) == firm("ours", side="A")
    assert document_of(ours.get_latest_revision_as_object())["kind"] == "bank"
    assert not registers()["organisations"].objects.get(code="new").live
    other = as_file({"id": "ours", "name_ru": "Иначе"}, {"id": "new", "name_ru": "Иначе"})
    analyst = person(ANALYST, "A")
    assert said(previewed(analyst, other)) == [("RecordHasDraft", "A2"), ("RecordHasDraft", "A3")]
    with pytest.raises(NotAllowed):
        bulk_actions.undo(batch=batch, by=person(COORDINATOR, "B"))
    bulk_actions.undo(batch=batch, by=editor)
    ours.refresh_from_db()
    assert not ours.has_unpublished_changes
    assert document_of(ours.get_latest_revision_as_object()) == firm("ours", side="A")
    assert not registers()["organisations"].objects.filter(code="new").exists()


def test_a_waiting_file_is_its_owners_and_goes_after_a_day(admin: User) -> None:
    data = as_file({"id": "n", "name_ru": "Новая", "kind": "bank"})
    kept, _found = bulk_actions.upload(register="organisations", file="f.csv", data=data, by=admin)
    with pytest.raises(bulk_actions.UploadGone):
        bulk_actions.apply_upload(pk=kept.pk, by=person(ADMINISTRATOR, "A"))
    bulk_actions.apply_upload(pk=kept.pk, by=admin)
    assert not UploadedSheet.objects.exists()
    old, _found = bulk_actions.upload(register="organisations", file="f.csv", data=data, by=admin)
    UploadedSheet.objects.update(at="2020-01-01T00:00:00Z")
    with pytest.raises(bulk_actions.UploadGone):
        bulk_actions.uploaded(old.pk, admin)
    bulk_actions.forget_old_uploads()
    assert not UploadedSheet.objects.exists()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_records_survive_export_and_import(admin: User, form: str) -> None:
    firms = [
        firm("one", locator="0012", products=[{"direction": "exports", "name": {"kk": "Ұн; «нан»"}},
                                          {"direction": "imports", "hs": "0101"}],
             former_names=[{"name": {"ru": "=Старое"}, "until": "1999"}], languages=["ru", "a;b"],
             partner_capital=False, extra_field=["x", 1.5]),
        firm("two", summary={"en": "A line\nand “another”\r\nend"}, inventory=["12", "13"]),
    ]  # fmt: skip
    for one in firms:
        write(register="organisations", document=one, by=admin)
    model = registers()["organisations"]
    records = [document_of(one) for one in whole(model.objects.all(), model.table)]
    stream = io.BytesIO()
    if form == "csv":
        stream.write(write_csv(TABLES["organisations"], records, names_now("ru")))
    else:
        write_xlsx(TABLES["organisations"], records, names_now("ru"), [], stream)
    found = previewed(admin, stream.getvalue())
    assert said(found) == []
    assert found.counts["unchanged"] == 2
    model.objects.all().delete()
    bulk_actions.apply(preview=previewed(admin, stream.getvalue()), by=admin)
    now = [document_of(one) for one in whole(model.objects.all(), model.table)]
    assert [_lines(one) for one in now] == [_lines(one) for one in firms]


def _lines(document: dict[str, Any]) -> str:
    tidy = dict(document)
    if "summary" in tidy:
        tidy["summary"] = {k: v.replace("\r\n", "\n") for k, v in tidy["summary"].items()}
    return digest(tidy)
