"""What an editor types into a table block, and what a reader's browser gets."""

from __future__ import annotations

import pytest

from irtysh.portal.blocks import TableBlock


def html(cell: str) -> str:
    return str(TableBlock().get_context(f"| a |\n| - |\n| {cell} |")["table"])


@pytest.mark.parametrize(
    "cell",
    [
        "[x](javascript:alert(1))",
        "[x](JavaScript:alert(1))",
        "[x](data:text/html,1)",
        "![x](javascript:alert(1))",
        "[x](vbscript:1 'title')",
        "[x](<javascript:alert(1)>)",
    ],
)
def test_a_link_runs_no_script(cell):
    assert "script:" not in html(cell).lower()
    assert "data:" not in html(cell)
    assert "x" in html(cell)


@pytest.mark.parametrize(
    "address",
    ["https://a.example/b:c?d=1", "mailto:a@a.example", "/ru/trade/?a=b:c", "#top", "page"],
)
def test_other_links_stay(address):
    assert f'href="{address}"' in html(f"[x]({address})")


def test_tags_are_shown_as_text():
    assert "<script" not in html("<script>alert(1)</script>")
