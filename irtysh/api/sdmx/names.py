"""Names of the codes of a dataset: those of the portal, of its case and of its sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from irtysh.publication.catalogue import Offered
from irtysh.registries.records.shelf import naming, releases
from irtysh.sdmx.code_names import Own, name_of
from irtysh.sdmx.structure import Component
from irtysh.vocabulary.text import Text


def names_for(offered: Offered) -> Callable[[Component, str], Text | None]:
    """Return how codes are named in messages about a dataset."""
    own: Own = {"source": dict(_titles(offered))}
    if offered.kind == "imported":
        return lambda component, identifier: name_of(component, identifier, own)

    def named(component: Component, identifier: str) -> Text | None:
        # Entered anew for each code: a stream is written outside of any block.
        with naming(offered.version):
            return name_of(component, identifier, own)

    return named


def _titles(offered: Offered) -> Mapping[str, Text]:
    records: Any = offered.about.get("sources") or ()
    if offered.kind == "case":
        records = releases().get(offered.version).document("sources")
    return {str(one["id"]): Text(one["title"]) for one in records if one.get("title")}
