"""Small observations for tests: everything has a default, a test names what matters to it."""

from __future__ import annotations

from typing import Any

from irtysh.vocabulary.numbers import Qualifier, parse_printed
from irtysh.vocabulary.observation import Observation, Status
from irtysh.vocabulary.period import Period


def observe(printed: str = "402,1", period: str = "2021", **fields: Any) -> Observation:
    """Return an observation of the turnover of RU-OMS with KZ, in millions of dollars."""
    kind = fields.pop("period_kind", "A" if period else "U")
    base = fields.pop("base_period", None)
    defaults: dict[str, Any] = {
        "dataflow": "TRADE_PARTNER",
        "freq": "A",
        "ref_area": "RU-OMS",
        "counterpart_area": "KZ",
        "flow": "T",
        "classification": "HS_SECTION",
        "commodity": "_T",
        "measure": "VALUE",
        "share_of": "",
        "qualifier": Qualifier.EQ,
        "unit": "USD",
        "unit_mult": 6,
        "valuation": "_U",
        "status": Status.OBSERVED if printed else Status.MISSING,
        "definition": "",
        "source": "paper",
        "locator": "L.1",
        "retrieved_on": None,
        "notes": (),
    }
    if isinstance(base, str):
        base = Period.parse("A" if base else "U", base)
    return Observation(
        **{
            **defaults,
            **fields,
            "printed": printed,
            "value": parse_printed(printed) if printed else None,
            "period": Period.parse(kind, period),
            "base_period": base,
        }
    )
