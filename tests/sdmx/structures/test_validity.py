"""Every artefact in every form, against the official schemas."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from irtysh.sdmx.artefacts.build import all_artefacts
from irtysh.sdmx.artefacts.model import Artefact
from irtysh.sdmx.structure_messages.writing import Form, structure_message
from tests.sdmx.structures.invented import HEAD, PORTAL
from tests.sdmx.structures.schemas import faults

FORMS: tuple[Form, ...] = ("ml21", "ml30", "json1", "json2")
KINDS = {
    "agencyscheme", "dataproviderscheme", "organisationunitscheme", "categoryscheme",
    "conceptscheme", "codelist", "datastructure", "dataflow", "provisionagreement",
    "categorisation", "contentconstraint", "hierarchicalcodelist", "metadatastructure",
    "metadataflow", "structureset", "representationmap",
}  # fmt: skip


@pytest.fixture(scope="module")
def artefacts() -> list[Artefact]:
    return all_artefacts(PORTAL)


def test_every_kind_is_there(artefacts: list[Artefact]) -> None:
    assert {one.kind for one in artefacts} == KINDS


@pytest.mark.parametrize("form", FORMS)
def test_all_together_are_valid(form: Form, artefacts: list[Artefact]) -> None:
    assert faults(form, b"".join(structure_message(artefacts, HEAD, form))) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_alone_is_valid_in_full_and_as_a_stub(
    form: Form, kind: str, artefacts: list[Artefact]
) -> None:
    for one in artefacts:
        if one.kind == kind:
            for told in (one, replace(one, is_stub=True)):
                found = faults(form, b"".join(structure_message([told], HEAD, form)))
                assert found == [], (one.id, told.is_stub)


@pytest.mark.parametrize("form", FORMS)
def test_a_message_without_artefacts_is_valid(form: Form) -> None:
    assert faults(form, b"".join(structure_message([], HEAD, form))) == []


@pytest.mark.parametrize("form", FORMS)
def test_the_schemas_can_say_no(form: Form, artefacts: list[Artefact]) -> None:
    broken = [replace(one, agency="!") for one in artefacts if one.kind == "dataflow"]
    assert faults(form, b"".join(structure_message(broken, HEAD, form)))


@pytest.mark.parametrize("form", ["json1", "json2"])
def test_json_is_prepared_with_a_time_zone_and_names_suit_the_reader(
    form: Form, artefacts: list[Artefact]
) -> None:
    message = json.loads(b"".join(structure_message(artefacts, HEAD, form)))
    assert message["meta"]["prepared"] == "2026-11-22T18:30:00+06:00"
    assert message["meta"]["contentLanguages"][0] == "kk"
    assert message["meta"]["test"] is True
    flow = next(one for one in message["data"]["dataflows"] if one["id"] == "PRINTED")
    assert flow["name"] == "Басылған"
    assert flow["names"] == {"ru": "Напечатанное", "kk": "Басылған", "en": "Printed"}


def test_characters_that_xml_cannot_hold_do_not_break_a_message(
    artefacts: list[Artefact],
) -> None:
    flow = next(one for one in artefacts if one.kind == "dataflow")
    names = type(flow.names)({"en": "a\x00b\x1f <c>"})
    message = b"".join(structure_message([replace(flow, names=names)], HEAD, "ml21"))
    assert faults("ml21", message) == []
    assert "a�b� &lt;c&gt;".encode() in message
