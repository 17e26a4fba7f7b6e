"""Each fault of an expression: at its token, with a remedy in three languages, and at once."""

from __future__ import annotations

import pytest
import yaml

from irtysh.evaluation.expressions import DimensionFault, ExpressionFault, evaluate, parse
from irtysh.vocabulary.places import DEFINITIONS
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain
from tests.evaluation.expressions.test_bounds import SMALL

FAULTS = {
    "token": ("turnover[2021] # 1", 16, "#"),
    "sign": ("(turnover[2021]", 16, "…"),
    "end": ("turnover[2021] 5", 16, "5"),
    "operand": ("turnover[2021] + * 2", 18, "*"),
    "depth": ("(" * 60 + "1" + ")" * 60, 41, "("),
    "length": ("+".join(["1"] * 300), 500, "+"),
    "characters": ("1 +" + " " * 4000, 4001, " "),
    "unit": ("100 PERCENT", 5, "PERCENT"),
    "name": ("turnoverr[2021]", 1, "turnoverr"),
    "function": ("2 * grow(turnover[2020], turnover[2021])", 5, "grow"),
    "dimension": ("turnover[2021, partner=KZ]", 16, "partner"),
    "dimension_once": ("turnover[2021, area=A, ref_area=B]", 24, "ref_area"),
    "code": ("turnover[2021, flow=X|]", 23, "]"),
    "period": ("turnover[201]", 10, "201"),
    "one_window": ("turnover[2020, 2021]", 16, "2021"),
    "one_spread": ("value[2021, flow=X|M, commodity=*]", 1, "value[2021, commodity=*, flow=X|M]"),
    "no_panel": ("turnover[2013.., counterpart=*]", 1, "turnover[2013.., counterpart_area=*]"),
    "one_figure": ("2 * turnover", 5, "turnover"),
    "direction": ("change_always(turnover, 2016.., over)", 33, "over"),
    "arguments": ("abs(turnover[2021], turnover[2020])", 19, ","),
    "argument_figure": ("share(exports[2021], turnover)", 22, "turnover"),
    "argument_series": ("first(turnover[2021])", 7, "turnover[2021]"),
    "argument_spread": ("rank(KZ, turnover)", 10, "turnover"),
    "argument_several": ("argmax(turnover[2021])", 8, "turnover[2021]"),
    "argument_any": ("max((turnover[2021] > exports[2021]))", 5,
                     "(turnover[2021] > exports[2021])"),
    "same_unit": ("exports[2019] + 5 PC", 15, "+"),
    "no_square": ("exports[2019] * imports[2020]", 15, "*"),
}  # fmt: skip
"""Key of expected.* → an expression with that fault, its column and token."""


@pytest.mark.parametrize("key", FAULTS)
def test_a_fault_names_its_token_and_what_would_do(key: str) -> None:
    text, position, token = FAULTS[key]
    with pytest.raises(ExpressionFault) as caught:
        evaluate(parse(text), SMALL)
    fault = caught.value
    assert (fault.position, fault.token) == (position, token)
    said = {language: explain(fault, language) for language in LANGUAGES}
    assert len(set(said.values())) == 3
    for language, words in said.items():
        assert str(position) in words
        assert fault.expected[language] in words
        assert "{" not in words
    template = _words()[f"expected.{key}"]["en"].partition("{")[0]
    assert fault.expected["en"].startswith(template)


def _words() -> dict[str, dict[str, str]]:
    with (DEFINITIONS / "messages" / "expressions.yaml").open(encoding="utf-8") as stream:
        found: dict[str, dict[str, str]] = yaml.safe_load(stream)
    return found


def test_every_remedy_has_an_expression_that_needs_it() -> None:
    keys = {key.partition(".")[2] for key in _words() if key.startswith("expected.")}
    assert keys == set(FAULTS)


@pytest.mark.parametrize(
    ("text", "position", "token"),
    [("12abc", 1, "12abc"), ("1.5x + 2", 1, "1.5x"), ("2 + тауар[2021]", 5, "тауар"),
     ("turnover[2021] ≥ 3", 16, "≥")],
)  # fmt: skip
def test_what_is_no_token_is_shown_as_it_stands(text: str, position: int, token: str) -> None:
    with pytest.raises(ExpressionFault) as caught:
        parse(text)
    assert (caught.value.position, caught.value.token) == (position, token)


@pytest.mark.parametrize(
    "text",
    [
        "5 PC + exports[2019]",
        "exports[2019] - 5",
        "exports[2019] > 5 PC",
        "exports[2019] > growth(exports[2019], exports[2020])",
        "growth(exports[2019], 5 T)",
        "share(5 PC, exports[2019])",
        "between(exports[2019], 5 PC)",
        "min(exports[2019], rank(KZ, exports[2020, counterpart=*]))",
        "5 / exports[2019]",
        "share(imports[2020], exports[2020]) / exports[2020]",
    ],
)
def test_dollars_and_per_cent_are_never_mixed(text: str) -> None:
    with pytest.raises(DimensionFault) as caught:
        evaluate(parse(text), SMALL)
    assert caught.value.params["near"] == "—"


@pytest.mark.parametrize(
    "text",
    [
        "-" * 5000 + "1",
        "(" * 5000,
        "abs(" * 1000 + "1" + ")" * 1000,
        "growth(" * 900,
        "+".join(["exports[2020]"] * 3000),
        "value[2021, commodity=" + "|".join(["I"] * 3000) + "]",
        "9" * 100_000,
        "t" * 100_000,
        "[" * 3000,
        "\t" * 5000,
    ],
    ids=lambda text: text[:6],
)
def test_monsters_are_refused_by_name(text: str) -> None:
    with pytest.raises(ExpressionFault) as caught:
        parse(text)
    assert len(caught.value.token) < 100
    assert caught.value.position <= 4001


def test_what_is_long_within_the_limits_is_still_computed() -> None:
    nested = "(" * 39 + "exports[2020]" + ")" * 39
    chain = " + ".join(["imports[2020] * 1"] * 60)
    assert evaluate(parse(nested), SMALL).point == 33_000_000
    assert evaluate(parse(chain), SMALL).point == 600_000_000


def test_huge_numbers_neither_overflow_nor_lose_their_sign() -> None:
    huge = "9" * 60
    found = evaluate(parse(" * ".join([huge] * 50)), SMALL)
    assert found.low is not None
    assert found.low.is_finite()
    assert found.low > 0
    assert evaluate(parse(f"exports[2020] / {huge}"), SMALL).kind == "rounding"
    assert evaluate(parse(f"0.{'0' * 60}1 * exports[2020]"), SMALL).interval is not None
