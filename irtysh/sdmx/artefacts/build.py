"""All artefacts of a portal, from its datasets and our definitions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from irtysh.sdmx.artefacts import codes
from irtysh.sdmx.artefacts.codes import list_ref, same, words
from irtysh.sdmx.artefacts.described import DescribedDataset, Party, Portal
from irtysh.sdmx.artefacts.hierarchies import hierarchies
from irtysh.sdmx.artefacts.mapped import trade_to_imts
from irtysh.sdmx.artefacts.model import (
    Agreement,
    Artefact,
    Categorisation,
    Constraint,
    Flow,
    Item,
    MetadataStructure,
    Note,
    Ref,
    Scheme,
    Structure,
)
from irtysh.sdmx.identifiers import sdmx_id
from irtysh.sdmx.structure import AGENCY, FIGURES, TRADE, DataStructure, structure_of
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.text import Text

CONCEPTS = Ref("conceptscheme", "CS_IRTYSH")
THEMES = Ref("categoryscheme", "THEMES")
PROVIDERS = Ref("dataproviderscheme", "DATA_PROVIDERS")
METADATA = ("SOURCE", "METHOD", "LICENCE", "PUBLISHER", "RELEASE")
"""What is said about a dataset."""

_OTHER = "OTHER"


def all_artefacts(portal: Portal) -> list[Artefact]:
    """Return every artefact of a portal."""
    made: list[Artefact] = [
        _agencies(portal),
        _providers(portal),
        *_publishers(portal),
        _themes(portal),
        _concepts(),
        *_codelists(portal),
        *(_structure(one) for one in (FIGURES, TRADE)),
        *_metadata(),
    ]
    for dataset in portal.datasets:
        made.extend(_of_dataset(dataset, portal))
    schemes = {one.id: one for one in made if isinstance(one, Scheme)}
    made.extend(hierarchies(schemes))
    made.extend(trade_to_imts(schemes))
    return made


def flow_ref(dataset_id: str) -> Ref:
    """Return the dataflow of a dataset."""
    return Ref("dataflow", dataset_id)


def constraint_of(dataset: DescribedDataset, constraint_id: str = "") -> Constraint:
    """Return which codes and times occur in a dataset."""
    counts = (("obs_count", dataset.sent), ("unsent_count", dataset.unsent))
    return Constraint(
        kind="contentconstraint",
        id=constraint_id or f"CC_{dataset.id}",
        names=_worded("constraint", name=dataset.names),
        notes=tuple(Note("sdmx_metrics", name, str(count)) for name, count in counts),
        flow=flow_ref(dataset.id),
        values=dataset.values,
        times=dataset.times,
        start=_moment(dataset.start),
        end=_moment(dataset.end, is_end=True),
    )


def _agencies(portal: Portal) -> Scheme:
    # Agencies at the top are items of a scheme that SDMX maintains; we know one of them.
    return Scheme(
        kind="agencyscheme",
        id="AGENCIES",
        agency="SDMX",
        names=words("AGENCIES"),
        items=(Item(AGENCY, portal.names),),
        is_partial=True,
    )


def _providers(portal: Portal) -> Scheme:
    parties = {AGENCY: Party(AGENCY, portal.names)}
    for dataset in portal.datasets:
        parties.setdefault(dataset.provider.id, dataset.provider)
    items = tuple(Item(one.id, one.names) for one in parties.values())
    return Scheme(
        kind="dataproviderscheme", id=PROVIDERS.id, names=words(PROVIDERS.id), items=items
    )


def _publishers(portal: Portal) -> Iterator[Scheme]:
    if portal.publishers:
        items = tuple(Item(one.id, one.names) for one in portal.publishers)
        yield Scheme(
            kind="organisationunitscheme",
            id="PUBLISHERS",
            names=words("PUBLISHERS"),
            items=items,
        )


def _theme_id(dataset: DescribedDataset, portal: Portal) -> str:
    if dataset.theme in portal.themes:
        return sdmx_id(dataset.theme)
    # An imported matrix of trade names no theme of the case, and is about trade all the same.
    if dataset.structure == "trade" and "trade" in portal.themes:
        return "trade"
    return _OTHER


def _themes(portal: Portal) -> Scheme:
    used = {_theme_id(dataset, portal) for dataset in portal.datasets}
    items = [
        Item(sdmx_id(theme), names)
        for theme, names in portal.themes.items()
        if sdmx_id(theme) in used
    ]
    if _OTHER in used or not items:
        items.append(Item(_OTHER, words(_OTHER)))
    return Scheme(kind="categoryscheme", id=THEMES.id, names=words(THEMES.id), items=tuple(items))


def _concepts() -> Scheme:
    lists = {
        component.id: list_ref(structure, component)
        for structure in (FIGURES, TRADE)
        for component in structure.components
        if component.codelist != "commodity"  # differs by structure: only there
    }
    items = tuple(
        Item(code, entry.name, codelist=lists.get(code))
        for code, entry in codelist("concepts").items()
    )
    return Scheme(kind="conceptscheme", id=CONCEPTS.id, names=words(CONCEPTS.id), items=items)


def _codelists(portal: Portal) -> Iterator[Scheme]:
    named = [component.codelist for one in (FIGURES, TRADE) for component in one.components]
    for name in dict.fromkeys(named):
        match name:
            case "":
                continue
            case "commodity":
                yield codes.declared_goods(portal.datasets)
                yield codes.named_goods(portal.datasets)
            case "source":
                yield codes.source_list(portal.datasets)
            case "share_of":
                yield codes.share_list(portal.datasets)
            case "base_period":
                yield codes.base_period_list(portal.datasets)
            case _:
                yield codes.static_list(name)


def _structure(structure: DataStructure) -> Structure:
    lists = {one.id: list_ref(structure, one) for one in structure.components}
    return Structure(
        kind="datastructure",
        id=structure.id,
        version=structure.version,
        names=structure.name,
        structure=structure,
        concepts=CONCEPTS,
        codelists={name: ref for name, ref in lists.items() if ref},
    )


def _metadata() -> Iterator[Artefact]:
    yield MetadataStructure(
        kind="metadatastructure",
        id="MSD_DATASET",
        names=words("MSD_DATASET"),
        concepts=CONCEPTS,
        attributes=METADATA,
    )
    yield Flow(
        kind="metadataflow",
        id="MDF_DATASET",
        names=words("MDF_DATASET"),
        structure=Ref("metadatastructure", "MSD_DATASET"),
        targets=(f"urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow={AGENCY}:*(*)",),
    )


def _of_dataset(dataset: DescribedDataset, portal: Portal) -> Iterator[Artefact]:
    structure = structure_of(dataset.structure)
    flow = flow_ref(dataset.id)
    theme_id = _theme_id(dataset, portal)
    theme = portal.themes.get(theme_id) or words(_OTHER)
    said = {"RELEASE": dataset.version, "LICENCE": dataset.licence}
    yield Flow(
        kind="dataflow",
        id=dataset.id,
        names=dataset.names,
        descriptions=dataset.descriptions,
        notes=tuple(Note(name, name, text) for name, text in said.items() if text),
        structure=Ref("datastructure", structure.id, version=structure.version),
    )
    yield Agreement(
        kind="provisionagreement",
        id=f"PA_{dataset.id}",
        names=_worded("agreement", provider=dataset.provider.names, name=dataset.names),
        flow=flow,
        provider=Ref("dataproviderscheme", PROVIDERS.id, dataset.provider.id),
    )
    yield Categorisation(
        kind="categorisation",
        id=f"CAT_{dataset.id}",
        names=_worded("categorisation", theme=theme, name=dataset.names),
        source=flow,
        target=Ref("categoryscheme", THEMES.id, theme_id),
    )
    if dataset.sent:
        yield constraint_of(dataset)


def _worded(key: str, **blanks: Text) -> Text:
    return Text(
        {
            language: words(key, **{name: text[language] for name, text in blanks.items()})[
                language
            ]
            for language in same("")
        }
    )


def _moment(day: date | None, *, is_end: bool = False) -> datetime | None:
    if day is None:
        return None
    start = datetime.combine(day, time(), UTC)
    return start + timedelta(days=1, seconds=-1) if is_end else start
