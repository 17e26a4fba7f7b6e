"""Code lists: names, days of validity, near matches, and the codes a case adds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from irtysh.vocabulary.codelists import (
    codelist,
    read_codelist,
    read_codelist_text,
    with_own_codelists,
)
from irtysh.vocabulary.errors import UnknownCode
from irtysh.vocabulary.places import DEFINITIONS
from irtysh.vocabulary.text import LANGUAGES

LISTS = sorted(path.stem for path in (DEFINITIONS / "codelists").glob("*.csv"))
# A chapter is part of a section, which is another list.
PARENTS = {"hs_chapters": "hs_sections"}
_HEADER = "code,parent,valid_from,valid_to,name_ru,name_kk,name_en\n"
_OWN = read_codelist_text("areas", _HEADER + "X-1,,,,Икс,Икс,Ex\nKZ,,,,Другой,Басқа,Other\n")


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_whole(name: str) -> None:
    codes = codelist(name)
    above = codelist(PARENTS.get(name, name))
    assert len(codes) > 0
    for key, code in codes.items():
        assert key == code.code
        assert code.name.missing(LANGUAGES) == ()
        assert not code.parent or code.parent in above
        if code.valid_from and code.valid_to:
            assert code.valid_from <= code.valid_to


@pytest.mark.parametrize("name", sorted(set(LISTS) - set(PARENTS)))
def test_no_code_is_its_own_ancestor(name: str) -> None:
    codes = codelist(name)
    for start in codes:
        seen, code = {start}, codes[start].parent
        while code:
            assert code not in seen
            seen.add(code)
            code = codes[code].parent


def test_an_unknown_code_comes_with_what_is_near() -> None:
    with pytest.raises(UnknownCode) as refused:
        _ = codelist("areas")["RU-OMX"]
    assert refused.value.params["codelist"] == "areas"
    assert "RU-OMS" in refused.value.params["near"]


def test_nothing_near_is_said_with_a_dash() -> None:
    with pytest.raises(UnknownCode) as refused:
        _ = codelist("flows")["ЩЩЩЩЩ"]
    assert refused.value.params["near"] == "—"


def test_an_unknown_code_can_be_asked_for_like_a_missing_key() -> None:
    assert codelist("areas").get("nowhere") is None
    assert "nowhere" not in codelist("areas")
    with pytest.raises(KeyError):
        codelist("areas").label("nowhere", "ru")


def test_an_unknown_list_comes_with_lists_that_are_near() -> None:
    with pytest.raises(UnknownCode) as refused:
        codelist("area")
    assert "areas" in refused.value.params["near"]


def test_a_case_adds_codes_and_takes_them_away_again() -> None:
    before = len(codelist("areas"))
    generic = codelist("areas").label("KZ", "en")
    with with_own_codelists({"areas": _OWN}):
        assert codelist("areas").label("X-1", "en") == "Ex"
        assert codelist("areas").label("KZ", "en") == "Other"
        assert codelist("areas").label("RU-OMS", "ru")
        assert codelist("flows") is not None
        assert len(codelist("areas")) == before + 1
    assert "X-1" not in codelist("areas")
    assert codelist("areas").label("KZ", "en") == generic


def test_added_codes_go_even_when_the_work_fails() -> None:
    with pytest.raises(RuntimeError), with_own_codelists({"areas": _OWN}):
        raise RuntimeError
    assert "X-1" not in codelist("areas")


def test_a_code_is_valid_between_its_days() -> None:
    code = read_codelist_text("a", _HEADER + "X,,2010-07-01,2012-12-31,а,а,a\n")["X"]
    assert not code.valid_on(date(2010, 6, 30))
    assert code.valid_on(date(2010, 7, 1))
    assert code.valid_on(date(2012, 12, 31))
    assert not code.valid_on(date(2013, 1, 1))


def test_open_days_are_always_valid() -> None:
    code = read_codelist_text("a", _HEADER + "X,,,,а,а,a\n")["X"]
    assert code.valid_on(date.min)
    assert code.valid_on(date.max)


def test_a_spreadsheet_s_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_text(_HEADER + "X,,,,а,а,a\n", encoding="utf-8-sig")
    assert list(read_codelist(path)) == ["X"]


def test_further_columns_are_kept() -> None:
    text = "code,symbol_ru,name_ru,name_kk,name_en\nT,т,тонна,тонна,tonne\n"
    assert read_codelist_text("units", text)["T"].extra == {"symbol_ru": "т"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name_ru\nx\n",
        _HEADER + "X,,yesterday,,а,а,a\n",
        _HEADER + "X,,,,а,а,a,b,c\n",
        _HEADER + "X,,,,а,а,a\nX,,,,б,б,b\n",
    ],
)
def test_what_is_no_code_list_is_refused(text: str) -> None:
    if not text:
        assert len(read_codelist_text("a", text)) == 0
        return
    with pytest.raises((KeyError, ValueError)):
        read_codelist_text("a", text)


def test_a_short_row_has_blank_names() -> None:
    code = read_codelist_text("a", _HEADER + "X,,,,а\n")["X"]
    assert code.name.missing(LANGUAGES) == ("kk", "en")
