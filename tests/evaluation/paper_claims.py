"""The claims of the paper that methods 7.5 judges, over the figures of the first case."""

from __future__ import annotations

from typing import Any

from irtysh.evaluation.claims import Claim, Judgement, judge_release
from irtysh.evaluation.expressions import World
from irtysh.vocabulary.observation import Observation
from tests.indicators.first_case import HEADLINE, table, totals
from tests.observations import observe

WHOLE = {
    **HEADLINE,
    "classification": "_Z",
    "commodity": "_T",
    "measure": "VALUE",
    "unit": "USD",
}
_AGRO: dict[str, Any] = {
    "dataflow": "AGRI_EXPORT",
    "classification": "NAMED",
    "counterpart_area": "W",
    "flow": "X",
}


def agro() -> list[Observation]:
    return [
        observe("379,7", "2022", commodity="AGRI_FOOD", locator="L.269–271", **_AGRO),
        observe("305,6", "2021", commodity="AGRI_FOOD", locator="L.271", **_AGRO),
        observe(
            "24,2",
            "2022",
            commodity="AGRI_FOOD",
            locator="L.270–271",
            measure="GROWTH",
            base_period="2021",
            **{**_AGRO, "unit": "PC", "unit_mult": 0},
        ),
        observe("219,6", "2022", commodity="CEREALS_LEGUMES_OILSEEDS", locator="L.272", **_AGRO),
        observe("39,2", "2022", commodity="CONFECTIONERY", locator="L.273", **_AGRO),
        observe("13,7", "2022", commodity="BEVERAGES", locator="L.274", **_AGRO),
    ]


def observations() -> list[Observation]:
    return totals() + table() + agro()


def world(found: list[Observation] | None = None, **headline: str) -> World:
    return World(observations() if found is None else found, headline={**WHOLE, **headline})


def claim(kind: str, operator: str, value: str = "", *expressions: str, **fields: Any) -> Any:
    """Return a record of the register; defaults are those of the paper's turnover."""
    return {
        "id": "one",
        "source": "paper",
        "locator": "L.999",
        "kind": kind,
        "operator": operator,
        "value": value,
        "unit": "USD",
        "unit_mult": 6,
        "period": "2021",
        "areas": ["RU-OMS", "KZ"],
        "bindings": [{"expression": expression} for expression in expressions],
        **fields,
    }


def percent(kind: str, operator: str, value: str, *expressions: str, **fields: Any) -> Any:
    return claim(kind, operator, value, *expressions, **{"unit": "PC", "unit_mult": 0, **fields})


def judged(*claims: Any, found: list[Observation] | None = None) -> list[Judgement]:
    return judge_release(observations() if found is None else found, {}, WHOLE, claims)


def verdict(*claims: Any, found: list[Observation] | None = None) -> str:
    return judged(*claims, found=found)[0].verdict.value


def read(row: Any) -> Claim:
    return Claim.from_document(row)
