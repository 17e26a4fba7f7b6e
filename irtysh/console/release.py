"""`irtysh release`: what has been published, and what one release changed."""

from __future__ import annotations

import argparse
from typing import Any

from irtysh.console.shell import OK, Shell
from irtysh.vocabulary.places import releases_folder


def add_to(commands: Any, common: argparse.ArgumentParser, shell: Shell) -> None:
    """Add the family to the parser."""
    words = shell.words("release")
    family = commands.add_parser("release", help=words, description=words)
    actions = family.add_subparsers(metavar=shell.words("command"), required=True)
    parsers = {}
    for name, run in {"list": list_releases, "show": show, "diff": diff}.items():
        words = shell.words(f"release-{name}")
        parsers[name] = actions.add_parser(name, help=words, description=words, parents=[common])
        parsers[name].set_defaults(run=run)
    parsers["show"].add_argument(
        "release", nargs="?", default="current", help=shell.words("release-id")
    )
    parsers["show"].add_argument(
        "--verify", action="store_true", help=shell.words("release-verify")
    )
    parsers["diff"].add_argument("old", help=shell.words("release-old"))
    parsers["diff"].add_argument(
        "new", nargs="?", default="current", help=shell.words("release-new")
    )


def list_releases(options: argparse.Namespace, shell: Shell) -> int:
    """List releases, newest first, the current one marked."""
    releases = _shelf().list()
    current = _shelf().current().id if releases else ""
    data = [
        {
            "id": release.id,
            "created_at": release.created_at.isoformat(),
            "rows": release.manifest["rows"],
            "current": release.id == current,
        }
        for release in releases
    ]
    rows = [
        ("*" if row["current"] else "", row["id"], row["created_at"][:16], row["rows"])
        for row in data
    ]
    empty = [shell.words("no-releases", folder=str(releases_folder()))]
    headings = ("heading-current", "heading-release", "heading-created", "heading-rows")
    shell.answer(data, shell.table(headings, rows) if rows else empty)
    return OK


def show(options: argparse.Namespace, shell: Shell) -> int:
    """Show the manifest of a release; with --verify compare every file with its hash."""
    release = _shelf().get(options.release)
    if options.verify:
        release.verify()
    manifest = release.manifest
    lines = [
        f"{shell.words('heading-release')}: {release.id}",
        f"{shell.words('heading-created')}: {release.created_at.isoformat()}",
        f"{shell.words('heading-previous')}: {manifest.get('previous') or '-'}",
        f"{shell.words('heading-rows')}: {manifest['rows']}",
        f"{shell.words('heading-sources')}: {', '.join(manifest['sources'])}",
        f"{shell.words('heading-files')}: {len(manifest['files'])}",
        *(f"{name}: {outcome}" for name, outcome in manifest.get("checks", {}).items()),
    ]
    if options.verify:
        lines.append(shell.words("release-whole"))
    shell.answer(dict(manifest), lines)
    return OK


def diff(options: argparse.Namespace, shell: Shell) -> int:
    """Show which observations one release adds, changes or withdraws against another."""
    changes = changes_between(_rows(options.old), _rows(options.new))
    marks = {"added": "+", "changed": "~", "withdrawn": "-"}
    lines = []
    for change in changes:
        row = change["after"] or change["before"]
        name = " ".join(
            row[column]
            for column in ("dataflow", "flow", "counterpart_area", "commodity", "period")
        )
        lines.append(f"{marks[change['kind']]} {change['id']} {name}: {_values(change)}")
    counts = {kind: str(sum(c["kind"] == kind for c in changes)) for kind in marks}
    lines.append(shell.words("changes-counted", **counts))
    shell.answer(changes, lines)
    return OK


def changes_between(
    old: dict[str, dict[str, str]], new: dict[str, dict[str, str]]
) -> list[dict[str, Any]]:
    """Return what became of each observation: kind, id, row before, row after."""
    changes = []
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key), new.get(key)
        if before != after:
            kind = "changed" if before and after else "added" if after else "withdrawn"
            changes.append({"kind": kind, "id": key, "before": before, "after": after})
    return changes


def _values(change: dict[str, Any]) -> str:
    if change["kind"] != "changed":
        row = change["after"] or change["before"]
        return f"{row['printed']} {row['unit']}"
    before, after = change["before"], change["after"]
    return "; ".join(
        f"{column} {before[column] or '∅'} → {after[column] or '∅'}"
        for column in after
        if before[column] != after[column]
    )


def _rows(release_id: str) -> dict[str, dict[str, str]]:
    from irtysh.store.schema import to_row

    return {row["id"]: row for row in map(to_row, _shelf().get(release_id).observations())}


def _shelf() -> Any:
    from irtysh.store import Releases

    return Releases(releases_folder())
