"""What is computed, whatever engine computes it: Ibis expressions over a table of declarations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

DECLARATION_COLUMNS = {
    "day": "date",
    "ref_area": "string",
    "counterpart_area": "string",
    "flow": "string",
    "commodity": "string",
    "declarant": "string",
    "value": "decimal(18, 2)",
    "weight": "decimal(18, 3)",
    "quantity": "decimal(18, 3)",
    "quantity_unit": "string",
}
"""Column of a shard → type. A row is one line of one declaration; ``value`` in the unit named
when it is aggregated, ``weight`` in kilograms; missing amounts are null."""

_AMOUNT = "decimal(28, 8)"
"""The type of an amount in a staged flow: both engines add decimals exactly."""


@dataclass(frozen=True, slots=True)
class Aggregation:
    """How declarations become flows.

    Attributes
    ----------
    freq : {"A", "Q", "M"}
    level : int
        Digits of the commodity code that are kept; 0 for all goods together.
    classification : str
        Of the codes: "TNVED", "H6", …
    fewest : int
        A flow of fewer declarants is suppressed: it has no value, weight or quantity. 1 shows
        everything. This hides single cells only; who publishes sums beside them must see that
        nothing can be worked out by subtraction.
    """

    freq: Literal["A", "Q", "M"] = "M"
    level: int = 6
    classification: str = "H6"
    fewest: int = 1


def flows(declarations: Any, how: Aggregation) -> Any:
    """Return the flows of declarations, a row for each key, in the columns of staged flows.

    A flow's amount is missing only if no declaration states it. Its quantity is missing, too,
    where declarations count in different units, or some in none. ``line`` is 0: a flow is made
    of many lines.
    """
    import ibis

    keyed = declarations.mutate(
        freq=ibis.literal(how.freq),
        classification=ibis.literal(how.classification if how.level else "_Z"),
        product=declarations.commodity.substr(0, how.level) if how.level else ibis.literal("_T"),
        period=_period(declarations, how.freq),
    )
    summed = keyed.group_by(
        "freq", "ref_area", "counterpart_area", "flow", "classification", "product", "period"
    ).aggregate(
        value=keyed.value.sum().cast(_AMOUNT),
        weight=keyed.weight.sum().cast(_AMOUNT),
        quantity=keyed.quantity.sum().cast(_AMOUNT),
        units=keyed.quantity_unit.nunique(),
        unitless=(keyed.quantity.notnull() & keyed.quantity_unit.isnull()).ifelse(1, 0).sum(),
        unit=keyed.quantity_unit.min(),
        declarants=keyed.declarant.nunique(),
    )
    hidden = summed.declarants < how.fewest

    def shown(amount: Any) -> Any:
        return ibis.cases((hidden, ibis.null(_AMOUNT)), else_=amount)

    one_unit = (summed.units == 1) & (summed.unitless == 0)
    quantity = ibis.cases((one_unit, summed.quantity), else_=ibis.null(_AMOUNT))
    return summed.select(
        "freq",
        "ref_area",
        "counterpart_area",
        "flow",
        "classification",
        "period",
        commodity=summed["product"],
        value=shown(summed.value),
        weight=shown(summed.weight),
        quantity=shown(quantity),
        quantity_unit=ibis.cases((one_unit, summed.unit), else_=ibis.null("string")),
        status=ibis.cases((hidden, ibis.literal("SUPPRESSED")), else_=ibis.literal("OBSERVED")),
        line=ibis.literal(0, type="int64"),
    )


def _period(declarations: Any, freq: str) -> Any:
    """Return the code of the period; put together from numbers, for engines format days apart."""
    day = declarations.day
    year = day.year().cast("string")
    if freq == "A":
        return year
    if freq == "Q":
        return year + "-Q" + day.quarter().cast("string")
    return year + "-" + day.month().cast("string").lpad(2, "0")
