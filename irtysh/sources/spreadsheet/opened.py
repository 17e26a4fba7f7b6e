"""Runs alone, as a child process: opens a workbook given on standard input, prints its cells.

A workbook can be made to exhaust memory or to crash a parser. Here that ends this process, not
the one that serves readers. It imports nothing of Irtysh, so that it starts at once. What it
prints is JSON: {"sheets": [{"name", "rows": [[cell, …], …]}]} or {"error": [what, found, limit]};
a cell is null, ["n", digits], ["s", text] or ["b", "1"].
"""

from __future__ import annotations

import datetime
import io
import json
import sys
from typing import Any


def bound(memory: int, seconds: int) -> None:
    """Limit this process where the system can."""
    try:
        import resource
    except ImportError:  # not a Unix system: the parent's timeout is what is left
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def cell(value: Any) -> list[str] | None:
    """Return a cell as its kind and its text; numbers keep every digit that is stored."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return ["b", "1" if value else "0"]
    if isinstance(value, int | float):
        return ["n", repr(value)]
    if isinstance(value, datetime.date | datetime.time):
        return ["s", value.isoformat()]
    return ["s", str(value)]


def main() -> None:
    """Read, bound, print."""
    limits = json.loads(sys.argv[1])
    bound(limits["memory"], limits["seconds"])
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    names = [s.name for s in book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
    if len(names) > limits["sheets"]:
        refuse("sheets", len(names), limits["sheets"])
    sheets, cells, text = [], 0, 0
    for name in names:
        sheet = book.get_sheet_by_name(name)
        # Seen from A1, so that a cell's place in the list is its address in the sheet.
        corner = sheet.end or (-1, -1)
        rows, columns = corner[0] + 1, corner[1] + 1
        cells += rows * columns
        for what, found in (("rows", rows), ("columns", columns), ("cells", cells)):
            if found > limits[what]:
                refuse(what, found, limits[what])
        grid = []
        for row in sheet.to_python(skip_empty_area=False):
            line = [cell(value) for value in row]
            text += sum(len(item[1]) for item in line if item)
            if text > limits["text"]:
                refuse("text", text, limits["text"])
            grid.append(line)
        sheets.append({"name": name, "rows": grid})
    print(json.dumps({"sheets": sheets}))


def refuse(what: str, found: int, limit: int) -> None:
    """Say which bound was passed and stop."""
    print(json.dumps({"error": [what, found, limit]}))
    raise SystemExit(0)


if __name__ == "__main__":
    main()
