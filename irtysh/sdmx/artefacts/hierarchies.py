"""Hierarchical code lists: the parents of code lists, drawn out as trees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from irtysh.sdmx.artefacts.codes import words
from irtysh.sdmx.artefacts.model import Hierarchy, Node, Ref, Scheme

_TREES = {
    "HCL_AREA": "CL_AREA",
    "HCL_COMMODITY": "CL_COMMODITY",
    "HCL_COMMODITY_NAMED": "CL_COMMODITY_NAMED",
}


def hierarchies(schemes: Mapping[str, Scheme]) -> Iterator[Hierarchy]:
    """Yield the trees of areas and goods; a list without any parent has none."""
    for tree, listed in _TREES.items():
        scheme = schemes[listed]
        if any(item.parent for item in scheme.items):
            yield Hierarchy(
                kind="hierarchicalcodelist",
                id=tree,
                names=words(tree),
                codelist=scheme.ref,
                nodes=_nodes(scheme),
            )


def _nodes(scheme: Scheme) -> tuple[Node, ...]:
    below: dict[str, list[str]] = defaultdict(list)
    for item in scheme.items:
        below[item.parent].append(item.id)

    def grown(code: str) -> Node:
        return Node(
            Ref("codelist", scheme.id, code), tuple(grown(child) for child in below.get(code, ()))
        )

    # Codes that stand alone, such as "not stated", are no tree.
    return tuple(grown(code) for code in below[""] if code in below)
