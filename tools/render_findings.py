"""Write docs/methodology/findings.md: the inventory's findings, found by which rule, with what.

python tools/render_findings.py            write the page
python tools/render_findings.py --check    fail if the page is not what the case gives
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from irtysh.evaluation.consistency import Finding, find
from irtysh.evaluation.consistency.values import written
from irtysh.sources.case import read_case
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.places import CASES, ROOT
from tests.evaluation import golden

PAGE = ROOT / "docs" / "methodology" / "findings.md"

HEAD = """\
# Findings of the first case

The 45 findings of the paper's inventory, and the rule that finds each from the stored figures and
documents of `cases/omsk-kazakhstan`. The numbers are computed, not copied. This page is generated
by `python tools/render_findings.py` from the case and from the oracle
`tests/golden/inventory_findings.yaml`; a test fails if it is out of date.
How the rules work: [consistency.md](consistency.md).
"""


def render() -> str:
    """Return the page."""
    case, _ = read_case(CASES / "omsk-kazakhstan")
    observations = {observation.id: observation for observation in case.observations}
    with case.naming():
        findings = find(case.observations, {**case.documents, "case": case.about})
        rows = [line for row in golden.rows() for line in _lines(row, findings, observations)]
        expected = {
            finding.id
            for row in golden.rows()
            for wanted in row.get("expect", ())
            for finding in golden.matching(wanted, findings, observations)
        }
        others = [_other(finding) for finding in findings if finding.id not in expected]
    counts = [f"- {len(findings)} findings in all"]
    for severity in dict.fromkeys(finding.severity for finding in findings):
        number = sum(finding.severity is severity for finding in findings)
        counts.append(f"- {severity.value}: {number}")
    table = "| C | Rule | Sentence | Severity | Key numbers |\n|---:|---|---|---|---|"
    more = "| Rule | Sentence | Severity | What |\n|---|---|---|---|"
    return "\n".join(
        [
            HEAD,
            *counts,
            "",
            table,
            *rows,
            "",
            "## Found beyond the inventory",
            "",
            more,
            *others,
            "",
        ]
    )


def _lines(
    row: dict[str, Any], findings: list[Finding], observations: dict[str, Observation]
) -> list[str]:
    name = f"C{row['c']}"
    if "not_found" in row:
        return [f"| {name} | – | – | – | not found: {row['not_found']} |"]
    lines = []
    for wanted in row["expect"]:
        found = golden.matching(wanted, findings, observations)
        if not found:
            lines.append(f"| {name} | {wanted['rule']} | {wanted['kind']} | – | **not found** |")
        for finding in found:
            numbers = "; ".join(
                f"{key} {_plain(written(finding.numbers[key], 'en'))}"
                for key in wanted.get("numbers", {})
            )
            lines.append(
                f"| {name} | {finding.rule} | {finding.kind} | {finding.severity.value}"
                f" | {numbers or _plain(finding.title('en'))} |"
            )
    return lines


def _other(finding: Finding) -> str:
    title = _plain(finding.title("en"))
    return f"| {finding.rule} | {finding.kind} | {finding.severity.value} | {title} |"


def _plain(text: str) -> str:
    return text.replace("|", "\\|").replace("\N{NO-BREAK SPACE}", " ")


def main() -> int:
    """Write the page, or with --check say whether it is up to date."""
    page = render()
    if "--check" in sys.argv:
        return 0 if PAGE.read_text(encoding="utf-8") == page else 1
    PAGE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
