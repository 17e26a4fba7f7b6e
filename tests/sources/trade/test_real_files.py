"""The publishers' own files, where they lie beside the repository: control sums of their makers."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from irtysh.sources.intake.opened import open_file
from irtysh.store.questions import without_overlap
from irtysh.vocabulary.places import ROOT
from tests.sources.trade.opened import read, remarks

_TRADE = ROOT.parent / "shared" / "data" / "trade"
pytestmark = pytest.mark.skipif(not _TRADE.exists(), reason="no files of the publishers here")


def _read(folder: Path, file: str, layout: str, **settings: str):
    return read(open_file(_TRADE / file, file, folder), layout, **settings)


def test_customs_layout_of_turkish_mirror_data(tmp_path: Path) -> None:
    rows, tally = _read(
        tmp_path, "rus_tur_2025_monthly_hs8_mirror.parquet", "customs-ru",
        unit_mult="0", status="MIRROR",
    )  # fmt: skip
    sums: Counter[str] = Counter()
    for row in rows:
        sums[row.flow] += Decimal(row.value)
    assert {flow: round(total / 10**9, 2) for flow, total in sums.items()} == {
        "X": Decimal("41.77"), "M": Decimal("5.98"),
    }  # fmt: skip
    assert tally.lines == 45_575
    assert not tally.refused
    assert "QuantityUnitUnknown" not in remarks(tally)
    units = Counter(row.quantity_unit for row in rows)
    assert {name: units[name] for name in ("CELL", "KG_U", "KG_MET_AM", "KG_DRAINED", "KG_90")} == {
        "CELL": 25, "KG_U": 2, "KG_MET_AM": 4, "KG_DRAINED": 25, "KG_90": 29,
    }  # fmt: skip
    assert len({row[:7] for row in rows}) == len(rows)


def test_tanzania_with_its_zeros_back(tmp_path: Path) -> None:
    rows, tally = _read(tmp_path, "sample_wits_hs6_tza_2012.csv.gz", "wits-bulk")
    assert (len(rows), tally.refused.total()) == (64_806, 0)
    assert {len(row.commodity) for row in rows} == {6}
    assert remarks(tally)["ZerosRestored"]["code"] == "010110"


def test_indonesia_from_comtrade(tmp_path: Path) -> None:
    rows, tally = _read(tmp_path, "sample_comtrade_legacy_bulk_idn.csv.gz", "comtrade-legacy")
    assert (len(rows), tally.refused.total(), tally.unknown.total()) == (8_857, 0, 0)
    assert rows[0][1:8] == ("ID", "W", "X", "H5", "010392", "2018", "55930137")


def test_exports_by_hs4(tmp_path: Path) -> None:
    rows, tally = _read(
        tmp_path, "ots_exports_hs4_2017.parquet", "ots-exports", classification="H5"
    )
    assert len(rows) == 233_432
    missing = sum(1 for row in rows if not row.value)
    assert missing == 56_461
    russia = sum(Decimal(row.value) for row in rows if row.ref_area == "RU" and row.value)
    assert round(russia / 10**9, 1) == Decimal("406.0")
    assert not tally.refused


def test_russia_by_partner(tmp_path: Path) -> None:
    rows, tally = _read(tmp_path, "imf_imts_russia_by_partner_2016_2024.csv", "imf-imts-wide")
    kazakhstan = {row.period: row.value for row in rows if row[2:4] == ("KZ", "X")}
    assert {year: round(Decimal(kazakhstan[year])) for year in ("2016", "2021", "2023")} == {
        "2016": 9451, "2021": 18474, "2023": 16991,
    }  # fmt: skip
    assert (tally.kept, tally.left_out, tally.refused.total()) == (
        3_704, {"trade-blank-cell": 526}, 0,
    )  # fmt: skip


def test_countries_and_what_the_imf_could_not_assign_make_its_world(tmp_path: Path) -> None:
    """Groups are left out of the sum, residuals are not: the publisher's own total says so."""
    rows, _ = _read(tmp_path, "imf_imts_russia_by_partner_2016_2024.csv", "imf-imts-wide")
    apart = without_overlap({row.counterpart_area for row in rows})
    assert {"IMF-TX598", "IMF-TX898", "CU"} <= apart
    assert not {"EU", "IMF-G110", "IMF-TX910", "IMF-GX901"} & apart
    sums: Counter[tuple[str, str]] = Counter()
    world = {}
    for row in rows:
        if row.counterpart_area == "W":
            world[row.flow, row.period] = Decimal(row.value)
        elif row.counterpart_area in apart:
            sums[row.flow, row.period] += Decimal(row.value)
    assert len(world) == 18
    assert all(abs(sums[key] - total) < Decimal("0.00001") for key, total in world.items())


def test_armenia_tells_the_two_congos_apart(tmp_path: Path) -> None:
    rows, tally = _read(
        tmp_path, "armenia_monthly_trade_by_country_2007_2024.parquet", "armstat-monthly",
        import_partner="origin",
    )  # fmt: skip
    assert (tally.kept, tally.refused.total()) == (56_734, 0)
    months: dict[str, set[str]] = {"CG": set(), "CD": set()}
    for row in rows:
        if row.counterpart_area in months:
            months[row.counterpart_area].add(row.period)
    # Both stand in one month, so one name is not another spelling of the other.
    assert months["CG"] & months["CD"] == {"2021-07", "2022-12", "2024-06"}


def test_both_sides_of_the_panel(tmp_path: Path) -> None:
    rows, tally = _read(tmp_path, "wits_bilateral_totals_1962_2016.parquet", "wits-panel")
    said = {(*row[1:4], row.period): Decimal(row.value) for row in rows}
    assert round(said["RU", "KZ", "X", "2010"] / 10**6, 2) == Decimal("10.69")
    assert round(said["KZ", "RU", "M", "2010"] / 10**6, 2) == Decimal("5.48")
    assert len(said) == len(rows)
    assert set(tally.refused) == {"AreaOverwritten"}
    assert not any(row.period < "1993" and "RU" in row[1:3] for row in rows)


def test_intermediate_sales(tmp_path: Path) -> None:
    rows, tally = _read(
        tmp_path, "oecd_icio2022_intermediate_bilateral_by_sector.parquet", "oecd-icio",
        year="2022",
    )  # fmt: skip
    pair = sum(Decimal(row.value) for row in rows if row[1:3] == ("RU", "KZ"))
    assert round(pair / 1000, 1) == Decimal("14.2")
    assert tally.lines == 255_275
    assert not tally.refused
