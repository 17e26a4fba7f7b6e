"""`irtysh evaluate`: the strategy evaluated now, as of a day, once more, or two compared."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from irtysh.console.portal import start_django
from irtysh.console.shell import FAULTS, OK, Shell

_SIGNS = {"good": "+", "fair": "~", "poor": "!", "grey": "?"}


def add_to(commands: Any, common: argparse.ArgumentParser, shell: Shell) -> None:
    """Add the command to the parser."""
    words = shell.words("evaluate")
    parser = commands.add_parser("evaluate", help=words, description=words, parents=[common])
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--day", type=date.fromisoformat, help=shell.words("evaluate-day"))
    what.add_argument("--again", type=shell.whole_number, metavar="N",
                      help=shell.words("evaluate-again"))  # fmt: skip
    what.add_argument("--compare", type=shell.whole_number, nargs=2, metavar=("N", "M"),
                      help=shell.words("evaluate-compare"))  # fmt: skip
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, shell: Shell) -> int:
    """Do what was asked for; without options, evaluate as of today and keep it."""
    start_django()
    if options.again is not None:
        return _again(options.again, shell)
    if options.compare is not None:
        return _compare(*options.compare, shell)
    from django.utils import timezone

    if options.day is None or options.day == timezone.localdate():
        return _now(shell)
    return _on(options.day, shell)


def _now(shell: Shell) -> int:
    from irtysh.registries.evaluations.actions import evaluate_now
    from irtysh.registries.evaluations.rules import SHELL

    made = evaluate_now(by=None, reason=SHELL)
    heading = shell.words("evaluate-made", number=str(made.number), day=made.day.isoformat(),
                          release=made.release)  # fmt: skip
    shell.answer(_data(made, made.outcome), [heading, *_lines(made.outcome, shell)])
    return OK


def _on(day: date, shell: Shell) -> int:
    """Show what held on a day; where nothing was kept, what would have been said."""
    from irtysh.registries.evaluations.actions import held_on

    held = held_on(day)
    if held.evaluation is not None:
        heading = shell.words(
            "evaluate-held", number=str(held.evaluation.number), release=held.outcome.release,
            day=held.outcome.day.isoformat(), asked=day.isoformat(),
        )  # fmt: skip
    else:
        heading = shell.words(
            "evaluate-reconstructed", day=day.isoformat(), release=held.outcome.release
        )
    data = {**_data(held.evaluation, held.outcome), "reconstructed": held.is_reconstructed}
    shell.answer(data, [heading, *_lines(held.outcome, shell)])
    return OK


def _again(number: int, shell: Shell) -> int:
    """Make a kept evaluation once more; 1 where its bytes are not the same."""
    from irtysh.registries.evaluations.actions import evaluate_again

    found = evaluate_again(number)
    data = {
        "number": number,
        "identical": found.is_same,
        "digest": found.evaluation.outcome_digest,
        "where": found.where,
        "before": found.before,
        "after": found.after,
    }
    if found.is_same:
        said = shell.words("evaluate-same", number=str(number),
                           digest=found.evaluation.outcome_digest[:12])  # fmt: skip
    else:
        said = shell.words("evaluate-differs", number=str(number), where=found.where,
                           before=_short(found.before), after=_short(found.after))  # fmt: skip
    shell.answer(data, [said])
    return OK if found.is_same else FAULTS


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:77]}…"


def _compare(first: int, second: int, shell: Shell) -> int:
    from irtysh.registries.evaluations.comparing import between
    from irtysh.vocabulary.codelists import codelist

    changes = between(first, second)
    reasons = codelist("evaluation_changes")
    lines = [
        f"{one.line_id}: {one.before_name(shell.language)} → {one.after_name(shell.language)}"
        f" [{reasons.label(one.why, shell.language)}]"
        for one in changes
    ]
    heading = shell.words("evaluate-compared", first=str(first), second=str(second),
                          count=str(len(changes)))  # fmt: skip
    shell.answer([one.to_json() for one in changes], [heading, *lines])
    return OK


def _data(evaluation: Any, outcome: Any) -> dict[str, Any]:
    about = {"day": outcome.day.isoformat(), "release": outcome.release, "engine": outcome.engine}
    if evaluation is not None:
        about |= {
            "number": evaluation.number,
            "inputs_digest": evaluation.inputs_digest,
            "outcome_digest": evaluation.outcome_digest,
        }
    return {**about, "outcome": outcome.to_json()}


def _lines(outcome: Any, shell: Shell) -> Iterator[str]:
    from irtysh.evaluation.strategy.words import said, status_name, tone
    from irtysh.vocabulary.codelists import codelist

    steps = codelist("evaluation_steps")
    for step in outcome.steps:
        name = steps.label(step.id, shell.language)
        yield (
            f"{_SIGNS[tone(step.status)]} {step.id:<4}{name}: "
            f"{status_name(step.status, shell.language)}"
        )
        yield from _indented([said(step, shell.language)["text"]])
    triggers = [said(line, shell.language)["title"] for line in outcome.triggers]
    yield shell.words("evaluate-triggers", count=str(len(triggers)))
    yield from _indented(triggers)


def _indented(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield f"       {text}"
