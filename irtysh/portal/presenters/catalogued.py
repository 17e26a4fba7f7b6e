"""Every page of the release that has a name of its own, for the sitemap."""

from __future__ import annotations

from collections.abc import Iterator

from irtysh.portal.reading import Reading


def catalogued(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield (name of the address, key); single figures are found through their tables."""
    for name, document in (
        ("dataset", "datasets"),
        ("source", "sources"),
        ("finding", "findings"),
        ("chart", "charts"),
    ):
        for item in reading.document(document):
            yield name, item["id"]
    for indicator in reading.definitions:
        yield "indicator", indicator
