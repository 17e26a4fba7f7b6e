"""`irtysh claims`: propose statements of a document, try an expression, check, judge."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from irtysh.console.case import case_folder, has_errors, show_faults
from irtysh.console.shell import FAULTS, OK, Shell
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import Fault, IrtyshError
from irtysh.vocabulary.places import releases_folder
from irtysh.vocabulary.text import LANGUAGES


class ProposalsInTheWay(IrtyshError):
    """The file to write already exists; a reviewer's work in it would be lost."""


def add_to(commands: Any, common: argparse.ArgumentParser, shell: Shell) -> None:
    """Add the family to the parser."""
    words = shell.words("claims")
    family = commands.add_parser("claims", help=words, description=words)
    actions = family.add_subparsers(metavar=shell.words("command"), required=True)
    parsers = {}
    for name, run in {"extract": extract, "eval": evaluate, "check": check, "judge": judge}.items():
        words = shell.words(f"claims-{name}")
        parsers[name] = actions.add_parser(name, help=words, description=words, parents=[common])
        parsers[name].set_defaults(run=run)
    _extract_options(parsers["extract"], shell)
    parsers["eval"].add_argument(
        "expression", metavar=shell.words("claims-expression"), help=shell.words("claims-eval-what")
    )
    parsers["check"].add_argument(
        "folder", metavar=shell.words("folder"), help=shell.words("claims-check-folder")
    )
    for name in ("eval", "judge"):
        parsers[name].add_argument("--release", default="current", help=shell.words("release-id"))


def _extract_options(parser: argparse.ArgumentParser, shell: Shell) -> None:
    parser.add_argument(
        "file", type=Path, metavar=shell.words("claims-file"), help=shell.words("claims-document")
    )
    parser.add_argument(
        "--text-lang", choices=LANGUAGES, help=shell.words("claims-extract-language")
    )
    parser.add_argument("--source", metavar="ID", help=shell.words("claims-extract-source"))
    parser.add_argument("--out", type=Path, metavar="YAML", help=shell.words("claims-extract-out"))


def extract(options: argparse.Namespace, shell: Shell) -> int:
    """Propose the statements of a document; with --out as rows of claims.yaml to be reviewed."""
    from irtysh.evaluation.extraction import propose
    from irtysh.sources.texts import clean, read_file

    # Before the work, so that nobody waits for a refusal.
    if options.out and options.out.exists():
        raise ProposalsInTheWay(file=str(options.out))
    document = read_file(options.file)
    for remark in document.remarks:
        print(shell.explained(remark), file=shell.err)
    proposals = propose(clean(document), options.text_lang)
    source = options.source or options.file.stem
    if options.out:
        _write(options.out, proposals, source, shell)
    rows = [
        (
            one.locator,
            codelist("claim_kinds").label(one.kind, shell.language),
            one.printed or "–",
            _unit(one.unit, one.unit_mult, shell.language),
            one.period or "–",
            str(one.confidence),
        )
        for one in proposals
    ]
    headings = tuple(
        f"claims-heading-{name}"
        for name in ("place", "kind", "number", "unit", "period", "confidence")
    )
    shell.answer(
        {"file": document.file, "kind": document.kind, "source": source,
         "proposals": [one.to_json() for one in proposals]},
        [*shell.table(headings, rows), shell.words("claims-proposed", count=str(len(rows)))],
    )  # fmt: skip
    return OK


def _unit(code: str, power: int, language: str) -> str:
    if not code:
        return "–"
    symbol = codelist("units")[code].extra[f"symbol_{language}"]
    return f"10^{power} {symbol}" if power else symbol


def _write(path: Path, proposals: Sequence[Any], source: str, shell: Shell) -> None:
    import yaml

    rows = [one.to_record(f"{source}-{n:03d}", source) for n, one in enumerate(proposals, 1)]
    head = "".join(f"# {line}\n" for line in shell.words("claims-file-head").splitlines())
    body = yaml.dump(rows, allow_unicode=True, sort_keys=False, width=100) if rows else "[]\n"
    path.write_text(f"{head}\n{body}", encoding="utf-8")
    shell.tell("claims-written", file=str(path), count=str(len(rows)))


def evaluate(options: argparse.Namespace, shell: Shell) -> int:
    """Evaluate an expression over the figures of a release."""
    from irtysh.evaluation.expressions import World, parse
    from irtysh.evaluation.expressions import evaluate as evaluated

    expression = parse(options.expression)
    release, documents = _release(options.release)
    headline = documents["case"].get("headline") or {}
    world = World(
        release.observations(),
        headline=headline,
        preferred=_preferred(documents),
        coverage_notes=_coverage_notes(documents),
    )
    found = evaluated(expression, world)
    shell.answer(
        {"expression": options.expression, "release": release.id, **found.to_json()},
        _evidence_lines(found, shell),
    )
    return OK


