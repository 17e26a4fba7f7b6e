"""Which dataset an address means, in the ways of both generations."""

from __future__ import annotations

from irtysh.api.sdmx.faults import MeaninglessSdmxQuery, NoResults, NotServed
from irtysh.registries.records.shelf import catalogue
from irtysh.sdmx.artefacts.finding import ANY, fits
from irtysh.sdmx.structure import AGENCY, structure_of

CONTEXTS = ("dataflow", "datastructure", "provisionagreement", "*")
_VERSION = "1.0"


def dataset_of_v1(flow: str, provider: str = "all") -> str:
    """Return the dataset of "ID", "AGENCY,ID" or "AGENCY,ID,VERSION"; raises NoResults."""
    parts = flow.split(",")
    full = ["all", *parts] if len(parts) == 1 else parts
    agency, dataset_id, version = [*full, "latest"][:3]
    is_ours = agency.lower() in ("all", AGENCY.lower()) and all(
        part.lower() in ("", "all", AGENCY.lower()) for part in provider.split(",")
    )
    known = catalogue().all()
    if len(parts) > 3 or not is_ours or not fits(version, _VERSION) or dataset_id not in known:
        raise NoResults(asked=f"{flow}/{provider}"[:200])
    return dataset_id


def dataset_of_v2(context: str, agency: str, resource: str, version: str) -> str:
    """Return the dataset of context, agency, resource and version.

    Raises NoResults, MeaninglessSdmxQuery for a context that is none, NotServed where several
    datasets are meant: a message here holds one.
    """
    if context not in CONTEXTS:
        raise MeaninglessSdmxQuery(part="context", found=context[:60], expected=", ".join(CONTEXTS))
    asked = f"{context}/{agency}/{resource}/{version}"[:200]
    agencies, ids = set(agency.split(",")), set(resource.split(","))
    is_ours = bool(agencies & {AGENCY, *ANY})
    if not is_ours or not any(fits(one, _VERSION) for one in version.split(",")):
        raise NoResults(asked=asked)
    found = [
        dataset_id
        for dataset_id, offered in catalogue().all().items()
        if ids & (_names(context, dataset_id, offered.dataset.structure) | ANY)
    ]
    if not found:
        raise NoResults(asked=asked)
    if len(found) > 1:
        raise NotServed(what=f"{asked}: {', '.join(found)}"[:300])
    return found[0]


def _names(context: str, dataset_id: str, kind: str) -> set[str]:
    names = {
        "dataflow": dataset_id,
        "datastructure": structure_of("trade" if kind == "trade" else "figures").id,
        "provisionagreement": f"PA_{dataset_id}",
    }
    return {name for one, name in names.items() if context in (one, "*")}
