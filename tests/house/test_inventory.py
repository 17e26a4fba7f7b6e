"""The inventory page in the docs is what the case gives: 192 rows, each with its standing."""

from __future__ import annotations

import runpy

from irtysh.publication.inventory import lines
from irtysh.sources.case import read_case
from irtysh.vocabulary.places import CASES, ROOT


def test_the_page_is_up_to_date():
    tool = runpy.run_path(str(ROOT / "tools" / "render_inventory.py"))
    page = (ROOT / "docs" / "inventory-status.md").read_text("utf-8")
    assert page == tool["render"](CASES / "omsk-kazakhstan")


def test_192_rows_and_every_shown_one_has_an_address():
    case, _ = read_case(CASES / "omsk-kazakhstan")
    found = list(lines(case))
    assert [line.row["number"] for line in found] == [str(n) for n in range(1, 193)]
    for line in found:
        if line.row["status"] == "shown":
            assert line.addresses, line.row["number"]
        if line.row["status"] == "waits":
            assert line.row["waits_for"], line.row["number"]
