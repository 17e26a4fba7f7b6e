"""A territory by any publisher's code or name, or a named error."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.sources.aliases import SCHEMES, AreaMatch, area, unit
from irtysh.sources.aliases.lists import rows_of
from irtysh.vocabulary.codelists import Code, Codelist, codelist, with_own_codelists
from irtysh.vocabulary.errors import AmbiguousCode, IrtyshError, UnknownCode
from irtysh.vocabulary.places import ROOT
from irtysh.vocabulary.text import Text
from irtysh.vocabulary.wording import catalogue, explain

CODES = ROOT.parent / "shared" / "data" / "codes"


@pytest.mark.parametrize(
    ("text", "scheme", "code"),
    [
        ("RU", "iso2", "RU"),
        ("rus", "iso3", "RU"),
        ("RUS", "any", "RU"),
        ("643", "numeric", "RU"),
        ("8", "numeric", "AL"),
        ("008", "numeric", "AL"),
        ("842", "comtrade", "US"),
        ("251", "comtrade", "FR"),
        ("699", "comtrade", "IN"),
        ("0", "comtrade", "W"),
        ("W00", "comtrade", "W"),
        ("all", "comtrade", "W"),
        ("WLD", "wits", "W"),
        ("World", "any", "W"),
        ("G001", "imf", "W"),
        ("001", "numeric", "W"),
        ("EUN", "wits", "EU"),
        ("UNS", "wits", "X-UNS"),
        ("SPE", "wits", "X-SPE"),
        ("BUN", "wits", "X-BUN"),
        ("FRE", "wits", "X-FRE"),
        ("MNT", "wits", "ME"),
        ("SER", "wits", "CSXX"),
        ("SVU", "wits", "SUHH"),
        ("AFE", "worldbank", "WB-AFE"),
        ("G110", "imf", "IMF-G110"),
        ("G998", "imf", "EU"),
        ("GX901", "imf", "IMF-GX901"),
        ("TX799", "imf", "IMF-TX799"),
        ("TX899", "imf", "X-SPE"),
        ("TX126", "imf", "BLX"),
        ("ANS", "atlas", "ATLAS-ANS"),
        ("KAZ", "atlas", "KZ"),
        ("Congo", "armstat", "CG"),
        ("Congo, Democratic Republic of the", "armstat", "CD"),
        ("Kazakhstan", "armstat", "KZ"),
        ("ROW", "icio", "X-ROW"),
        ("52000", "okato", "RU-OMS"),
        ("52000", "fcs", "RU-OMS"),
        ("52000 - ОМСКАЯ ОБЛАСТЬ", "fcs", "RU-OMS"),
        ("52000000000", "any", "RU-OMS"),
        ("52", "oktmo", "RU-OMS"),
        ("71140", "okato", "RU-YAN"),
        ("71900000", "oktmo", "RU-YAN"),
        ("11100000000", "okato", "RU-NEN"),
        ("06", "fcs-district", "RU-SIB-FD"),
        ("KZ-PAV", "iso3166-2", "KZ-55"),
        ("KZ-55", "any", "KZ-55"),
        ("KZ55", "any", "KZ-55"),
        ("PVL", "bns", "KZ-55"),
        ("55", "kato", "KZ-55"),
        ("550000000", "kato", "KZ-55"),
        ("KZ11", "fips", "KZ-55"),
        ("TR", "fcs", "TR"),
    ],
)
def test_codes(text: str, scheme: str, code: str) -> None:
    assert area(text, scheme).code == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("г.Москва", "RU-MOW"),
        ("г. Севастополь", "UA-40"),
        ("Северная  Осетия - Алания", "RU-SE"),
        ("Чукотский авт.округ", "RU-CHU"),
        ("Hенецкий авт. округ", "RU-NEN"),  # the first letter is a Latin H
        ("Калинингpадская область", "RU-KGD"),  # a Latin p inside
        ("в том числе:                     Ханты-Мансийский авт. округ - Югра", "RU-KHM"),
        ("Российская Федерация 3", "RU"),
        ("Туркестанская2)", "KZ-61"),
        ("Северо-Казахстанская", "KZ-59"),
        ("Солтүстік Қазақстан облысы", "KZ-59"),
        ("North Kazakhstan Region", "KZ-59"),
        ("Алматы", "KZ-75"),
        ("Алматы облысы", "KZ-19"),
        ("Соединенные Штаты Америки (США)", "US"),
        ("Lao PDR", "LA"),
        ("Viet Nam", "VN"),
    ],
)
def test_names_with_the_noise_of_publishers(name: str, code: str) -> None:
    assert area(name).code == code


@pytest.mark.parametrize(
    ("text", "scheme", "remark", "aggregate"),
    [
        ("ROM", "iso3", "AreaRenamed", False),
        ("TMP", "iso3", "AreaRenamed", False),
        ("ZAR", "worldbank", "AreaRenamed", False),
        ("SUD", "wits", "AreaRenamed", False),
        ("OAS", "wits", "AreaInPractice", False),
        ("490", "comtrade", "AreaInPractice", False),
        ("SER", "wits", "AreaFormer", False),
        ("UNS", "wits", "AreaSpecial", True),
        ("ANS", "atlas", "AreaSpecial", True),
        ("TX898", "imf", "AreaSpecial", True),
        ("TX910", "imf", "AreaAggregate", True),
        ("GX901", "imf", "AreaAggregate", True),
        ("EUN", "wits", "AreaAggregate", True),
        ("Сибирский федеральный округ", "name", "AreaAggregate", True),
        ("CN1", "icio", "AreaPartOf", False),
        ("KAZ", "iso3", "", False),
    ],
)
def test_what_the_reader_must_know(text: str, scheme: str, remark: str, aggregate: bool) -> None:
    match = area(text, scheme)
    assert (match.remark, match.is_aggregate) == (remark, aggregate)


@pytest.mark.parametrize(
    ("text", "on", "code", "valid", "remark"),
    [
        ("YKO", date(2015, 1, 1), "KZ-YUZ", True, ""),
        ("YKO", date(2020, 1, 1), "KZ-YUZ", False, "AreaNotInForce"),
        ("TRK", date(2012, 1, 1), "KZ-61", False, "AreaNotInForce"),
        ("TRK", date(2019, 1, 1), "KZ-61", True, ""),
        ("ABY", date(2021, 1, 1), "KZ-10", False, "AreaNotInForce"),
        ("ABY", date(2023, 1, 1), "KZ-10", True, ""),
        ("VKO", date(2015, 6, 1), "KZ-63", True, "AreaOldTerritory"),
        ("VKO", date(2023, 1, 1), "KZ-63", True, ""),
        ("PVL", date(1999, 1, 1), "KZ-55", True, ""),
    ],
)
def test_codes_have_days_of_validity(
    text: str, on: date, code: str, valid: bool, remark: str
) -> None:
    match = area(text, "bns", on)
    assert (match.code, match.is_valid_on, match.remark) == (code, valid, remark)


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("52", ("RU-OMS", "BB")),
        ("KZ11", ("KZ-11", "KZ-55")),
        ("ALA", ("AX", "KZ-75")),
        ("Конго", ("CD", "CG")),
        ("Korea", ("KR", "KP")),
    ],
)
def test_a_text_with_two_meanings_names_both(text: str, both: tuple[str, str]) -> None:
    with pytest.raises(AmbiguousCode) as caught:
        area(text)
    assert all(code in caught.value.params["candidates"] for code in both)
    assert both[1] in explain(caught.value, "kk")


@pytest.mark.parametrize(
    ("text", "scheme"),
    [("52401000000", "okato"), ("551010000", "kato"), ("XQZ", "iso3"), ("", "any"), ("9", "kato")],
)
def test_unknown_codes_are_an_error(text: str, scheme: str) -> None:
    with pytest.raises(UnknownCode):
        area(text, scheme)


def test_a_near_name_is_proposed_and_an_unknown_scheme_refused() -> None:
    with pytest.raises(UnknownCode, match="RU-OMS"):
        area("Омскаяя область")
    with pytest.raises(UnknownCode, match="schemes"):
        area("RU", "iso7")


def test_every_alias_leads_to_a_code_and_every_remark_has_words() -> None:
    areas = codelist("areas")
    for row in rows_of("area_codes"):
        assert row["code"] in areas, row
        assert row["scheme"] == "world" or row["scheme"] in SCHEMES, row
        assert not row["remark"] or row["remark"] in catalogue("faults"), row
    for row in rows_of("area_names"):
        assert all(code in areas for code in row["code"].split(";")), row


def test_our_own_codes_and_names_are_found() -> None:
    for code, entry in codelist("areas").items():
        if entry.extra["kind"] in ("total", "unspecified"):
            continue
        assert area(code).code == code
        for language, name in entry.name.items():
            try:
                assert area(name, "name").code == code, (code, language)
            except AmbiguousCode as error:
                assert code in error.params["candidates"]


def test_codes_of_a_case_are_found_while_it_is_open() -> None:
    names = {"ru": "Край-1", "kk": "Өлке-1", "en": "Land One"}
    own = Codelist("areas", {"X-1": Code("X-1", "", Text(names))})
    with with_own_codelists({"areas": own}):
        assert area("X-1").code == area("Land One", "name").code == "X-1"
        assert area("KAZ", "iso3").code == "KZ"
    for _ in range(2):  # a refusal is remembered and is still an error
        with pytest.raises(UnknownCode):
            area("X-1")


def test_a_remark_becomes_a_warning_with_its_place() -> None:
    fault = area("ROM", "iso3").fault("ROM", "panel.csv", 7, "reporter")
    assert fault is not None
    assert (fault.severity, fault.line) == ("warning", 7)
    assert "RO" in explain(fault, "ru")
    assert AreaMatch("KZ", "country", False).fault("KAZ") is None


@given(st.text(max_size=40), st.sampled_from(SCHEMES))
def test_any_text_is_a_match_or_a_named_error(text: str, scheme: str) -> None:
    try:
        assert area(text, scheme).code in codelist("areas")
    except IrtyshError as error:
        assert error.code in ("UnknownCode", "AmbiguousCode")


@given(
    st.sampled_from(["", "г.", "г. ", "город ", "\u00a0"]),
    st.sampled_from(["Москва", "МОСКВА", "москва"]),
    st.sampled_from(["", " ", " 2", "3)", ":"]),
)
def test_case_spaces_and_marks_do_not_matter(before: str, name: str, after: str) -> None:
    assert area(before + name + after, "name").code == "RU-MOW"


@pytest.mark.skipif(not CODES.exists(), reason="the real code lists are not at hand")
@pytest.mark.parametrize(
    ("file", "column", "scheme", "unknown"),
    [
        ("fcs_country.csv", "country_name", "name", {"Конго"}),
        ("fcs_region.csv", "region_name", "name", set()),
        ("fcs_region.csv", "region_code", "okato", set()),
        ("countries_en_ru_kk.csv", "cldr_kk", "name", {"Конго"}),
        ("regions_ru_kz_crosswalk.csv", "name_kk", "name", set()),
        ("../trade/wits_country_names.csv", "code", "wits", set()),
        ("../trade/oecd_icio_2025_country_codes.csv", "code", "icio", set()),
        ("../macro/world_bank_cpi_inflation_percent.csv", "Country Code", "worldbank", set()),
        ("../macro/world_bank_lpi_2010_2016.csv", "Country", "name", set()),
    ],
)
def test_the_real_lists(file: str, column: str, scheme: str, unknown: set[str]) -> None:
    with (CODES / file).open(encoding="utf-8-sig", newline="") as stream:
        texts = {row[column] for row in csv.DictReader(stream)} - {""}
    left = set()
    for text in texts:
        try:
            area(text, scheme)
        except IrtyshError:
            left.add(text)
    assert left == unknown


@pytest.mark.skipif(not CODES.exists(), reason="the real code lists are not at hand")
def test_the_crosswalk_of_regions_agrees_column_by_column() -> None:
    with (CODES / "regions_ru_kz_crosswalk.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            for column, scheme in (("okato", "okato"), ("oktmo", "oktmo"), ("bns_code", "bns"),
                                   ("kato_prefix", "kato")):  # fmt: skip
                if row[column]:
                    assert area(row[column], scheme).code == row["iso_3166_2"], (column, row)


def test_a_name_of_two_countries_names_both() -> None:
    for scheme in ("any", "name"):
        with pytest.raises(AmbiguousCode) as refused:
            area("Congo", scheme)
        for language in ("ru", "kk", "en"):
            said = explain(refused.value, language)
            assert "CD (Congo - Kinshasa)" in said
            assert "CG (Congo - Brazzaville)" in said


def test_groups_of_a_publisher_are_never_added_to_countries_and_its_residuals_are() -> None:
    kinds = {
        row["alias"]: codelist("areas")[row["code"]].extra["kind"]
        for row in rows_of("area_codes")
        if row["scheme"] == "imf" and row["code"].startswith("IMF-")
    }
    residual = {"TX399", "TX598", "TX799", "TX884", "TX898"}
    assert {alias for alias, kind in kinds.items() if kind == "residual"} == residual
    assert {kind for alias, kind in kinds.items() if alias not in residual} == {"aggregate"}


@pytest.mark.parametrize("text", ["²", "٣", "9" * 5000, "१२"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_digits_that_are_no_number_are_refused_by_name(text: str, scheme: str) -> None:
    with pytest.raises(UnknownCode):
        area(text, scheme)
    with pytest.raises(UnknownCode):
        unit(text)
