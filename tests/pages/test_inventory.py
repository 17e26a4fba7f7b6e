"""Every row of the inventory that the status page calls shown can be seen, in every language."""

from __future__ import annotations

from collections import Counter

from irtysh.publication import case_of
from irtysh.publication.inventory import lines
from irtysh.store import Release
from tests.pages.addresses import LANGUAGES
from tests.pages.conftest import Answer


def test_every_row_of_the_inventory_is_accounted_for(release: Release) -> None:
    rows = list(lines(case_of(release)))
    assert [row.row["number"] for row in rows] == [str(number) for number in range(1, 193)]
    assert set(Counter(row.row["status"] for row in rows)) <= {"shown", "waits", "gap", "feature"}
    silent = [
        row.row["number"]
        for row in rows
        if (row.row["status"] in ("shown", "gap") and not row.addresses)
        or (row.row["status"] == "waits" and not row.row["waits_for"])
    ]
    assert silent == []


def test_what_is_shown_is_at_its_address_in_every_language(
    pages: list[Answer], release: Release
) -> None:
    """Rows that wait may have addresses too: what is promised anywhere must be there."""
    documents = {page.path: page for page in pages}
    missing = []
    seen = 0
    for row in lines(case_of(release)):
        for address in row.addresses:
            path, _, anchor = address.partition("#")
            for language in LANGUAGES:
                page = documents.get(f"/{language}/{path}")
                seen += 1
                if page is None or page.status != 200:
                    missing.append(f"row {row.row['number']}: /{language}/{path} does not answer")
                elif anchor and anchor not in page.document.ids:
                    missing.append(f"row {row.row['number']}: /{language}/{address} has no anchor")
    assert seen > 3 * 192
    assert not missing, f"{len(missing)} in all\n" + "\n".join(missing[:40])
