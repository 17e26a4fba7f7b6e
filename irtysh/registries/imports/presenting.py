"""What the screens of an import show, in words and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from irtysh.registries.imports.models import Import
from irtysh.registries.records.codes import code_name, language_now
from irtysh.sources.intake.check_sheet import CheckSheet, fault_of
from irtysh.sources.intake.layout import Recognised
from irtysh.sources.intake.roles import PREFIX, ROLES
from irtysh.sources.intake.sums import covered
from irtysh.sources.intake.words import (
    codelist_name,
    layout_name,
    left_out_words,
    option_name,
    reason_words,
    role_name,
    setting_name,
)
from irtysh.vocabulary.errors import Fault
from irtysh.vocabulary.numbers import format_number
from irtysh.vocabulary.wording import explain

_EXAMPLES = 10
"""Refusals of one kind on the page; the file has all of them."""


def fault_words(data: Mapping[str, Any]) -> str:
    """Return why an import stopped or was refused; "" where it did not."""
    if not data:
        return ""
    return explain(Fault(data["code"], "", params=dict(data["params"])), language_now())


def recognition(one: Recognised) -> dict[str, Any]:
    """Return a layout that the file may have, with the reasons in words."""
    return {
        "layout": one.layout,
        "name": layout_name(one.layout, language_now()),
        "certainty": one.certainty,
        "reasons": [reason_words(reason, language_now()) for reason in one.reasons],
    }


def settings_said(one: Import) -> list[tuple[str, str]]:
    """Return the settings of an import as label and value."""
    header = one.head.get("header") or []
    found = []
    for name, value in one.settings.items():
        if name.startswith(PREFIX):
            place = int(name.removeprefix(PREFIX)) - 1
            label = header[place] if place < len(header) else name
            found.append((label, role_name(value, language_now()) if value in ROLES else value))
        else:
            label = setting_name(name, language_now())
            found.append((label, option_name(name, value, language_now())))
    return found


def sheet_said(sheet: CheckSheet) -> dict[str, Any]:
    """Return a check sheet as tables of words and numbers."""
    return {
        "layout": layout_name(sheet.layout, language_now()),
        "lines": number(sheet.lines),
        "kept": number(sheet.kept),
        "staged": number(sheet.staged),
        "left_out": [
            (left_out_words(code, language_now()), number(n))
            for code, n in sheet.left_out.items()
        ],
        "left_out_all": number(sum(sheet.left_out.values())),
        "refusals": sheet.refusals,
        "refused": list(_refused(sheet)),
        "refused_all": number(sheet.refusals),
        "unknown": [
            {"codelist": codelist_name(one["codelist"], language_now()),
             "code": one["code"], "rows": number(one["rows"])}
            for one in sheet.unknown[:100]
        ],
        "unknown_all": number(len(sheet.unknown)),
        "constants": _constants(sheet),
        "units": [(code_name("units", unit) or unit, number(n)) for unit, n in sheet.units.items()],
        "sums": [_sum(row) for row in sheet.sums],
        "is_trade": sheet.produces == "flows",
        "printed": [
            {**row, "printed": number(row["printed"]), "sum": number(row["sum"]),
             "rows": number(row["rows"]), "bound": number(row["bound"])}
            for row in sheet.printed[:100]
        ],
        "repeated": number(sheet.repeated),
        "is_repeated": bool(sheet.repeated),
        "repeats": [explain(fault_of(row), language_now()) for row in sheet.repeats[:_EXAMPLES]],
        "differences": _differences(sheet),
        "span": sheet.span,
        "codes": {name: number(n) for name, n in sheet.codes.items()},
        "remarks": [
            {"line": row["line"] or "", "text": explain(fault_of(row), language_now())}
            for row in sheet.remarks[:50]
        ],
        "findings": [
            {"severity": row["severity"], **row["said"][language_now()]} for row in sheet.findings
        ],
    }  # fmt: skip


def number(value: Any) -> str:
    """Return a number as the language writes it; a dash where it is missing."""
    if value is None or value == "":
        return "–"
    return format_number(Decimal(str(value)), language_now())


def _refused(sheet: CheckSheet) -> Iterable[dict[str, Any]]:
    for code, count in sorted(sheet.refused.items(), key=lambda pair: -pair[1]):
        examples = [row for row in sheet.examples if row["code"] == code][:_EXAMPLES]
        yield {
            "more": number(count - len(examples)) if count > len(examples) else "",
            "examples": [
                {"line": row["line"] or "", "column": row["column"],
                 "text": explain(fault_of(row), language_now())}
                for row in examples
            ],
        }  # fmt: skip


def _constants(sheet: CheckSheet) -> list[tuple[str, str]]:
    said = sheet.constants
    if not said:
        return []
    found = [
        (setting_name(name, language_now()), option_name(name, str(said[name]), language_now()))
        for name in ("unit", "unit_mult")
    ]
    for flow, valuation in said["valuation"].items():
        found.append((code_name("flows", flow), code_name("valuations", valuation)))
    return found


def _sum(row: Mapping[str, Any]) -> dict[str, str]:
    return {
        "year": row["year"] or "–",
        "flow": code_name("flows", row["flow"]) or row["flow"],
        "level": row["level"],
        "covered": covered(row, language_now()),
        "measure": code_name("measures", row.get("measure", "")) if row.get("measure") else "",
        "unit": row.get("unit", ""),
        "rows": number(row["rows"]),
        "missing": number(row["missing"]),
        "value": number(row["value"]),
        "weight": number(row["weight"]),
    }


def _differences(sheet: CheckSheet) -> dict[str, Any]:
    found = sheet.differences
    if not found:
        return {}
    counted = {name: number(found[name]) for name in ("same", "added", "changed", "withdrawn")}
    largest = [
        {
            "kind": row["kind"],
            "key": " · ".join(row["key"].values()),
            "before": number(
                (row["before"] or {}).get("value") or (row["before"] or {}).get("printed")
            ),
            "after": number(
                (row["after"] or {}).get("value") or (row["after"] or {}).get("printed")
            ),
        }
        for row in found["largest"]
    ]
    return {**counted, "against": found["against"], "largest": largest}
