"""The results of methods 7.5 on the paper, every numeric row."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from irtysh.evaluation.claims import ENGINE, Judgement
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.text import LANGUAGES
from tests.evaluation.paper_claims import claim, judged, percent

AGRO = "dataflow=AGRI_EXPORT, commodity"
CROPS = (
    f"between(share(value[2022, {AGRO}=CEREALS_LEGUMES_OILSEEDS], value[2022, {AGRO}=AGRI_FOOD]),"
    f" 100 PC - share(value[2022, {AGRO}=CONFECTIONERY] + value[2022, {AGRO}=BEVERAGES],"
    f" value[2022, {AGRO}=AGRI_FOOD]))"
)


def share(code, year):
    part = f"value[{year}, dataflow=TRADE_GOODS, commodity={code}]"
    if year == 2022:
        return f"share({part}, between(table-sum[2022], turnover[2022]))"
    return f"share({part}, table-sum[{year}])"


YEARS = (2013, 2017, 2020, 2022)
RANK = "rank(KZ, turnover[2021, counterpart=*])"
ROWS = {
    "over-380": (claim("level", "gt", "380", "turnover[2021]"), "UNDER_INFORMATIVE", ""),
    "over-402": (
        claim("level", "gt", "402", "turnover[2021]", locator="L.296-297"), "VERIFIED", ""),
    "agro-24": (
        percent("change", "eq", "24,2",
                f"growth(value[2021, {AGRO}=AGRI_FOOD], value[2022, {AGRO}=AGRI_FOOD])",
                locator="L.270"), "WITHIN_ROUNDING", "rounding"),
    "crops-80": (percent("share", "gt", "80", CROPS), "INDETERMINATE", "structural"),
    "record": (claim("extremum", "argmax", "402", "turnover[2021]", hedge="record",
                     locator="L.297-298"), "INCONSISTENT", ""),
    "record-from-2015": (claim("extremum", "argmax", "", "argmax(turnover, 2015..2021)"),
                         "INDETERMINATE", "structural"),
    "slowed-with-2016": (claim("trend", "always", "", "change_always(turnover, 2015..2019, up)",
                               source="another"), "CONTRADICTED", ""),
    "slowed-after-2016": (claim("trend", "always", "", "change_always(turnover, 2016..2019, up)"),
                          "NOT_CHECKABLE", "years"),
    "slowed": (claim("trend", "always", "", "change_always(turnover, 2015..2019, up)",
                     "change_always(turnover, 2016..2019, up)"), "AMBIGUOUS", ""),
    "export-share-in-dollars": (claim("share", "fraction", "322.6", "exports[2022]"),
                                "ILL_FORMED", "kind"),
    "machinery-24": (percent("share", "eq", "24", *(share("XVI", y) for y in YEARS), period=""),
                     "AMBIGUOUS", ""),
    "machinery-24-in-2022": (percent("share", "eq", "24", share("XVI", 2022)),
                             "INDETERMINATE", "structural"),
    "minerals-16-in-2022": (percent("share", "eq", "16", share("V", 2022)), "CONTRADICTED", ""),
    "vehicles": (percent("change", "eq", "-90,1", period=""), "NOT_CHECKABLE", "period"),
    "half-2023": (percent("change", "eq", "29,4", "growth(turnover[2022-S1], turnover[2023-S1])"),
                  "NOT_CHECKABLE", "data"),
    "investment": (percent("share", "eq", "1,5", "share(value[2017, dataflow=INVESTMENT],"
                           " value[2017, dataflow=INVESTMENT, counterpart=W])"),
                   "NOT_CHECKABLE", "data"),
    "first-partner": (claim("rank", "rank", "1", RANK, unit="PLACE", unit_mult=0), "VERIFIED", ""),
    "traditionally-first": (claim("rank", "rank", "1", RANK, unit="PLACE", unit_mult=0,
                                  hedge="traditionally"), "NOT_CHECKABLE", "years"),
}  # fmt: skip


@pytest.fixture(scope="module")
def judgements():
    rows = [{**row, "id": name} for name, (row, _, _) in ROWS.items()]
    return {one.claim: one for one in judged(*rows)}


@pytest.mark.parametrize("name", ROWS)
def test_verdicts(judgements, name):
    found = judgements[name]
    assert (found.verdict.value, found.reason) == ROWS[name][1:]
    assert found.engine == ENGINE


def test_the_margin_of_over_380(judgements):
    assert round(judgements["over-380"].margin.value, 1) == Decimal("5.8")


def test_the_record_falls_with_the_table_and_the_level(judgements):
    found = judgements["record"]
    assert found.ground == "identity"
    kinds = sorted(name.partition(":")[0].partition("/")[0] for name in found.conflict)
    assert len(kinds) == 3
    assert {"claims", "table"} < set(kinds)


@pytest.mark.parametrize("name", ROWS)
def test_every_verdict_is_explained_in_every_language(judgements, name):
    found = judgements[name]
    for language in LANGUAGES:
        said = found.said[language]
        assert said["title"] == codelist("claim_verdicts").label(found.verdict.value, language)
        assert said["text"]
        assert "{" not in said["text"] + "".join(said["arithmetic"])


@pytest.mark.parametrize("name", ROWS)
def test_judgements_survive_json(judgements, name):
    kept = json.loads(json.dumps(judgements[name].to_json()))
    assert Judgement.from_json(kept) == judgements[name]


def test_codelists_hold_every_code_used(judgements):
    for one in judgements.values():
        assert one.ground in codelist("claim_grounds")
        assert not one.reason or one.reason in codelist("claim_reasons")
        tone = codelist("claim_verdicts")[one.verdict.value].extra["tone"]
        assert tone in ("good", "fair", "poor", "grey")
