"""The figures of the release: every chart with its printed figures and their sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from irtysh.reports.blocks import Block, Column, Heading, Note, Picture, Run, Table
from irtysh.reports.material import Material
from irtysh.reports.words import (
    figure_run,
    pair_words,
    period_words,
    place_words,
    source_name,
    source_words,
    unit_words,
    what_words,
)
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.wording import say

_SAID_ONCE = 5
"""Rows of one source from which on its title stands under the table, not in each row."""


def figures(material: Material) -> Iterator[Block]:
    """Yield each chart and, under it, the printed figures that no chart before it had."""
    shown: dict[str, str] = {}
    charts = [one for one in material.edition.document("charts") if _is_whole(material, one)]
    for entry in charts:
        yield Heading(_short_title(material, entry))
        yield picture(material, entry)
        yield from _printed(material, entry, shown)
    if not charts:
        yield Note(say("report", "figures_none", material.language))


def _is_whole(material: Material, entry: Mapping[str, Any]) -> bool:
    """Return True for a chart; a sparkline has no file to take away."""
    return material.edition.release.has_file(f"charts/{material.language}/{entry['id']}.svg")


def _short_title(material: Material, entry: Mapping[str, Any]) -> str:
    """Return what a chart is of: its title up to the colon, after which stands what it shows."""
    title = material.edition.text(entry["title"])
    return title.partition(":")[0]


def picture(material: Material, entry: Mapping[str, Any]) -> Picture:
    """Return a chart of the release."""
    text = material.edition.text
    return Picture(
        id=entry["id"],
        file=f"drawings/{material.language}/{entry['id']}.svg",
        caption=text(entry["title"]),
        alt=text(entry["description"]) or text(entry["title"]),
        source=text(entry.get("source")),
        notes=tuple(text(note) for note in entry.get("notes") or ()),
    )


def _printed(
    material: Material, entry: Mapping[str, Any], shown: dict[str, str]
) -> Iterator[Block]:
    found = material.observations(entry["evidence"])
    fresh = [one for one in found if one.id not in shown]
    for one in fresh:
        shown[one.id] = entry["id"]
    if fresh:
        yield figures_table(material, entry["id"], fresh)
    elif found:
        yield Note(say("report", "figures_above", material.language))


def figures_table(material: Material, own: str, found: Sequence[Observation]) -> Table:
    """Return printed figures as a table; the pair and unit of most rows stand in the caption."""
    edition, language = material.edition, material.language
    ordered = sorted(found, key=lambda one: (one.period, what_words(edition, one), one.id))
    pair, _count = Counter(_pair(material, one) for one in ordered).most_common(1)[0]
    source, often = Counter(one.source for one in ordered).most_common(1)[0]
    source = source if often > _SAID_ONCE else ""
    units = {unit_words(edition, one.unit, one.unit_mult) for one in ordered}
    columns = [
        Column(say("report", "col_period", language), weight=2),
        Column(say("report", "col_what", language), weight=3.4),
        Column(say("report", "col_value", language), "number", weight=1.8),
        Column(say("report", "col_source", language), weight=3.2),
    ]
    common = [pair]
    if len(units) > 1:
        columns.insert(3, Column(say("report", "col_unit", language), weight=1.6))
    else:
        common += units
    return Table(
        f"figures-{own}",
        say("report", "figures_printed", language, common=", ".join(one for one in common if one)),
        tuple(columns),
        tuple(_row(material, one, pair, len(units) > 1, source) for one in ordered),
        (say("report", "source_common", language, source=source_name(edition, source)),)
        if source
        else (),
    )


def _pair(material: Material, one: Observation) -> str:
    return pair_words(material.edition, one.ref_area, one.counterpart_area)


def _row(
    material: Material, one: Observation, pair: str, with_unit: bool, source: str
) -> tuple[Run, ...]:
    edition = material.edition
    what, own = what_words(edition, one), _pair(material, one)
    if own != pair:
        what = f"{what}: {own}"
    figure = figure_run(edition, one)
    cells = [Run(period_words(edition, one)), Run(what), figure]
    if with_unit:
        cells.append(Run(figure.unit))
    if one.source == source:
        said = place_words(edition, edition.sources.get(source, {}), one.locator)
    else:
        said = source_words(edition, one.source, one.locator)
    return (*cells, Run(said))
