"""How lights, periods and changes are worded, on public pages and in the back office alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from irtysh.registries.programmes import rules
from irtysh.registries.programmes.compare import Change, FieldChange
from irtysh.registries.records.codes import code_name
from irtysh.registries.records.models import title_of
from irtysh.sources.registers import Column, Kind, table
from irtysh.sources.registers.columns import TRANSLATED
from irtysh.sources.registers.words import column_label, register_words
from irtysh.vocabulary.numbers import format_number
from irtysh.vocabulary.text import LANGUAGES

SIGNS = {
    rules.DONE: "✓", rules.ON_TIME: "●", rules.AT_RISK: "◆", rules.LATE: "▲",
    rules.NOT_STARTED: "○", rules.NO_REPORT: "?", rules.UNKNOWN: "–",
    rules.UNPROVEN: "◌",
}  # fmt: skip
"""A shape for each state: colour is never the only sign."""


def day_in_words(text: str) -> str:
    """Write a day, month or year as stated; what is no day comes back as it is."""
    first = rules.first_day(text)
    if first is None or text.count("-") == 0:
        return text
    if text.count("-") == 2:
        return date_format(first, "DATE_FORMAT")
    month = date_format(first, "YEAR_MONTH_FORMAT")
    # Only English writes months with a capital in the middle of a sentence.
    return month if (get_language() or "").startswith("en") else month.lower()


def term_in_words(start: str, end: str) -> str:
    """Write a term as stated, saying which end nobody named; empty for no term at all."""
    if start and end:
        return f"{day_in_words(start)} – {day_in_words(end)}"
    if end:
        return _("until %(day)s, start not named") % {"day": day_in_words(end)}
    if start:
        return _("from %(day)s, end not named") % {"day": day_in_words(start)}
    return ""


def period_in_words(start: date, end: date) -> str:
    """Write a period of reports by its two days."""
    return f"{date_format(start, 'SHORT_DATE_FORMAT')} – {date_format(end, 'SHORT_DATE_FORMAT')}"


def percent(share: float | None, language: str) -> str:
    """Write a share of 0 to 1 in per cent; empty where it is not known."""
    if share is None:
        return ""
    # Cut, not rounded: 99.6 % is not done.
    return f"{format_number(Decimal(int(share * 100 + 1e-9)), language)}\N{NO-BREAK SPACE}%"


def state_name(state: str, language: str) -> str:
    """Return the name of a state of measures."""
    return code_name("measure_states", state, language)


def light_words(light: rules.Light, language: str) -> dict[str, Any]:
    """Return a light as a page shows it: sign, name, why, and the arithmetic."""
    return {
        "state": light.state,
        "sign": SIGNS[light.state],
        "name": state_name(light.state, language),
        "why": _why(light),
        "share": percent(light.share, language),
        "planned": percent(light.planned, language),
        "sum": _sum(light, language),
        "as_of": date_format(light.as_of, "DATE_FORMAT") if light.as_of else "",
        "overdue": _overdue(light.overdue),
        "is_grey": light.is_grey,
    }


def _why(light: rules.Light) -> str:
    awaited = period_in_words(light.awaited.start, light.awaited.end) if light.awaited else ""
    return {
        "done": _("Both sides stand by a report that it is done."),
        "unproven": _("It is called done, but neither side has given a proof."),
        "ahead": _("Its term has not begun."),
        "no_report_ever": _("No confirmed report yet."),
        "no_report_now": _("No confirmed report for the period %(period)s.") % {"period": awaited},
        "no_term": _("No term is named, so nobody can say what should be done by now."),
        "no_start": _("The start of its term is not named, so the planned share is not known."),
        "begun": _("Its term has only begun: nothing was planned yet."),
        "overdue": _("Its term ended more than %(days)s days ago and it is not done.")
        % {"days": rules.thresholds()["overdue_days"]},
        "ratio": _("Done share against planned share."),
    }[light.reason]


def _sum(light: rules.Light, language: str) -> str:
    """Return r = a / s in figures; empty where there is nothing to divide."""
    if light.ratio is None or light.share is None or light.planned is None:
        return ""
    figures = (
        format_number(Decimal(str(round(one, 2))), language, 2)
        for one in (light.share, light.planned, light.ratio)
    )
    return "{} / {} = {}".format(*figures)


def _overdue(days: int) -> str:
    if not days:
        return ""
    return ngettext(
        "%(days)s day past its term", "%(days)s days past its term", days
    ) % {"days": days}  # fmt: skip


# Changes


def changes_in_words(changes: Iterable[Change], language: str) -> list[dict[str, Any]]:
    """Return changes as a page shows them: what, where, each field old and new."""
    kinds = {
        "added": _("added"),
        "removed": _("removed"),
        "changed": _("changed"),
    }
    return [
        {
            "kind": one.kind,
            "kind_name": kinds[one.kind],
            "register": one.register,
            "register_name": register_words(one.register, "one", language),
            "code": one.code,
            "title": text_of(one.title, language) or one.code,
            "fields": [field_in_words(one.register, field, language) for field in one.fields],
        }
        for one in changes
    ]


def field_in_words(register: str, change: FieldChange, language: str) -> dict[str, str]:
    """Return one field old and new; what was or is empty has no words."""
    known = {column.name: column for column in table(register).columns}
    column = known.get(change.field)
    label = column_label(register, change.field, language) if column else change.field
    return {
        "label": f"{label} ({change.language})" if change.language else label,
        "before": value_in_words(column, change.before, language),
        "after": value_in_words(column, change.after, language),
        "language": change.language,
    }


def text_of(texts: Mapping[str, str], language: str) -> str:
    """Return a text of a document in a language, or in another where it is missing."""
    return next((texts[one] for one in (language, *LANGUAGES) if texts.get(one)), "")


def value_in_words(column: Column | None, value: Any, language: str) -> str:
    """Return a value of a document as a reader reads it; empty for nothing."""
    if value in (None, "", [], {}):
        return ""
    if column is None:
        return str(value)
    if column.kind in TRANSLATED and isinstance(value, Mapping):
        return text_of(value, language)
    if column.kind is Kind.ROWS:
        return "; ".join(_row(column, row, language) for row in value)
    if column.kind is Kind.CODE:
        return code_name(column.codes, str(value), language)
    if column.kind is Kind.CODES:
        return ", ".join(code_name(column.codes, str(one), language) for one in value)
    if column.kind is Kind.DAY:
        return day_in_words(str(value))
    return _plain(column, value, language)


def _plain(column: Column, value: Any, language: str) -> str:
    if column.kind is Kind.RECORD:
        return title_of(column.register, str(value), language)
    if column.kind is Kind.LINK:
        register, _slash, code = str(value).partition("/")
        return title_of(register, code, language)
    if column.kind in (Kind.DECIMAL, Kind.INTEGER):
        return format_number(Decimal(str(value)), language)
    if column.kind is Kind.FLAG:
        return _("yes") if value else _("no")
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def _row(rows: Column, row: Mapping[str, Any], language: str) -> str:
    parts = [value_in_words(one, row.get(one.name), language) for one in rows.rows]
    return ", ".join(part for part in parts if part)
