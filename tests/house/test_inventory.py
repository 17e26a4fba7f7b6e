"""The inventory page in the docs is what the case gives: 192 rows, each with its standing."""

from __future__ import annotations

import runpy
import shutil

from irtysh.publication.inventory import lines
from irtysh.sources.case import read_case
from irtysh.sources.case.layout import PAGE_MARK
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


def test_nothing_waits():
    case, _ = read_case(CASES / "omsk-kazakhstan")
    assert [row["number"] for row in case.inventory if row["status"] == "waits"] == []


def test_every_function_leads_to_a_page_of_the_portal():
    case, _ = read_case(CASES / "omsk-kazakhstan")
    for line in lines(case):
        if line.row["part"] == "K":
            pages = [one for one in line.row["files"].split(";") if one.startswith(PAGE_MARK)]
            assert pages, line.row["number"]
            assert {one.removeprefix(PAGE_MARK) for one in pages} <= set(line.addresses)


def test_a_page_that_is_no_address_below_the_language_is_a_fault(tmp_path):
    folder = shutil.copytree(CASES / "omsk-kazakhstan", tmp_path / "omsk-kazakhstan")
    rows = (folder / "inventory.csv").read_text("utf-8")
    for wrong in ("page:/ru/map/", "page:map", "page:https://elsewhere/"):
        (folder / "inventory.csv").write_text(rows.replace("page:map/", wrong), "utf-8")
        _, faults = read_case(folder)
        assert [(fault.code, fault.params["reference"]) for fault in faults] == [
            ("ReferenceUnknown", wrong)
        ]
