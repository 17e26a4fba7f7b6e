"""What a file came to when it was read: everything a person looks at before publishing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from irtysh.sources.intake.layout import EXAMPLES, Tally
from irtysh.vocabulary.errors import Fault


@dataclass(slots=True)
class CheckSheet:
    """The result of a reading, as plain JSON values: it waits in a folder and in a database.

    Attributes
    ----------
    file, layout, produces : str
        "flows" or "figures".
    settings : dict
        With which the file was read.
    lines, kept, staged : int
        Rows met; rows that became flows or figures; flows or figures staged, of which a row may
        give two.
    left_out, refused : dict
        Code of the reason → rows; all others are in ``kept``.
    examples, remarks : list of dict
        Faults: ``code file line column params severity``.
    unknown : list of dict
        ``codelist code rows``: codes that the lists do not have, though the form is right.
    constants : dict
        ``unit unit_mult valuation definition`` of flows; empty for figures.
    units : dict
        Unit → rows that have it: of quantities in flows, of values in figures.
    sums : list of dict
        ``flow year level partner rows missing value weight`` (and ``measure unit unit_mult
        within`` of figures); a value is a numeral or None. Levels say the same twice and are
        never added; nor are the world and its countries, or a country and its regions.
    printed : list of dict
        ``name printed level sum rows bound agrees``: totals that the file prints, beside the sum
        of its rows. ``sum`` is None where no rows belong to it.
    repeated : int
        Rows that repeat the key of another; ``repeats`` are the first as faults.
    differences : dict
        ``against same added changed withdrawn largest`` where something is published already.
    codes : dict
        Column → how many different codes; ``span`` of periods as [first, last].
    findings : list of dict
        What does not add up by the rules of consistency: ``severity title text`` by language.
    """

    file: str
    layout: str
    produces: str
    settings: dict[str, str] = field(default_factory=dict)
    lines: int = 0
    kept: int = 0
    staged: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    examples: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[dict[str, Any]] = field(default_factory=list)
    unknown: list[dict[str, Any]] = field(default_factory=list)
    constants: dict[str, Any] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    sums: list[dict[str, Any]] = field(default_factory=list)
    printed: list[dict[str, Any]] = field(default_factory=list)
    repeated: int = 0
    repeats: list[dict[str, Any]] = field(default_factory=list)
    differences: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    span: list[str] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)

    @property
    def refusals(self) -> int:
        """Rows refused, for whatever reason."""
        return sum(self.refused.values())

    @property
    def obstacles(self) -> list[str]:
        """Codes of what forbids publishing: nothing was read, or two rows say one thing."""
        found = []
        if not self.staged:
            found.append("NothingRead")
        if self.repeated:
            found.append("KeyRepeated")
        return found

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> CheckSheet:
        """Return the sheet that ``to_json`` wrote; fields of a later version are left out."""
        return cls(**{name: data[name] for name in cls.__slots__ if name in data})

    def take(self, tally: Tally) -> None:
        """Write down what a reading counted."""
        self.lines, self.kept = tally.lines, tally.kept
        self.left_out, self.refused = dict(tally.left_out), dict(tally.refused)
        self.examples = [fault_json(one) for one in tally.examples]
        self.remarks += [fault_json(one) for one in tally.remarks[: 10 * EXAMPLES]]
        self.unknown = [
            {"codelist": name, "code": code, "rows": rows}
            for (name, code), rows in tally.unknown.most_common(1000)
        ]


def fault_json(fault: Fault) -> dict[str, Any]:
    """Return a fault as plain JSON."""
    return {
        "code": fault.code, "file": fault.file, "line": fault.line, "column": fault.column,
        "params": {name: str(value) for name, value in fault.params.items()},
        "severity": fault.severity,
    }  # fmt: skip


def fault_of(data: Mapping[str, Any]) -> Fault:
    """Return the fault that ``fault_json`` wrote."""
    return Fault(
        data["code"], data["file"], data["line"], data["column"], dict(data["params"]),
        data["severity"],
    )  # fmt: skip


def plain(value: Decimal | None) -> str | None:
    """Return a number without needless zeros; None is missing."""
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
