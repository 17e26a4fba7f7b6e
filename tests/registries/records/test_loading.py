"""Records from case documents and back; what editors wrote is left alone."""

from __future__ import annotations

import pytest

from irtysh.registries.acts.models import Act
from irtysh.registries.organisations.models import Organisation
from irtysh.registries.places.models import Place
from irtysh.registries.records.actions import keep, write
from irtysh.registries.records.documents import RecordUnknown, digest, document_of
from irtysh.registries.records.loading import export_registers, load_registers
from irtysh.registries.records.models import Listing, Reference, registers
from irtysh.sources.case import read_case
from irtysh.sources.registers import TABLES
from irtysh.vocabulary.places import CASES

pytestmark = pytest.mark.django_db


def text(words: str) -> dict[str, str]:
    return {"ru": words, "kk": f"{words} kk", "en": f"{words} en"}


def documents() -> dict:
    return {
        "territories": [{"id": "town", "kind": "town", "name": text("Город"), "lat": 54.98,
                         "lon": 73.37, "geonames_id": 1496153}],
        "organisations": [{"id": "firm", "kind": "company", "name": text("Фирма"), "place": "town",
                           "products": [{"direction": "makes", "hs": "0401",
                                         "name": text("молоко")}]}],
        "acts": [
            {"id": "old", "kind": "law", "title": text("Старый"), "status": "unchecked"},
            {"id": "new", "kind": "law", "title": text("Новый"), "status": "in_force",
             "relations": [{"kind": "repeals", "act": "old", "from": "2016-01-01"}],
             "links": [{"kind": "see_also", "to": "organisations/firm"}]},
        ],
    }  # fmt: skip


@pytest.mark.parametrize("case", ["omsk-kazakhstan", "sandbox"])
def test_a_case_comes_back_as_it_was_loaded_and_a_second_load_changes_nothing(case):
    given, _faults = read_case(CASES / case)
    counts = load_registers(given.documents)
    assert counts["kept"] == counts["renewed"] == 0
    exported = export_registers()
    for name, table in TABLES.items():
        before = {one["id"]: digest(one) for one in given.documents.get(table.document) or ()}
        after = {one["id"]: digest(one) for one in exported[table.document]}
        assert after == before, name
    assert load_registers(exported) == {"created": 0, "renewed": 0, "kept": 0}


def test_records_point_at_one_another_and_are_listed():
    load_registers(documents())
    assert Organisation.objects.get().place == Place.objects.get()
    assert Act.objects.get(code="old").standing().status == "repealed"
    assert set(Listing.objects.values_list("register", "code")) == {
        ("places", "town"), ("organisations", "firm"), ("acts", "old"), ("acts", "new"),
    }  # fmt: skip
    assert set(Reference.objects.values_list("from_code", "field", "to_register", "to_code")) == {
        ("firm", "place", "places", "town"),
        ("new", "relations.act", "acts", "old"),
        ("new", "links.see_also", "organisations", "firm"),
    }


def test_rows_keep_their_order_in_every_database():
    document = documents()["organisations"][0]
    rows = [{"direction": "makes", "hs": code} for code in ("0403", "0401", "0402")]
    write(register="organisations", document={"id": "f", "kind": "company",
          "name": document["name"], "products": rows}, by=None)  # fmt: skip
    firm = Organisation.objects.get(code="f")
    assert list(firm.products.values_list("sort_order", "hs")) == [
        (0, "0403"), (1, "0401"), (2, "0402"),
    ]  # fmt: skip


def test_fields_of_the_file_that_no_column_keeps_survive():
    load_registers(documents())
    assert document_of(Place.objects.get())["geonames_id"] == 1496153


def test_a_changed_file_renews_a_record_and_leaves_a_revision():
    load_registers(documents())
    changed = documents()
    changed["organisations"][0]["products"] = []
    assert load_registers(changed) == {"created": 0, "renewed": 1, "kept": 0}
    firm = Organisation.objects.get()
    assert not firm.products.exists()
    assert firm.revisions.count() == 2


def test_what_an_editor_wrote_is_kept():
    load_registers(documents())
    firm = Organisation.objects.get()
    firm.name_ru = "Фирма, исправлено"
    keep(record=firm, by=None)
    changed = documents()
    changed["organisations"][0]["name"] = text("Другая")
    assert load_registers(changed)["kept"] == 1
    assert Organisation.objects.get().name_ru == "Фирма, исправлено"


def test_a_draft_is_kept():
    load_registers(documents())
    firm = Organisation.objects.get()
    firm.name_ru = "Черновик"
    firm.save_revision()
    changed = documents()
    changed["organisations"][0]["name"] = text("Другая")
    assert load_registers(changed)["kept"] == 1
    assert Organisation.objects.get().get_latest_revision_as_object().name_ru == "Черновик"


def test_an_unknown_record_is_named_and_nothing_is_half_saved():
    wrong = documents()
    wrong["organisations"][0]["place"] = "nowhere"
    with pytest.raises(RecordUnknown) as refused:
        load_registers(wrong)
    assert refused.value.params["id"] == "nowhere"
    assert not any(model.objects.exists() for model in registers().values())


def test_writing_a_record_without_a_row_takes_the_row_away():
    load_registers(documents())
    write(register="acts", document={"id": "new", "kind": "law", "title": text("Новый"),
                                     "status": "in_force"}, by=None)  # fmt: skip
    assert not Act.objects.get(code="new").relations.exists()
    assert not Reference.objects.filter(from_code="new").exists()


def test_every_register_has_a_model_and_every_model_a_register():
    assert list(registers()) == list(TABLES)
