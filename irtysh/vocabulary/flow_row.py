"""A declared flow as publishers list it: one line of a trade file, codes already ours."""

from __future__ import annotations

from typing import NamedTuple


class FlowRow(NamedTuple):
    """One reporter, partner, direction, product and period.

    Attributes
    ----------
    freq : str
        "A", "M" or "Q".
    ref_area, counterpart_area, flow, classification, commodity : str
        Codes of our lists; the classification names the edition ("H5"), the level follows from
        the length of the commodity code, "_T" is the total.
    period : str
        "2021", "2021-04" or "2021-Q2".
    value, weight, quantity : str
        Decimal numerals in the unit of the dataset, kilograms, and ``quantity_unit``; empty is
        missing, never zero.
    quantity_unit : str
        Code of the list of units; empty without a quantity.
    status : str
        "OBSERVED", "ESTIMATED", "MIRROR", "SUPPRESSED", …
    line : int
        Line of the file, counted from 1, the heading included.
    """

    freq: str
    ref_area: str
    counterpart_area: str
    flow: str
    classification: str
    commodity: str
    period: str
    value: str
    weight: str
    quantity: str
    quantity_unit: str
    status: str
    line: int
