"""Charts of the profile and mirror pages: two lines in time, missing periods left open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from irtysh.indicators.charts.direct import Point, Series, Words, lines_drawn
from irtysh.portal.trade_profiles.amounts import Scale
from irtysh.portal.trade_profiles.subject import Subject
from irtysh.publication.profiles import FLOWS

_MONTHS_SHOWN = 60


def line_chart(subject: Subject, scale: Scale) -> dict[str, Any] | None:
    """Return exports and imports by year, or by month where there are no two years."""
    profile = subject.profile
    for block in (profile.years, profile.months):
        if block.found is None:
            continue
        found = {
            flow: {
                one.codes["period"]: one.value
                for one in block.found.figures
                if one.codes["flow"] == flow
            }
            for flow in FLOWS
        }
        periods = sorted({code for one in found.values() for code in one})[-_MONTHS_SHOWN:]
        if len(periods) < 2:
            continue
        is_own = profile.side == "ref_area"
        names = {
            "X": _("Exports") if is_own else _("Imports, as partners’ exports"),
            "M": _("Imports") if is_own else _("Exports, as partners’ imports"),
        }
        rows = {names[flow]: found[flow] for flow in FLOWS}
        title = _("Exports and imports by year") if len(periods[0]) == 4 else _(
            "Exports and imports by month"
        )  # fmt: skip
        named = {code: subject.period(code) for code in periods}
        return drawn_lines("profile", title, rows, named, scale)
    return None


def drawn_lines(
    name: str,
    title: str,
    rows: Mapping[str, Mapping[str, Decimal | None]],
    periods: Mapping[str, str],
    scale: Scale,
    description: str = "",
    feet: Sequence[str] = (),
) -> dict[str, Any]:
    """Return a chart of lines with its description.

    ``rows`` is name of a line → period → value; ``periods`` code → how it is written.
    """
    moments = {code: _moment(code) for code in periods}
    first, last = min(moments.values()), max(moments.values())
    places = {code: (at - first) / ((last - first) or 1) for code, at in moments.items()}
    series = []
    said = []
    for label, values in rows.items():
        points = [
            Point(
                places[code],
                values[code].scaleb(scale.shift) if values.get(code) is not None else None,
                text=scale.written(values.get(code)),
                joins=values.get(_previous(code)) is not None,
            )
            for code in periods
        ]  # fmt: skip
        series.append(Series(label, tuple(points)))
        said.append(_ends(label, values, periods, scale))
    text = " ".join([description, *said] if description else said)
    told = Words(name, title, text, scale.unit, tuple(feet), scale.language)
    axis = [(places[code], written) for code, written in periods.items()]
    drawn = lines_drawn(series, axis, told)
    return {
        "title": title,
        "subtitle": scale.unit,
        "wide": mark_safe(drawn.wide),  # noqa: S308 (our own drawing, texts escaped by the writer)
        "narrow": mark_safe(drawn.narrow),  # noqa: S308
        "description": text,
    }


def _moment(code: str) -> int:
    return int(code[:4]) * 12 + (int(code[5:7]) - 1 if "-" in code else 0)


def _previous(code: str) -> str:
    if "-" not in code:
        return str(int(code) - 1)
    before = _moment(code) - 1
    return f"{before // 12}-{before % 12 + 1:02d}"


def _ends(
    label: str,
    values: Mapping[str, Decimal | None],
    periods: Mapping[str, str],
    scale: Scale,
) -> str:
    known = [code for code in periods if values.get(code) is not None]
    if not known:
        return _("%(name)s: no values.") % {"name": label}
    ends = dict.fromkeys((known[0], known[-1]))
    text = " → ".join(f"{scale.written(values[code])} ({periods[code]})" for code in ends)
    return f"{label}: {text}."
