"""Precision and recall of the proposals, against lists made by hand.

    python -m benchmarks.extraction [--misses] [PAPER.txt]

A proposal with a number is right if the list has the same number as printed on a line that the
proposal covers; one without a number, if the list has a statement of its kind there. Each line of
a list is used once. Of the right ones, the share with the same kind, unit (with its power of
ten), period, base period and hedge is printed. See docs/methodology/extraction.md.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

import yaml

from irtysh.evaluation.extraction import Proposal, propose
from irtysh.sources.texts import Line, Place, TextDocument, clean, read_file
from irtysh.vocabulary.places import CASES
from irtysh.vocabulary.text import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "tests" / "evaluation" / "extraction" / "texts"
LISTS = ROOT / "tests" / "golden" / "extraction"
PAPER = ROOT.parent / "shared" / "paper" / "pogrebtsova-2024.txt"
CLAIMS = CASES / "omsk-kazakhstan" / "claims.yaml"
NAMES = ("ru-held", "kk-dev", "kk-held", "en-dev", "en-held")
ATTRIBUTES = ("kind", "unit", "period", "base_period", "hedge")


@dataclass
class Score:
    """Counts of one document, of one sort of statement."""

    listed: int = 0
    proposed: int = 0
    right: int = 0
    same: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ATTRIBUTES, 0))

    @property
    def precision(self) -> float:
        """Share of the proposals that are in the list."""
        return self.right / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        """Share of the list that was proposed."""
        return self.right / self.listed if self.listed else 1.0


def listed(path: Path) -> list[dict[str, str]]:
    """Return the rows of a hand-made list."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def judge(
    proposals: list[Proposal], rows: list[dict[str, str]]
) -> tuple[Score, list[tuple[Proposal, dict[str, str]]], list[Proposal], list[dict[str, str]]]:
    """Return the score, the pairs, the proposals without a row and the rows without a proposal."""
    score = Score(len(rows), len(proposals))
    left, pairs, wrong = list(rows), [], []
    for proposal in proposals:
        row = next((row for row in left if _fits(proposal, row)), None)
        if row is None:
            wrong.append(proposal)
            continue
        left.remove(row)
        pairs.append((proposal, row))
        score.right += 1
        for name in ATTRIBUTES:
            score.same[name] += _same(name, proposal, row)
    return score, pairs, wrong, left


def _fits(proposal: Proposal, row: dict[str, str]) -> bool:
    first, _, last = row["lines"].partition("-")
    begin, end = int(first) - 1, int(last or first) - 1
    if proposal.first > end or proposal.last < begin:
        return False
    if row["value"] or proposal.printed:
        return row["value"].casefold() == proposal.printed.casefold()
    return row["kind"] == proposal.kind


def _same(name: str, proposal: Proposal, row: dict[str, str]) -> bool:
    if name == "unit":
        return (proposal.unit, str(proposal.unit_mult)) == (row["unit"], row["unit_mult"] or "0")
    return getattr(proposal, name) == row[name]


def measured(path: Path, rows: list[dict[str, str]], *, cells: bool = False) -> dict[str, tuple]:
    """Return what was found in a document: "number" and "no number", or "table" for its cells."""
    proposals = [p for p in propose(clean(read_file(path))) if (p.start < 0) == cells]
    if cells:
        return {"table": judge(proposals, rows)}
    with_number = [p for p in proposals if p.printed]
    return {
        "number": judge(with_number, [row for row in rows if row["value"]]),
        "no number": judge(
            [p for p in proposals if not p.printed], [row for row in rows if not row["value"]]
        ),
    }


def documents(paper: Path) -> list[tuple[str, dict[str, tuple]]]:
    """Return all documents measured; the paper only where its file is at hand."""
    found = []
    if paper.exists():
        name = "pogrebtsova-2024"
        found.append((name, measured(paper, listed(LISTS / f"{name}.csv"))))
        found.append((name, measured(paper, listed(LISTS / f"{name}-table.csv"), cells=True)))
    found += [(n, measured(TEXTS / f"{n}.txt", listed(TEXTS / f"{n}.csv"))) for n in NAMES]
    return found


