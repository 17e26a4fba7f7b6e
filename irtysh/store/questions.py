"""The questions that a trade page asks, each without adding anything twice.

A file may state the same trade on several levels (all goods, chapters, headings, lines) and for
whole and part (the world, a country, its region). Every answer is summed on one level and over
areas that do not contain each other, and says which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from irtysh.store.dataset import Dataset, Total
from irtysh.store.selection import CHAPTER, LEVEL, Selection
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import EditionsOverlap

WORLD = "W"
TOLERANCE = Decimal("0.0005")
"""Relative difference from the largest level that rounding may make of a complete one."""
_GROUPS = {"group", "aggregate", "total", "unspecified"}
_HARMONIZED = {"HS", "HS_CHAPTER", "TNVED", *(f"H{number}" for number in range(7))}
"""Classifications whose codes begin with a chapter of the Harmonized System."""
_COMMON = ("measure", "unit", "unit_mult")


@dataclass(frozen=True, slots=True)
class Answer:
    """Sums on one level.

    Attributes
    ----------
    figures : tuple of Total
        With counts of missing and suppressed values in each.
    level : str
        "0" for the printed totals of all goods, else the length of the codes summed.
    is_complete : bool
        True if no other level of the same rows says more, and nothing is missing on this one.
    levels : tuple of str
        The levels that there were to choose from.
    whole : tuple of Total
        What the parts are parts of: printed where it is printed, else their sum.
    """

    figures: tuple[Total, ...]
    level: str
    is_complete: bool
    levels: tuple[str, ...]
    whole: tuple[Total, ...] = ()


def pair_by_year(
    dataset: Dataset, one: str, other: str, *, level: str | None = None, **codes: str
) -> Answer:
    """Return the trade of two areas by period and flow, as each of them recorded it.

    Figures have ``ref_area``, ``counterpart_area``, ``flow``, ``period`` among their codes.
    """
    selections = [
        _plain(codes).with_codes(ref_area=here, counterpart_area=there)
        for here, there in dict.fromkeys(((one, other), (other, one)))  # once with oneself
    ]
    by = ("ref_area", "counterpart_area", "flow", "period")
    return _on_one_level(dataset, selections, by, level)


def by_period(
    dataset: Dataset,
    areas: Sequence[str],
    *,
    partners: Sequence[str] | None = None,
    side: str = "ref_area",
    level: str | None = None,
    **codes: str | Sequence[str],
) -> Answer:
    """Return the trade of areas that do not contain each other, by flow and period.

    Without ``partners`` it is the trade with the world: what is printed for it, and where nothing
    is, the sum over partners that do not overlap. ``whole`` holds what was printed. With
    ``side`` "counterpart_area" the areas are those that others say they traded with.
    """
    other = "counterpart_area" if side == "ref_area" else "ref_area"
    asked = _plain(codes).with_codes(**{side: sorted(set(areas))})
    by = ("flow", "period")
    if partners is not None:
        apart = asked.with_codes(**{other: sorted(set(partners))})
        return _on_one_level(dataset, [apart], by, level)
    listed = dataset.codes(other, asked)
    added = sorted(without_overlap(listed) - {WORLD})
    parts = asked if len(added) == len(listed) else asked.with_codes(**{other: added})
    if WORLD not in listed:
        return _on_one_level(dataset, [parts], by, level)
    printed = _on_one_level(dataset, [asked.with_codes(**{other: WORLD})], by, level)
    summed = _on_one_level(dataset, [parts], by, level or printed.level)
    there = {(one.codes["flow"], one.codes["period"]) for one in printed.figures}
    rest = [one for one in summed.figures if (one.codes["flow"], one.codes["period"]) not in there]
    return Answer(
        (*printed.figures, *rest), printed.level, printed.is_complete and not rest,
        tuple(sorted({*printed.levels, *summed.levels}, key=int)), printed.figures,
    )  # fmt: skip


def top_products(
    dataset: Dataset, count: int, *, level: str | None = None, **codes: str | Sequence[str]
) -> Answer:
    """Return the products of the largest value; ``whole`` is the sum of all on the same level.

    ``codes`` name at least the reporter, the flow and the period.
    """
    selection = _plain(codes)
    chosen = _on_one_level(dataset, [selection], (), level, least=2)
    at_level = selection.with_codes(level=chosen.level)
    figures = dataset.totals(at_level, ["commodity"], largest_first=True, limit=count)
    return Answer(tuple(figures), chosen.level, chosen.is_complete, chosen.levels, chosen.figures)


def partners(
    dataset: Dataset,
    area: str,
    *,
    side: str = "ref_area",
    level: str | None = None,
    **codes: str | Sequence[str],
) -> Answer:
    """Return the partners of an area, the largest first.

    ``side`` "counterpart_area" asks the other side's records: who says that they traded with
    it. Groups of countries are left out, and regions of a country that is itself listed;
    ``whole`` is the printed trade with the world, else the sum.
    """
    other = "counterpart_area" if side == "ref_area" else "ref_area"
    selection = _plain(codes).with_codes(**{side: area})
    found = _on_one_level(dataset, [selection], (other,), level)
    printed = tuple(one for one in found.figures if one.codes[other] == WORLD)
    apart = without_overlap(one.codes[other] for one in found.figures)
    kept = [one for one in found.figures if one.codes[other] in apart]
    kept.sort(key=lambda one: (one.value is None, -(one.value or 0), one.codes[other]))
    return Answer(
        tuple(kept), found.level, found.is_complete, found.levels, printed or _added(kept)
    )


def composition(
    dataset: Dataset, *, level: str | None = None, **codes: str | Sequence[str]
) -> dict[str, Answer]:
    """Return section of the Harmonized System → its sum, in the order of the sections.

    Chapters that no section has come under "_U". Codes of other classifications (SITC, ICIO)
    have no section, though their first digits look like chapters: they are left out.
    """
    selection = _plain(codes)
    editions = selection.codes.get("classification", dataset.editions)
    harmonized = [one for one in editions if one in _HARMONIZED]
    if not harmonized:
        return {}
    selection = selection.with_codes(classification=harmonized)
    chosen = _on_one_level(dataset, [selection], (), level, least=2)
    sections = {code: entry.parent for code, entry in codelist("hs_chapters").items()}
    grouped: dict[str, list[Total]] = {}
    for one in dataset.totals(selection.with_codes(level=chosen.level), [CHAPTER]):
        grouped.setdefault(sections.get(one.codes[CHAPTER], "") or "_U", []).append(one)
    order = [*codelist("hs_sections"), "_U"]
    return {
        section: Answer(
            _added(grouped[section]),
            chosen.level,
            chosen.is_complete,
            chosen.levels,
            chosen.figures,
        )
        for section in order
        if section in grouped
    }


def share_of_region(
    dataset: Dataset,
    parts: Sequence[str],
    wholes: Sequence[str] = (),
    *,
    side: str = "ref_area",
    level: str | None = None,
    **codes: str | Sequence[str],
) -> dict[str, tuple[Decimal | None, Total, Total]]:
    """Return period → share of some areas in others, with both sums; None without a value.

    Without ``wholes`` the whole is everybody who reports, groups left out. Trade with the world
    is what is printed for it, if anything is, else the sum over partners.
    """
    other = "counterpart_area" if side == "ref_area" else "ref_area"
    asked = _plain(codes)
    if other not in asked.codes:
        listed = set(dataset.codes(other))
        asked = asked.with_codes(
            **{other: [WORLD] if WORLD in listed else sorted(without_overlap(listed))}
        )
    everybody = wholes or sorted(without_overlap(dataset.codes(side)))
    found = []
    for areas in (parts, everybody):
        answer = _on_one_level(
            dataset, [asked.with_codes(**{side: sorted(set(areas))})], ("period",), level
        )
        found.append({one.codes["period"]: one for one in answer.figures})
        level = level or answer.level  # a share is of one and the same level
    some, every = found
    return {
        period: (_share(one, every[period]), one, every[period])
        for period, one in sorted(some.items())
        if period in every
    }


def without_overlap(areas: Iterable[str]) -> set[str]:
    """Return the areas without groups and without those that lie in another that is listed.

    What a publisher could not assign to a country ("Areas not elsewhere specified", bunkers)
    overlaps with none and stays: without it a sum over partners would be too small.
    """
    known = codelist("areas")
    plain = {
        one for one in areas if one not in known or known[one].extra.get("kind") not in _GROUPS
    }
    return {one for one in plain if not _ancestors(one) & plain}


def _ancestors(area: str) -> set[str]:
    known = codelist("areas")
    found: set[str] = set()
    while area in known and (area := known[area].parent) and area not in found:
        found.add(area)
    return found


def _plain(codes: Mapping[str, str | Sequence[str]]) -> Selection:
    return Selection.of({"measure": "VALUE", "freq": "A", **codes})


def _on_one_level(
    dataset: Dataset,
    selections: Sequence[Selection],
    by: Sequence[str],
    level: str | None,
    least: int = 0,
) -> Answer:
    """Return sums on the level asked for, or on the finest complete one.

    Complete is a level that has every group, misses no value, and sums to what the largest
    level of the group sums to. If there is none, the one that sums to most is taken.
    """
    _check_editions(dataset, selections)
    groups: dict[tuple[str, ...], dict[str, Total]] = {}
    for one in dataset.totals(selections, [*by, LEVEL]):
        if int(one.codes[LEVEL]) >= least:
            key = tuple(one.codes[column] for column in (*by, *_COMMON))
            groups.setdefault(key, {})[one.codes[LEVEL]] = one
    levels = sorted({found for group in groups.values() for found in group}, key=int)
    complete = [one for one in levels if all(_is_complete(group, one) for group in groups.values())]
    if level is None:
        level = (
            complete[-1]
            if complete
            else max(levels, key=lambda one: _most(groups, one), default="0")
        )
    figures = tuple(group[level] for group in groups.values() if level in group)
    return Answer(figures, level, level in complete, tuple(levels))


def _check_editions(dataset: Dataset, selections: Sequence[Selection]) -> None:
    """Raise EditionsOverlap if one reporter's trade of a period is there in two editions."""
    if len(dataset.editions) < 2:
        return
    where = ("ref_area", "counterpart_area", "flow", "period")
    seen: dict[tuple[str, ...], str] = {}
    for one in dataset.totals(selections, [*where, "classification", LEVEL]):
        if one.codes[LEVEL] == "0":
            continue
        key = tuple(one.codes[column] for column in (*where, LEVEL, *_COMMON))
        edition = seen.setdefault(key, one.codes["classification"])
        if edition != one.codes["classification"]:
            raise EditionsOverlap(
                dataset=dataset.id,
                area=one.codes["ref_area"],
                period=one.codes["period"],
                editions=", ".join(sorted((edition, one.codes["classification"]))),
            )


