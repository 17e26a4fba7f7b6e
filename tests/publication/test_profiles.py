"""Trade profiles against sums computed in plain Python from the rows of a dataset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from irtysh.publication.case_imports import case_imports, publish_case_imports
from irtysh.publication.catalogue import Catalogue
from irtysh.publication.mirrors import mirror
from irtysh.publication.profiles import profile
from irtysh.publication.trade_datasets import datasets_for, side_of
from irtysh.publication.views import UnknownChoice
from irtysh.store import Releases
from irtysh.store.dataset import Dataset
from irtysh.store.vintages import Vintages
from irtysh.vocabulary.flow_row import FlowRow
from irtysh.vocabulary.places import ROOT
from tests.flows import YEARS, flow_row, flow_rows, published_flows


@pytest.fixture(scope="module")
def rows() -> list[FlowRow]:
    return list(flow_rows())


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return published_flows(tmp_path_factory.mktemp("profiles")).dataset


def _of(folder: Path, rows: Iterable[FlowRow]) -> Dataset:
    numbered = (row._replace(line=number) for number, row in enumerate(rows, start=2))
    return published_flows(folder, numbered).dataset


def _values(rows: Iterable[FlowRow], **codes: str) -> Iterator[Decimal]:
    for row in rows:
        if row.value and all(getattr(row, name) == code for name, code in codes.items()):
            yield Decimal(row.value)


def test_the_line_of_a_pair_is_what_the_rows_say(dataset: Dataset, rows: list[FlowRow]) -> None:
    found = profile(dataset, "KZ", "RU")
    assert found.side == "ref_area"
    assert found.years.found is not None
    known = {
        (one.codes["flow"], one.codes["period"]): one.value for one in found.years.found.figures
    }
    assert set(known) == {(flow, year) for flow in "XM" for year in YEARS}
    level = found.years.found.level
    for (flow, year), value in known.items():
        asked = {"ref_area": "KZ", "counterpart_area": "RU", "flow": flow, "period": year}
        listed = [
            row for row in rows
            if (len(row.commodity) if row.commodity != "_T" else 0) == int(level)
        ]  # fmt: skip
        assert value == sum(_values(listed, **asked))
        printed = sum(_values(rows, **asked, commodity="_T"))
        assert abs((value or 0) - printed) < Decimal("0.01")
    assert found.balance["2023"] == (known["X", "2023"] or 0) - (known["M", "2023"] or 0)
    assert found.chosen is not None
    assert (found.chosen.code, found.chosen.freq) == ("2023", "A")


def test_products_of_a_pair_are_ranked_and_make_the_whole(
    dataset: Dataset, rows: list[FlowRow]
) -> None:
    found = profile(dataset, "KZ", "RU", period="2021").products["X"].found
    assert found is not None
    goods = {
        row.commodity: Decimal(row.value)
        for row in rows
        if (row.ref_area, row.counterpart_area, row.flow, row.period) == ("KZ", "RU", "X", "2021")
        and row.commodity != "_T"
    }
    assert [one.codes["commodity"] for one in found.figures] == sorted(
        goods, key=lambda code: -goods[code]
    )
    assert found.whole[0].value == sum(goods.values())


def test_partners_leave_out_regions_of_a_country_that_is_listed(
    dataset: Dataset, rows: list[FlowRow]
) -> None:
    """Kazakhstan records Russia and Omsk Region: the second lies in the first."""
    found = profile(dataset, "KZ").partners["X"].found
    assert found is not None
    assert {one.codes["counterpart_area"] for one in found.figures} == {"RU", "CN"}
    printed = sum(
        _values(rows, ref_area="KZ", counterpart_area="W", flow="X", period="2023", commodity="_T")
    )
    assert found.whole[0].value == pytest.approx(printed)


def test_composition_by_section_adds_up_to_all_goods(dataset: Dataset) -> None:
    found = profile(dataset, "KZ", "CN")
    sections = found.sections["M"].found
    assert sections is not None
    assert set(sections) == {"II", "V", "XVI", "XVII"}
    whole = next(iter(sections.values())).whole[0].value
    assert sum(answer.figures[0].value or 0 for answer in sections.values()) == whole


def test_the_share_of_a_region_in_its_country(dataset: Dataset, rows: list[FlowRow]) -> None:
    found = profile(dataset, "RU-OMS")
    assert found.share_of == "region"
    shares = found.shares["X"].found
    assert shares is not None
    sums = [
        sum(_values(rows, ref_area=area, counterpart_area="W", flow="X", period="2022",
                    commodity="_T"))
        for area in ("RU-OMS", "RU")
    ]  # fmt: skip
    assert shares["2022"].share == pytest.approx(sums[0] / sums[1])


def test_months_of_a_year_by_product(dataset: Dataset) -> None:
    found = profile(dataset, "RU-OMS", "KZ", period="2023").products_by_month["X"].found
    assert found is not None
    assert found.rows == ("271019",)
    assert len(found.months) == 12
    assert found.cells["271019", "2023-04"].value == Decimal("28.25")


def test_a_year_of_months_is_their_sum_and_says_how_many(tmp_path: Path) -> None:
    rows = [flow_row(freq="M", period=f"2023-{month:02d}", value=str(month)) for month in (1, 2, 5)]
    found = profile(_of(tmp_path, rows), "KZ", "RU")
    assert found.chosen is not None
    assert (found.chosen.is_sum, found.chosen.is_partial) == (True, True)
    products = found.products["X"].found
    assert products is not None
    assert products.figures[0].value == 8
    assert found.coverage is not None
    assert found.coverage.gaps == ("2023-03", "2023-04")
    month = profile(_of(tmp_path / "b", rows), "KZ", "RU", period="2023-02").products["X"].found
    assert month is not None
    assert month.figures[0].value == 2


def test_an_area_that_does_not_report_is_shown_from_its_partners_records(tmp_path: Path) -> None:
    rows = [
        flow_row(ref_area="DE", counterpart_area="KG", value="7"),
        flow_row(ref_area="FR", counterpart_area="KG", value="5"),
        flow_row(ref_area="FR", counterpart_area="KG", flow="M", value="4"),
    ]
    found = profile(_of(tmp_path, rows), "KG")
    assert found.side == "counterpart_area"
    assert found.balance == {}
    assert found.years.found is not None
    assert {one.codes["flow"]: one.value for one in found.years.found.figures} == {"X": 12, "M": 4}
    partners = found.partners["X"].found
    assert partners is not None
    assert [one.codes["ref_area"] for one in partners.figures] == ["DE", "FR"]


def test_what_is_missing_is_not_zero(tmp_path: Path) -> None:
    rows = [
        flow_row(period="2020", value="5"),
        flow_row(period="2021", value="", status="SUPPRESSED"),
        flow_row(period="2023", value="6"),
    ]
    found = profile(_of(tmp_path, rows), "KZ", "RU")
    assert found.years.found is not None
    values = {one.codes["period"]: one.value for one in found.years.found.figures}
    assert values == {"2020": 5, "2021": None, "2023": 6}
    assert found.balance == {}
    assert found.coverage is not None
    assert (found.coverage.gaps, found.coverage.missing, found.coverage.suppressed) == (
        ("2022",), 1, 1,
    )  # fmt: skip


def test_overlapping_editions_refuse_a_block_and_one_edition_answers(tmp_path: Path) -> None:
    rows = [flow_row(value="5"), flow_row(classification="H4", value="5")]
    dataset = _of(tmp_path, rows)
    found = profile(dataset, "KZ", "RU")
    assert found.years.found is None
    assert found.years.refused is not None
    assert found.years.refused.params["editions"] == "H4, H5"
    assert profile(dataset, "KZ", "RU", period="2021").chosen is None
    chosen = profile(dataset, "KZ", "RU", edition="H4")
    assert chosen.years.found is not None
    assert [one.value for one in chosen.years.found.figures] == [5]


def test_where_the_world_is_not_printed_it_is_the_sum_of_partners(tmp_path: Path) -> None:
    rows = [
        flow_row(counterpart_area="RU", value="5"),
        flow_row(counterpart_area="RU-OMS", value="2"),
        flow_row(counterpart_area="CN", value="3"),
        flow_row(counterpart_area="W", value="9", period="2022"),
        flow_row(counterpart_area="RU", value="8", period="2022"),
    ]
    line = profile(_of(tmp_path, rows), "KZ").years.found
    assert line is not None
    assert {one.codes["period"]: one.value for one in line.figures} == {"2021": 8, "2022": 9}
    assert [one.value for one in line.whole] == [9]


def test_a_period_that_is_not_there_is_refused_with_those_that_are(dataset: Dataset) -> None:
    with pytest.raises(UnknownChoice) as raised:
        profile(dataset, "KZ", "RU", period="1990")
    assert "2019" in raised.value.params["possible"]


def test_a_level_can_be_chosen(dataset: Dataset) -> None:
    line = profile(dataset, "KZ", "RU", level="0").years.found
    assert line is not None
    assert line.level == "0"


def test_datasets_are_offered_best_first(tmp_path: Path) -> None:
    published_flows(tmp_path, [flow_row(commodity="_T", classification="_Z")], "TOTALS_ONLY")
    published_flows(tmp_path, [flow_row()], "DETAILED")
    published_flows(tmp_path, [flow_row(ref_area="CN", counterpart_area="KZ")], "OF_PARTNERS")
    published_flows(tmp_path, [flow_row(commodity="C10T12", classification="ICIO")], "INDUSTRIES")
    catalogue = Catalogue(Releases(tmp_path / "releases"), Vintages(tmp_path))
    assert [one.id for one in datasets_for(catalogue, "KZ")] == [
        "DETAILED", "TOTALS_ONLY", "OF_PARTNERS",
    ]  # fmt: skip
    assert [one.id for one in datasets_for(catalogue, "KZ", "RU")] == ["DETAILED", "TOTALS_ONLY"]
    assert datasets_for(catalogue, "UZ") == []
    assert side_of(catalogue.get("DETAILED").dataset, "RU") == "counterpart_area"


def test_the_case_brings_both_records_of_its_countries(tmp_path: Path) -> None:
    """Thousand dollars as both sides recorded them (World Bank WITS)."""
    found, faults = case_imports(ROOT / "cases" / "omsk-kazakhstan")
    assert faults == []
    totals = [one for one in found if one.dataset == "WITS_RU_KZ_TOTALS"]
    [(_one, vintage, is_new)] = publish_case_imports(totals, tmp_path / "d", tmp_path / "r")
    assert is_new
    line = profile(vintage.dataset, "RU", "KZ", period="2013")
    assert line.balance["2013"] == Decimal("17218015.095") - Decimal("5664824.605")
    assert line.products["X"].found is None
    assert line.shares["X"].found is None  # of one partner no share can be told
    records = mirror(vintage.dataset, "RU", "KZ", are_neighbours=True)
    both = {
        one.period: (one.exports.value, one.imports.value)
        for one in records.years
        if one.exports and one.imports
    }
    assert both["2013"] == (Decimal("17218015.095"), Decimal("17971727.696"))
    assert both["2010"] == (Decimal("10690357.833"), Decimal("5475623.487"))
    year = next(one for one in records.years if one.period == "2010")
    assert "ATTRIBUTION" in year.together.flags
