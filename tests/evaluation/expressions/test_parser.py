"""Reading expressions: what is understood, and where a fault points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.evaluation.expressions import DimensionFault, ExpressionFault, describe, parse
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain


@pytest.mark.parametrize(
    ("text", "position", "token"),
    [
        ("turover[2021]", 1, "turover"),
        ("grwth(turnover[2020], turnover[2021])", 1, "grwth"),
        ("growth(turnover[2020] turnover[2021])", 23, "turnover"),
        ("turnover[2021", 14, "…"),
        ("turnover[2021]]", 15, "]"),
        ("turnover[21]", 10, "21"),
        ("turnover[2021, flw=X]", 16, "flw"),
        ("turnover[2021, flow=]", 21, "]"),
        ("turnover[2021, flow=X, flow=M]", 24, "flow"),
        ("turnover[2021, 2022]", 16, "2022"),
        ("100 PCT", 5, "PCT"),
        ("turnover[2021] &", 16, "&"),
        ("change_always(turnover, 2016.., sideways)", 33, "sideways"),
        ("", 1, "…"),
    ],
)
def test_a_fault_points_at_the_token(text, position, token):
    with pytest.raises(ExpressionFault) as caught:
        parse(text)
    assert (caught.value.position, caught.value.token) == (position, token)
    for language in LANGUAGES:
        assert str(position) in explain(caught.value, language)
        assert caught.value.expected[language] in explain(caught.value, language)


@pytest.mark.parametrize(
    "text",
    [
        "growth(turnover, turnover[2021])",
        "turnover + turnover[2021]",
        "rank(KZ, turnover[2021])",
        "argmax(turnover[2021])",
        "turnover[2013..2021, counterpart=*]",
        "turnover[2021, counterpart=*, flow=X|M]",
    ],
)
def test_things_of_the_wrong_kind_are_refused(text):
    with pytest.raises(DimensionFault):
        parse(text)


def test_a_similar_name_is_suggested():
    with pytest.raises(ExpressionFault) as caught:
        parse("turover[2021]")
    assert "turnover" in caught.value.params["near"]


@pytest.mark.parametrize(
    "text",
    [
        "turnover[2021]",
        "value[2022, commodity=XVI, dataflow=TRADE_GOODS]",
        "value[?, commodity=FIRMS_FOREIGN_CAPITAL]",
        "turnover[2021-01/2021-07]",
        "turnover[2023-S1]",
        "argmax(turnover, 2013..2022)",
        "argmax(turnover, 2016..)",
        "argmax(turnover[..2016])",
        "rank(KZ, turnover[2021, counterpart=CN|KZ|TR])",
        "change_always(turnover, up)",
        "max(turnover[2020], turnover[2021], turnover[2022])",
        "-growth(turnover[2015], turnover[2016]) / 2",
        "(exports[2016] - imports[2016]) * 3",
    ],
)
def test_what_is_read_prints_as_something_that_reads_the_same(text):
    root = parse(text).root
    assert str(parse(str(root)).root) == str(root)


def test_products_bind_closer_than_sums():
    assert str(parse("exports[2016] + imports[2016] * 2").root).endswith("(imports[2016] * 2))")


@given(st.text(alphabet="turnoveshagwk[]()=,.|*+-/>2019 PC?", max_size=40))
def test_any_text_is_read_or_refused_with_a_place_in_it(text):
    try:
        parse(text)
    except ExpressionFault as fault:
        assert 1 <= fault.position <= len(text) + 1


def test_every_function_is_described_and_its_example_is_read():
    for one in describe():
        assert parse(one.example)
        assert all(one.meaning[language] for language in LANGUAGES)


@pytest.mark.parametrize(
    "text",
    ["(" * 400, "-" * 400 + "1", "abs(" * 100 + "1" + ")" * 100, "(" * 2000, "1" + "+1" * 999],
)
def test_what_is_too_deep_or_too_long_is_refused_at_a_token(text):
    with pytest.raises(ExpressionFault) as refused:
        parse(text)
    assert 1 < refused.value.position <= len(text) + 1
