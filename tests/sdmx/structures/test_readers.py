"""Independent readers, their validation on, give back what was written, labels included."""

from __future__ import annotations

import io
import warnings
from typing import Any

import pytest

from irtysh.sdmx.artefacts.build import all_artefacts
from irtysh.sdmx.artefacts.finding import Artefacts, Wanted
from irtysh.sdmx.artefacts.model import Artefact, Scheme, Structure
from irtysh.sdmx.structure_messages.writing import Form, structure_message
from tests.sdmx.structures.invented import HEAD, PORTAL

UNREAD_BY_SDMX1 = {
    "ml21": {"organisationunitscheme", "structureset"},
    "ml30": {
        "organisationunitscheme", "dataproviderscheme", "provisionagreement", "metadataflow",
        "structureset", "representationmap",
    },
}  # fmt: skip
"""What sdmx1 2.28 has no reader for; it stops at the first."""
UNREAD_BY_PYSDMX = {"ml21": {"metadatastructure", "metadataflow"}, "ml30": set[str]()}


def _message(form: Form, unread: set[str]) -> tuple[list[Artefact], bytes]:
    kept = [one for one in all_artefacts(PORTAL) if one.kind not in unread]
    return kept, b"".join(structure_message(kept, HEAD, form))


@pytest.mark.parametrize("form", ["ml21", "ml30"])
def test_sdmx1_reads_every_label_in_three_languages(form: Form) -> None:
    sdmx = pytest.importorskip("sdmx")
    artefacts, message = _message(form, UNREAD_BY_SDMX1[form])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read = sdmx.read_sdmx(io.BytesIO(message))
    lists = [one for one in artefacts if one.kind == "codelist"]
    assert set(read.codelist) == {one.id for one in lists}
    for listed in lists:
        assert isinstance(listed, Scheme)
        have = read.codelist[listed.id]
        assert {item.id for item in listed.items} == set(have.items)
        for item in listed.items:
            assert have[item.id].name.localizations == dict(item.names), (listed.id, item.id)
    for one in artefacts:
        if isinstance(one, Structure):
            dimensions = read.structure[one.id].dimensions.components
            assert tuple(part.id for part in dimensions[:-1]) == one.structure.key
            assert dimensions[-1].id == "TIME_PERIOD"
    region = read.constraint["CC_PRINTED"].data_content_region[0]
    values = {part.id: chosen for part, chosen in region.member.items()}
    told = {one.value for one in values["COUNTERPART_AREA"].values}
    assert told == {"KZ", "W"}


@pytest.mark.parametrize("form", ["ml21", "ml30"])
def test_pysdmx_reads_it_with_validation(form: Form) -> None:
    io_ = pytest.importorskip("pysdmx.io")
    artefacts, message = _message(form, UNREAD_BY_PYSDMX[form])
    read = io_.read_sdmx(message.decode(), validate=True)
    by_kind: dict[str, list[Any]] = {}
    for one in read.structures:
        by_kind.setdefault(type(one).__name__, []).append(one)
    areas = next(one for one in by_kind["Codelist"] if one.id == "CL_AREA")
    ours = next(one for one in artefacts if one.id == "CL_AREA")
    assert isinstance(ours, Scheme)
    assert [code.id for code in areas.codes] == [item.id for item in ours.items]
    figures = next(one for one in by_kind["DataStructureDefinition"] if one.id == "FIGURES")
    structure = next(one for one in artefacts if one.id == "FIGURES")
    assert isinstance(structure, Structure)
    assert [one.id for one in figures.components.dimensions][:-1] == list(structure.structure.key)
    assert {one.id for one in by_kind["Dataflow"]} == {"PRINTED", "DECLARED", "TIMELESS"}


def test_what_a_client_asks_before_a_query_is_read_by_both() -> None:
    sdmx = pytest.importorskip("sdmx")
    io_ = pytest.importorskip("pysdmx.io")
    known = Artefacts(all_artefacts(PORTAL))
    found = known.answer(Wanted(("dataflow",), ids=("DECLARED",)), ("all",))
    message = b"".join(structure_message(found, HEAD, "ml21"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read = sdmx.read_sdmx(io.BytesIO(message))
    structure = read.dataflow["DECLARED"].structure
    goods = structure.dimensions.get("COMMODITY").local_representation.enumerated
    assert goods["H6_271019"].name.localizations.keys() == {"en"}, "a subheading has English only"
    assert goods["H6_27"].name.localizations.keys() == {"ru", "kk", "en"}
    assert io_.read_sdmx(message.decode(), validate=True).structures
