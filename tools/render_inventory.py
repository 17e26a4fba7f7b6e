"""Write docs/inventory-status.md from the first case: 192 rows, where each can be seen.

python tools/render_inventory.py            write the page
python tools/render_inventory.py --check    fail if the page is not what the case gives
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from irtysh.publication.inventory import Line, lines
from irtysh.sources.case import read_case
from irtysh.vocabulary.places import CASES, ROOT
from irtysh.vocabulary.wording import say

PAGE = ROOT / "docs" / "inventory-status.md"
_SHOWN_AT_MOST = 4

HEAD = """\
# Inventory status

Every row of the inventory of the paper, and where a visitor sees it. Addresses stand below the
language (`/ru/`, `/kk/`, `/en/`). This page is generated from `cases/omsk-kazakhstan` by
`python tools/render_inventory.py`; a test fails if it is out of date, and another opens the
addresses.
"""


def render(folder: Path) -> str:
    """Return the page."""
    case, _ = read_case(folder)
    found = list(lines(case))
    counts = Counter(line.row["status"] for line in found)
    parts = [HEAD, _summary(counts, len(found))]
    for part in dict.fromkeys(line.row["part"] for line in found):
        parts.append(f"## {part}. {say('inventory', f'part_{part}', 'en')}\n")
        parts += ["| # | Русский | Қазақша | English | Status | Where |", "|---" * 6 + "|"]
        parts += [_line(line) for line in found if line.row["part"] == part]
        parts.append("")
    return "\n".join(parts)


def _summary(counts: Counter[str], total: int) -> str:
    rows = "\n".join(
        f"| {say('inventory', f'status_{status}', 'en')} | {count} |"
        for status, count in counts.most_common()
    )
    return f"| Status | Rows |\n|---|---:|\n{rows}\n| **All** | **{total}** |\n"


def _line(line: Line) -> str:
    row = line.row
    status = say("inventory", f"status_{row['status']}", "en")
    if row["waits_for"]:
        status += f": {say('inventory', 'waits_' + row['waits_for'], 'en')}"
    shown = [f"`{address}`" for address in line.addresses[:_SHOWN_AT_MOST]]
    more = len(line.addresses) - len(shown)
    where = " ".join(shown) + (f" and {more} more" if more > 0 else "")
    cells = (row["number"], row["title_ru"], row["title_kk"], row["title_en"], status, where)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def main() -> int:
    """Write or check the page."""
    text = render(CASES / "omsk-kazakhstan")
    if "--check" not in sys.argv:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text("utf-8") == text:
        return 0
    print("docs/inventory-status.md is out of date: run python tools/render_inventory.py")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
