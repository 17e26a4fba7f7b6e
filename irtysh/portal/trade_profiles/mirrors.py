"""The page of both sides' records of the trade of a pair, in both directions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import yaml
from django.urls import reverse
from django.utils.translation import gettext as _

from irtysh.portal.explorer.naming import Naming
from irtysh.portal.explorer.opening import Opened, about, opened
from irtysh.portal.reading import Reading
from irtysh.portal.trade_profiles.amounts import Scale, percent, table_scale
from irtysh.portal.trade_profiles.choosing import area_name, country_of, own_pairs, profile_path
from irtysh.portal.trade_profiles.drawing import drawn_lines
from irtysh.publication.mirrors import Mirror, Record, mirror
from irtysh.publication.trade_datasets import datasets_for
from irtysh.publication.views import LATEST, LEVELS, UnknownChoice, View
from irtysh.registries.records.shelf import catalogue
from irtysh.store.dataset import Total
from irtysh.store.selection import LEVEL
from irtysh.vocabulary.numbers import format_number
from irtysh.vocabulary.places import DEFINITIONS
from irtysh.vocabulary.wording import say

_MOST_GOODS = 50
_COLUMNS = (
    "exporter", "importer", "period", "classification_level", "commodity", "exports_recorded",
    "imports_recorded", "unit", "unit_mult", "asymmetry", "log_ratio_low", "log_ratio_high",
    "reconciled", "reconciled_low", "reconciled_high", "weight_of_exporter", "flags", "dataset",
    "version",
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A dataset opened, with the mirrors of both directions in it."""

    opened: Opened
    both: tuple[Mirror, Mirror]
    choices: tuple[tuple[str, str], ...]
    version: str
    year: str
    level: str

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.opened.language


def found_mirror(
    reading: Reading, exporter: str, importer: str, asked: Mapping[str, str]
) -> Found | None:
    """Return the mirrors of a pair in the best dataset; None where no dataset knows the pair.

    Raises UnknownChoice, UnknownCode or ReleaseNotFound for what the address asks wrongly.
    """
    choices = datasets_for(catalogue(), exporter, importer)
    choices.sort(key=lambda one: len({exporter, importer} & set(one.dataset.codes("ref_area"))),
                 reverse=True)  # fmt: skip
    if not choices:
        return None
    version = asked.get("version", "") or LATEST
    named = {one.id: one for one in choices}
    dataset_id = asked.get("dataset", "") or choices[0].id
    if dataset_id not in named:
        raise UnknownChoice(name="dataset", value=dataset_id, possible=", ".join(named))
    year, level = asked.get("year", ""), asked.get("level", "")
    if level not in ("", *LEVELS):
        raise UnknownChoice(name="level", value=level, possible=", ".join(LEVELS))
    found = opened(reading, dataset_id, version)
    countries = own_pairs(reading)[-1:] or [("", "")]
    are_neighbours = {exporter, importer} == set(countries[0])
    both = tuple(
        mirror(
            found.offered.dataset, one, other, are_neighbours=are_neighbours, year=year,
            level=level,
        )
        for one, other in ((exporter, importer), (importer, exporter))
    )  # fmt: skip
    there = sorted({one.period for part in both for one in part.years})
    if year and year not in there:
        raise UnknownChoice(name="year", value=year, possible=", ".join(there))
    titles = tuple((one.id, Opened(reading, one).words.title) for one in choices)
    return Found(found, (both[0], both[1]), titles, version, year, level)


def region_words(reading: Reading, exporter: str, importer: str) -> dict[str, Any]:
    """Return why a region has no mirror, and the pair of countries that has one."""
    countries = [country_of(one) for one in (exporter, importer)]
    if countries == [exporter, importer] or countries[0] == countries[1]:
        return {"is_mirror": True}
    return {
        "is_mirror": True,
        "region": say("mirror", "region", reading.language),
        "countries": _countries(reading, countries),
    }


def _countries(reading: Reading, countries: list[str]) -> dict[str, str]:
    return {
        "path": reverse("portal:mirror", args=countries),
        "name": " – ".join(area_name(reading, one) for one in countries),
    }


def mirror_page(found: Found, origin: str) -> dict[str, Any]:
    """Return what the page shows."""
    first, _second = found.both
    pair = [first.exporter, first.importer]
    names = [_name(found, code) for code in pair]
    countries = [country_of(code) for code in pair]
    is_region = countries != pair and countries[0] != countries[1]
    parts = [_direction(found, one) for one in found.both if one.years]
    query = f"dataset={found.opened.offered.id}"
    if found.year:
        query += f"&year={found.year}"
    if found.level:
        query += f"&level={found.level}"
    path = reverse("portal:mirror", args=pair)
    fixed = f"{query}&version={found.opened.offered.version}"
    return {
        **about(found.opened),
        "dataset_title": found.opened.words.title,
        "sources": [found.opened.words.source_line(one) for one in found.opened.words.sources],
        "title": " – ".join(names),
        "warnings": _warnings(found),
        "countries": _countries(found.opened.reading, countries) if is_region else None,
        "parts": parts,
        "carriage": _carriage(found),
        "profile": profile_path(*pair),
        "names": names,
        "form": _form(found),
        "csv": reverse("portal:mirror-csv", args=pair) + f"?{fixed}",
        "links": {"latest": f"{origin}{path}?{query}", "fixed": f"{origin}{path}?{fixed}"},
    }


