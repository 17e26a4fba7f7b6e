"""Charts of a small invented border, built once for all tests of this folder."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

from irtysh.indicators.charts import (
    Caption,
    Chart,
    Coverage,
    Mark,
    bars_chart,
    change_chart,
    composition_chart,
    contribution_chart,
    region_exports_chart,
    series_chart,
    sparkline,
)
from irtysh.vocabulary.period import UNKNOWN_PERIOD, Period
from irtysh.vocabulary.text import Text

LANGUAGES = ("ru", "kk", "en")
D = Decimal


def yearly(year: int, value: str, low: str = "", high: str = "", **more: object) -> Mark:
    """Return a mark of a year; an empty bound is none."""
    bounds = (D(low) if low else None, D(high) if high else None)
    return Mark(Period.year(year), D(value), *bounds, **more)  # type: ignore[arg-type]


SERIES = (
    yearly(2013, "441.0", "440.4", "441.6", status="partial", digits=1),
    yearly(2015, "362.6", "330.1", "395.4", status="derived", digits=1),
    yearly(2016, "239.3", "239.25", "239.35"),
    yearly(2020, "1357.1", "1356.9", "1357.3", status="derived", digits=1),
    yearly(2021, "402.1", "402.05", "402.15"),
    yearly(2021, "380", "380", status="bound"),
)
GAPS = (2014, 2017, 2018, 2019)
UNIT = Text({"ru": "млн долл. США", "kk": "млн АҚШ доллары", "en": "million US dollars"})
SOURCE = Text({"ru": "Книга, 2024", "kk": "Кітап, 2024", "en": "A book, 2024"})
WHAT = Text({"ru": "Товарооборот", "kk": "Тауар айналымы", "en": "Trade"})
LABELS = {
    "ru": ("Техника", "Растительные продукты", "Ә Ғ Қ Ң Ө Ұ Ү Һ І"),
    "kk": ("Техника", "Өсімдік өнімдері", "Ә Ғ Қ Ң Ө Ұ Ү Һ І"),
    "en": ("Machinery", "Vegetable products", "Ә Ғ Қ Ң Ө Ұ Ү Һ І"),
}


def caption(own: str) -> Caption:
    """Return words with a plain name."""
    return Caption(own, WHAT, UNIT, SOURCE)


@cache
def charts(language: str) -> dict[str, Chart]:
    """Return one chart of every kind."""
    labels = LABELS[language]
    goods = [
        yearly(year, value, label=label, group=label)
        for label, values in zip(labels, (("9", "7"), ("4", "5"), ("1", "1")), strict=True)
        for year, value in zip((2020, 2022), values, strict=True)
    ]
    remainder = [yearly(2022, "3.5", "3.0", "4.0", status="derived", label="…")]
    parts = [
        Mark(UNKNOWN_PERIOD, D(v), status="derived", label=label, digits=1)
        for label, v in zip(labels, ("-8.3", "4.2", "0"), strict=True)
    ]
    rest = Mark(UNKNOWN_PERIOD, D("20.8"), D("20.3"), D("21.3"), "derived", "–", digits=1)
    growth = Mark(UNKNOWN_PERIOD, D("16.7"), D("16"), D("17.4"), "derived", "Σ", digits=1)
    pairs = [(goods[i], goods[i + 1]) for i in range(0, len(goods), 2)]
    ranks = [
        yearly(2021, "402.1", "402.05", "402.15", label=labels[0]),
        yearly(2021, "190.1", "170", "210", status="derived", label=labels[1]),
        Mark(Period.year(2021), None, D(0), D("83.1"), label=labels[2]),
    ]
    halves = [
        Mark(Period.parse("C", f"{year}-01/{year}-{month:02d}"), D(value), label=labels[0])
        for year, values in ((2010, (10, 25, 40, 60)), (2011, (12, 28, 45, 61)))
        for month, value in zip((3, 6, 9, 12), values, strict=True)
    ]
    note = Coverage(date(2010, 7, 1), date(2010, 12, 31), WHAT)
    return {
        "series": series_chart(SERIES, caption("series"), language),
        "bars": bars_chart(ranks, caption("bars"), language, colours={labels[0]: "side-b"}),
        "composition": composition_chart(
            goods, caption("composition"), language, remainder=remainder
        ),
        "contribution": contribution_chart(
            parts, growth, caption("contribution"), language, remainder=rest
        ),
        "change": change_chart(pairs, caption("change"), language),
        "regions": region_exports_chart(halves, caption("regions"), language, coverage=[note]),
        "spark": sparkline(SERIES, caption("spark"), language),
    }
