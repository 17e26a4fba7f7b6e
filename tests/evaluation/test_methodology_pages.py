"""The pages on expressions and claims say what the code does: names, examples, thresholds."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

import pytest

from irtysh.evaluation.claims.acceptance import thresholds
from irtysh.evaluation.claims.claim import HEDGED
from irtysh.evaluation.claims.judgement import ENGINE
from irtysh.evaluation.expressions import ExpressionFault, World, describe, evaluate, parse
from irtysh.evaluation.expressions.signatures import DIMENSIONS
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.places import ROOT
from tests.observations import observe

_PAGES = ROOT / "docs" / "methodology"
_CODE = re.compile(r"`([^`]+)`")
_HEADLINE = {
    "dataflow": "TRADE_PARTNER",
    "ref_area": "RU-OMS",
    "counterpart_area": "KZ",
    "flow": "T",
    "classification": "_Z",
    "commodity": "_T",
    "measure": "VALUE",
    "unit": "USD",
}


@cache
def page(name: str) -> str:
    """Return the text of a page."""
    return (_PAGES / name).read_text(encoding="utf-8")


def table(name: str, heading: str) -> list[list[str]]:
    """Return the cells of the table whose header row starts so, without the header."""
    lines = page(name).splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith(heading))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        cells = re.split(r"(?<!\\)\|", line)[1:-1]
        rows.append([cell.strip().replace("\\|", "|") for cell in cells])
    return rows


def code(cell: str) -> str:
    """Return what stands between the first backticks."""
    found = _CODE.search(cell)
    assert found, cell
    return found.group(1)


@cache
def world() -> World:
    """Return the figures of the page's table."""
    found = []
    for source, partner, flow, goods, measure, period, base, printed in table(
        "expressions.md", "| Source | Partner |"
    ):
        total = goods == "_T"
        rate = {"unit": "PC", "unit_mult": 0, "base_period": base} if base else {}
        found.append(
            observe(
                printed,
                period,
                source=source,
                counterpart_area=partner,
                flow=flow,
                commodity=goods,
                measure=measure,
                dataflow="TRADE_PARTNER" if total else "TRADE_GOODS",
                classification="_Z" if total else "HS_SECTION",
                **rate,
            )
        )
    return World(found, headline=_HEADLINE)


def answered(text: str, asked: World) -> tuple[str, str]:
    """Return value and kind of an expression as the page prints them."""
    found = evaluate(parse(text), asked)
    gap = ", ".join(dict.fromkeys(one.kind for one in found.missing))
    why = f"missing: {gap}" if gap else found.kind
    if found.interval is None:
        return ", ".join(found.choices) or "–", why
    low, high = found.interval.low, found.interval.high
    if found.gives == "truth":
        return {(1, 1): "yes", (0, 0): "no"}.get((int(low), int(high)), "not known"), why
    name = {"USD": "mln USD", "PC": "%", "": ""}.get(found.unit, found.unit)
    scale = Decimal("0.000001") if found.unit == "USD" else Decimal(1)
    if low == high:
        return f"{_short(low * scale)} {name}".strip(), why
    left, right = "[("[found.interval.low_open], "])"[found.interval.high_open]
    bounds = f"{left}{_short(low * scale)}, {_short(high * scale)}{right}"
    return f"{bounds} {name}".strip(), why


def _short(value: Decimal) -> str:
    if value.is_infinite():
        return "∞"
    return format(value.quantize(Decimal("0.0001")).normalize(), "f")


def test_every_function_stands_in_the_page_with_its_signature_and_meaning():
    rows = {code(row[0]): row[1] for row in table("expressions.md", "| Signature |")}
    assert rows == {one.signature: one.meaning["en"] for one in describe()}


def test_every_dimension_and_gap_is_named():
    for name in DIMENSIONS:
        assert f"`{name}`" in page("expressions.md")


def _written() -> list[str]:
    """Return every expression of the page that is to be read without a fault."""
    rows = table("expressions.md", "| Expression | Value |")
    kinds = table("expressions.md", "| Kind | What it is |")
    found = [code(row[0]) for row in rows]
    found += [each for row in kinds for each in _CODE.findall(row[2])]
    prose = re.sub(r"(?m)^\|.*$", "", page("expressions.md")).replace("\n", " ")
    found += [each for each in _CODE.findall(prose) if "[2" in each]
    return [each for each in found if "[" in each]


@pytest.mark.parametrize("text", _written())
def test_an_expression_of_the_page_is_read(text):
    assert parse(text)


@pytest.mark.parametrize("row", table("expressions.md", "| Expression | Value |"))
def test_an_example_gives_what_the_page_prints(row):
    text, value, why = row
    assert answered(code(text), world()) == (value, why)


@pytest.mark.parametrize("row", table("expressions.md", "| Expression | Column |"))
def test_a_fault_of_the_page_is_the_fault_raised(row):
    text, position, token, name = row
    with pytest.raises(ExpressionFault) as caught:
        evaluate(parse(code(text)), world())
    found = caught.value
    assert (type(found).__name__, found.position, found.token) == (name, int(position), code(token))


def test_the_widths_of_the_page_are_those_of_the_thresholds():
    rows = {row[0]: (row[1], row[2]) for row in table("claims.md", "| wording |")}
    limits = thresholds()
    assert rows["about x"] == (_percent("about_literal"), _percent("about_usual"))
    assert rows["by a third, twofold"] == (_percent("fraction_literal"), _percent("fraction_usual"))
    for cell, name in zip(rows["almost x"], ("almost_literal", "almost_usual"), strict=True):
        assert cell == f"[{limits[name]} x, x)"
    for cell, side in zip(rows["does not change"], ("literal", "usual"), strict=True):
        assert f"±{limits[f'unchanged_{side}']} %" in cell
        assert f"up to {limits[f'structure_{side}']}" in cell
    tradition = (
        f"in {100 * limits['tradition_share']:.0f} % of at least {limits['tradition_years']}"
    )
    assert rows["traditionally"][0].startswith(tradition)


def _percent(name: str) -> str:
    return f"±{100 * thresholds()[name]:.0f} %"


@pytest.mark.parametrize(
    "names",
    ["claim_kinds", "claim_operators", "claim_hedges", "claim_verdicts", "claim_grounds"],
)
def test_every_code_of_a_claim_is_named(names):
    text = page("claims.md")
    missing = [one for one in codelist(names) if not re.search(rf"\b{one}\b", text)]
    assert not missing


def test_hedges_and_version_are_those_of_the_engine():
    text = page("claims.md")
    assert f"`{ENGINE}`" in text
    assert all(f"`{operator}`" in text or operator == hedge for hedge, operator in HEDGED.items())


def test_every_reason_is_named():
    text = page("claims.md")
    assert all(re.search(rf"\b{reason}\b", text) for reason in codelist("claim_reasons"))
