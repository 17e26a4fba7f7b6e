"""Does every installed package have a licence that Irtysh may be shipped with?"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

import yaml

RULES = Path(__file__).with_name("licences.yaml")


def stated(metadata: Mapping[str, Any], classifiers: Iterable[str]) -> str:
    """Return what a package says its licence is: expression, else classifiers, else free text."""
    if metadata.get("License-Expression"):
        return str(metadata["License-Expression"])
    named = [c.split(" :: ")[-1] for c in classifiers if c.startswith("License :: ")]
    named = [name for name in named if name != "OSI Approved"]
    if named:
        return " AND ".join(named)
    # Some put the whole text here; a name has one short line.
    text = str(metadata.get("License") or "").strip()
    return text if "\n" not in text and len(text) < 60 else ""


def is_allowed(licence: str, allowed: set[str], names: Mapping[str, str]) -> bool:
    """Judge an SPDX expression: one of the alternatives, and all of the joined ones, must fit."""

    def fits(name: str) -> bool:
        name = name.strip().removeprefix("(").removesuffix(")").split(" WITH ")[0]
        return names.get(name, name) in allowed

    whole = licence.strip()
    if whole in names or whole in allowed:
        return True
    alternatives = re.split(r"\s+OR\s+", whole)
    return any(
        all(fits(part) for part in re.split(r"\s+AND\s+", alternative))
        for alternative in alternatives
    )


def faults(packages: Iterable[Distribution], rules: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each package whose licence is unknown or not allowed."""
    allowed, names = set(rules["allowed"]), rules["names"]
    for package in packages:
        if package.name in rules["exceptions"]:
            continue
        classifiers = package.metadata.get_all("Classifier") or []
        licence = stated(dict(package.metadata.items()), classifiers)
        if not licence:
            yield f"{package.name} {package.version}: states no licence"
        elif not is_allowed(licence, allowed, names):
            yield f"{package.name} {package.version}: {licence}"


def main() -> int:
    """Print the faults; return 1 if there are any."""
    rules = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    packages = sorted(distributions(), key=lambda package: package.name.lower())
    found = list(faults(packages, rules))
    print("\n".join(found) or f"{len(packages)} packages, all with an allowed licence")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