def _name(found: Found, code: str) -> str:
    return found.opened.words.label("ref_area", code)


def _warnings(found: Found) -> list[str]:
    """Return the warnings of both directions, each sentence once."""
    said: dict[str, None] = {}
    for one in found.both:
        if not one.years:
            continue
        names = {"exporter": _name(found, one.exporter), "importer": _name(found, one.importer)}
        for code in one.warnings:
            said.setdefault(say("mirror", code, found.language, **names))
    return list(said)


def _scale(found: Found, one: Mirror) -> Scale:
    values = [_value(side) for row in one.years for side in (row.exports, row.imports)]
    return table_scale(found.opened.words, one.unit, one.unit_mult, values)


def _value(one: Total | None) -> Decimal | None:
    return one.value if one else None


def _direction(found: Found, one: Mirror) -> dict[str, Any]:
    scale = _scale(found, one)
    names = [_name(found, code) for code in (one.exporter, one.importer)]
    shown = one.products[:_MOST_GOODS]
    values = [_value(side) for row in shown for side in (row.exports, row.imports)]
    goods_scale = table_scale(found.opened.words, one.unit, one.unit_mult, values)
    return {
        "id": f"{one.exporter}-{one.importer}",
        "exporter": names[0],
        "importer": names[1],
        "unit": scale.unit,
        "years": [_row(found, one, row, scale) for row in one.years],
        "said": _said(one, scale, found.language),
        "chart": _chart(one, names, scale),
        "product_year": one.product_year,
        "product_level": one.product_level,
        "goods_unit": goods_scale.unit,
        "products": [_row(found, one, row, goods_scale) for row in shown],
        "more": len(one.products) - len(shown),
        "reliability": _reliability(found, one, names),
    }


def _row(found: Found, one: Mirror, row: Record, scale: Scale) -> dict[str, Any]:
    together = row.together
    flags = [
        say("profile", f"flag_{flag}", found.language)
        for flag in together.flags
        if flag != "NOT_IDENTIFIED"
    ]
    name = None
    if row.commodity != "_T":
        codes = {"ref_area": (one.exporter,)}
        name = Naming(found.opened.words, View(codes=codes)).name("commodity", row.commodity)
    return {
        "period": row.period,
        "code": row.commodity,
        "name": name.text if name else "",
        "name_language": name.language if name else "",
        "exports": scale.written(_value(row.exports)),
        "imports": scale.written(_value(row.imports)),
        "exports_link": _link(found, one, row, "X"),
        "imports_link": _link(found, one, row, "M"),
        "has_exports": row.exports is not None,
        "has_imports": row.imports is not None,
        "asymmetry": percent(row.asymmetry, found.language),
        "ratio": _ratio(together.log_ratio, found.language),
        "point": scale.written(together.point),
        "bounds": f"{scale.written(together.low)} – {scale.written(together.high)}"
        if together.low is not None and together.high is not None
        else "",
        "flags": flags,
    }


def _ratio(ends: tuple[float, float] | None, language: str) -> str:
    if ends is None:
        return ""
    low, high = (format_number(Decimal(str(end)), language, 2) for end in sorted(ends))
    return low if low == high else f"{low} … {high}"


def _link(found: Found, one: Mirror, row: Record, flow: str) -> str:
    """Return the explorer's view of one record."""
    total = row.exports if flow == "X" else row.imports
    if total is None:
        return ""
    here, there = (one.exporter, one.importer) if flow == "X" else (one.importer, one.exporter)
    level = total.codes.get(LEVEL, "0")
    goods = {} if row.commodity == "_T" else {"commodity": (row.commodity,)}
    if row.commodity == "_T" and level == "0":
        goods = {"commodity": ("_T",)}
    view = View(
        version=found.version,
        codes={
            "freq": ("A",), "ref_area": (here,), "counterpart_area": (there,), "flow": (flow,),
            "measure": ("VALUE",), **goods,
        },
        level=level if level in LEVELS and not goods else "",
        start=row.period, end=row.period, rows=("commodity",), columns=("period",),
    )  # fmt: skip
    path = reverse("portal:explore-dataset", args=[found.opened.offered.id])
    return f"{path}?{view.query()}"


def _both_known(one: Mirror) -> list[tuple[str, Decimal, Decimal]]:
    found = []
    for row in one.years:
        sent, received = _value(row.exports), _value(row.imports)
        if sent and received:
            found.append((row.period, sent, received))
    return found


