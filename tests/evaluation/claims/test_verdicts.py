"""Every verdict over a tiny world: its ground, reason, margin and words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest

from irtysh.evaluation.claims import Judgement, Margin, Verdict
from irtysh.evaluation.claims.acceptance import accepted
from irtysh.evaluation.claims.claim import granule
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.interval import Interval
from irtysh.vocabulary.text import LANGUAGES
from tests.evaluation.claims.tiny import CLAIMS, SPEECH, WANTED, figures, judge_tiny
from tests.evaluation.paper_claims import claim, percent
from tests.indicators.first_case import turnover


@pytest.fixture(scope="module")
def judgements() -> dict[str, Judgement]:
    return judge_tiny()


@pytest.mark.parametrize("row", CLAIMS, ids=lambda row: row["id"])
def test_verdict_ground_and_reason(row: dict[str, str], judgements: dict[str, Judgement]) -> None:
    found = judgements[row["id"]]
    assert (found.verdict.value, found.ground, found.reason) == WANTED[row["id"]], row


def test_every_verdict_class_is_there(judgements: dict[str, Judgement]) -> None:
    assert {one.verdict for one in judgements.values()} == set(Verdict)
    assert {one.ground for one in judgements.values()} == set(codelist("claim_grounds"))


@pytest.mark.parametrize("row", CLAIMS, ids=lambda row: row["id"])
def test_every_judgement_survives_json(
    row: dict[str, str], judgements: dict[str, Judgement]
) -> None:
    found = judgements[row["id"]]
    kept = json.loads(json.dumps(found.to_json(), ensure_ascii=False))
    assert Judgement.from_json(kept) == found
    assert Judgement.from_json(kept).to_json() == found.to_json()


def _sentences(found: Judgement, language: str) -> Iterator[str]:
    words = found.said[language]
    yield from (words["title"], words["text"], *words["arithmetic"])


@pytest.mark.parametrize("row", CLAIMS, ids=lambda row: row["id"])
def test_every_judgement_is_said_whole_in_each_language(
    row: dict[str, str], judgements: dict[str, Judgement]
) -> None:
    found = judgements[row["id"]]
    assert len({found.said[language]["text"] for language in LANGUAGES}) == 3
    lengths = {len(found.said[language]["arithmetic"]) for language in LANGUAGES}
    assert len(lengths) == 1
    for language in LANGUAGES:
        for sentence in _sentences(found, language):
            assert sentence == sentence.strip() != ""
            assert not re.search(r"[{}]|None|Infinity|NaN|E[+-]\d|  ", sentence), sentence
    assert not any(
        re.search("[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]", one) for one in _sentences(found, "en")
    )
    title = codelist("claim_verdicts").label(found.verdict.value, "kk")
    assert found.said["kk"]["title"] == title


@pytest.mark.parametrize(
    ("row", "margin"),
    [
        (claim("level", "gt", "380", "turnover[2021]"), ("5.815789", "PC")),
        (claim("level", "eq", "804,2", "turnover[2021]"), ("-50", "PC")),
        (claim("level", "eq", "402,1", "turnover[2021]"), ("0", "PC")),
        (percent("change", "eq", "5", "growth(turnover[2020], turnover[2021])"),
         ("0.815789", "PP")),
        (percent("change", "eq", "-5", "growth(turnover[2020], turnover[2021])"),
         ("10.815789", "PP")),
        (claim("rank", "rank", "3", "rank(KZ, turnover[2021, counterpart=*])", unit="PLACE",
               unit_mult=0), ("-2", "PLACE")),
        # Rivals 300 and 310 have no point: the nearest bound of [299.95, 310.05] counts.
        (claim("level", "eq", "250", "turnover[2018]"), ("19.98", "PC")),
        (claim("level", "eq", "305", "turnover[2018]"), ("0", "PC")),
        # Above 350 there is nothing that a smaller number could be nearer to.
        (claim("level", "eq", "280", "turnover[2017]"), ("25", "PC")),
        (claim("level", "eq", "0", "turnover[2021]"), None),
        (claim("trend", "rises", "", "growth(turnover[2020], turnover[2021])"), None),
        (claim("level", "eq", "5", "turnover[2005]"), None),
        (claim("level", "eq", "402", "turnover[2021]", "turnover[2019]"), None),
    ],
)  # fmt: skip
def test_margins(row: dict[str, str], margin: tuple[str, str] | None) -> None:
    (found,) = judge_tiny([{**row, "source": SPEECH}]).values()
    assert found.margin == (Margin(Decimal(margin[0]), margin[1]) if margin else None)


@pytest.mark.parametrize(
    ("operator", "value", "literal", "usual"),
    [
        ("gt", "380", (False, False), (False, True)),
        ("ge", "380", (True, False), (True, True)),
        ("lt", "380", (False, False), (True, False)),
        ("le", "380", (False, True), (True, True)),
        ("about", "380", (True, True), (True, True)),
        ("almost", "380", (True, False), (True, False)),
        ("almost", "-380", (False, True), (False, True)),
        ("fraction", "33.3", (True, True), (True, True)),
        ("eq", "380", (True, False), (True, False)),
        ("eq", "-90.1", (False, True), (False, True)),
    ],
)
def test_which_ends_of_a_wording_count(
    operator: str, value: str, literal: tuple[bool, bool], usual: tuple[bool, bool]
) -> None:
    """An end that counts is admitted itself: "at least 380" holds of 380, "more than" does not."""
    sets = accepted(operator, Decimal(value), granule(Decimal(value)))
    for interval, ends in ((sets.literal, literal), (sets.usual, usual)):
        assert (not interval.low_open, not interval.high_open) == ends


@pytest.mark.parametrize(
    ("operator", "value", "literal", "usual"),
    [
        ("about", "-20", ("-22", "-18"), ("-21", "-19")),
        ("almost", "-20", ("-20", "-18"), ("-20", "-19")),
        ("fraction", "-50", ("-60", "-40"), ("-55", "-45")),
        ("eq", "-90.1", ("-90.15", "-90.05"), ("-90.15", "-90.05")),
        ("gt", "-5", ("-5", "Infinity"), ("-5", "-4")),
        ("eq", "0", ("-0.5", "0.5"), ("-0.5", "0.5")),
        ("almost", "0", ("0", "0"), ("0", "0")),
        ("eq", "12.60", ("12.595", "12.605"), ("12.595", "12.605")),
    ],
)
def test_wordings_of_falls_and_of_nought(
    operator: str, value: str, literal: tuple[str, str], usual: tuple[str, str]
) -> None:
    sets = accepted(operator, Decimal(value), granule(Decimal(value)))
    for interval, ends in ((sets.literal, literal), (sets.usual, usual)):
        assert (interval.low, interval.high) == (Decimal(ends[0]), Decimal(ends[1]))


@pytest.mark.parametrize(
    ("row", "verdict", "reason"),
    [
        # Units are looked at before data: no figure of 2005 is needed to refuse it.
        (claim("share", "eq", "5", "turnover[2005]"), "ILL_FORMED", "kind"),
        # A missing figure comes before a contradiction that its other parts might suggest.
        (percent("change", "eq", "500", "growth(turnover[2005], turnover[2021])"),
         "NOT_CHECKABLE", "data"),
        # Contradicted before all weaker verdicts, whatever makes the bounds wide.
        (claim("level", "eq", "311", "turnover[2018]"), "CONTRADICTED", ""),
        # Verified before "too little": both sets hold it.
        (claim("level", "about", "402", "turnover[2021]"), "VERIFIED", ""),
        # Rivals that all lie within the words leave no doubt.
        (claim("level", "about", "305", "turnover[2018]"), "VERIFIED", ""),
        (claim("level", "gt", "290", "turnover[2018]"), "UNDER_INFORMATIVE", ""),
        # A causal claim can be refuted by its number, never proved.
        (percent("causal", "eq", "9", "growth(turnover[2020], turnover[2021])"), "CONTRADICTED",
         ""),
    ],
)  # fmt: skip
def test_the_order_of_the_rules(row: dict[str, str], verdict: str, reason: str) -> None:
    (found,) = judge_tiny([{**row, "source": SPEECH}]).values()
    assert (found.verdict.value, found.reason) == (verdict, reason)


def test_a_granule_of_the_register_goes_before_the_printed_digits() -> None:
    plain = claim("level", "eq", "400", "turnover[2021]", source=SPEECH)
    wanted = {"": "VERIFIED", "1": "CONTRADICTED", "4": "CONTRADICTED", "4,2": "WITHIN_ROUNDING",
              "10": "VERIFIED"}  # fmt: skip
    for printed, verdict in wanted.items():
        (found,) = judge_tiny([{**plain, "granule": printed}]).values()
        assert found.verdict.value == verdict, printed
    assert found.readings[0].literal == Interval(
        Decimal(395_000_000), Decimal(405_000_000), False, True
    )


@pytest.mark.parametrize("mult", range(-12, 13))
def test_any_power_of_ten_of_the_register_can_be_said(mult: int) -> None:
    """The register takes powers from -12 to 12; only some of them have a word."""
    value = Decimal("402.1").scaleb(6 - mult)
    row = claim("level", "about", f"{value:f}", "turnover[2021]", unit_mult=mult, source=SPEECH)
    (found,) = judge_tiny([row]).values()
    assert found.verdict is Verdict.VERIFIED
    # A power without a word is written in the one below it: ten millions in millions.
    number = {7: "402.1 million", 4: "402,100 thousand", 1: "402,100,000"}.get(mult, "4")
    assert number in found.said["en"]["text"].replace("\N{NO-BREAK SPACE}", " ")
    assert all(found.said[language]["text"] for language in LANGUAGES)


def test_gaps_are_named_for_the_reader() -> None:
    row = percent("change", "eq", "5", "growth(turnover[2005], turnover[2021])", source=SPEECH)
    (found,) = judge_tiny([row]).values()
    assert [(one.kind, one.period) for one in found.missing] == [("data", "2005")]
    for language in LANGUAGES:
        assert "2005" in found.said[language]["text"]


def test_a_faulty_expression_is_shown_with_its_place() -> None:
    row = claim("level", "eq", "402", "1 + turnoverr[2021]", source=SPEECH)
    (found,) = judge_tiny([row]).values()
    fault = found.readings[0].fault
    assert fault is not None
    assert (fault["position"], fault["token"]) == (5, "turnoverr")
    for language in LANGUAGES:
        assert "turnoverr" in found.said[language]["text"]


def test_only_the_own_figure_is_no_data() -> None:
    row = claim("level", "gt", "439,7", "turnover[2019]", locator="L.3", period="2019")
    (found,) = judge_tiny([row]).values()
    assert (found.verdict.value, len(found.own)) == ("NOT_CHECKABLE", 1)
    other = turnover("440,2", "2019", source="office", locator="a")
    (found,) = judge_tiny([row], [*figures(), other]).values()
    assert (found.verdict.value, found.evidence) == ("UNDER_INFORMATIVE", (other.id,))


@pytest.mark.parametrize(
    ("shares", "expected"),
    [((60, 30, 10), "VERIFIED"), ((30, 60, 10), "CONTRADICTED"), ((45, 45, 10), "WITHIN_ROUNDING")],
)
def test_a_record_among_partners(shares: tuple[int, ...], expected: str) -> None:
    found = [
        turnover(str(amount), counterpart_area=code, locator=code)
        for code, amount in zip(("KZ", "CN", "TR"), shares, strict=True)
    ]
    row = claim("extremum", "argmax", "", "turnover[2021, counterpart=*]", source=SPEECH)
    (one,) = judge_tiny([row], found).values()
    assert one.verdict.value == expected
