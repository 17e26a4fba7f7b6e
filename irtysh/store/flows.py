"""How declared flows lie in a table, and how a flow becomes observations of 28 columns.

One row holds value, weight and quantity of a key; the observations are made of it when they are
asked for: one for each measure that the dataset has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from irtysh.store.selection import LEVEL

KEY = (
    "freq",
    "ref_area",
    "counterpart_area",
    "flow",
    "classification",
    "commodity",
    "period",
)
"""What at most one line of a file may say: the dimensions of TRADE without the measure."""

AMOUNTS: Mapping[str, str] = {"VALUE": "value", "WEIGHT": "weight", "QUANTITY": "quantity"}
"""Measure → column of a flow."""

FLOW_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(KEY, "VARCHAR"),
    "value": "DECIMAL(28,8)",
    "weight": "DECIMAL(28,8)",
    "quantity": "DECIMAL(28,8)",
    "quantity_unit": "VARCHAR",
    "status": "VARCHAR",
    "line": "BIGINT",
}
"""Column → type while a file is being staged; a vintage has the narrowest decimal that fits."""

CODED = (*KEY, "quantity_unit", "status")
"""Columns of few different texts, kept as enums while they are sorted and asked."""

FLOW_ORDER = (
    "ref_area",
    "counterpart_area",
    "period",
    "commodity",
    "flow",
    "classification",
    "freq",
    "line",
)
COUNTERPART_ORDER = ("counterpart_area", "ref_area", *FLOW_ORDER[2:])


@dataclass(frozen=True, slots=True)
class FlowConstants:
    """What holds for every flow of a vintage; kept in its manifest.

    Attributes
    ----------
    unit, unit_mult : str, int
        Of the values: "USD", 3. Weights are kilograms; quantities have a unit on each row.
    valuation : dict
        Flow → "FOB", "CIF"; a flow that is not named has "_U".
    definition, source : str
        Id of the note that says what is measured; id of the source's record.
    retrieved_on : str
        ISO day on which the file was fetched; empty if nobody knows.
    """

    unit: str
    unit_mult: int = 0
    valuation: Mapping[str, str] = field(default_factory=dict)
    definition: str = ""
    source: str = ""
    retrieved_on: str = ""

    @classmethod
    def of(cls, constants: Mapping[str, Any]) -> FlowConstants:
        """Read from a mapping; what is not ours in it raises TypeError."""
        made = cls(**constants)
        if made.retrieved_on:
            date.fromisoformat(made.retrieved_on)
        return made

    def as_dict(self) -> dict[str, Any]:
        """Return what the manifest holds."""
        return {**asdict(self), "valuation": dict(self.valuation)}


def decimal_type(scale: int, digits: int) -> str:
    """Return the narrowest decimal for ``scale`` digits after the point and ``digits`` before."""
    if scale + digits <= 18:  # eight bytes a value, and a sum is as fast as of whole numbers
        return f"DECIMAL(18,{scale})"
    return f"DECIMAL(38,{scale})"


def expressions(dataset_id: str, constants: FlowConstants, measure: str) -> dict[str, str]:
    """Return column of an observation → SQL over a row of flows, for one measure.

    ``id`` is what ``Observation.id`` hashes, with the locator "line N".
    """
    amount = AMOUNTS[measure]
    unit, unit_mult = {
        "VALUE": (literal(constants.unit), str(int(constants.unit_mult))),
        "WEIGHT": ("'KG'", "0"),
        "QUANTITY": ("coalesce(CAST(quantity_unit AS VARCHAR), '_U')", "0"),
    }[measure]
    locator = "concat('line ', line)"
    target = "CASE WHEN status = 'TARGET' THEN 'TARGET' ELSE '' END"
    named = [literal(dataset_id), "ref_area", "counterpart_area", "flow", "classification"]
    cell = [*named, "commodity", literal(measure), "freq", "period", "''", "''", unit, target]
    hashed = ", ".join([*cell, literal(constants.source), locator])
    start, end = _period_days()
    day = literal(constants.retrieved_on) if constants.retrieved_on else "NULL"
    return {
        "id": f"substr(sha256(concat_ws(chr(31), {hashed})), 1, 12)",
        "dataflow": literal(dataset_id),
        "freq": "freq",
        "ref_area": "ref_area",
        "counterpart_area": "counterpart_area",
        "flow": "flow",
        "classification": "classification",
        "commodity": "commodity",
        "measure": literal(measure),
        "period_kind": "freq",
        "period": "period",
        "period_start": start,
        "period_end": end,
        "base_period_kind": "CAST(NULL AS VARCHAR)",
        "base_period": "CAST(NULL AS VARCHAR)",
        "share_of": "CAST(NULL AS VARCHAR)",
        "qualifier": "'EQ'",
        "printed": _printed(amount),
        "value": f"CAST({amount} AS DECIMAL(28,8))",
        "unit": unit,
        "unit_mult": unit_mult,
        "valuation": _valuation(constants) if measure == "VALUE" else "'_Z'",
        "status": _status(amount),
        "definition": literal(constants.definition) if constants.definition else "NULL",
        "source": literal(constants.source),
        "locator": locator,
        "retrieved_on": f"CAST({day} AS DATE)",
        "notes": "CAST(NULL AS VARCHAR)",
    }


def is_constant(expression: str) -> bool:
    """Return True if an expression does not depend on the row."""
    return expression[0] in "'0123456789-" or "NULL AS" in expression or expression == "NULL"


def exists(measure: str) -> str:
    """Return the condition under which a row has an observation of a measure.

    A row always says something of value and weight, if only that it is missing; most goods have
    no quantity beside the weight, and that is no missing figure.
    """
    return "(quantity IS NOT NULL OR quantity_unit IS NOT NULL)" if measure == "QUANTITY" else ""


def view(dataset_id: str, constants: FlowConstants, measures: Sequence[str]) -> str:
    """Return the statement that makes the ``observations`` view for those who open the file."""
    parts = []
    for measure in measures:
        columns = expressions(dataset_id, constants, measure)
        names = ", ".join(f'{made} AS "{column}"' for column, made in columns.items())
        where = f" WHERE {exists(measure)}" if exists(measure) else ""
        parts.append(f"SELECT {names}, {LEVEL} FROM flows{where}")
    return f"CREATE VIEW observations AS {' UNION ALL '.join(parts)}"


def literal(text: str) -> str:
    """Return a text as SQL."""
    return "'" + text.replace("'", "''") + "'"


def _status(amount: str) -> str:
    """A missing amount of a row is missing or suppressed, whatever the row's other amounts are.

    A publisher may estimate the weight of a value that was observed: the three are then written
    with a slash between, value/weight/quantity.
    """
    own = status_of(next(measure for measure, name in AMOUNTS.items() if name == amount))
    return (
        f"CASE WHEN {amount} IS NULL THEN "
        f"CASE WHEN {own} = 'SUPPRESSED' THEN 'SUPPRESSED' ELSE 'MISSING' END "
        f"WHEN {own} IN ('SUPPRESSED', 'MISSING') THEN 'OBSERVED' "
        f"ELSE {own} END"
    )


def _printed(amount: str) -> str:
    """The amount without the zeros that only the type of its column puts at the end."""
    text = f"CAST({amount} AS VARCHAR)"
    return f"CASE WHEN contains({text}, '.') THEN rtrim(rtrim({text}, '0'), '.') ELSE {text} END"


def status_of(measure: str) -> str:
    """Return what a row's status says of one of its measures, as SQL."""
    text, place = "CAST(status AS VARCHAR)", [*AMOUNTS].index(measure) + 1
    return f"coalesce(nullif(split_part({text}, '/', {place}), ''), split_part({text}, '/', 1))"


