"""Control sums of the real files, where the folder with them is at hand."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from irtysh.sources.intake.layout import Tally
from irtysh.stats.conversion import rate_of as rate_for
from irtysh.stats.conversion import rates_of
from irtysh.store.schema import to_row
from irtysh.vocabulary.errors import FileHoldsNoFigures
from irtysh.vocabulary.observation import Observation, Status
from irtysh.vocabulary.period import Period
from irtysh.vocabulary.places import ROOT
from tests.sources.table.read import read

DATA = ROOT.parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the real data are not at hand")

_KEPT: dict[str, tuple[str, list[Observation], Tally]] = {}


@pytest.fixture
def of(tmp_path: Path):  # type: ignore[no-untyped-def]
    def opened(name: str) -> tuple[str, list[Observation], Tally]:
        if name not in _KEPT:
            _KEPT[name] = read(DATA / name, tmp_path)
        return _KEPT[name]

    return opened


@pytest.mark.parametrize(
    ("name", "layout", "figures", "refused"),
    [
        ("regional/rosstat_2016_01_export_by_region.xlsx", "rosstat-exports-by-region", 7857, {}),
        ("regional/rosstat_2016_01_foreign_investment_by_region.xls",
         "rosstat-foreign-investment-by-region", 3760, {}),
        ("regional/rosstat_2016_01_freight_by_region.xls",
         "rosstat-road-freight-by-region", 5432, {}),
        ("regional/rosstat_export_by_region_2009_2015_tidy.csv", "rosstat-exports-tidy", 7440, {}),
        ("regional/rosstat_regions_panel_tidy.csv", "rosstat-regions-panel", 4 * 1827, {}),
        ("regional/rosstat_section9_grp_2000_2017.xlsx", "rosstat-grp", 13632, {}),
        ("regional/rosstat_shipments_by_region_C_D_E.xlsx", "rosstat-shipments", 3 * 96 * 12, {}),
        ("regional/kz_bns_grp_by_region_2010_2025.csv", "kz-bns-grp", 309, {}),
        ("regional/kz_bns_grp_per_capita_by_region.xlsx", "kz-bns-grp-per-head", 2 * 22 * 63, {}),
        ("regional/kz_bns_population_by_region_2000_2023.xlsx", "kz-bns-population", 3384, {}),
        ("macro/kz_macro_quarterly_2010_2025q1.csv", "kz-macro-quarterly", 6 * 61, {}),
        ("macro/ecb_eur_fx_monthly_1999_2026.csv", "ecb-eur-fx-monthly", 10 * 334, {}),
        ("macro/world_bank_cpi_inflation_percent.csv", "world-bank-cpi", 11182, {}),
        ("macro/world_bank_lpi_2010_2016.csv", "world-bank-lpi", 8 * 630, {}),
        ("trade/mgimo_bulletin_headline.parquet", "mgimo-bulletin-headline", 6 * 178, {}),
        ("trade/mgimo_bulletin_fo.parquet", "mgimo-bulletin-volume", 616, {}),
        ("trade/atlas_country_year_1995_2023.parquet", "atlas-country-year", 33325, {}),
        ("trade/oecd_icio2022_output_by_country_sector.parquet", "oecd-icio-output", 12000, {}),
        ("trade/gdppc_avg_1998_2000.csv", "gdp-per-head-1998-2000", 240, {}),
    ],
)  # fmt: skip
def test_every_file_is_read_to_its_last_row(  # type: ignore[no-untyped-def]
    of, name: str, layout: str, figures: int, refused: dict[str, int]
) -> None:
    found, observations, tally = of(name)
    assert (found, len(observations)) == (layout, figures)
    assert dict(tally.refused) == refused
    assert tally.kept + sum(tally.left_out.values()) + sum(refused.values()) == tally.lines
    cells = Counter(one.cell for one in observations)
    assert max(cells.values()) == 1


@pytest.mark.parametrize(
    "name",
    [
        "wits_country_names.csv",
        "oecd_icio_2025_country_codes.csv",
        "oecd_icio_2025_sector_codes.csv",
    ],
)
def test_lists_of_codes_are_refused_by_name(of, name: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(FileHoldsNoFigures, match=name):
        of(f"trade/{name}")


def test_the_workbook_gives_its_long_form(of) -> None:  # type: ignore[no-untyped-def]
    _, cells, _ = of("regional/rosstat_2016_01_export_by_region.xlsx")
    _, rows, _ = of("regional/rosstat_export_by_region_2009_2015_tidy.csv")
    book = {one.cell[1:]: one.value for one in cells if one.value is not None}
    long = {one.cell[1:]: one.value for one in rows}
    assert book.keys() == long.keys()
    assert len(book) == 7440
    # the long form has the noise of binary fractions, the workbook 17 digits of the same
    assert all(abs(long[key] - book[key]) < Decimal("1e-6") for key in book)


def test_exports_are_far_abroad_and_cis(of) -> None:  # type: ignore[no-untyped-def]
    _, cells, _ = of("regional/rosstat_2016_01_export_by_region.xlsx")
    by_partner: defaultdict[tuple[str, str], dict[str, Decimal]] = defaultdict(dict)
    for one in cells:
        if one.value is not None:
            by_partner[one.ref_area, one.period.code][one.counterpart_area] = one.value
    whole = [parts for parts in by_partner.values() if len(parts) == 3]
    assert len(whole) == 2432
    assert all(abs(parts["W"] - parts["NCIS"] - parts["CIS"]) <= Decimal("0.35") for parts in whole)


def test_regions_of_kazakhstan_add_up_without_the_old_one(of) -> None:  # type: ignore[no-untyped-def]
    _, figures, tally = of("regional/kz_bns_grp_by_region_2010_2025.csv")
    assert "PrintedTotalDiffers" not in {one.code for one in tally.remarks}
    assert len(tally.printed) == 16
    noted = [one for one in figures if "kz-bns-grp.counted-twice" in one.notes]
    assert {one.ref_area for one in noted} == {"KZ-YUZ", "KZ-61", "KZ-79"}
    together = sum(
        (one.value or 0 for one in figures if one.period.code == "2015" and one.ref_area != "KZ"),
        Decimal(0),
    )
    assert together > tally.printed["KZ GRP 2015"] + 10**6


@pytest.mark.parametrize(("year", "rate"), [(2020, "412.95"), (2022, "460.48")])
def test_the_two_sheets_give_the_rate_of_the_macro_file(of, year: int, rate: str) -> None:  # type: ignore[no-untyped-def]
    _, heads, _ = of("regional/kz_bns_grp_per_capita_by_region.xlsx")
    value = {
        one.unit: (one.value or Decimal(0)).scaleb(one.unit_mult)
        for one in heads
        if (one.ref_area, one.period.code) == ("KZ", str(year))
    }
    implied = value["KZT"] / value["USD"]
    assert abs(implied - Decimal(rate)) < Decimal("0.02")
    _, macro, _ = of("macro/kz_macro_quarterly_2010_2025q1.csv")
    rows = [to_row(one) for one in macro if one.unit == "KZT_USD"]
    found = rate_for(rates_of(rows, unit="KZT", per="USD"), Period.year(year))
    assert found is not None
    assert found.rate.point is not None
    assert abs(implied / found.rate.point - 1) < Decimal("0.001")
    assert (found.over, found.source) == (4, "kz-macro-quarterly")


def test_grp_of_omsk_and_population_of_kazakhstan(of) -> None:  # type: ignore[no-untyped-def]
    _, grp, _ = of("regional/rosstat_section9_grp_2000_2017.xlsx")
    (omsk,) = [
        o for o in grp if (o.measure, o.ref_area, o.period.code) == ("GRP", "RU-OMS", "2017")
    ]
    assert (omsk.printed, omsk.unit, omsk.unit_mult) == ("651044,7", "RUB", 6)
    _, people, _ = of("regional/kz_bns_population_by_region_2000_2023.xlsx")
    value = {(o.measure, o.ref_area, o.period.code): o.value for o in people}
    for year in ("2000", "2015", "2023"):
        on = f"{year}-01-01"
        both = value["POPULATION_M", "KZ", on] + value["POPULATION_F", "KZ", on]
        assert both == value["POPULATION", "KZ", on]
        regions = sum(
            number or 0
            for (measure, area, day), number in value.items()
            if (measure, day) == ("POPULATION", on) and area != "KZ"
        )
        assert regions == value["POPULATION", "KZ", on]


def test_units_belong_to_rows_and_an_index_is_no_volume(of) -> None:  # type: ignore[no-untyped-def]
    _, money, _ = of("regional/rosstat_2016_01_foreign_investment_by_region.xls")
    powers = {(o.ref_area == "RU", o.unit_mult) for o in money if o.unit == "USD"}
    assert powers == {(True, 6), (False, 3)}
    _, freight, _ = of("regional/rosstat_2016_01_freight_by_region.xls")
    assert {(o.unit, o.base_period is not None) for o in freight} == {("PC", True)}


def test_withheld_shipments_carry_the_note(of) -> None:  # type: ignore[no-untyped-def]
    _, figures, _ = of("regional/rosstat_shipments_by_region_C_D_E.xlsx")
    withheld = [one for one in figures if "rosstat-shipments.confidential" in one.notes]
    assert withheld
    assert all(one.value is None and one.status is Status.MISSING for one in withheld)


def test_the_rouble_of_march_2022_rests_on_one_day(of) -> None:  # type: ignore[no-untyped-def]
    _, figures, _ = of("macro/ecb_eur_fx_monthly_1999_2026.csv")
    noted = [one for one in figures if "ecb-eur-fx-monthly.few-days" in one.notes and one.value]
    assert [one.period.code for one in noted] == ["2022-03"]


def test_nowcasts_are_estimates(of) -> None:  # type: ignore[no-untyped-def]
    _, figures, _ = of("trade/mgimo_bulletin_headline.parquet")
    value = {(o.flow, o.period.code): o for o in figures if o.measure == "VALUE"}
    assert len(value) == 178
    assert value["M", "2019-01"].status is Status.MIRROR
    assert {o.status for o in value.values()} == {Status.MIRROR, Status.ESTIMATED}
