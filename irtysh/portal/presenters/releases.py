"""The log of releases: what each changed."""

from __future__ import annotations

from collections import Counter
from typing import Any

from irtysh.portal.reading import Reading, releases
from irtysh.registries.records.shelf import catalogue
from irtysh.store import Release


def release_log(reading: Reading) -> list[dict[str, Any]]:
    """Return published releases, newest first, with what each added, changed and withdrew."""
    return [_entry(release, reading) for release in releases().list()]


def newest(reading: Reading, most: int) -> list[dict[str, Any]]:
    """Return the newest versions of all datasets, those of the case as one release each."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for dataset_id, offered in catalogue().all().items():
        for version, day in catalogue().versions(dataset_id)[:most]:
            key = ("", version) if offered.kind == "case" else (dataset_id, version)
            one = found.setdefault(
                key, {"version": version, "day": day, "kind": offered.kind, "datasets": []}
            )
            title = reading.text(offered.about["title"])
            one["datasets"].append({"id": dataset_id, "title": title})
    return sorted(found.values(), key=lambda one: one["day"], reverse=True)[:most]


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
