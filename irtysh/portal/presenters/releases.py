"""The log of releases: what each changed."""

from __future__ import annotations

from collections import Counter
from typing import Any

from irtysh.portal.reading import Reading, releases
from irtysh.store import Release


def release_log(reading: Reading) -> list[dict[str, Any]]:
    """Return published releases, newest first, with what each added, changed and withdrew."""
    return [_entry(release, reading) for release in releases().list()]


def _entry(release: Release, reading: Reading) -> dict[str, Any]:
    counts = Counter(
        revision.kind for revision in release.revisions() if revision.release == release.id
    )
    checks = release.manifest.get("checks", {})
    return {
        "id": release.id,
        "created": release.created_at,
        "rows": release.manifest.get("rows", 0),
        "sources": len(release.manifest.get("sources", ())),
        "added": counts["added"],
        "changed": counts["changed"],
        "withdrawn": counts["withdrawn"],
        "findings": checks.get("findings"),
        "software": release.manifest.get("software", ""),
        "is_shown": release.id == reading.release.id,
    }
