"""How a command speaks: lines or JSON on standard output, progress on standard error."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TextIO

from irtysh.vocabulary.errors import Fault, IrtyshError, UnknownWording
from irtysh.vocabulary.wording import catalogue, explain, say

OK = 0
FAULTS = 1
USAGE = 2
REFUSED = 3

Progress = Callable[[str, int, int], None]
"""Called with the code of a step that is done, how many are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Shell:
    """One run of the command: its language, its form, its streams."""

    language: str
    as_json: bool = False
    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)

    def words(self, key: str, **params: Any) -> str:
        """Return a text of definitions/messages/console.yaml."""
        return say("console", key, self.language, **params)

    def whole_number(self, text: str) -> int:
        """Read a number among the arguments; the parser prints the refusal."""
        if not text.isdecimal():
            raise argparse.ArgumentTypeError(self.words("not-a-whole-number", text=text))
        return int(text)

    def explained(self, problem: IrtyshError | Fault) -> str:
        """Return what went wrong and what to do; the bare code where no words exist yet."""
        try:
            return explain(problem, self.language)
        except (UnknownWording, OSError):
            return str(problem)

    def answer(self, data: Any, lines: Iterable[str]) -> None:
        """Print the result: ``data`` as JSON if that was asked for, else the lines."""
        if self.as_json:
            print(json.dumps(data, ensure_ascii=False, indent=2, default=str), file=self.out)
        else:
            for line in lines:
                print(line, file=self.out)

    def tell(self, key: str, **params: Any) -> None:
        """Say what is being done; silent when JSON was asked for."""
        if not self.as_json:
            print(self.words(key, **params), file=self.err, flush=True)

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[str]:
        """Return lines of a table with padded columns; headings are keys of the catalogue."""
        cells = [[self.words(heading) for heading in headings]]
        cells += [[str(cell) for cell in row] for row in rows]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        return [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in cells
        ]

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """Show a bar on a terminal, and nothing in a pipe or with --json."""
        if self.as_json or not self.err.isatty():
            yield lambda step, done, of: None
            return
        # rich costs more to load than the shortest commands take.
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bars

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Bars(*columns, console=Console(file=self.err), transient=True) as bars:
            task = bars.add_task("", total=None)

            def report(step: str, done: int, of: int) -> None:
                bars.update(task, description=self._step(step), completed=done, total=of)

            yield report

    def _step(self, step: str) -> str:
        key = f"step-{step}"
        return self.words(key) if key in catalogue("console") else step
