"""A view and its query string: one string for one view, and words for what no view has."""

from __future__ import annotations

from itertools import permutations
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.publication.views import (
    CALCULATIONS,
    CHARTS,
    DIMENSIONS,
    LEVELS,
    SHOWS,
    UnknownChoice,
    UnknownParameter,
    View,
    ViewTooLong,
)
from irtysh.vocabulary.wording import explain

CODES = (
    st.text("ABCXYZabcжқ0123456789_-:/. &=+", min_size=1, max_size=8).map(str.strip).filter(bool)
)
PERIODS = st.sampled_from(["", "2019", "2020-04", "2021-Q2", "2022-S1"])


@st.composite
def views(draw: st.DrawFn) -> View:
    codes = draw(
        st.dictionaries(
            st.sampled_from(DIMENSIONS), st.lists(CODES, min_size=1, max_size=4, unique=True)
        )
    )
    placed = draw(st.lists(st.sampled_from(DIMENSIONS), max_size=4, unique=True))
    cut = draw(st.integers(0, len(placed)))
    calculation = draw(st.sampled_from(CALCULATIONS))
    return View(
        version=draw(st.sampled_from(["latest", "2026-11-22-0a1b2c3d4e"])),
        codes={name: tuple(wanted) for name, wanted in codes.items()},
        level=draw(st.sampled_from(["", *LEVELS])),
        start=draw(PERIODS),
        end=draw(PERIODS),
        rows=tuple(placed[:cut]),
        columns=tuple(placed[cut:]),
        sort=draw(st.sampled_from(["code", "name", "-2023", "X|2023"])),
        hide_empty=draw(st.booleans()),
        show=draw(st.sampled_from(SHOWS)),
        calculation=calculation,
        base=draw(PERIODS) if calculation == "index" else "",
        whole=draw(st.sampled_from(["commodity", "counterpart_area"]))
        if calculation == "share"
        else "",
        chart=draw(st.sampled_from(CHARTS)),
        page=draw(st.integers(1, 99)),
        across=draw(st.integers(1, 9)),
    )


@given(views())
def test_a_view_reads_back_from_its_own_address(view: View) -> None:
    assert View.parse(view.query()) == view


@given(views())
def test_a_form_that_repeats_a_name_and_sends_blanks_says_the_same(view: View) -> None:
    pairs = [
        (name, code) for name, text in parse_qsl(view.query()) for code in text.split(",")
    ]  # fmt: skip
    blanks = [(name, "") for name in ("start", "flow", "level", "calc")]
    assert View.parse([*blanks, *pairs]).query() == view.query()


def test_the_order_of_an_address_does_not_matter() -> None:
    parts = ["flow=X,M", "start=2019", "rows=commodity", "show=both"]
    assert {View.parse("&".join(some)).query() for some in permutations(parts)} == {
        "flow=X,M&start=2019&rows=commodity&show=both"
    }


def test_defaults_are_left_out() -> None:
    said = "calc=none&show=labels&chart=auto&page=1&version=latest&sort=code&empty=show"
    assert View.parse(said) == View()
    assert View().query() == ""


@pytest.mark.parametrize(
    ("query", "name", "possible"),
    [
        ("calc=sum", "calc", "previous"),
        ("show=all", "show", "both"),
        ("start=yesterday", "start", "2023-04"),
        ("rows=colour", "rows", "counterpart_area"),
        ("page=0", "page", "1"),
        ("level=3", "level", "4"),
        ("version=newest", "version", "latest"),
        ("calc=share&whole=flow", "whole", "commodity"),
    ],
)
def test_a_wrong_value_is_refused_with_what_would_be_right(
    query: str, name: str, possible: str
) -> None:
    with pytest.raises(UnknownChoice) as refused:
        View.parse(query)
    assert refused.value.params["name"] == name
    for language in ("ru", "kk", "en"):
        assert possible in explain(refused.value, language)


def test_what_is_put_down_and_across_stands_across() -> None:
    view = View.parse("rows=flow,commodity&cols=flow")
    assert (view.rows, view.columns) == (("commodity",), ("flow",))


def test_an_unknown_parameter_is_refused_with_those_that_look_like_it() -> None:
    with pytest.raises(UnknownParameter) as refused:
        View.parse("flows=X")
    assert "flow" in explain(refused.value, "en")


def test_an_endless_address_is_refused() -> None:
    with pytest.raises(ViewTooLong):
        View.parse("commodity=" + "0" * 20_000)
    with pytest.raises(ViewTooLong):
        View.parse([("commodity", ",".join(str(number) for number in range(3000)))])


def test_a_choice_can_be_taken_back() -> None:
    view = View.parse("flow=X&level=2&start=2019&end=2020")
    assert view.choices == ("flow", "level", "start", "end")
    for name in view.choices:
        assert name not in view.without(name).choices