def _said(one: Mirror, scale: Scale, language: str) -> list[str]:
    """Say the newest gap in words, and the widest."""
    known = _both_known(one)
    if not known:
        return []
    period, sent, received = known[0]
    key = "mirror_gap_more" if received >= sent else "mirror_gap_less"
    gap = f"{scale.written(abs(received - sent))} {scale.unit}"
    rate = percent(abs(received / sent - 1), language)
    said = [say("profile", key, language, year=period, gap=gap, percent=rate)]
    period, sent, received = max(
        known, key=lambda row: abs(row[2] - row[1]) / (row[1] + row[2])
    )  # fmt: skip
    if len(known) > 1:
        values = {
            "exports": f"{scale.written(sent)} {scale.unit}",
            "imports": f"{scale.written(received)} {scale.unit}",
        }
        said.append(say("profile", "mirror_gap_widest", language, year=period, **values))
    return said


def _chart(one: Mirror, names: list[str], scale: Scale) -> dict[str, Any] | None:
    periods = {row.period: row.period for row in reversed(one.years)}
    if len(periods) < 2:
        return None
    rows = {
        _("Recorded by %(name)s as exports") % {"name": names[0]}: {
            row.period: _value(row.exports) for row in one.years
        },
        _("Recorded by %(name)s as imports") % {"name": names[1]}: {
            row.period: _value(row.imports) for row in one.years
        },
    }
    title = _("%(exporter)s → %(importer)s as both recorded it") % {
        "exporter": names[0], "importer": names[1],
    }  # fmt: skip
    said = " ".join(_said(one, scale, scale.language))
    name = f"mirror-{one.exporter}-{one.importer}"
    return drawn_lines(name, title, rows, periods, scale, said)


def _reliability(found: Found, one: Mirror, names: list[str]) -> str:
    partners = {"partners_first": str(one.partners[0]), "partners_second": str(one.partners[1])}
    who = {"exporter": names[0], "importer": names[1]}
    if one.sigmas is None:
        return say("profile", "reliability_unknown", found.language, **who, **partners)
    first, second = (format_number(Decimal(str(s)), found.language, 2) for s in one.sigmas)
    return say(
        "profile", "reliability", found.language, **who, **partners, first=first, second=second
    )


def _carriage(found: Found) -> str:
    """Say what was taken off imports and where that interval comes from."""
    low, high = found.both[0].cif
    if high == 0:
        return say("profile", "carriage_none", found.language)
    text = (DEFINITIONS / "thresholds" / "mirror.yaml").read_text(encoding="utf-8")
    known = _thresholds(text)
    reason = next(
        (
            one["reason"][found.language]
            for name, one in known.items()
            if name.startswith("cif") and (Decimal(one["low"]), Decimal(one["high"])) == (low, high)
        ),
        "",
    )
    ends = {"low": percent(low, found.language, 0), "high": percent(high, found.language, 1)}
    return say("profile", "carriage", found.language, **ends, reason=reason)


@cache
def _thresholds(text: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(text)
    return found


def _form(found: Found) -> dict[str, Any]:
    years = sorted({row.period for one in found.both for row in one.years}, reverse=True)
    dataset = found.opened.offered.dataset
    goods = {str(len(code)) for code in dataset.codes("commodity") if code.isdigit()}
    return {
        "datasets": found.choices,
        "dataset": found.opened.offered.id,
        "years": years,
        "year": found.year or found.both[0].product_year,
        "levels": [one for one in LEVELS if one in goods],
        "level": found.level or found.both[0].product_level,
        "version": found.version if found.version != LATEST else "",
    }


def records_table(found: Found) -> tuple[list[str], list[list[str]]]:
    """Return header and rows of all records of both directions; empty cells where none is."""
    rows = []
    for one in found.both:
        for level, listed in (("0", one.years), (one.product_level, one.products)):
            rows += [_csv_row(found, one, row, level) for row in listed]
    return list(_COLUMNS), rows


def _csv_row(found: Found, one: Mirror, row: Record, level: str) -> list[str]:
    together = row.together
    low, high = sorted(together.log_ratio) if together.log_ratio else (None, None)
    offered = found.opened.offered
    cells: list[Any] = [
        one.exporter, one.importer, row.period, level, row.commodity, _value(row.exports),
        _value(row.imports), one.unit, one.unit_mult, row.asymmetry, low, high, together.point,
        together.low, together.high, together.weight, " ".join(together.flags), offered.id,
        offered.version,
    ]  # fmt: skip
    return ["" if cell is None else _plain(cell) for cell in cells]


def _plain(cell: Any) -> str:
    if isinstance(cell, float):
        return f"{cell:.6g}" if abs(cell) < 1000 else f"{cell:.3f}"
    if isinstance(cell, Decimal):
        text = f"{cell:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(cell)