def _valuation(constants: FlowConstants) -> str:
    if not constants.valuation:
        return "'_U'"
    cases = " ".join(
        f"WHEN {literal(flow)} THEN {literal(code)}" for flow, code in constants.valuation.items()
    )
    return f"CASE CAST(flow AS VARCHAR) {cases} ELSE '_U' END"


def _period_days() -> tuple[str, str]:
    text = "CAST(period AS VARCHAR)"
    year = f"CAST(substr({text}, 1, 4) AS INTEGER)"
    number = f"CAST(substr({text}, 7, 1) AS INTEGER)"
    start = (
        f"CASE freq WHEN 'M' THEN CAST(concat({text}, '-01') AS DATE) "
        f"WHEN 'Q' THEN make_date({year}, {number} * 3 - 2, 1) "
        f"WHEN 'S' THEN make_date({year}, {number} * 6 - 5, 1) "
        f"ELSE make_date({year}, 1, 1) END"
    )
    end = (
        f"CASE freq WHEN 'M' THEN last_day(CAST(concat({text}, '-01') AS DATE)) "
        f"WHEN 'Q' THEN last_day(make_date({year}, {number} * 3, 1)) "
        f"WHEN 'S' THEN last_day(make_date({year}, {number} * 6, 1)) "
        f"ELSE make_date({year}, 12, 31) END"
    )
    return start, end
