"""A tiny world with a claim for every verdict, each worked out with a pencil."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irtysh.evaluation.claims import Judgement, judge_release
from irtysh.vocabulary.numbers import Qualifier
from irtysh.vocabulary.observation import Observation
from tests.evaluation.paper_claims import WHOLE, claim, percent
from tests.indicators.first_case import turnover

SPEECH = "speech"
"""A document that prints no figure of the world, so that nothing in it is a claim itself."""


def figures() -> list[Observation]:
    """Return 400, 402,1 and 380 millions; 300 or 310 by two sources; more than 350; partners."""
    return [
        turnover("402,1", "2021", locator="L.1"),
        turnover("380", "2020", locator="L.2", qualifier=Qualifier.EQ),
        turnover("439,7", "2019", locator="L.3"),
        turnover("300,0", "2018", locator="L.4"),
        turnover("310,0", "2018", locator="T.4", source="press"),
        turnover("350", "2017", locator="L.5", qualifier=Qualifier.GT),
        turnover("190,1", "2021", locator="L.6", counterpart_area="CN"),
        turnover("83,1", "2021", locator="L.7", counterpart_area="TR"),
    ]


def _rows() -> list[tuple[Any, str, str, str]]:
    said = {"source": SPEECH}
    place = {"unit": "PLACE", "unit_mult": 0, **said}
    first = "rank(KZ, turnover[2021, counterpart=*])"
    grown = "growth(turnover[2020], turnover[2021])"
    return [
        # 402,1 is [402.05, 402.15].
        (claim("level", "gt", "402", "turnover[2021]", **said), "VERIFIED", "data", ""),
        (claim("level", "eq", "402,1", "turnover[2021]", **said), "VERIFIED", "data", ""),
        (claim("level", "eq", "402,12", "turnover[2021]", **said), "WITHIN_ROUNDING", "data",
         "rounding"),
        (claim("level", "gt", "390", "turnover[2021]", **said), "UNDER_INFORMATIVE", "data", ""),
        (claim("level", "ge", "402,2", "turnover[2021]", **said), "CONTRADICTED", "data", ""),
        (claim("level", "eq", "305", "turnover[2018]", **said), "INDETERMINATE", "data",
         "conflict"),
        (claim("level", "gt", "400", "turnover[2017]", **said), "INDETERMINATE", "data",
         "structural"),
        (claim("level", "le", "350", "turnover[2017]", **said), "CONTRADICTED", "data", ""),
        (claim("level", "eq", "5", "turnover[2005]", **said), "NOT_CHECKABLE", "absence", "data"),
        (claim("level", "eq", "5", **said), "NOT_CHECKABLE", "absence", "binding"),
        (claim("level", "eq", "5", period="", **said), "NOT_CHECKABLE", "absence", "period"),
        (claim("level", "eq", "", "turnover[2021]", **said), "NOT_CHECKABLE", "absence", "number"),
        (claim("level", "eq", "402", "turnoverr[2021]", **said), "NOT_CHECKABLE", "absence",
         "expression"),
        (claim("share", "eq", "402", "turnover[2021]", **said), "ILL_FORMED", "units", "kind"),
        (claim("level", "eq", "402", "turnover[2021] + 1 PC", **said), "ILL_FORMED", "units",
         "dimension"),
        (claim("level", "eq", "6", grown, **said), "ILL_FORMED", "units", "dimension"),
        # 402,1 / 380 is +5.66 to +5.97 per cent: 380 is read to the unit.
        (percent("change", "about", "5,6", grown, **said), "UNDER_INFORMATIVE", "data", ""),
        (percent("change", "eq", "6", grown, **said), "VERIFIED", "data", ""),
        (percent("change", "eq", "5,8", grown, **said), "WITHIN_ROUNDING", "data", "rounding"),
        (percent("causal", "eq", "6", grown, **said), "INDETERMINATE", "data", "cause"),
        (claim("level", "eq", "402,1", "turnover[2021]", "turnover[2019]", **said), "AMBIGUOUS",
         "readings", ""),
        (claim("rank", "rank", "1", first, **place), "VERIFIED", "data", ""),
        (claim("rank", "rank", "2", first, **place), "CONTRADICTED", "data", ""),
        (claim("extremum", "argmax", "", "argmax(turnover, 2020..2021)", **said),
         "UNDER_INFORMATIVE", "data", ""),
        (claim("extremum", "argmax", "", "turnover[2021]", **said), "CONTRADICTED", "data", ""),
        (claim("extremum", "argmin", "", "argmin(turnover, 2020..2021)", period="2020", **said),
         "UNDER_INFORMATIVE", "data", ""),
        (claim("extremum", "argmax", "", "turnover[2019]", period="2019", **said),
         "INDETERMINATE", "data", "structural"),
        (claim("extremum", "argmax", "", "argmax(turnover, 2018..2021)", period="2019", **said),
         "UNDER_INFORMATIVE", "data", ""),
        (claim("extremum", "argmax", "", "argmax(turnover, 2018..2021)", period="", **said),
         "NOT_CHECKABLE", "absence", "period"),
        (claim("trend", "always", "", "change_always(turnover, 2019..2021, down)", **said),
         "CONTRADICTED", "data", ""),
        (claim("trend", "always", "", "change_always(turnover, 2018..2019, up)", **said),
         "VERIFIED", "data", ""),
        (claim("trend", "rises", "", grown, **said), "VERIFIED", "data", ""),
        (claim("trend", "unchanged", "", grown, **said), "CONTRADICTED", "data", ""),
        (claim("rank", "rank", "1", first, hedge="traditionally", **place), "NOT_CHECKABLE",
         "absence", "years"),
        # The paper itself prints 402,1 for 2021 and 439,7 for 2019.
        (claim("extremum", "argmax", "", "turnover[2021]", locator="L.9"), "INCONSISTENT",
         "identity", ""),
    ]  # fmt: skip


CLAIMS: list[Any] = [{**row, "id": f"c{place}"} for place, (row, *_) in enumerate(_rows())]
WANTED = {f"c{place}": tuple(rest) for place, (_, *rest) in enumerate(_rows())}


def judge_tiny(
    claims: Sequence[Any] = CLAIMS, found: Sequence[Observation] | None = None
) -> dict[str, Judgement]:
    """Judge claims over the tiny world; by id."""
    observations = figures() if found is None else found
    return {one.claim: one for one in judge_release(observations, {}, WHOLE, claims)}
