"""Every address of the portal below its language."""

from __future__ import annotations

import re

from django.test import Client

from irtysh.store import Release

LANGUAGES = ("ru", "kk", "en")


def every_address(client: Client, release: Release) -> list[str]:
    """Return what the sitemap lists, and what is reached through tables and forms only."""
    listed = re.findall(
        r"<loc>http://testserver/ru/([^<]*)</loc>", client.get("/sitemap.xml").content.decode()
    )
    figures = [f"figures/{observation.id}/" for observation in release.observations()]
    return [*listed, *figures, "search/"]
