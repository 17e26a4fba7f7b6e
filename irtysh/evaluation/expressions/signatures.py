"""Names that an expression may use: functions with what they take and give, and dimensions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

RAW = "value"
"""Name of a printed or derived figure of any series."""
TARGET = "target"
"""Name of a figure that someone plans to reach."""

DIMENSIONS: Mapping[str, str] = {
    "dataflow": "dataflow",
    "area": "ref_area",
    "ref_area": "ref_area",
    "counterpart": "counterpart_area",
    "counterpart_area": "counterpart_area",
    "flow": "flow",
    "classification": "classification",
    "commodity": "commodity",
    "group": "commodity",
    "measure": "measure",
    "unit": "unit",
    "source": "source",
    "base": "base",
}
"""Name in an expression → dimension of an observation (or of an indicator's result)."""

FIGURE, SERIES, SPREAD, PANEL, TRUTH = "figure", "series", "spread", "panel", "truth"
SEVERAL, ANY, CODE, CODES, DIRECTION, WINDOW = (
    "several",
    "any",
    "code",
    "codes",
    "direction",
    "window",
)
DIRECTIONS = ("up", "down")


@dataclass(frozen=True, slots=True)
class Signature:
    """A function.

    Attributes
    ----------
    name : str
    takes : tuple of str
        Kinds of arguments in order: figure (one value), series (values by period), spread
        (values by code), several (series or spread), any, code, codes, direction, window.
        A window may be left out.
    gives : str
        Kind of the result: figure, truth, period or code ("choice").
    unit : str
        Unit of the result: a code, or "same" (that of the arguments).
    example : str
    repeats : bool
        True if the last argument may be given again.
    """

    name: str
    takes: tuple[str, ...]
    gives: str
    unit: str
    example: str
    repeats: bool = False

    def __str__(self) -> str:
        shown = [f"[{kind}]" if kind == WINDOW else kind for kind in self.takes]
        if self.repeats:
            shown.append("…")
        return f"{self.name}({', '.join(shown)}) → {self.gives} ({self.unit})"


_S = Signature
SIGNATURES: Mapping[str, Signature] = {
    one.name: one
    for one in (
        _S("growth", (FIGURE, FIGURE), FIGURE, "PC", "growth(turnover[2020], turnover[2021])"),
        _S("share", (FIGURE, FIGURE), FIGURE, "PC", "share(exports[2016], turnover[2016])"),
        _S("between", (FIGURE, FIGURE), FIGURE, "same", "between(table-sum[2022], turnover[2022])"),
        _S("abs", (FIGURE,), FIGURE, "same", "abs(growth(turnover[2015], turnover[2016]))"),
        _S("sum", (SEVERAL, WINDOW), FIGURE, "same",
           "sum(value[2020, dataflow=TRADE_GOODS, commodity=I|II|IV])"),
        _S("max", (ANY,), FIGURE, "same", "max(turnover[2013..2022])", True),
        _S("min", (ANY,), FIGURE, "same", "min(turnover[2013..2022])", True),
        _S("argmax", (SEVERAL, WINDOW), "choice", "_Z", "argmax(turnover, 2013..2022)"),
        _S("argmin", (SEVERAL, WINDOW), "choice", "_Z", "argmin(turnover, 2013..2022)"),
        _S("rank", (CODE, SPREAD), FIGURE, "PLACE", "rank(KZ, turnover[2021, counterpart=*])"),
        _S("are_top", (CODES, SPREAD), TRUTH, "_Z",
           "are_top(KZ|CN, turnover[2021, counterpart=*])"),
        _S("first", (SERIES, WINDOW), FIGURE, "same", "first(turnover[2013..])"),
        _S("last", (SERIES, WINDOW), FIGURE, "same", "last(turnover)"),
        _S("count", (SEVERAL, WINDOW), FIGURE, "NUM", "count(turnover[2021, counterpart=*])"),
        _S("years", (SERIES, WINDOW), FIGURE, "NUM", "years(turnover)"),
        _S("change_always", (SERIES, WINDOW, DIRECTION), TRUTH, "_Z",
           "change_always(turnover, 2016.., up)"),
        _S("rises", (SERIES, WINDOW), TRUTH, "_Z", "rises(turnover[2016..2021])"),
        _S("falls", (SERIES, WINDOW), TRUTH, "_Z", "falls(turnover[2015..2016])"),
    )
}  # fmt: skip