def _evidence_lines(found: Any, shell: Shell) -> Iterator[str]:
    from irtysh.vocabulary.numbers import format_number
    from irtysh.vocabulary.wording import interval_in_words

    if found.choices:
        yield shell.words("claims-choices", codes=", ".join(found.choices))
    if found.point is not None:
        number = format_number(found.point, shell.language)
        yield shell.words("claims-point", number=number, unit=found.unit)
    if found.interval is not None:
        bounds = interval_in_words(found.interval, shell.language)
        yield shell.words("claims-bounds", bounds=bounds, unit=found.unit)
    for gap in found.missing:
        yield shell.words("claims-missing", what=f"{gap.text} {gap.period}".strip())
    if found.evidence:
        yield shell.words("claims-evidence", ids=", ".join(found.evidence))


def check(options: argparse.Namespace, shell: Shell) -> int:
    """Read every expression of a case's claims; list the faults by file and line."""
    faults, count = _expression_faults(case_folder(options.folder))
    show_faults(faults, shell)
    if not faults:
        shell.tell("claims-read", count=str(count))
    return FAULTS if has_errors(faults) else OK


def _expression_faults(folder: Path) -> tuple[list[Fault], int]:
    from irtysh.evaluation.expressions import ExpressionFault, parse
    from irtysh.sources.case.yaml_lines import parse_yaml

    faults: list[Fault] = []
    count = 0
    for path in sorted([*folder.glob("claims.yaml"), *folder.glob("claims-*.yaml")]):
        document, found = parse_yaml(path.read_bytes(), path.name)
        faults += found
        for place, claim, expression in _expressions(document.data):
            count += 1
            try:
                parse(expression)
            except ExpressionFault as fault:
                params = {**fault.params, "expected": fault.params["expected"]}
                line = document.line(place)
                faults.append(Fault(fault.code, path.name, line, claim, params))
    return faults, count


def _expressions(data: Any) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Return the place, the claim and the text of each expression; other faults are not ours."""
    for number, row in enumerate(data if isinstance(data, list) else []):
        bindings = row.get("bindings") if isinstance(row, dict) else None
        for place, binding in enumerate(bindings if isinstance(bindings, list) else []):
            text = binding.get("expression") if isinstance(binding, dict) else binding
            yield (number, "bindings", place, "expression"), str(row.get("id", "")), str(text or "")


def judge(options: argparse.Namespace, shell: Shell) -> int:
    """Judge the claims of a release as its figures stand; contradictions end with code 1."""
    from irtysh.evaluation.claims import judge_release

    release, documents = _release(options.release)
    judgements = judge_release(
        release.observations(),
        documents,
        documents["case"].get("headline") or {},
        documents["claims"],
        _preferred(documents),
    )
    data = {
        "release": release.id,
        "judgements": [judgement.to_json() for judgement in judgements],
    }
    shell.answer(data, _verdict_lines(judgements, shell))
    bad = {"CONTRADICTED", "INCONSISTENT", "ILL_FORMED"}
    return FAULTS if any(one.verdict.value in bad for one in judgements) else OK


def _verdict_lines(judgements: Sequence[Any], shell: Shell) -> Iterator[str]:
    names = codelist("claim_verdicts")
    rows = [(one.claim, names.label(one.verdict.value, shell.language)) for one in judgements]
    yield from shell.table(("claims-heading-claim", "claims-heading-verdict"), rows)
    counts = Counter(verdict for _, verdict in rows)
    for verdict, count in sorted(counts.items(), key=lambda counted: (-counted[1], counted[0])):
        yield shell.words("claims-counted", verdict=verdict, count=str(count))


def _release(release_id: str) -> tuple[Any, dict[str, Any]]:
    """Return a release and those of its documents that judging needs."""
    from irtysh.store import Releases

    release = Releases(releases_folder()).get(release_id)
    names = ("case", "claims", "preferred", "datasets")
    documents = {
        name: release.document(name) if release.has_document(name) else [] for name in names
    }
    return release, documents


def _preferred(documents: dict[str, Any]) -> frozenset[str]:
    return frozenset(
        decision["observation"] for decision in documents["preferred"] if decision["observation"]
    )


def _coverage_notes(documents: dict[str, Any]) -> frozenset[str]:
    return frozenset(
        note for dataset in documents["datasets"] for note in dataset.get("coverage_notes") or ()
    )
