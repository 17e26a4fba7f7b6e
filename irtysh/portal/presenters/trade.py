"""The pages of trade: overview, turnover by year, partners, goods."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from irtysh.portal.presenters import figures, words
from irtysh.portal.presenters.charts import charts_of
from irtysh.portal.presenters.findings import about_figure
from irtysh.portal.presenters.indicators import results_of
from irtysh.portal.presenters.tables import cross_table
from irtysh.portal.reading import Reading
from irtysh.vocabulary.observation import Observation, Status
from irtysh.vocabulary.period import PeriodKind
from irtysh.vocabulary.wording import period_in_words

PARTNERS = "TRADE_PARTNER"
GOODS = "TRADE_GOODS"
BOUNDED_SHARES = "partner-share-bounds"
"""Shares that follow where the total is known within bounds only."""

_FLOWS = ("T", "X", "M")


def headline(reading: Reading) -> Observation | None:
    """Return the newest whole-year figure of what the case calls its headline, or None."""
    asked = {key: str(value) for key, value in reading.case.get("headline", {}).items()}
    if not asked:
        return None
    found = [
        one
        for one in reading.release.observations(**asked)
        if one.period.kind is PeriodKind.YEAR
        and one.value is not None
        and one.status is Status.OBSERVED
    ]
    if not found:
        return None
    newest = max(one.period.code for one in found)
    return figures.chosen(reading, (one for one in found if one.period.code == newest))[0].shown


def headline_figure(reading: Reading) -> dict[str, Any] | None:
    """Return the headline as a figure with its rivals counted."""
    shown = headline(reading)
    if shown is None:
        return None
    rivals = [one for one in figures.same_cell(reading, shown) if one.id != shown.id]
    return figures.figure(reading, shown, rivals)


def overview_page(reading: Reading) -> dict[str, Any]:
    """Return the overview: the headline, the ways on, and what else is measured."""
    shown = headline(reading)
    return {
        "headline": headline_figure(reading),
        "charts": charts_of(reading, "trade"),
        "others": _others(reading),
        "findings": len(about_figure(reading, shown.id)) if shown else 0,
    }


def _others(reading: Reading) -> list[dict[str, Any]]:
    """Return the further data sets with up to three figures each."""
    groups = []
    for dataset in sorted(reading.document("datasets"), key=lambda one: one.get("order", 999)):
        if dataset["id"] in (PARTNERS, GOODS):
            continue
        found = reading.release.observations(dataflow=dataset["id"])
        newest = sorted(
            figures.chosen(reading, found), key=lambda one: one.shown.period.code, reverse=True
        )
        values = [one for one in newest if one.shown.value is not None][:3]
        if values:
            groups.append(
                {
                    "id": dataset["id"],
                    "title": reading.text(dataset["title"]),
                    "figures": [
                        figures.figure(reading, one.shown, one.rivals) for one in values
                    ],
                }
            )  # fmt: skip
    return groups


def turnover_page(reading: Reading) -> dict[str, Any]:
    """Return turnover, exports and imports by year, and what was printed about their change."""
    found = _pair(reading)
    unit = str(reading.case.get("headline", {}).get("unit", ""))
    levels = [one for one in found if _is_value(one) and one.unit == unit]
    years = [one for one in levels if one.period.kind is PeriodKind.YEAR]
    parts = [one for one in levels if one.period.kind is not PeriodKind.YEAR]
    # A level in another unit, or in none, stands in the list, where each has its own unit.
    said = [one for one in _pair_and_open(reading) if one not in levels]
    return {
        "charts": charts_of(reading, "turnover"),
        "years": cross_table(reading, years, _by_period(reading), _by_flow(reading)),
        "parts": cross_table(reading, parts, _by_period(reading), _by_flow(reading)),
        "said": _listed(reading, said),
        "unit": _unit(reading, years),
        "dataset": PARTNERS,
    }


def partners_page(reading: Reading) -> dict[str, Any]:
    """Return trade with each partner by year, and what the sources say of ranks."""
    area = str(reading.case.get("headline", {}).get("ref_area", ""))
    found = [
        one
        for one in reading.release.observations(dataflow=PARTNERS, ref_area=area)
        if one.counterpart_area not in words.UNSAID
    ]
    years = [
        one
        for one in found
        if _is_value(one) and one.period.kind is PeriodKind.YEAR and one.flow == "T"
    ]
    ranks = [
        {
            "id": item["id"],
            "text": reading.text(item["text"]),
            "source": words.source_line(reading, item.get("source", ""), item.get("locator", "")),
        }
        for item in reading.document("statements")
        if item["kind"] in ("rank", "residual_below")
    ]
    return {
        "charts": charts_of(reading, "partners"),
        "years": cross_table(reading, years, _by_partner(reading, years), _by_period(reading)),
        "said": _listed(reading, [one for one in found if one.measure in ("SHARE", "RANK")]),
        "bounded": results_of(reading, BOUNDED_SHARES),
        "bounded_by": BOUNDED_SHARES,
        "ranks": ranks,
        "unit": _unit(reading, years),
        "dataset": PARTNERS,
    }


def goods_page(reading: Reading) -> dict[str, Any]:
    """Return trade by groups of goods and year."""
    found = reading.release.observations(dataflow=GOODS)
    values = [one for one in found if _is_value(one)]
    return {
        "charts": charts_of(reading, "goods"),
        "years": cross_table(reading, values, _by_goods(reading), _by_period(reading)),
        "said": _listed(reading, [one for one in found if one.measure in ("GROWTH", "SHARE")]),
        "unit": _unit(reading, values),
        "dataset": GOODS,
    }


def _pair(reading: Reading) -> list[Observation]:
    asked = reading.case.get("headline", {})
    return reading.release.observations(
        dataflow=str(asked.get("dataflow", PARTNERS)),
        ref_area=str(asked.get("ref_area", "")),
        counterpart_area=str(asked.get("counterpart_area", "")),
    )


def _pair_and_open(reading: Reading) -> list[Observation]:
    """Return what is said of the pair, and what leaves its partner open and may mean the pair."""
    asked = reading.case.get("headline", {})
    return reading.release.observations(
        dataflow=str(asked.get("dataflow", PARTNERS)),
        ref_area=str(asked.get("ref_area", "")),
        counterpart_area=[str(asked.get("counterpart_area", "")), "_U"],
    )


def _is_value(observation: Observation) -> bool:
    return observation.measure == "VALUE"


def _listed(reading: Reading, observations: list[Observation]) -> list[dict[str, Any]]:
    """Return figures one below another, by period, with their rivals."""
    ordered = sorted(
        observations, key=lambda one: (one.period.code or "~", one.commodity, one.flow)
    )
    return [
        figures.figure(reading, one.shown, one.rivals)
        for one in figures.chosen(reading, ordered)
    ]  # fmt: skip


def _unit(reading: Reading, observations: list[Observation]) -> str:
    """Return the unit that all figures share; empty where they do not."""
    units = {(one.unit, one.unit_mult) for one in observations}
    return words.unit_words(reading, *units.pop()) if len(units) == 1 else ""


def _by_period(reading: Reading) -> Any:
    def key(one: Observation) -> tuple[Any, str]:
        label = period_in_words(one.period, reading.language)
        year = one.period.kind is PeriodKind.YEAR
        return (one.period.code or "~", one.period.kind.value), one.period.code if year else label

    return key


def _by_flow(reading: Reading) -> Any:
    def key(one: Observation) -> tuple[Any, str]:
        place = _FLOWS.index(one.flow) if one.flow in _FLOWS else len(_FLOWS)
        return (place, one.flow), reading.code("flows", one.flow)

    return key


def _by_partner(reading: Reading, observations: list[Observation]) -> Any:
    """Order partners by their newest value, the greatest first."""
    newest: dict[str, tuple[str, Any]] = {}
    for one in observations:
        if one.value is not None:
            known = newest.get(one.counterpart_area, ("", 0))
            newest[one.counterpart_area] = max(known, (one.period.code, one.value))

    def key(one: Observation) -> tuple[Any, str]:
        value = newest.get(one.counterpart_area, ("", 0))[1]
        name = _("All countries") if one.counterpart_area == "W" else ""
        name = name or reading.code("areas", one.counterpart_area)
        return (one.counterpart_area == "W", -value, name), name

    return key


def _by_goods(reading: Reading) -> Any:
    order = {code: place for place, code in enumerate(reading.codes.get("hs_sections", {}))}

    def key(one: Observation) -> tuple[Any, str]:
        name = words.goods_name(reading, one.classification, one.commodity)
        return (order.get(one.commodity, len(order)), one.classification, name), name

    return key
