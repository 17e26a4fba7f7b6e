"""What answers a query: exactly that, and what stands around it."""

from __future__ import annotations

import pytest

from irtysh.sdmx.artefacts.build import all_artefacts
from irtysh.sdmx.artefacts.finding import Artefacts, Wanted, fits
from irtysh.sdmx.artefacts.model import Artefact, Constraint, Scheme
from tests.sdmx.structures.invented import PORTAL

KNOWN = Artefacts(all_artefacts(PORTAL))
FLOW = Wanted(("dataflow",), ("IRTYSH",), ("PRINTED",))


def _ids(found: list[Artefact], *kinds: str) -> set[str]:
    return {one.id for one in found if not kinds or one.kind in kinds}


@pytest.mark.parametrize(
    ("asked", "fitting"),
    [
        ("latest", True), ("all", True), ("+", True), ("~", True), ("*", True), ("1.0", True),
        ("1.0.0", True), ("1.0+", True), ("1+.0", True), ("1.*", True), ("0+.1", True),
        ("1.1", False), ("2+.0", False), ("2.0", False), ("1.0.1", False), ("x", False),
    ],
)  # fmt: skip
def test_versions_of_both_generations(asked: str, fitting: bool) -> None:
    assert fits(asked, "1.0") is fitting


def test_a_code_list_query_returns_that_list_only() -> None:
    assert _ids(KNOWN.answer(Wanted(("codelist",), ids=("CL_FREQ",)))) == {"CL_FREQ"}


def test_children_and_descendants_of_a_dataflow() -> None:
    assert _ids(KNOWN.answer(FLOW, ("children",))) == {"PRINTED", "FIGURES"}
    below = KNOWN.answer(FLOW, ("descendants",))
    assert {"CS_IRTYSH", "CL_AREA", "CL_SOURCE", "CL_COMMODITY_NAMED"} <= _ids(below)
    assert "CL_COMMODITY" not in _ids(below), "the goods of the other structure"


def test_parents_and_their_siblings() -> None:
    parents = KNOWN.answer(FLOW, ("parents",))
    assert _ids(parents) == {"PRINTED", "PA_PRINTED", "CAT_PRINTED", "CC_PRINTED"}
    with_siblings = _ids(KNOWN.answer(FLOW, ("parentsandsiblings",)))
    assert with_siblings == _ids(parents) | {"THEMES", "DATA_PROVIDERS"}


def test_all_is_descendants_and_parents_and_siblings() -> None:
    everything = _ids(KNOWN.answer(FLOW, ("all",)))
    descendants = _ids(KNOWN.answer(FLOW, ("descendants",)))
    siblings = _ids(KNOWN.answer(FLOW, ("parentsandsiblings",)))
    assert everything == descendants | siblings


def test_a_kind_as_reference() -> None:
    found = KNOWN.answer(FLOW, ("codelist",))
    assert {one.kind for one in found} == {"dataflow", "codelist"}
    above = KNOWN.answer(Wanted(("codelist",), ids=("CL_VALUATION",)), ("dataflow",))
    assert _ids(above, "dataflow") == {"PRINTED", "DECLARED", "TIMELESS"}


def test_stubs_have_names_only() -> None:
    for one in KNOWN.answer(FLOW, ("all",), "allstubs"):
        assert one.is_stub
        assert one.descriptions is None
        assert one.notes == ()
    complete = KNOWN.answer(FLOW, ("none",), "allcompletestubs")[0]
    assert complete.is_stub
    assert complete.descriptions
    told = KNOWN.answer(FLOW, ("children",), "referencestubs")
    assert [one.is_stub for one in told] == [False, True]


def test_partial_references_hold_what_the_dataflow_uses_and_what_is_above() -> None:
    found = KNOWN.answer(FLOW, ("all",), "referencepartial")
    lists = {one.id: one for one in found if isinstance(one, Scheme)}
    areas = {item.id for item in lists["CL_AREA"].items}
    assert areas == {"RU-OMS", "RU", "KZ", "W"}
    assert lists["CL_AREA"].is_partial
    assert {item.id for item in lists["CL_FREQ"].items} == {"A"}
    assert {item.id for item in lists["THEMES"].items} == {"trade"}
    assert {item.id for item in lists["DATA_PROVIDERS"].items} == {"IRTYSH"}
    assert "METHOD" not in {item.id for item in lists["CS_IRTYSH"].items}


def test_items_make_a_partial_list() -> None:
    wanted = Wanted(("codelist",), ids=("CL_AREA",), items=("KZ", "RU"))
    (found,) = KNOWN.answer(wanted)
    assert isinstance(found, Scheme)
    assert found.is_partial
    assert {item.id for item in found.items} == {"KZ", "RU"}
    assert KNOWN.answer(Wanted(("codelist",), items=("NOBODY",))) == []
    assert KNOWN.answer(Wanted(("dataflow",), items=("KZ",))) == []


def test_a_dataset_without_any_sendable_figure_has_no_constraint() -> None:
    constraints = _ids(KNOWN.find(Wanted(("contentconstraint",))))
    assert constraints == {"CC_PRINTED", "CC_DECLARED"}


def test_a_constraint_says_how_much_is_left_out() -> None:
    (found,) = KNOWN.find(Wanted(("contentconstraint",), ids=("CC_PRINTED",)))
    assert isinstance(found, Constraint)
    assert {(note.id, note.title) for note in found.notes} == {
        ("obs_count", "7"),
        ("unsent_count", "2"),
    }


def test_every_reference_to_us_can_be_followed() -> None:
    for one in KNOWN.find(Wanted()):
        for ref in one.refs:
            assert KNOWN[ref]
            if ref.item:
                scheme = KNOWN[ref]
                assert isinstance(scheme, Scheme)
                assert ref.item in {item.id for item in scheme.items}


def test_every_used_theme_is_a_category_and_no_other() -> None:
    (themes,) = KNOWN.find(Wanted(("categoryscheme",)))
    assert isinstance(themes, Scheme)
    assert [item.id for item in themes.items] == ["trade", "nature"]
