"""Every row of the inventory that the status page calls shown can be seen, in every language."""

from __future__ import annotations

from irtysh.publication import case_of
from irtysh.publication.inventory import lines
from irtysh.store import Release
from tests.pages.addresses import LANGUAGES
from tests.pages.conftest import Answer




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