def _is_complete(group: Mapping[str, Total], level: str) -> bool:
    if level not in group or group[level].missing:
        return False
    return _size(group[level]) >= max(map(_size, group.values())) * (1 - TOLERANCE)


def _size(one: Total) -> Decimal:
    return Decimal(0) if one.value is None else abs(one.value)


def _most(groups: Mapping[tuple[str, ...], Mapping[str, Total]], level: str) -> tuple[Decimal, int]:
    sizes = (_size(group[level]) for group in groups.values() if level in group)
    return sum(sizes, Decimal(0)), -int(level)


def _added(figures: Iterable[Total]) -> tuple[Total, ...]:
    """Return the sums of figures of each unit."""
    grouped: dict[tuple[str, ...], list[Total]] = {}
    for one in figures:
        grouped.setdefault(tuple(one.codes[column] for column in _COMMON), []).append(one)
    values = {
        key: [one.value for one in many if one.value is not None] for key, many in grouped.items()
    }
    return tuple(
        Total(
            dict(zip(_COMMON, key, strict=True)),
            sum(values[key], Decimal(0)) if values[key] else None,
            sum(one.observations for one in many),
            sum(one.missing for one in many),
            sum(one.suppressed for one in many),
        )
        for key, many in grouped.items()
    )


def _share(part: Total, whole: Total) -> Decimal | None:
    if part.value is None or not whole.value:
        return None
    return part.value / whole.value
