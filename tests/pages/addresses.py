"""Every address of the portal below its language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.test import Client

from irtysh.store import Release

LANGUAGES = ("ru", "kk", "en")
ALIKE = 20
"""Of the pages made by one template every twentieth is read in all languages, the others in one."""


def every_address(client: Client, release: Release) -> list[str]:
    """Return what the sitemap lists, and what is reached through tables and forms only."""
    listed = re.findall(
        r"<loc>http://testserver/ru/([^<]*)</loc>", client.get("/sitemap.xml").content.decode()
    )
    figures = [f"figures/{observation.id}/" for observation in release.observations()]
    return [*listed, *figures, "search/"]


def in_turn(addresses: list[str]) -> Iterator[tuple[str, str]]:
    """Yield what is to be read: language and address, each address at least once."""
    seen: dict[str, int] = {}
    for address in sorted(addresses):
        if re.fullmatch(r"([a-z]+/)*", address):
            yield from ((language, address) for language in LANGUAGES)
            continue
        kind = address.partition("/")[0]
        number = seen[kind] = seen.get(kind, -1) + 1
        if number % ALIKE == 0:
            yield from ((language, address) for language in LANGUAGES)
        else:
            yield LANGUAGES[number % len(LANGUAGES)], address
