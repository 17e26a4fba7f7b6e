"""What the real case cannot send, counted again: the methodology states the numbers."""

from __future__ import annotations

import re

from irtysh.store import Release
from irtysh.vocabulary.places import ROOT

PAGE = ROOT / "docs" / "methodology" / "sdmx.md"


def test_the_page_states_how_many_figures_have_no_period(release: Release) -> None:
    page = PAGE.read_text(encoding="utf-8")
    unsent = {}
    total = 0
    for row in release.document("datasets"):
        dataset = release.dataset(row["id"])
        total += dataset.count()
        count = dataset.codes("period_kind").get("U", 0)
        if count:
            unsent[row["id"]] = count
    stated = re.search(r"\*\*(\d+) of (\d+)\*\* observations, in (.+?);", page, re.DOTALL)
    assert stated
    assert (int(stated[1]), int(stated[2])) == (sum(unsent.values()), total)
    by_dataset = dict(re.findall(r"([A-Z_]+)\s+\((\d+)\)", stated[3]))
    assert {name: int(count) for name, count in by_dataset.items()} == unsent