def paraphrases(language: str) -> Score:
    """Return how the numbers of the case's own claims are found in their texts of a language.

    The texts and their fields were written by hand, apart from the grammar. A number counts as
    found where a proposal has its value (signs and per cents as the register writes them).
    """
    rows = yaml.load((CLAIMS).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    lines = tuple(Line(row["text"][language], Place(paragraph=n)) for n, row in enumerate(rows, 1))
    proposals = propose(clean(TextDocument("claims", "html", lines)), language)
    numbered = [one for one in proposals if one.printed]
    listed_rows = [row for row in rows if row.get("value")]
    score = Score(len(listed_rows), len(numbered))
    for number, row in enumerate(rows):
        mine = [one for one in numbered if one.first == number]
        hit = next((one for one in mine if row.get("value") and _is_value(one, row)), None)
        if hit is None:
            continue
        score.right += 1
        record = hit.to_record("", "")
        for name in ATTRIBUTES:
            wanted = str(row.get(name) or ("none" if name == "hedge" else ""))
            score.same[name] += record[name] == wanted and (
                name != "unit" or record["unit_mult"] == int(row.get("unit_mult") or 0)
            )
    return score


def _is_value(one: Proposal, row: dict) -> bool:
    wanted = _decimal(row["value"])
    return wanted in (_decimal(one.to_record("", "")["value"]), _decimal(one.value))


def _decimal(text: object) -> Decimal | None:
    try:
        return Decimal(str(text).replace(" ", "").replace("\u00a0", "").replace(",", "."))
    except InvalidOperation:
        return None


def main(arguments: list[str]) -> None:
    """Print the table; with --misses also what was missed and what was wrong."""
    paths = [argument for argument in arguments if not argument.startswith("-")]
    print("| document | statements | listed | proposed | right | precision | recall | "
          + " | ".join(name.replace("_", " ") for name in ATTRIBUTES) + " |")  # fmt: skip
    print("|" + " --- |" * (7 + len(ATTRIBUTES)))
    results = documents(Path(paths[0]) if paths else PAPER)
    for name, parts in results:
        for part, (score, *_) in parts.items():
            same = [
                f"{score.same[a] / score.right:.2f}" if score.right and part != "no number" else "–"
                for a in ATTRIBUTES
            ]
            print(f"| {name} | {part} | {score.listed} | {score.proposed} | {score.right} | "
                  f"{score.precision:.2f} | {score.recall:.2f} | {' | '.join(same)} |")  # fmt: skip
    for language in LANGUAGES:
        score = paraphrases(language)
        same = " | ".join(f"{score.same[name] / score.right:.2f}" for name in ATTRIBUTES)
        print(f"| claims.yaml, {language} | number | {score.listed} | {score.proposed} | "
              f"{score.right} | {score.precision:.2f} | {score.recall:.2f} | {same} |")  # fmt: skip
    if "--misses" in arguments:
        for name, parts in results:
            for part, (_, pairs, wrong, left) in parts.items():
                if name.endswith("held") and "--held" not in arguments:
                    continue
                _tell(name, part, pairs, wrong, left)


def _tell(name: str, part: str, pairs: list, wrong: list, left: list) -> None:
    for row in left:
        print(f"{name} {part} MISSED {row}")
    for one in wrong:
        print(
            f"{name} {part} WRONG {one.locator} {one.kind} {one.printed!r} {one.unit} {one.reasons}"
        )
    for one, row in pairs:
        for attribute in ATTRIBUTES:
            if one.printed and not _same(attribute, one, row):
                print(f"{name} L{row['lines']} {one.printed}: {attribute} "
                      f"{getattr(one, attribute)!r}, list {row[attribute]!r}")  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
