"""What a chart says in words: its title, text alternative, notes and table, all computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from irtysh.indicators.charts.look import shape
from irtysh.indicators.charts.marks import Caption, Mark, Table, number
from irtysh.vocabulary.period import Period, PeriodKind
from irtysh.vocabulary.wording import period_in_words, say

_TABLE_DIGITS = 2

Story = dict[str, Any]
"""Title, subtitle, description, source, table, notes: the fields of a Chart but its drawing."""


def words(key: str, language: str, **blanks: Any) -> str:
    """Fill a template of definitions/messages/charts.yaml."""
    return say("charts", key, language, **blanks)


def standing_words(key: str, language: str) -> str:
    """Return the legend's words for a standing (printed, derived, partial, bound, interval)."""
    return words(f"standing_{key}", language)


def story(
    caption: Caption,
    language: str,
    *,
    title: str,
    subtitle: str,
    description: Iterable[str],
    table: Table,
    notes: Iterable[str] = (),
) -> Story:
    """Put the computed words and those of the caption together; the caption's own win."""
    own = caption.read(language)
    return {
        "title": own["title"] or title,
        "subtitle": own["subtitle"] or subtitle,
        "description": " ".join(part for part in description if part),
        "source": own["source"],
        "table": table,
        "notes": (*notes, *own["notes"]),
    }


def short_period(mark: Mark, language: str) -> str:
    """Write a year as its digits, any other period in words."""
    if mark.period.kind is PeriodKind.YEAR:
        return mark.period.code
    return period_in_words(mark.period, language)


def with_unit(mark: Mark, unit: str, language: str) -> str:
    """Write a mark with its unit."""
    return f"{mark.written(language)} {unit}"


def listed(marks: Iterable[Mark], language: str, *, by: str = "period") -> str:
    """Write marks as "441,0 (2013), 258,8 (2017)" or "Kazakhstan 402,1, China 190,1"."""
    if by == "period":
        return ", ".join(f"{m.written(language)} ({short_period(m, language)})" for m in marks)
    return "; ".join(f"{one_line(m.label)} – {m.written(language)}" for m in marks)


def one_line(label: str) -> str:
    """Return a label without its line breaks."""
    return label.replace("\n", " ")


