"""Codes as ids: nothing is lost, and only legal characters are written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.sdmx.identifiers import own_code, sdmx_id
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import UnknownCode


@given(st.text(min_size=1, max_size=20))
def test_any_code_comes_back(code: str) -> None:
    written = sdmx_id(code)
    assert re.fullmatch(r"[A-Za-z0-9_@$\-]+", written)
    assert own_code(written) == code


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("RU-OMS", "RU-OMS"),
        ("FLOW:T", "FLOW$3AT"),
        ("2020-01/2020-07", "2020-01$2F2020-07"),
        ("a$b", "a$24b"),
        ("Щ", "$-429-"),
        ("", "_Z"),
    ],
)
def test_how_codes_are_written(code: str, written: str) -> None:
    assert sdmx_id(code) == written


@pytest.mark.parametrize("identifier", ["$", "a$", "$G1", "$3", "$-41", "$3a"])
def test_an_id_that_we_never_write_is_refused(identifier: str) -> None:
    with pytest.raises(UnknownCode):
        own_code(identifier)


@pytest.mark.parametrize("name", ["areas", "units", "flows", "measures", "classifications"])
def test_our_codes_are_ids_as_they_stand(name: str) -> None:
    assert [code for code in codelist(name) if sdmx_id(code) != code] == []
