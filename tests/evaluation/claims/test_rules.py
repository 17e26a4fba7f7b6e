"""What wordings admit, the order of the rules, and what a verdict never depends on."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from irtysh.evaluation.claims.acceptance import NUMERIC, accepted
from irtysh.evaluation.claims.claim import granule
from irtysh.evaluation.claims.own import overlap
from irtysh.evaluation.claims.verdicts import FIRM, Verdict, compare, together
from irtysh.vocabulary.interval import Interval
from irtysh.vocabulary.numbers import Qualifier
from tests.evaluation.paper_claims import claim, judged, observations, percent, verdict
from tests.indicators.first_case import turnover


def D(text):
    return Decimal(text)


@pytest.mark.parametrize(
    ("operator", "printed", "literal", "usual"),
    [
        ("eq", "402", ("401.5", "402.5"), ("401.5", "402.5")),
        ("eq", "380", ("375", "385"), ("375", "385")),
        ("eq", "12.6", ("12.55", "12.65"), ("12.55", "12.65")),
        ("gt", "380", ("380", "Infinity"), ("380", "390")),
        ("ge", "402", ("402", "Infinity"), ("402", "403")),
        ("lt", "380", ("-Infinity", "380"), ("370", "380")),
        ("le", "3", ("-Infinity", "3"), ("2", "3")),
        ("about", "150", ("135", "165"), ("142.5", "157.5")),
        ("almost", "30", ("27", "30"), ("28.5", "30")),
        ("fraction", "30", ("24", "36"), ("27", "33")),
    ],
)
def test_what_a_wording_admits(operator, printed, literal, usual):
    value = D(printed)
    sets = accepted(operator, value, granule(value))
    assert (sets.literal.low, sets.literal.high) == tuple(D(end) for end in literal)
    assert (sets.usual.low, sets.usual.high) == tuple(D(end) for end in usual)


@pytest.mark.parametrize(
    ("printed", "step"),
    [("380", "10"), ("402", "1"), ("12.6", "0.1"), ("1000", "1000")],
)
def test_the_granule_is_the_last_significant_digit(printed, step):
    assert granule(D(printed)) == D(step)


@pytest.mark.parametrize(
    ("hedge", "expected"),
    [("over", "UNDER_INFORMATIVE"), ("under", "CONTRADICTED"), ("at_least", "UNDER_INFORMATIVE"),
     ("about", "UNDER_INFORMATIVE"), ("none", "CONTRADICTED")],
)  # fmt: skip
def test_a_hedge_is_read_into_equals(hedge, expected):
    assert verdict(claim("level", "eq", "380", "turnover[2021]", hedge=hedge)) == expected


numbers = st.decimals(-1000, 1000, places=1, allow_nan=False)
widths = st.decimals(0, 200, places=1, allow_nan=False)


@given(st.sampled_from(sorted(NUMERIC)), numbers, numbers, widths, widths, widths,
       st.sampled_from(["rounding", "conflict", "structural"]))  # fmt: skip
def test_widening_never_makes_a_verdict_firmer(operator, said, low, width, left, right, kind):
    sets = accepted(operator, said, granule(said))
    narrow = Interval(low, low + width)
    wide = Interval(narrow.low - left, narrow.high + right)
    before, after = compare(narrow, sets, kind), compare(wide, sets, kind)
    if before not in FIRM:
        assert after not in FIRM
    if before is Verdict.UNDER_INFORMATIVE:
        assert after is not Verdict.VERIFIED
    if after is Verdict.CONTRADICTED:
        assert before is Verdict.CONTRADICTED


@given(st.sampled_from(sorted(NUMERIC)), numbers)
def test_the_usual_set_lies_within_the_literal_one(operator, said):
    sets = accepted(operator, said, granule(said))
    assert sets.usual.within(sets.literal)


@given(st.lists(st.sampled_from(sorted(Verdict)), min_size=1, max_size=4))
def test_readings_are_joined_in_any_order(verdicts):
    assert len({together(list(order)) for order in permutations(verdicts)}) == 1


@pytest.mark.parametrize(
    ("verdicts", "joined"),
    [
        ("VERIFIED VERIFIED", "VERIFIED"),
        ("VERIFIED UNDER_INFORMATIVE", "UNDER_INFORMATIVE"),
        ("VERIFIED CONTRADICTED", "AMBIGUOUS"),
        ("CONTRADICTED NOT_CHECKABLE", "AMBIGUOUS"),
        ("INDETERMINATE NOT_CHECKABLE", "INDETERMINATE"),
        ("ILL_FORMED VERIFIED", "VERIFIED"),
        ("ILL_FORMED ILL_FORMED", "ILL_FORMED"),
        ("CONTRADICTED INCONSISTENT", "INCONSISTENT"),
    ],
)
def test_how_readings_are_joined(verdicts, joined):
    assert together([Verdict(one) for one in verdicts.split()]).value == joined


EXPRESSIONS = ["turnover[2021]", "turnover[2016]", "turnover[2018]"]


@pytest.mark.parametrize("order", list(permutations(EXPRESSIONS)))
def test_a_verdict_does_not_depend_on_the_order_of_bindings(order):
    assert verdict(claim("level", "gt", "380", *order)) == "AMBIGUOUS"


@pytest.mark.parametrize(
    ("value", "mult"), [("402,1", 6), ("402100", 3), ("0,4021", 9), ("402100000", 0)]
)
def test_a_verdict_does_not_depend_on_units(value, mult):
    step = {6: "0,1", 3: "100", 9: "0,0001", 0: "100000"}[mult]
    row = claim("level", "eq", value, "turnover[2021]", unit_mult=mult, granule=step, source="x")
    assert verdict(row) == "VERIFIED"


@settings(max_examples=5, deadline=None)
@given(st.sampled_from(["402,1", "402,0", "402", "400"]), st.randoms(use_true_random=False))
def test_a_verdict_does_not_depend_on_the_order_of_figures(said, shuffler):
    mixed = observations()
    shuffler.shuffle(mixed)
    row = claim("level", "eq", said, "turnover[2021]")
    assert verdict(row) == verdict(row, found=mixed)


def test_fewer_printed_digits_never_make_a_verdict_firmer():
    row = claim("level", "gt", "402", "turnover[2021]", source="x")
    fine, coarse = [turnover("402,1")], [turnover("402")]
    assert verdict(row, found=fine) == "VERIFIED"
    assert verdict(row, found=coarse) == "WITHIN_ROUNDING"


RECORD = claim("extremum", "argmax", "402", "turnover[2021]", locator="L.297-298")


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(["2014", "2018", "2019", "2023"]), st.integers(1, 2000),
       st.sampled_from(["press", "office", "paper"]))  # fmt: skip
def test_new_data_never_verify_what_identities_contradict(year, amount, source):
    assert verdict(RECORD) == "INCONSISTENT"
    more = turnover(f"{amount},0", year, source=source, locator="new")
    assert verdict(RECORD, found=[*observations(), more]) in ("INCONSISTENT", "CONTRADICTED")


def test_the_claim_is_no_evidence_for_itself():
    row = percent("change", "eq", "12,6", "growth(turnover[2020], turnover[2021])", locator="L.1")
    found = judged(row)[0]
    assert len(found.own) == 1
    assert found.verdict is Verdict.INDETERMINATE


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("L.296-297", "L.297–298", True),
        ("L.304–305, L.377–378", "L.378", True),
        ("L.296", "L.297", False),
        ("headline", "headline", True),
        ("headline", "text", False),
        ("table, I, 2013", "L.2013", False),
    ],
)
def test_locators_overlap_by_lines(one, other, shared):
    assert overlap(one, other) is shared
    assert overlap(other, one) is shared


def test_an_undated_figure_decides_nothing():
    undated = turnover("500", "", locator="undated", source="press")
    row = claim("level", "eq", "402", "value[?]", period="")
    found = judged(row, found=[undated])[0]
    assert (found.verdict.value, found.reason) == ("NOT_CHECKABLE", "period")


def test_a_fault_of_the_expression_is_not_the_fault_of_the_claim():
    assert verdict(claim("level", "eq", "402", "turover[2021]")) == "NOT_CHECKABLE"
    assert verdict(claim("level", "eq", "402", "turnover[2021] + 1 PC")) == "ILL_FORMED"
    assert verdict(claim("level", "eq", "402", "growth(turnover[2016], turnover[2021])")) == (
        "ILL_FORMED"
    )


def test_figures_do_not_prove_a_cause():
    row = percent("causal", "gt", "60", "growth(turnover[2016], turnover[2021])")
    found = judged(row)[0]
    assert (found.verdict.value, found.reason) == ("INDETERMINATE", "cause")
    against = percent("causal", "gt", "90", "growth(turnover[2016], turnover[2021])")
    assert verdict(against) == "CONTRADICTED"


@pytest.mark.parametrize(
    ("operator", "expression", "expected"),
    [
        ("rises", "growth(turnover[2016], turnover[2021])", "VERIFIED"),
        ("falls", "growth(turnover[2016], turnover[2021])", "CONTRADICTED"),
        ("unchanged", "structure-ryabtsev[2022, base=2020]", "VERIFIED"),
        ("unchanged", "structure-ryabtsev[2017, base=2013]", "UNDER_INFORMATIVE"),
        ("unchanged", "growth(turnover[2016], turnover[2021])", "CONTRADICTED"),
        ("listed", "are_top(KZ|CN, turnover[2021, counterpart=*])", "VERIFIED"),
    ],
)
def test_directions_and_lists(operator, expression, expected):
    assert verdict(claim("trend", operator, "", expression, source="x")) == expected


def _partners(**by_year):
    return [
        turnover(printed, year[1:], counterpart_area=code, locator=f"{code} {year}")
        for year, codes in by_year.items()
        for code, printed in codes.items()
    ]


@pytest.mark.parametrize(
    ("firsts", "expected"),
    [("KKKKK", "VERIFIED"), ("KKKKC", "UNDER_INFORMATIVE"), ("KKCCC", "CONTRADICTED"),
     ("KK", "NOT_CHECKABLE")],
)  # fmt: skip
def test_traditions_are_judged_year_by_year(firsts, expected):
    years = {
        f"y{2010 + place}": {"KZ": "9" if first == "K" else "1", "CN": "5"}
        for place, first in enumerate(firsts)
    }
    row = claim("rank", "rank", "1", "rank(KZ, turnover[2010, counterpart=*])", unit="PLACE",
                unit_mult=0, hedge="traditionally", source="x")  # fmt: skip
    assert verdict(row, found=_partners(**years)) == expected


def test_sources_that_differ_leave_it_open():
    rivals = [turnover("402,1"), turnover("380,0", source="press", locator="head")]
    found = judged(claim("level", "eq", "402,1", "turnover[2021]", source="x"), found=rivals)[0]
    assert (found.verdict.value, found.reason) == ("INDETERMINATE", "conflict")


def test_more_than_is_evidence_with_one_bound():
    bound = [turnover("380", qualifier=Qualifier.GT, source="press")]
    assert verdict(claim("level", "lt", "300", "turnover[2021]"), found=bound) == "CONTRADICTED"
    assert verdict(claim("level", "gt", "400", "turnover[2021]"), found=bound) == "INDETERMINATE"
