"""The page of a trade profile: everything that its template shows, in words of one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from irtysh.portal.explorer.opening import about
from irtysh.portal.trade_profiles.amounts import (
    change_words,
    headline_scale,
    percent,
    table_scale,
)
from irtysh.portal.trade_profiles.choosing import country_of, profile_path
from irtysh.portal.trade_profiles.drawing import line_chart
from irtysh.portal.trade_profiles.notes import notes_of
from irtysh.portal.trade_profiles.subject import Subject
from irtysh.portal.trade_profiles.tables import (
    line_table,
    month_tables,
    part_of,
    rankings,
    refusals,
    sections_table,
    side_words,
)
from irtysh.publication.catalogue import Offered
from irtysh.publication.profile_parts import Block
from irtysh.publication.profiles import FLOWS
from irtysh.publication.views import LATEST
from irtysh.store.questions import Answer

FORMS = {"csv": "CSV", "xlsx": "XLSX", "json": "JSON", "parquet": "Parquet"}


def profile_page(
    subject: Subject, choices: Sequence[Offered], level: str, origin: str
) -> dict[str, Any]:
    """Return what the page shows; ``choices`` are the datasets that know the area."""
    profile, words = subject.profile, subject.opened.words
    line = profile.line
    values = [one.value for one in line.figures] if line else []
    scale = table_scale(words, profile.unit, profile.unit_mult, values)
    sides = {code: side_words(subject, code) for code in FLOWS}
    return {
        **about(subject.opened),
        "sources": [words.source_line(one) for one in words.sources],
        "title": title_of(subject),
        "dataset_title": words.title,
        "flows": sides,
        "has_goods": any(block.found or block.refused for block in profile.products.values()),
        "is_of_partners": profile.side != "ref_area",
        "area": {"code": profile.area, "name": subject.area(profile.area)},
        "partner": {"code": profile.partner, "name": subject.area(profile.partner)}
        if profile.partner else None,
        "period": subject.chosen_words(),
        "unit": scale.unit,
        "refused": refusals(subject, profile.years, profile.months),
        "headline": _headline(subject),
        "chart": line_chart(subject, scale),
        "years": line_table(subject, profile.years, "A", scale),
        "months": line_table(subject, profile.months, "M", scale),
        "has_balance": bool(profile.balance),
        "has_shares": any(block.found for block in profile.shares.values()),
        "is_long": len(profile.months.found.figures) > 24 if profile.months.found else False,
        "partners": rankings(subject, profile.partners, subject.other),
        "products": rankings(subject, profile.products, "commodity"),
        "sections": sections_table(subject),
        "by_month": month_tables(subject),
        "notes": notes_of(subject),
        "form": _form(subject, choices, level),
        "links": _links(subject, level, origin),
        "downloads": _downloads(subject),
        "mirror": _mirror(subject),
    }  # fmt: skip


def title_of(subject: Subject) -> str:
    """Return "Omsk Region" or "Omsk Region – Kazakhstan"."""
    profile = subject.profile
    names = [subject.area(code) for code in (profile.area, profile.partner) if code]
    return " – ".join(names)


def _headline(subject: Subject) -> list[dict[str, Any]]:
    """Return exports, imports, balance and share of the chosen period."""
    profile = subject.profile
    chosen = profile.chosen
    if chosen is None:
        return []
    known = _known(profile.years if chosen.freq == "A" else profile.months)
    found = []
    for flow in FLOWS:
        value = _summed(known, flow, chosen.periods)
        before = _summed(known, flow, _before(chosen.periods))
        found.append(
            _figure(subject, side_words(subject, flow), value)
            | {
                "change": change_words(value, before, subject.language),
                "link": subject.of_sum(flow, chosen.freq, chosen.periods, _level(subject)),
                "level_note": "",
            }
        )
    if profile.side == "ref_area":
        sent, received = (_summed(known, flow, chosen.periods) for flow in FLOWS)
        balance = sent - received if sent is not None and received is not None else None
        link = subject.of_balance(chosen.freq, chosen.periods, _level(subject))
        found.append(_figure(subject, _("Balance"), balance) | {"link": link, "change": ""})
    return found + _headline_shares(subject)


def _headline_shares(subject: Subject) -> list[dict[str, Any]]:
    profile, found = subject.profile, []
    chosen = profile.chosen
    for flow, block in profile.shares.items():
        known = [(block.found or {}).get(code) for code in chosen.periods] if chosen else []
        parts = [one.part.value for one in known if one is not None]
        wholes = [one.whole.value for one in known if one is not None]
        share = part_of(_whole_of(parts, len(known)), _whole_of(wholes, len(known)))
        if share is not None:
            found.append(
                {
                    "label": _share_label(subject, flow),
                    "text": percent(share, subject.language),
                    "unit": "%",
                    "link": subject.of_share(flow, chosen.freq, chosen.periods, _level(subject))
                    if chosen
                    else "",
                    "change": "",
                    "is_small": True,
                }
            )
    return found


def _share_label(subject: Subject, flow: str) -> str:
    profile = subject.profile
    is_export = (flow == "X") == (profile.side == "ref_area")
    if profile.share_of == "partner":
        return _("Partner’s share of exports") if is_export else _("Partner’s share of imports")
    names = {"country": subject.area(country_of(profile.area))}
    text = _("Share in exports: %(country)s") if is_export else _("Share in imports: %(country)s")
    return text % names


def _figure(subject: Subject, label: str, value: Decimal | None) -> dict[str, Any]:
    profile = subject.profile
    scale = headline_scale(subject.opened.words, profile.unit, profile.unit_mult, value)
    return {"label": label, "text": scale.written(value), "unit": scale.unit}


def _known(block: Block[Answer]) -> dict[tuple[str, str], Decimal]:
    figures = block.found.figures if block.found else ()
    return {
        (one.codes["flow"], one.codes["period"]): one.value
        for one in figures
        if one.value is not None
    }


def _summed(
    known: Mapping[tuple[str, str], Decimal], flow: str, periods: Sequence[str]
) -> Decimal | None:
    """Return the sum over periods; None where one of them has no value."""
    return _whole_of([known.get((flow, period)) for period in periods], len(periods))


def _whole_of(values: Sequence[Decimal | None], count: int) -> Decimal | None:
    """Return the sum of values; None unless there are so many of them, each known."""
    there = [value for value in values if value is not None]
    return sum(there, Decimal(0)) if there and len(there) == count else None


def _before(periods: Sequence[str]) -> list[str]:
    return [str(int(one[:4]) - 1) + one[4:] for one in periods]


def _level(subject: Subject) -> str:
    line = subject.profile.line
    return line.level if line else "0"


def _form(subject: Subject, choices: Sequence[Offered], level: str) -> dict[str, Any]:
    """Return what the form offers: datasets, periods, levels."""
    profile = subject.profile
    annual = {period for _flow, period in _known(profile.years)}
    monthly = {period for _flow, period in _known(profile.months)}
    periods = [
        (
            code,
            subject.period(code)
            if code in annual | monthly
            else subject.year_of_months(sorted(month for month in monthly if month[:4] == code)),
        )
        for code in sorted(annual | monthly | {month[:4] for month in monthly}, reverse=True)
    ]
    levels = profile.coverage.levels if profile.coverage else ()
    texts = {"0": _("printed totals")}
    return {
        "datasets": [(one.id, _title(subject, one)) for one in choices],
        "dataset": subject.opened.offered.id,
        "periods": periods,
        "period": profile.chosen.code if profile.chosen else "",
        "levels": [
            (one, texts.get(one, _("%(n)s digits") % {"n": one})) for one in levels
        ],
        "level": level,
        "version": subject.version if subject.version != LATEST else "",
        "edition": subject.edition,
    }  # fmt: skip


def _title(subject: Subject, offered: Offered) -> str:
    titles: Any = offered.about.get("title") or {}
    return str(titles.get(subject.language) or offered.id)


def _links(subject: Subject, level: str, origin: str) -> dict[str, str]:
    """Return the lasting addresses: of what is newest, and of this version."""
    profile = subject.profile
    path = origin + profile_path(profile.area, profile.partner)
    newest = subject.query(version=LATEST, chosen=profile.chosen, level=level)
    version = subject.opened.offered.version
    fixed = subject.query(version=version, chosen=profile.chosen, level=level)
    return {"latest": f"{path}?{newest}", "fixed": f"{path}?{fixed}", "is_fixed": subject.version}


def _downloads(subject: Subject) -> dict[str, str]:
    """Return files of everything that the dataset has of this trade."""
    profile = subject.profile
    line = profile.line
    if line is None:
        return {}
    view = subject.view("A", (), "", ("commodity",))
    codes = {name: codes for name, codes in view.codes.items() if name not in ("freq", "measure")}
    whole = type(view)(version=view.version, codes=codes)
    return {name: subject.download(whole, form) for form, name in FORMS.items()}


def _mirror(subject: Subject) -> str:
    profile = subject.profile
    if not profile.partner:
        return ""
    pair = [country_of(one) for one in (profile.area, profile.partner)]
    return reverse("portal:mirror", args=pair) if pair[0] != pair[1] else ""