def within(label: str) -> str:
    """Write a label inside a sentence: its first letter small, unless it is an abbreviation."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def table_of(
    marks: Sequence[Mark], language: str, unit: str, *, by_period: bool, by_label: bool
) -> Table:
    """Return the table under a chart: value, bounds and standing of every mark."""
    header = [
        *([words("col_period", language)] if by_period else []),
        *([words("col_item", language)] if by_label else []),
        words("col_value", language, unit=unit),
        words("col_low", language),
        words("col_high", language),
        words("col_standing", language),
    ]
    rows = tuple(
        (
            *([short_period(mark, language)] if by_period else []),
            *([one_line(mark.label)] if by_label else []),
            _in_table(mark).written(language) if mark.value is not None else "",
            number(tidy(mark.low, ROUND_FLOOR), language),
            number(tidy(mark.high, ROUND_CEILING), language),
            standing_words(shape(mark) if mark.is_known else "missing", language),
        )
        for mark in marks
    )
    return Table(tuple(header), rows)


def tidy(bound: Decimal | None, outward: str) -> Decimal | None:
    """Cut a bound to two decimals for the table, outward; the release keeps all of them."""
    if bound is None:
        return None
    exponent = bound.as_tuple().exponent
    is_long = isinstance(exponent, int) and exponent < -_TABLE_DIGITS
    return bound.quantize(Decimal(1).scaleb(-_TABLE_DIGITS), rounding=outward) if is_long else bound


def _in_table(mark: Mark) -> Mark:
    """Return a computed mark with as many decimals as its bounds have in the table."""
    return mark if mark.digits is None else replace(mark, digits=max(mark.digits, _TABLE_DIGITS))


def extremes(marks: Sequence[Mark]) -> tuple[Mark, Mark]:
    """Return the marks with the greatest and the least value (the earliest of equals)."""
    valued = [mark for mark in marks if mark.value is not None]
    return max(valued, key=_value), min(valued, key=_value)


def _value(mark: Mark) -> Decimal:
    assert mark.value is not None
    return mark.value


def series_story(
    marks: Sequence[Mark],
    span: Sequence[int],
    caption: Caption,
    language: str,
    *,
    wide_intervals: bool,
) -> Story:
    """Say what a series shows: its ends, extremes, incomplete sums, rivals and gaps."""
    own = caption.read(language)
    what, unit = own["what"], own["unit"]
    known = sorted((m for m in marks if m.is_known), key=lambda m: m.period.first_year)
    frame = {"what": what, "unit": unit, "start": str(span[0]), "end": str(span[-1])}
    whole = [m for m in known if not m.rival and m.status in ("printed", "derived")]
    groups = list(dict.fromkeys(m.group for m in whole))
    parts = [words("series_range", language, **frame)]
    for group in groups:
        here = [m for m in whole if m.group == group and m.value is not None]
        named = f"{one_line(here[0].label)}. " if len(groups) > 1 else ""
        parts += _ends(here, named, unit, language)
    parts += _others(known, span, language)
    gaps = [year for year in span if year not in {m.period.first_year for m in known}]
    rows = _rows_with_gaps(marks, span)
    notes = [words("no_data_note", language)] if gaps else []
    if not wide_intervals and any(m.has_interval for m in known):
        notes.append(words("narrow_note", language))
    if any(m.rival or m.status == "partial" for m in known):
        notes.append(words("rival_note", language))
    return story(
        caption,
        language,
        title=_series_title(
            [m for m in whole if m.group == groups[0]] if groups else [], frame, language
        ),
        subtitle=words("series_subtitle", language, **frame),
        description=parts,
        table=table_of(rows, language, unit, by_period=True, by_label=_has_labels(marks)),
        notes=notes,
    )


def _has_labels(marks: Sequence[Mark]) -> bool:
    return len({mark.label for mark in marks}) > 1


def _rows_with_gaps(marks: Sequence[Mark], span: Sequence[int]) -> list[Mark]:
    present = {mark.period.first_year for mark in marks}
    empty = [Mark.missing(Period.year(year)) for year in span if year not in present]
    return sorted([*marks, *empty], key=lambda m: (m.period.first_year, m.group, m.rival))


def _series_title(whole: Sequence[Mark], frame: Mapping[str, str], language: str) -> str:
    if not whole:
        return words("series_title_empty", language, **frame)
    last, (top, _) = whole[-1], extremes(whole)
    key = "series_title_at_top" if last is top and len(whole) > 1 else "series_title"
    return words(
        key,
        language,
        **frame,
        last_value=with_unit(last, frame["unit"], language),
        last_period=_dated(last, language),
        max_value=top.written(language),
        max_period=_dated(top, language),
    )


def _dated(mark: Mark, language: str) -> str:
    """Return the period, and that the figure was computed where no source prints it."""
    period = short_period(mark, language)
    if mark.status != "derived":
        return period
    return words("computed_period", language, period=period)


def _ends(here: Sequence[Mark], named: str, unit: str, language: str) -> list[str]:
    if not here:
        return []
    top, bottom = extremes(here)
    blanks = {
        f"{name}_{field}": text
        for name, mark in (("first", here[0]), ("last", here[-1]), ("max", top), ("min", bottom))
        for field, text in (
            ("value", with_unit(mark, unit, language)),
            ("period", _dated(mark, language)),
        )
    }
    ends = words("series_ends", language, series=named, **blanks)
    return [ends, words("series_extremes", language, **blanks)]


def _others(known: Sequence[Mark], span: Sequence[int], language: str) -> list[str]:
    partial = [m for m in known if m.status == "partial"]
    rivals = [m for m in known if m.rival and m.status != "partial"]
    gaps = [str(year) for year in span if year not in {m.period.first_year for m in known}]
    said = []
    if partial:
        said.append(words("series_partial", language, list=listed(partial, language)))
    if rivals:
        said.append(words("series_rivals", language, list=listed(rivals, language)))
    said.append(
        words("series_gaps", language, list=", ".join(gaps))
        if gaps
        else words("series_no_gaps", language)
    )
    return said
