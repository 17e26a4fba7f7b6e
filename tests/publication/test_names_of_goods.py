"""A code that stands in a nomenclature without a title is shown as it is written."""

from __future__ import annotations

from irtysh.publication.catalogue import Offered
from irtysh.publication.catalogue_words import Described, _name_in


def test_a_code_without_a_title_is_its_own_name() -> None:
    assert _name_in("TNVED", "2710194210", "ru") == "2710194210"
    assert _name_in("TNVED", "271019", "en").startswith("Petroleum oils")


class _Home:
    """A release whose case has an area of its own."""

    def code(self, name: str, code: str) -> str:
        return {("areas", "XM"): "Merania"}.get((name, code), code)


def test_an_imported_dataset_has_the_names_of_the_cases_own_codes() -> None:
    offered = Offered(dataset=None, about={}, kind="imported", invented=True)
    words = Described(offered, "en", home=_Home())
    assert [words.label("counterpart_area", code) for code in ("XM", "KZ", "XQ")] == [
        "Merania", "Kazakhstan", "XQ",
    ]  # fmt: skip
    assert Described(offered, "en").label("counterpart_area", "XM") == "XM"
